"""Commitments: money promised to an action, a territory or a company; only entries of the ledger move their amounts."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from jalon.register.models.action import Action
from jalon.register.models.base import Keyed, filled, one
from jalon.register.models.envelope import Delegation, Envelope, counter, held
from jalon.register.models.investee import Investee
from jalon.register.models.territory import Territory


class CommitmentState(models.TextChoices):
    """As `jalon.funding.State`."""

    REVIEW = "review", "à l’instruction"
    COMMITTED = "committed", "engagé"
    CONTRACTED = "contracted", "conventionné"
    CLOSED = "closed", "soldé"
    CANCELLED = "cancelled", "annulé"


class Commitment(Keyed):
    NATURAL = ("envelope_id", "reference")
    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="commitments", verbose_name="enveloppe"
    )
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="délégation",
    )
    reference = models.CharField("référence de la décision", max_length=80)
    label = models.TextField("objet")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="action"
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="territoire",
    )
    investee = models.ForeignKey(
        Investee, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="société"
    )
    decided_on = models.DateField("décidé le", null=True, blank=True)
    state = models.CharField("état", max_length=20, choices=CommitmentState, blank=True, editable=False)
    asked_cents = counter("demandé")
    committed_cents = counter("engagé")
    paid_cents = counter("payé")
    last_entry = models.BigIntegerField("dernière écriture", default=0, editable=False)
    history = HistoricalRecords(excluded_fields=["state", "asked_cents", "committed_cents", "paid_cents", "last_entry"])

    class Meta:
        verbose_name = "engagement"
        ordering = ("envelope", "reference")
        indexes = (
            models.Index(
                fields=("envelope", "state"), condition=Q(state=CommitmentState.REVIEW.value), name="commitment_waiting"
            ),
            models.Index(
                fields=("decided_on",),
                condition=Q(state__in=("committed", "contracted"), paid_cents__lt=F("committed_cents")),
                name="commitment_to_pay",
            ),
        )
        constraints = (
            one("commitment", "reference", "envelope", "reference"),
            filled("commitment", "reference"),
            filled("commitment", "label"),
            models.CheckConstraint(
                condition=Q(state="") | Q(state__in=CommitmentState.values),
                name="commitment_state_known",
                violation_error_message=f"« state » doit être l’un de : {', '.join(CommitmentState.values)}.",
            ),
            held(
                "commitment",
                "of_something",
                Q(action__isnull=False) | Q(territory__isnull=False) | Q(investee__isnull=False),
                "Un engagement va à une action, un territoire ou une société.",
            ),
            held(
                "commitment",
                "paid_at_most_committed",
                Q(paid_cents__lte=F("committed_cents"), paid_cents__gte=0, asked_cents__gte=0),
                "Les paiements dépasseraient l’engagement.",
            ),
            held(
                "commitment",
                "amount_as_its_state",
                Q(state__in=("", "review", "cancelled"), committed_cents=0)
                | Q(state__in=("committed", "contracted"))
                | Q(state="closed", committed_cents=F("paid_cents")),
                "Le montant engagé ne va pas avec l’état de l’engagement.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} : {self.label[:80]}"

    @property
    def to_pay_cents(self) -> int:
        left: int = self.committed_cents - self.paid_cents
        return left

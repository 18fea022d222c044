"""A correction that a contributor proposes and a reviewer accepts or refuses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from jalon.register.models.base import filled, one_of


class ProposalState(models.TextChoices):
    PENDING = "pending", "à examiner"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"


class Proposal(models.Model):
    """`subject`: name of a model of the register; `before`: the value the author saw."""

    subject = models.CharField("objet", max_length=40)
    subject_id = models.CharField("identifiant", max_length=110)
    field = models.CharField("champ", max_length=40)
    before = models.JSONField("avant", null=True)
    after = models.JSONField("après", null=True)
    reason = models.TextField("motif")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    proposed_at = models.DateTimeField("proposée le", default=timezone.now)
    state = models.CharField("état", max_length=20, choices=ProposalState, default=ProposalState.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tranchée par",
    )
    decided_at = models.DateTimeField("tranchée le", null=True, blank=True)
    decision_reason = models.TextField("motif de la décision", blank=True)

    class Meta:
        verbose_name = "proposition"
        ordering = ("-proposed_at", "pk")
        indexes = (models.Index(fields=("subject", "subject_id"), name="proposal_of_subject"),)
        constraints = (
            one_of("proposal", "state", ProposalState),
            filled("proposal", "field"),
            filled("proposal", "reason"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="pending") & ~Q(decision_reason="")
                ),
                name="proposal_decision_signed",
                violation_error_message="Une décision porte un auteur, une date et un motif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} : {self.field}"

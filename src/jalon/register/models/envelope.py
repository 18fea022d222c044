"""Envelopes and their delegations: pots of money, whose amounts only entries of the ledger move."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from jalon.register.models.base import Keyed, filled, in_order, one, one_of
from jalon.register.models.programme import Programme
from jalon.register.models.territory import Territory


class MoneyKind(models.TextChoices):
    """As `jalon.funding.Kind`."""

    GRANT = "grant", "subvention"
    ADVANCE = "advance", "avance remboursable"
    LOAN = "loan", "prêt"
    GUARANTEE = "guarantee", "garantie"
    EQUITY = "equity", "fonds propres"
    QUASI_EQUITY = "quasi-equity", "quasi-fonds propres"


def counter(label: str) -> models.BigIntegerField:
    """An amount that the triggers of `guards` keep, and nobody else."""
    return models.BigIntegerField(f"{label}, en centimes", default=0, editable=False)


def held(model: str, name: str, condition: Q, says: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=condition, name=f"{model}_{name}", violation_error_message=says)


class Envelope(Keyed):
    """`direct_cents` is committed on no delegation; `committed_cents` and `paid_cents` are of the whole envelope."""

    NATURAL = ("programme_id", "code")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="envelopes", verbose_name="programme"
    )
    code = models.CharField("identifiant dans le programme", max_length=60)
    label = models.CharField("nom", max_length=200)
    funder = models.CharField("financeur", max_length=200)
    kind = models.CharField("nature", max_length=20, choices=MoneyKind)
    instrument = models.CharField("règle d’éligibilité", max_length=60, blank=True)
    starts_on = models.DateField("ouverte le")
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    profile = models.JSONField("profil annuel, en centimes", default=dict, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="envelopes",
        verbose_name="gestionnaire",
    )
    announced_cents = counter("annoncé")
    delegated_cents = counter("délégué")
    direct_cents = counter("engagé sans délégation")
    committed_cents = counter("engagé")
    paid_cents = counter("payé")
    last_entry = models.BigIntegerField("dernière écriture", default=0, editable=False)
    history = HistoricalRecords(
        excluded_fields=[
            "announced_cents", "delegated_cents", "direct_cents", "committed_cents", "paid_cents", "last_entry",
        ]
    )  # fmt: skip

    class Meta:
        verbose_name = "enveloppe"
        ordering = ("programme", "code")
        indexes = (models.Index(fields=("ends_on",), name="envelope_ends"),)
        constraints = (
            one("envelope", "code", "programme", "code"),
            filled("envelope", "code"),
            filled("envelope", "label"),
            filled("envelope", "funder"),
            one_of("envelope", "kind", MoneyKind),
            in_order("envelope", "starts_on", "ends_on"),
            held(
                "envelope",
                "never_overdrawn",
                Q(announced_cents__gte=F("delegated_cents") + F("direct_cents"), delegated_cents__gte=0)
                & Q(direct_cents__gte=0, committed_cents__gte=F("direct_cents")),
                "L’enveloppe n’a pas de quoi : ce qui est engagé et délégué dépasserait ce qui est annoncé.",
            ),
            held(
                "envelope",
                "committed_at_most_announced",
                Q(committed_cents__lte=F("announced_cents")),
                "Les engagements dépasseraient ce qui est annoncé.",
            ),
            held(
                "envelope",
                "paid_at_most_committed",
                Q(paid_cents__lte=F("committed_cents"), paid_cents__gte=0),
                "Les paiements dépasseraient les engagements.",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def remaining_cents(self) -> int:
        left: int = self.announced_cents - self.committed_cents
        return left


class Delegation(Keyed):
    """The part of an envelope that a région or a département manages; `parent` when it comes from another."""

    NATURAL = ("envelope_id", "territory_id")
    envelope = models.ForeignKey(
        Envelope, on_delete=models.PROTECT, related_name="delegations", verbose_name="enveloppe"
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="delegations", verbose_name="territoire"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="déléguée par"
    )
    received_cents = counter("reçu")
    delegated_cents = counter("délégué")
    direct_cents = counter("engagé")
    paid_cents = counter("payé")
    last_entry = models.BigIntegerField("dernière écriture", default=0, editable=False)

    class Meta:
        verbose_name = "délégation"
        ordering = ("key",)
        constraints = (
            one("delegation", "territory", "envelope", "territory"),
            held(
                "delegation",
                "never_overdrawn",
                Q(received_cents__gte=F("delegated_cents") + F("direct_cents"), delegated_cents__gte=0)
                & Q(direct_cents__gte=0),
                "La délégation n’a pas de quoi : ce qui est engagé et délégué dépasserait ce qu’elle a reçu.",
            ),
            held(
                "delegation",
                "paid_at_most_committed",
                Q(paid_cents__lte=F("direct_cents"), paid_cents__gte=0),
                "Les paiements dépasseraient les engagements.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.envelope} : {self.territory}"

    @property
    def free_cents(self) -> int:
        left: int = self.received_cents - self.delegated_cents - self.direct_cents
        return left

"""Who pays what in an action."""

from django.db import models
from simple_history.models import HistoricalRecords

from jalon.register.models.action import Action
from jalon.register.models.base import Keyed, at_least, between, filled, one, one_of


class Instrument(models.TextChoices):
    GRANT = "grant", "subvention"
    ADVANCE = "advance", "avance remboursable"
    LOAN = "loan", "prêt"
    GUARANTEE = "guarantee", "garantie"
    EQUITY = "equity", "fonds propres"
    QUASI_EQUITY = "quasi-equity", "quasi-fonds propres"
    OWN_FUNDS = "own-funds", "autofinancement"
    UNKNOWN = "unknown", "non précisé"


class FundingLine(Keyed):
    NATURAL = ("action_id", "line")
    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="funding_lines", verbose_name="action", db_index=False
    )
    line = models.PositiveSmallIntegerField("rang", default=1)
    funder = models.CharField("financeur", max_length=200)
    instrument = models.CharField("instrument", max_length=20, choices=Instrument, default=Instrument.GRANT)
    scheme = models.CharField("dispositif", max_length=40, blank=True)
    amount_cents = models.BigIntegerField("montant, en centimes")
    year = models.PositiveSmallIntegerField("année", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ligne de financement"
        verbose_name_plural = "lignes de financement"
        ordering = ("key",)
        constraints = (
            one("funding", "line", "action", "line"),
            at_least("funding", "line", 1),
            filled("funding", "funder"),
            one_of("funding", "instrument", Instrument),
            at_least("funding", "amount_cents"),
            between("funding", "year", 1900, 2200),
        )

    def __str__(self) -> str:
        return f"{self.funder} : {self.amount_cents / 100:.2f} €"

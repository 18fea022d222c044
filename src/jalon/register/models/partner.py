"""Who stands behind a programme and signs its agreements."""

from django.db import models
from simple_history.models import HistoricalRecords

from jalon.register.models.agreement import Agreement
from jalon.register.models.base import Keyed, filled, one
from jalon.register.models.programme import Programme


class Partner(Keyed):
    NATURAL = ("programme_id", "code")
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="partners", verbose_name="programme"
    )
    code = models.CharField("identifiant", max_length=60)
    label = models.CharField("nom", max_length=200)
    funds = models.BooleanField("financeur", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "partenaire"
        ordering = ("programme", "code")
        constraints = (
            one("partner", "code", "programme", "code"),
            filled("partner", "code"),
            filled("partner", "label"),
        )

    def __str__(self) -> str:
        return self.label


class Signatory(Keyed):
    NATURAL = ("agreement_id", "partner_id")
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="signatories", verbose_name="convention"
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="signatures", verbose_name="partenaire")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "signataire"
        ordering = ("agreement", "partner")
        constraints = (one("signatory", "partner", "agreement", "partner"),)

    def __str__(self) -> str:
        return f"{self.partner} ({self.agreement_id})"

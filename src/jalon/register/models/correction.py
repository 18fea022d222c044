"""A field that a person corrected: the machine's value is kept beside it, and no import overwrites it."""

from django.conf import settings
from django.db import models

from jalon.register.models.base import Keyed, filled


class Correction(Keyed):
    """`stale`: the machine has since read another value, so that the decision should be seen again."""

    NATURAL = ("subject", "subject_id", "field")
    subject = models.CharField("objet", max_length=40)
    subject_id = models.CharField("identifiant", max_length=110)
    field = models.CharField("champ", max_length=40)
    machine_value = models.JSONField("valeur lue par la machine", null=True)
    value = models.JSONField("valeur décidée", null=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    decided_at = models.DateTimeField("décidé le")
    reason = models.TextField("motif")
    stale = models.BooleanField("à revoir", default=False)

    class Meta:
        verbose_name = "correction"
        ordering = ("-decided_at", "key")
        indexes = (models.Index(fields=("subject", "subject_id"), name="correction_of_subject"),)
        constraints = (
            models.UniqueConstraint(fields=("subject", "subject_id", "field"), name="correction_one_field"),
            filled("correction", "field"),
            filled("correction", "reason"),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} : {self.field}"

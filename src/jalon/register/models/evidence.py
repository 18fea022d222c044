"""Where a value comes from: a place in a document, or a row of a source."""

from django.db import models
from django.db.models import Q

from jalon.register.models.base import Keyed, at_least, between, filled, one_of
from jalon.register.models.document import Document


class Subject(models.TextChoices):
    AGREEMENT = "agreement", "convention"
    ACTION = "action", "action"


class Evidence(Keyed):
    """`row` is that of a source; in a document, the rank among the places where it says the same field."""

    NATURAL = ("subject", "subject_id", "field", "document_id", "source_id", "row")
    subject = models.CharField("objet", max_length=20, choices=Subject)
    subject_id = models.CharField("identifiant", max_length=80)
    field = models.CharField("champ", max_length=60, blank=True)
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name="document",
    )
    source_id = models.CharField("source", max_length=80, blank=True)
    row = models.PositiveIntegerField("ligne", default=0)
    page = models.PositiveIntegerField("page", null=True, blank=True)
    box = models.CharField("cadre (x0 y0 x1 y1, en points)", max_length=80, blank=True)
    quote = models.TextField("citation", blank=True)
    confidence = models.FloatField("confiance de la lecture", null=True, blank=True)

    class Meta:
        verbose_name = "preuve"
        ordering = ("subject", "subject_id", "field")
        indexes = (models.Index(fields=("subject", "subject_id"), name="evidence_of_subject"),)
        constraints = (
            one_of("evidence", "subject", Subject),
            filled("evidence", "subject_id"),
            at_least("evidence", "page", 1),
            between("evidence", "confidence", 0, 1),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(source_id=""),
                name="evidence_has_an_origin",
                violation_error_message="Une preuve cite un document ou une source.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} {self.field}".strip()

"""A file that people gave: an agreement, an amendment; known by its content."""

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from jalon.register.models.agreement import Agreement
from jalon.register.models.base import as_long_as, at_least, filled, one_of


class DocumentKind(models.TextChoices):
    AGREEMENT = "agreement", "convention"
    AMENDMENT = "amendment", "avenant"
    OTHER = "other", "autre"


class Document(models.Model):
    """`replaced_by`: a later file of the same name and agreement, which now speaks instead."""

    sha256 = models.CharField("empreinte SHA-256", max_length=64, primary_key=True)
    name = models.CharField("nom du fichier", max_length=300)
    kind = models.CharField("nature", max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    media_type = models.CharField("type de fichier", max_length=120, blank=True)
    bytes = models.PositiveBigIntegerField("taille en octets")
    pages = models.PositiveIntegerField("pages", null=True, blank=True)
    dated_on = models.DateField("daté du", null=True, blank=True)
    given_on = models.DateField("reçu le", default=timezone.localdate)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="convention",
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="remplacé par",
    )
    refusal = models.TextField("raison du refus", blank=True)
    doubts = models.JSONField("points à vérifier", default=list, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "document"
        ordering = ("name", "sha256")
        constraints = (
            as_long_as("document", "sha256", 64),
            filled("document", "name"),
            at_least("document", "bytes"),
            at_least("document", "pages"),
            one_of("document", "kind", DocumentKind),
        )

    def __str__(self) -> str:
        return self.name

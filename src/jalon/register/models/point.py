"""What a person should look at after a reading, and what they decided of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from jalon.register.models.base import Keyed, at_least, between, filled, one_of
from jalon.register.models.document import Document


class PointKind(models.TextChoices):
    UNMATCHED = "unmatched", "convention à trouver"
    FUNDING = "funding", "plan de financement"
    UNSURE = "unsure", "lecture peu sûre"
    STALE = "stale", "correction dépassée"
    NEW = "new", "action nouvelle"
    CHANGED = "changed", "action changée"
    REMOVED = "removed", "action disparue"


class Verdict(models.TextChoices):
    OPEN = "open", "à revoir"
    ACCEPTED = "accepted", "accepté"
    CORRECTED = "corrected", "corrigé"
    DISMISSED = "dismissed", "écarté"


class Point(Keyed):
    """Written by imports. A decision stands while `value`, what the machine says, stays; another value reopens it.

    `subject` is an action, or a document for `UNMATCHED`; `before` what the register held.
    """

    NATURAL = ("kind", "subject_id", "field")
    kind = models.CharField("nature", max_length=20, choices=PointKind)
    subject_id = models.CharField("objet", max_length=110, db_index=True)
    field = models.CharField("champ", max_length=40, blank=True)
    agreement = models.CharField("convention", max_length=320, blank=True, db_index=True)
    title = models.TextField("intitulé", blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="points", verbose_name="document"
    )
    page = models.PositiveIntegerField("page", null=True, blank=True)
    quote = models.TextField("citation", blank=True)
    before = models.TextField("avant", blank=True)
    value = models.TextField("ce que dit la machine", blank=True)
    confidence = models.FloatField("confiance", null=True, blank=True)
    found_at = models.DateTimeField("trouvé le", default=timezone.now)
    verdict = models.CharField("décision", max_length=20, choices=Verdict, default=Verdict.OPEN, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="auteur",
    )
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    reason = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "point à revoir"
        verbose_name_plural = "points à revoir"
        ordering = ("kind", "agreement", "key")
        constraints = (
            one_of("point", "kind", PointKind),
            one_of("point", "verdict", Verdict),
            filled("point", "subject_id"),
            at_least("point", "page", 1),
            between("point", "confidence", 0, 1),
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.OPEN.value)
                | (models.Q(author__isnull=False, decided_at__isnull=False) & ~models.Q(reason="")),
                name="point_decision_signed",
                violation_error_message="Une décision a un auteur, une date et un motif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_id} : {self.get_kind_display()}"

"""Themes of an action: what the machine said and what each person decided, side by side."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from jalon.register.models.action import Action
from jalon.register.models.base import Keyed, between, filled, one_of

ANY_THEME: Final = "smart_city"
"""In a human decision: the action as a whole; refused, the action carries no theme."""


class Origin(models.TextChoices):
    MACHINE = "machine", "machine"
    HUMAN = "human", "personne"


class ThemeLabel(Keyed):
    """One label of the machine an action and theme, one decision a person, action and theme; the latest wins."""

    NATURAL = ("action_id", "theme", "origin", "author_id")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="theme_labels", verbose_name="action")
    theme = models.CharField("thème", max_length=60, db_index=True)
    origin = models.CharField("origine", max_length=10, choices=Origin, default=Origin.HUMAN)
    accepted = models.BooleanField("retenu", default=True)
    probability = models.FloatField("probabilité", null=True, blank=True)
    terms = models.JSONField("termes et poids", default=list, blank=True)
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
    history = HistoricalRecords()

    class Meta:
        verbose_name = "étiquette de thème"
        verbose_name_plural = "étiquettes de thème"
        ordering = ("key",)
        constraints = (
            models.UniqueConstraint(
                fields=("action", "theme"),
                condition=Q(origin=Origin.MACHINE.value),
                name="label_one_of_machine",
                violation_error_message="La machine a déjà étiqueté ce thème.",
            ),
            models.UniqueConstraint(
                fields=("action", "theme", "author"),
                condition=Q(origin=Origin.HUMAN.value),
                name="label_one_of_person",
                violation_error_message="Cette personne a déjà décidé de ce thème.",
            ),
            filled("label", "theme"),
            one_of("label", "origin", Origin),
            between("label", "probability", 0, 1),
            models.CheckConstraint(
                condition=Q(origin=Origin.MACHINE.value, author__isnull=True, decided_at__isnull=True)
                | Q(origin=Origin.HUMAN.value, author__isnull=False, decided_at__isnull=False),
                name="label_person_signs",
                violation_error_message="Seule une décision humaine a un auteur et une date, et elle a les deux.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id} : {self.theme} ({self.get_origin_display()})"

"""What an amendment does to an action of its agreement, shown as a change."""

from django.db import models

from jalon.register.models.action import Action
from jalon.register.models.base import Keyed, at_least, one_of
from jalon.register.models.document import Document


class ChangeKind(models.TextChoices):
    BUDGET = "budget", "budget"
    WITHDRAWN = "withdrawn", "abandon"
    ADDED = "added", "ajout"
    REPLACED = "replaced", "remplacement"
    CALENDAR = "calendar", "calendrier"
    OWNER = "owner", "maître d’ouvrage"


class Change(Keyed):
    """Written by imports only; `before` and `after` as the amendment says them."""

    NATURAL = ("action_id", "document_id", "rank")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="changes", verbose_name="action")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="changes", verbose_name="document")
    rank = models.PositiveSmallIntegerField("rang")
    kind = models.CharField("nature", max_length=20, choices=ChangeKind)
    amendment = models.CharField("avenant", max_length=40, blank=True)
    before = models.TextField("avant", blank=True)
    after = models.TextField("après", blank=True)
    page = models.PositiveIntegerField("page", null=True, blank=True)
    quote = models.TextField("citation", blank=True)

    class Meta:
        verbose_name = "changement par avenant"
        verbose_name_plural = "changements par avenant"
        ordering = ("key",)
        constraints = (
            one_of("change", "kind", ChangeKind),
            at_least("change", "page", 1),
        )

    def __str__(self) -> str:
        return f"{self.action_id} : {self.get_kind_display()}"

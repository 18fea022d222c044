"""A file given on the site, to be read: where it stands, and what became of it."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from jalon.register.models.base import as_long_as, at_least, filled, one_of
from jalon.register.models.programme import Programme


class ReadingState(models.TextChoices):
    WAITING = "waiting", "en attente"
    STARTED = "started", "en cours de lecture"
    READ = "read", "lu"
    UNMATCHED = "unmatched", "lu, sans convention"
    REFUSED = "refused", "refusé"


OPEN: Final = (ReadingState.WAITING, ReadingState.STARTED)


class Reading(models.Model):
    """One file of one deposit. A trial has no programme: it is read for its giver's eyes, and deleted after a day.

    `token` names it in addresses. `actions` are those of its agreement, `changed` those that this reading wrote.
    """

    token = models.CharField("jeton", max_length=32, primary_key=True)
    batch = models.CharField("dépôt", max_length=32, db_index=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="readings", verbose_name="programme"
    )
    trial = models.BooleanField("essai", default=False)
    fictional = models.BooleanField("document fictif", default=False)
    name = models.CharField("nom du fichier", max_length=300)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, db_index=True)
    bytes = models.PositiveBigIntegerField("taille en octets")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="donné par",
    )
    given_at = models.DateTimeField("donné le", default=timezone.now)
    state = models.CharField("état", max_length=20, choices=ReadingState, default=ReadingState.WAITING)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    settled_at = models.DateTimeField("fini le", null=True, blank=True)
    agreement = models.CharField("convention", max_length=320, blank=True)
    pages = models.PositiveIntegerField("pages", default=0)
    actions = models.PositiveIntegerField("actions", default=0)
    changed = models.PositiveIntegerField("actions écrites", default=0)
    withdrawn = models.PositiveIntegerField("actions retirées", default=0)
    doubts = models.JSONField("points à vérifier", default=list, blank=True)
    reason = models.TextField("raison", blank=True)
    mend = models.TextField("que faire", blank=True)

    class Meta:
        verbose_name = "lecture"
        ordering = ("-given_at", "name", "token")
        indexes = (models.Index(fields=("state", "trial"), name="reading_state"),)
        constraints = (
            filled("reading", "name"),
            as_long_as("reading", "sha256", 64),
            at_least("reading", "bytes"),
            one_of("reading", "state", ReadingState),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def settled(self) -> bool:
        return self.state not in OPEN

    @property
    def seconds(self) -> float | None:
        """How long the reading took."""
        if self.started_at is None or self.settled_at is None:
            return None
        return (self.settled_at - self.started_at).total_seconds()

"""Reviews: what one person said of all the themes of one action at one time, kept for ever, undone or not."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from jalon.register.models.action import Action
from jalon.register.models.base import Keyed, between, filled, one_of


class Role(models.TextChoices):
    """`second` was made blind: neither the first review nor the machine was shown."""

    FIRST = "first", "première lecture"
    SECOND = "second", "seconde lecture, à l’aveugle"
    SETTLING = "settling", "arbitrage"


class ThemeReview(models.Model):
    """`themes`: all those retained, none for no smart city. `machine`: those of the machine. `batch`: decided together.

    The themes of `ThemeLabel` follow from reviews; these rows are what agreement between readers is measured on.
    """

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="theme_reviews", verbose_name="action")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur"
    )
    role = models.CharField("nature", max_length=10, choices=Role, default=Role.FIRST)
    themes = models.JSONField("thèmes retenus", default=list, blank=True)
    machine = models.JSONField("thèmes de la machine", default=list, blank=True)
    reason = models.TextField("motif", blank=True)
    batch = models.CharField("lot", max_length=36, db_index=True)
    made_at = models.DateTimeField("faite le")
    undone_at = models.DateTimeField("annulée le", null=True, blank=True)

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        ordering = ("made_at", "pk")
        constraints = (one_of("themereview", "role", Role), filled("themereview", "batch"))

    def __str__(self) -> str:
        return f"{self.action_id} par {self.author} ({self.get_role_display()})"


class LinkVerdict(models.TextChoices):
    UNDECIDED = "", "à trancher"
    SAME = "same", "même projet"
    DIFFERENT = "different", "projets différents"


class ProjectLink(Keyed):
    """Two actions that may be one project, with the score of the machine and what a person decided.

    `left` comes before `right`; `across`: told by two kinds of sources, an agreement and a list of grants.
    """

    NATURAL = ("left_id", "right_id")
    left = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="links_right", verbose_name="première action"
    )
    right = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="links_left", verbose_name="seconde action"
    )
    across = models.BooleanField("entre deux sources", default=False)
    score = models.FloatField("vraisemblance")
    words = models.FloatField("ressemblance des mots")
    amount = models.FloatField("ressemblance des montants", null=True, blank=True)
    years = models.PositiveSmallIntegerField("années d’écart", null=True, blank=True)
    verdict = models.CharField(
        "décision", max_length=10, choices=LinkVerdict, default=LinkVerdict.UNDECIDED, blank=True
    )
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
        verbose_name = "rapprochement"
        verbose_name_plural = "rapprochements"
        ordering = ("-score", "key")
        constraints = (
            one_of("projectlink", "verdict", LinkVerdict),
            between("projectlink", "score", 0, 1),
            between("projectlink", "words", 0, 1),
            between("projectlink", "amount", 0, 1),
            models.CheckConstraint(
                condition=models.Q(left__lt=models.F("right")),
                name="projectlink_in_order",
                violation_error_message="Un rapprochement unit deux actions différentes, dans l’ordre.",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict="", author__isnull=True, decided_at__isnull=True)
                | (~models.Q(verdict="") & models.Q(author__isnull=False, decided_at__isnull=False)),
                name="projectlink_person_signs",
                violation_error_message="Une décision a un auteur et une date.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.left_id} et {self.right_id} ({self.get_verdict_display()})"

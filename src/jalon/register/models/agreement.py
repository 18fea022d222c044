"""Framework agreements, one a group and programme, and the counts of actions published for them."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from jalon.register.models.base import Keyed, at_least, one
from jalon.register.models.group import Group
from jalon.register.models.programme import Programme
from jalon.register.models.territory import Territory


class Agreement(Keyed):
    """`key` is "programme:group", the `agreement_id` of an edition; it equals the key of the group."""

    NATURAL = ("group_id",)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="agreements", verbose_name="programme"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="agreements", verbose_name="groupe")
    signed_on = models.DateField("signée le", null=True, blank=True, db_index=True)
    planned_on = models.DateField("signature annoncée pour le", null=True, blank=True)
    source_id = models.CharField("source de la date", max_length=80, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "convention"
        ordering = ("programme", "key")
        constraints = (
            one("agreement", "of_group", "programme", "group"),
            models.CheckConstraint(
                condition=Q(key=F("group")),
                name="agreement_key_of_its_group",
                violation_error_message="La convention doit porter l’identifiant de son groupe.",
            ),
        )

    def __str__(self) -> str:
        return f"Convention {self.key}"


class ActionCount(Keyed):
    """What the agency published; `territory` is set only where a town is counted apart from its group."""

    NATURAL = ("agreement_id", "territory_id", "counted_on")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="counts", verbose_name="convention")
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counts",
        verbose_name="commune comptée à part",
    )
    counted_on = models.DateField("date du comptage")
    under_way = models.PositiveIntegerField("actions en cours", null=True, blank=True)
    delivered = models.PositiveIntegerField("actions livrées", null=True, blank=True)
    source_id = models.CharField("source", max_length=80, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "comptage d’actions"
        verbose_name_plural = "comptages d’actions"
        ordering = ("agreement", "territory", "counted_on")
        constraints = (
            one("count", "day", "agreement", "territory", "counted_on"),
            models.UniqueConstraint(
                fields=("agreement", "counted_on"),
                condition=Q(territory__isnull=True),
                name="count_one_day_of_group",
                violation_error_message="Cette ligne existe déjà.",
            ),
            at_least("count", "under_way"),
            at_least("count", "delivered"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id} au {self.counted_on:%d/%m/%Y}"

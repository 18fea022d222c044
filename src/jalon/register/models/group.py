"""Beneficiary groups (the towns that share one agreement) and who belongs to a programme."""

from django.db import models
from simple_history.models import HistoricalRecords

from jalon.register.models.base import Keyed, filled, one
from jalon.register.models.programme import Programme
from jalon.register.models.territory import Territory


class Group(Keyed):
    NATURAL = ("programme_id", "group_id")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups", verbose_name="programme")
    group_id = models.CharField("identifiant dans le programme", max_length=60)
    name = models.TextField("nom")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "groupe bénéficiaire"
        verbose_name_plural = "groupes bénéficiaires"
        ordering = ("programme", "group_id")
        constraints = (
            one("group", "id", "programme", "group_id"),
            filled("group", "group_id"),
            filled("group", "name"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.group_id})"


class Membership(Keyed):
    NATURAL = ("programme_id", "territory_id")
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="memberships", verbose_name="programme"
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="memberships", verbose_name="territoire"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships", verbose_name="groupe")
    listed_in = models.CharField("listes qui le citent", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "territoire bénéficiaire"
        verbose_name_plural = "territoires bénéficiaires"
        ordering = ("programme", "territory")
        constraints = (one("membership", "territory", "programme", "territory"),)

    def __str__(self) -> str:
        return f"{self.territory} : {self.programme_id}"

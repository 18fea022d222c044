"""A territorial programme, as its folder describes it, and its axes."""

from django.db import models
from simple_history.models import HistoricalRecords

from jalon.register.models.base import Keyed, at_least, filled, in_order, one


class Programme(models.Model):
    id = models.CharField("identifiant", max_length=40, primary_key=True)
    name = models.CharField("nom", max_length=200)
    short_name = models.CharField("nom court", max_length=80)
    description = models.TextField("description", blank=True)
    launched_on = models.DateField("lancé le")
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "programme"
        ordering = ("id",)
        constraints = (
            filled("programme", "id"),
            filled("programme", "name"),
            in_order("programme", "launched_on", "ends_on"),
        )

    def __str__(self) -> str:
        return self.short_name


class Axis(Keyed):
    NATURAL = ("programme_id", "number")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="axes", verbose_name="programme")
    number = models.PositiveSmallIntegerField("numéro")
    label = models.CharField("libellé", max_length=300)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "axe"
        verbose_name_plural = "axes"
        ordering = ("programme", "number")
        constraints = (
            one("axis", "number", "programme", "number"),
            at_least("axis", "number", 1),
            filled("axis", "label"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.label}"

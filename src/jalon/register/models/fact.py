"""What cited publications state about a programme."""

from django.db import models
from simple_history.models import HistoricalRecords

from jalon.register.models.base import filled
from jalon.register.models.programme import Programme


class DeclaredFact(models.Model):
    fact_id = models.CharField("identifiant", max_length=80, primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts", verbose_name="programme")
    statement = models.TextField("énoncé")
    value = models.FloatField("valeur")
    unit = models.CharField("unité", max_length=120)
    hedge = models.CharField("réserve", max_length=40)
    as_of = models.CharField("moment visé", max_length=40, blank=True)
    published = models.CharField("publié", max_length=40, blank=True)
    publisher = models.TextField("éditeur")
    title = models.TextField("titre", blank=True)
    url = models.TextField("adresse")
    independent = models.BooleanField("indépendant de la réponse ministérielle", default=False)
    agrees = models.CharField("en accord avec elle", max_length=20, blank=True)
    note = models.TextField("note", blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "fait déclaré"
        verbose_name_plural = "faits déclarés"
        ordering = ("fact_id",)
        constraints = (
            filled("fact", "fact_id"),
            filled("fact", "statement"),
            filled("fact", "url"),
        )

    def __str__(self) -> str:
        return f"{self.fact_id} {self.statement[:80]}"

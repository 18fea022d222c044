"""The files read and the defects found in them; written by imports only."""

from django.db import models

from jalon.register.models.base import Keyed, as_long_as, at_least, filled, one, one_of


class SourceOrigin(models.TextChoices):
    MIRROR = "mirror", "dossier miroir"
    PRODUCER = "producer", "producteur"
    CARRIED = "carried", "faits transportés par le produit"


class SourceFile(Keyed):
    NATURAL = ("source_id", "file")
    source_id = models.CharField("source", max_length=80)
    file = models.CharField("fichier", max_length=110)
    title = models.TextField("titre")
    producer = models.TextField("producteur")
    licence = models.TextField("licence")
    url = models.TextField("adresse", blank=True)
    vintage = models.TextField("millésime")
    published_on = models.DateField("publié le", null=True, blank=True)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    bytes = models.PositiveBigIntegerField("taille en octets")
    rows_read = models.PositiveIntegerField("lignes lues")
    rows_refused = models.PositiveIntegerField("lignes refusées")
    origin = models.CharField("origine", max_length=20, choices=SourceOrigin)
    reader = models.CharField("version du lecteur", max_length=80)
    classifier = models.CharField("version du classifieur", max_length=80, blank=True)
    clean_tables = models.TextField("tables propres", blank=True)
    imported_at = models.DateTimeField("importé le")

    class Meta:
        verbose_name = "fichier source"
        verbose_name_plural = "fichiers sources"
        ordering = ("source_id", "file")
        constraints = (
            one("source", "file", "source_id", "file"),
            filled("source", "source_id"),
            as_long_as("source", "sha256", 64),
            one_of("source", "origin", SourceOrigin),
            at_least("source", "bytes"),
            at_least("source", "rows_read"),
            at_least("source", "rows_refused"),
        )

    def __str__(self) -> str:
        return self.key


class Effect(models.TextChoices):
    ROW = "row", "ligne écartée"
    FIELD = "field", "valeur inconnue"
    REPAIRED = "repaired", "valeur réparée"


class Refusal(models.Model):
    source_id = models.CharField("source", max_length=80)
    file = models.CharField("fichier", max_length=110)
    row = models.PositiveIntegerField("ligne")
    field = models.CharField("champ", max_length=120)
    value = models.TextField("valeur publiée", blank=True)
    code = models.CharField("défaut", max_length=80)
    reason = models.TextField("raison")
    effect = models.CharField("effet", max_length=20, choices=Effect)

    class Meta:
        verbose_name = "refus"
        verbose_name_plural = "refus"
        ordering = ("source_id", "file", "row", "field", "code")
        constraints = (
            one("refusal", "defect", "source_id", "file", "row", "field", "code"),
            one_of("refusal", "effect", Effect),
            filled("refusal", "code"),
        )

    def __str__(self) -> str:
        return f"{self.file}, ligne {self.row} : {self.reason}"

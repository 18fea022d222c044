"""Companies that receive equity or quasi-equity: who holds what, operation by operation, and what they are worth."""

from functools import reduce
from operator import add

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Substr
from django.db.models.lookups import Exact
from django.utils import timezone
from simple_history.models import HistoricalRecords

from jalon.register.models.base import Keyed, as_long_as, at_least, between, filled, one, one_of
from jalon.register.models.territory import Territory
from jalon.sources.codes import luhn


class LegalForm(models.TextChoices):
    SEM = "sem", "société d’économie mixte (SEM)"
    SEMOP = "semop", "SEM à opération unique (SEMOP)"
    SPL = "spl", "société publique locale (SPL)"
    SAS = "sas", "société par actions simplifiée (SAS)"
    SA = "sa", "société anonyme (SA)"
    SCIC = "scic", "société coopérative d’intérêt collectif (SCIC)"
    SCI = "sci", "société civile immobilière (SCI)"
    OTHER = "other", "autre"


class Security(models.TextChoices):
    """As `jalon.funding.Security`."""

    SHARES = "shares", "actions"
    ADVANCE = "current-account", "avance en compte courant"
    CONVERTIBLE = "convertible", "obligations convertibles"


def check_siren(siren: str) -> None:
    """Raises ValidationError unless these are nine digits whose last one is the key of the others."""
    if not (len(siren) == 9 and siren.isascii() and siren.isdigit() and luhn(siren)):
        raise ValidationError(f"« {siren[:20]} » n’est pas un SIREN : sa clé de contrôle est fausse.")


def _keyed_siren() -> Q:
    """Luhn's key as the database checks it: each second digit doubled, the sum of all digits a multiple of ten."""
    digits = [Cast(Substr("siren", place, 1), models.IntegerField()) for place in range(1, 10)]
    parts = [(digit * 2) / 10 + (digit * 2) % 10 if rank % 2 else digit for rank, digit in enumerate(digits)]
    return Q(Exact(reduce(add, parts) % 10, 0))


class Investee(Keyed):
    NATURAL = ("siren",)
    siren = models.CharField("SIREN", max_length=9, validators=[check_siren])
    name = models.CharField("nom", max_length=200)
    form = models.CharField("forme", max_length=20, choices=LegalForm)
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="investees",
        verbose_name="territoire",
    )
    purpose = models.TextField("objet", blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "société"
        ordering = ("name", "siren")
        constraints = (
            one("investee", "siren", "siren"),
            as_long_as("investee", "siren", 9),
            models.CheckConstraint(
                condition=_keyed_siren(),
                name="investee_siren_key",
                violation_error_message="La clé de contrôle de ce SIREN est fausse.",
            ),
            filled("investee", "name"),
            one_of("investee", "form", LegalForm),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.siren})"

    def save(self, *args: object, **kwargs: object) -> None:
        check_siren(self.siren)
        super().save(*args, **kwargs)


class CapitalOperation(models.Model):
    """A holder subscribes (positive) or sells, gives back, is repaid (negative); written once, undone by another."""

    investee = models.ForeignKey(Investee, on_delete=models.PROTECT, related_name="operations", verbose_name="société")
    round = models.CharField("tour", max_length=80, blank=True)
    on = models.DateField("le")
    holder = models.CharField("détenteur", max_length=200)
    public = models.BooleanField("détenteur public", default=False)
    security = models.CharField("titre", max_length=20, choices=Security)
    units = models.BigIntegerField("nombre de titres", default=0)
    cents = models.BigIntegerField("montant, en centimes")
    commitment = models.ForeignKey(
        "register.Commitment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="operations",
        verbose_name="engagement",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="auteur", db_index=False
    )
    reason = models.TextField("motif")
    written_at = models.DateTimeField("écrit le", default=timezone.now)
    cancels = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="cancelled_by", verbose_name="annule"
    )

    class Meta:
        verbose_name = "opération de capital"
        verbose_name_plural = "opérations de capital"
        ordering = ("id",)
        constraints = (
            one_of("operation", "security", Security),
            filled("operation", "holder"),
            filled("operation", "reason"),
        )

    def __str__(self) -> str:
        return f"{self.investee_id}, {self.on:%d/%m/%Y} : {self.holder}"


class Valuation(Keyed):
    """What a company is worth at the end of a year, and by what method it was said."""

    NATURAL = ("investee_id", "year")
    investee = models.ForeignKey(
        Investee, on_delete=models.PROTECT, related_name="valuations", verbose_name="société", db_index=False
    )
    year = models.PositiveSmallIntegerField("année")
    cents = models.BigIntegerField("valeur, en centimes")
    method = models.CharField("méthode", max_length=200)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "valorisation"
        ordering = ("key",)
        constraints = (
            one("valuation", "year", "investee", "year"),
            at_least("valuation", "cents"),
            between("valuation", "year", 1990, 2200),
            filled("valuation", "method"),
        )

    def __str__(self) -> str:
        return f"{self.investee_id}, {self.year}"

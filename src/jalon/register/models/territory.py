"""The territories in use: members, beneficiaries, and their parents. The whole of France stays in jalon.geography."""

from django.db import models
from django.db.models import Q

from jalon.register.models.base import Keyed, at_least, between, filled, one


class TerritoryKind(models.TextChoices):
    COMMUNE = "commune", "commune"
    EPCI = "epci", "intercommunalité"
    DEPARTEMENT = "departement", "département"
    REGION = "region", "région"
    COLLECTIVITE = "collectivite", "collectivité d’outre-mer"
    COUNTRY = "pays", "pays"


LENGTHS = {"commune": (5,), "epci": (9,), "departement": (2, 3), "region": (2,), "collectivite": (3,), "pays": (2,)}


def _code_as_its_kind() -> Q:
    known = Q()
    for kind, lengths in LENGTHS.items():
        known |= Q(kind=kind, code__length__in=lengths)
    return known


def _parent(kind: str) -> models.ForeignKey:
    return models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=kind,
        db_index=False,
    )


class Territory(Keyed):
    NATURAL = ("kind", "code")
    kind = models.CharField("maille", max_length=20, choices=TerritoryKind)
    code = models.CharField("code", max_length=9, db_index=True)
    name = models.CharField("nom", max_length=200)
    departement = _parent("département")
    region = _parent("région")
    epci = _parent("intercommunalité")
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    lon = models.FloatField("longitude", null=True, blank=True)
    lat = models.FloatField("latitude", null=True, blank=True)

    class Meta:
        verbose_name = "territoire"
        ordering = ("kind", "code")
        constraints = (
            one("territory", "code", "kind", "code"),
            filled("territory", "name"),
            at_least("territory", "population"),
            between("territory", "lon", -180, 180),
            between("territory", "lat", -90, 90),
            models.CheckConstraint(
                condition=_code_as_its_kind(),
                name="territory_code_as_its_kind",
                violation_error_message="Le code n’a pas la longueur attendue : 5 caractères pour une commune, "
                "9 pour un EPCI, 2 ou 3 pour un département, 2 pour une région, 3 pour une collectivité.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

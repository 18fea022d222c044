"""What each address of the API accepts; every value is bounded before it meets the edition."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator

from jalon.claims.limits import LONGEST_TEXT
from jalon.geography import POPULATION_CLASSES

MOST_ITEMS, MOST_SKIPPED, MOST_POINTS = 1_000, 10_000_000, 5_000


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()


def _iso(value: object) -> object:
    """Pydantic would read « 1582588800 » as a day; only ISO text is one."""
    return value if isinstance(value, str) and len(value) == 10 and value[4:5] == "-" else "?"


Text = Annotated[str, Field(max_length=300), AfterValidator(_clean)]
Code = Annotated[str, Field(max_length=60), AfterValidator(_clean)]
Codes = Annotated[list[Code], Field(max_length=30)]
Day = Annotated[date, BeforeValidator(_iso)]
Euros = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Kind = Literal["commune", "epci", "departement", "region", "pays"]
Orders = Literal["name", "-name", "code", "population", "-population", "actions", "-actions"]
CLASSES = ", ".join(c.id for c in POPULATION_CLASSES)


class Page(Schema):
    limit: int = Field(50, ge=1, le=MOST_ITEMS, description="Nombre d’éléments rendus.")
    offset: int = Field(0, ge=0, le=MOST_SKIPPED, description="Nombre d’éléments sautés.")


class Whole(Schema):
    """A file: everything that the filters keep, unless cut."""

    limit: int | None = Field(None, ge=1, le=MOST_SKIPPED, description="Nombre de lignes ; toutes si absent.")
    offset: int = Field(0, ge=0, le=MOST_SKIPPED, description="Nombre de lignes sautées.")


class Points(Schema):
    limit: int = Field(MOST_ITEMS, ge=1, le=MOST_POINTS, description=f"Nombre d’objets rendus, au plus {MOST_POINTS}.")
    offset: int = Field(0, ge=0, le=MOST_SKIPPED, description="Nombre d’objets sautés.")


class ProgrammeFilter(Schema):
    q: Text = Field("", description="Texte cherché dans le nom et la description.")


class TerritoryFilter(Schema):
    q: Text = Field("", description="Début ou partie du nom (accents et tirets indifférents), ou code.")
    kind: Kind | None = Field(None, description="Nature du territoire.")
    programme: Codes = Field([], description="Programmes dont il bénéficie (un au moins).")
    region: Codes = Field([], description="Codes de région.")
    departement: Codes = Field([], description="Codes de département.")
    population_class: Codes = Field([], description=f"Classes de population des communes : {CLASSES}.")
    signed: bool | None = Field(None, description="Bénéficiaire dont la convention est signée, ou non.")
    theme: Codes = Field([], description="Au moins une action de l’un de ces thèmes.")
    sort: Orders = Field("name", description="Ordre ; un tiret le renverse. Les valeurs inconnues viennent en dernier.")


class AgreementFilter(Schema):
    q: Text = Field("", description="Texte cherché dans le nom du groupe.")
    programme: Codes = Field([], description="Programmes.")
    region: Codes = Field([], description="Codes de région d’un des territoires.")
    departement: Codes = Field([], description="Codes de département d’un des territoires.")
    territory: Codes = Field([], description="Territoires couverts, comme 01004 ou 200046977.")
    year: list[Year] = Field([], max_length=30, description="Années de signature.")
    signed: bool | None = Field(None, description="Signée, ou non, à la date de l’édition ou à celle de as_of.")
    as_of: Day | None = Field(None, description="Ne tenir pour signé que ce qui l’était ce jour-là (AAAA-MM-JJ).")
    sort: Literal["id", "name", "-name", "signed_on", "-signed_on"] = Field("id", description="Ordre.")


class ActionFilter(Schema):
    q: Text = Field("", description="Recherche en plein texte (mots français, accents indifférents).")
    kind: Literal["grant", "agreement"] | None = Field(
        None, description="Projet subventionné par l’État (grant) ou action d’une convention (agreement)."
    )
    programme: Codes = Field([], description="Actions des territoires de ces programmes.")
    region: Codes = Field([], description="Codes de région.")
    departement: Codes = Field([], description="Codes de département.")
    territory: Codes = Field([], description="Bénéficiaires, comme 01004, 200046977 ou departement-2A.")
    theme: Codes = Field([], description="Thèmes de la ville intelligente.")
    smart_city: bool | None = Field(None, description="Actions de ville intelligente, ou les autres.")
    year: list[Year] = Field([], max_length=30, description="Années de la subvention.")
    scheme: Codes = Field([], description="Dispositifs : DETR, DSIL, DSID…")
    min_amount: Euros | None = Field(None, description="Subvention minimale, en euros.")
    max_amount: Euros | None = Field(None, description="Subvention maximale, en euros.")
    signed: bool | None = Field(None, description="Bénéficiaire dont la convention est signée, ou non.")
    population_class: Codes = Field([], description=f"Classes de population du bénéficiaire : {CLASSES}.")
    sort: Literal["relevance", "amount", "-amount", "cost", "-cost", "year", "-year", "beneficiary", "-beneficiary"] = (
        Field("relevance", description="Ordre ; sans texte cherché, relevance vaut -amount.")
    )


class EstimateFilter(Schema):
    indicator: Codes = Field([], description="Indicateurs : towns_share, actions_per_10000, location_quotient…")
    theme: Codes = Field([], description="Thèmes ; smart_city pour l’un quelconque d’entre eux.")
    territory: Codes = Field([], description="Périmètres, comme FR, region-84 ou departement-2A.")
    population_class: Codes = Field([], description=f"Classes de population : {CLASSES}.")
    programme: Codes = Field([], description="Programmes ; « tous » pour l’ensemble des communes.")
    year: list[Annotated[int, Field(ge=0, le=2200)]] = Field(
        [], max_length=30, description="Années des projets ; 0 pour toutes ensemble."
    )
    as_of: Day | None = Field(
        None, description="L’estimation qui valait ce jour-là (AAAA-MM-JJ) ; la dernière si absente."
    )


class FigureFilter(Schema):
    q: Text = Field("", description="Texte cherché dans l’intitulé et la définition.")
    programme: Codes = Field([], description="Programmes.")
    kind: Literal["computed", "declared"] | None = Field(None, description="Calculé, ou déclaré par une publication.")
    as_of: Day | None = Field(None, description="Date à laquelle évaluer (AAAA-MM-JJ) ; celle de l’édition si absente.")


class FigureParams(Schema):
    as_of: Day | None = Field(None, description="Date à laquelle évaluer (AAAA-MM-JJ) ; celle de l’édition si absente.")
    programme: Code | None = Field(None, description="Autre programme que celui du chiffre.")
    territory: Code | None = Field(None, description="Périmètre : 01004, departement-2A, region-84…")
    theme: Code | None = Field(None, description="Un thème.")
    year: Year | None = Field(None, description="Une année.")


class TextToCheck(Schema):
    text: str = Field(max_length=LONGEST_TEXT, description="Texte à vérifier.")
    as_of: Day | None = Field(None, description="Jour de la vérification ; sinon celui que dit le texte, ou l’édition.")


class ProposalAsked(Schema):
    subject: str = Field(max_length=40, description="Ligne à corriger : agreement, group ou action.")
    subject_id: str = Field(max_length=110, description="Son identifiant.")
    field: str = Field(max_length=40, description="Champ.")
    value: str | int | None = Field(description="Valeur proposée ; un jour en ISO, un montant en centimes.")
    reason: str = Field(max_length=1000, description="Motif.")


class DecisionAsked(Schema):
    accepted: bool = Field(description="Acceptée, ou refusée.")
    reason: str = Field(max_length=1000, description="Motif de la décision.")

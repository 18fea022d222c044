"""What the API gives. Days are ISO text; amounts are euros as JSON numbers of at most two decimals; rates are shares
between 0 and 1; what is not known is null, never 0."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from ninja import Field, Schema
from pydantic import PlainSerializer

Item = TypeVar("Item")
Money = Annotated[Decimal, PlainSerializer(float, return_type=float)]


class Error(Schema):
    detail: str = Field(description="Ce qui ne va pas, en français.")
    mend: str = Field("", description="Que faire.")
    code: str = Field("", description="Code stable de l’erreur.")
    parameter: str | None = Field(None, description="Paramètre en cause.")


class Listing(Schema, Generic[Item]):
    count: int = Field(description="Nombre d’éléments que les filtres retiennent, au-delà de ceux qui sont rendus.")
    items: list[Item]


class Axis(Schema):
    axis: int
    label: str


class Partner(Schema):
    partner: str
    label: str
    funds: bool = Field(description="Finance le programme.")


class Programme(Schema):
    id: str
    name: str
    short_name: str
    description: str
    launched_on: date
    ends_on: date | None
    territories: int = Field(description="Territoires bénéficiaires.")
    agreements: int = Field(description="Conventions-cadres, une par groupe de territoires.")
    signed: int = Field(description="Conventions signées à la date de l’édition.")
    axes: list[Axis]
    partners: list[Partner]


class Territory(Schema):
    id: str = Field(description="Identifiant dans les adresses : 01004, 200046977, departement-01, region-84, FR.")
    kind: str
    code: str
    name: str
    departement_code: str | None
    departement: str | None
    region_code: str | None
    region: str | None
    epci_code: str | None
    population: int | None
    population_class: str | None
    lon: float | None
    lat: float | None
    programmes: list[str] = Field(description="Programmes dont il bénéficie.")
    signed_on: date | None = Field(description="Première convention signée qui le couvre.")
    actions: int = Field(description="Actions connues dont il est le bénéficiaire.")
    smart_city_actions: int
    grants_eur: Money | None = Field(description="Subventions connues de ces actions.")
    smart_city_grants_eur: Money | None
    fibre_quarter: date | None = Field(description="Dernier trimestre connu.")
    fibre_connectable: int | None = Field(description="Locaux raccordables à ce trimestre.")
    fibre_rate: float | None = Field(description="Part des locaux raccordables à ce trimestre.")


class Covered(Schema):
    id: str
    kind: str
    code: str
    name: str


class Agreement(Schema):
    id: str
    programme: str
    group_id: str
    name: str
    signed_on: date | None
    planned_on: date | None = Field(description="Date un temps annoncée : ce n’est pas une signature.")
    territories: list[Covered]
    signatories: list[str]
    counted_on: date | None = Field(description="Date du dernier décompte publié des actions.")
    actions_under_way: int | None
    actions_delivered: int | None
    source_id: str | None


class Action(Schema):
    id: str
    kind: str
    programme: str | None
    agreement_id: str | None
    territory_kind: str
    territory_code: str | None
    territory: str | None = Field(description="Nom officiel du bénéficiaire, quand il est connu.")
    beneficiary: str | None = Field(description="Bénéficiaire tel que publié.")
    departement_code: str | None
    region_code: str | None
    title: str | None
    category: str | None
    axis: int | None
    year: int | None
    scheme: str | None
    cost_eur: Money | None
    grant_eur: Money | None
    known_on: date
    smart_city: bool
    probability: float | None = Field(description="Probabilité donnée par la machine.")
    decided_by: str
    themes: list[str]
    source_id: str
    source_row: int


class ThemeGiven(Schema):
    theme: str
    label: str
    probability: float | None
    decided_by: str
    terms: list[str]


class FundingLine(Schema):
    funder: str
    instrument: str
    scheme: str | None
    amount_eur: Money
    year: int | None


class ActionDetail(Action):
    theme_details: list[ThemeGiven] = Field(description="Thèmes, avec les termes qui ont décidé.")
    funding: list[FundingLine]


Scalar = int | float | str | None


class FigureColumn(Schema):
    name: str
    label: str
    format: str


class Declared(Schema):
    fact_id: str
    statement: str
    value: float
    hedge: str
    as_of: str
    publisher: str
    title: str | None
    url: str
    independent: bool
    agrees: bool | None
    note: str


class Figure(Schema):
    id: str
    kind: str
    programme: str
    label: str
    value: Scalar = Field(description="Nombre, texte ou jour ISO ; null quand il est inconnu ou que c’est un tableau.")
    unit: str
    display: str = Field(description="La valeur comme l’écrit un lecteur français.")
    as_of: date
    edition: str
    interval: list[float] | None
    hedge: str
    unknown_reason: str | None
    columns: list[FigureColumn]
    rows: list[dict[str, Scalar]] = Field(description="Lignes d’un chiffre en tableau.")
    definition: str
    excludes: str
    parameters: list[str] = Field(description="Paramètres acceptés, outre as_of et programme.")
    sql: str = Field(description="Requête de la valeur, à rejouer sur l’édition.")
    evidence_sql: str
    standing: str = Field(description="confirmed, contradicted ou alone.")
    standing_reason: str
    declared: list[Declared]

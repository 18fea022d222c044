"""What the API gives. Days are ISO text; amounts are euros as JSON numbers of at most two decimals; rates are shares
between 0 and 1; what is not known is null, never 0."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Field, Schema
from pydantic import PlainSerializer

from jalon.claims import Verdict

Item = TypeVar("Item")
Money = Annotated[Decimal, PlainSerializer(float, return_type=float)]


class Error(Schema):
    detail: str = Field(description="Ce qui ne va pas, en français.")
    mend: str = Field("", description="Que faire.")
    code: str = Field("", description="Code stable de l’erreur.")
    parameter: str | None = Field(None, description="Paramètre en cause.")


class Listing(Schema, Generic[Item]):
    count: int = Field(description="Nombre d’éléments que les filtres retiennent, au-delà de ceux qui sont rendus.")
    items: list[Item] = Field(description="Les éléments rendus.")


class Axis(Schema):
    axis: int = Field(description="Numéro.")
    label: str = Field(description="Intitulé.")


class Partner(Schema):
    partner: str = Field(description="Identifiant.")
    label: str = Field(description="Nom.")
    funds: bool = Field(description="Finance le programme.")


class Programme(Schema):
    id: str = Field(description="Identifiant : acv, tiga, thd…")
    name: str = Field(description="Nom complet.")
    short_name: str = Field(description="Nom dans une phrase.")
    description: str = Field(description="Une phrase.")
    launched_on: date = Field(description="Lancement.")
    ends_on: date | None = Field(description="Dernier jour, quand il est annoncé.")
    territories: int = Field(description="Territoires bénéficiaires.")
    agreements: int = Field(description="Conventions-cadres, une par groupe de territoires.")
    signed: int = Field(description="Conventions signées à la date de l’édition.")
    axes: list[Axis] = Field(description="Axes.")
    partners: list[Partner] = Field(description="Partenaires.")


class Territory(Schema):
    id: str = Field(description="Identifiant dans les adresses : 01004, 200046977, departement-01, region-84, FR.")
    kind: str = Field(description="commune, epci, departement, region ou pays.")
    code: str = Field(description="Code INSEE ; SIREN d’une intercommunalité.")
    name: str = Field(description="Nom officiel, avec son article.")
    departement_code: str | None = Field(description="Département.")
    departement: str | None = Field(description="Nom du département.")
    region_code: str | None = Field(description="Région.")
    region: str | None = Field(description="Nom de la région.")
    epci_code: str | None = Field(description="Intercommunalité (SIREN).")
    population: int | None = Field(description="Population municipale.")
    population_class: str | None = Field(description="Classe de population d’une commune.")
    lon: float | None = Field(description="Longitude (WGS84).")
    lat: float | None = Field(description="Latitude.")
    programmes: list[str] = Field(description="Programmes dont il bénéficie.")
    signed_on: date | None = Field(description="Première convention signée qui le couvre.")
    actions: int = Field(description="Actions connues dont il est le bénéficiaire.")
    smart_city_actions: int = Field(description="Dont actions de ville intelligente.")
    grants_eur: Money | None = Field(description="Subventions connues de ces actions.")
    smart_city_grants_eur: Money | None = Field(description="Subventions des actions de ville intelligente.")
    fibre_quarter: date | None = Field(description="Dernier trimestre connu.")
    fibre_connectable: int | None = Field(description="Locaux raccordables à ce trimestre.")
    fibre_rate: float | None = Field(description="Part des locaux raccordables à ce trimestre.")


class Covered(Schema):
    id: str
    kind: str
    code: str
    name: str


class Agreement(Schema):
    id: str = Field(description="Identifiant : programme:groupe.")
    programme: str = Field(description="Programme.")
    group_id: str = Field(description="Groupe de territoires qui la partagent.")
    name: str = Field(description="Noms des territoires du groupe.")
    signed_on: date | None = Field(description="Jour de la signature.")
    planned_on: date | None = Field(description="Date un temps annoncée : ce n’est pas une signature.")
    territories: list[Covered] = Field(description="Territoires couverts.")
    signatories: list[str] = Field(description="Identifiants des signataires.")
    counted_on: date | None = Field(description="Date du dernier décompte publié des actions.")
    actions_under_way: int | None = Field(description="Actions en cours, à cette date.")
    actions_delivered: int | None = Field(description="Actions livrées, à cette date.")
    source_id: str | None = Field(description="Source de la date.")


class Action(Schema):
    id: str = Field(description="Identifiant stable.")
    kind: str = Field(description="grant ou agreement.")
    programme: str | None = Field(description="Programme, pour une action de convention.")
    agreement_id: str | None = Field(description="Convention.")
    territory_kind: str = Field(description="Nature du bénéficiaire.")
    territory_code: str | None = Field(description="Code actuel du bénéficiaire.")
    territory: str | None = Field(description="Nom officiel du bénéficiaire, quand il est connu.")
    beneficiary: str | None = Field(description="Bénéficiaire tel que publié.")
    departement_code: str | None = Field(description="Département.")
    region_code: str | None = Field(description="Région.")
    title: str | None = Field(description="Intitulé ; null quand seuls les faits sont diffusés.")
    category: str | None = Field(description="Catégorie publiée.")
    axis: int | None = Field(description="Axe du programme.")
    year: int | None = Field(description="Année de la subvention.")
    scheme: str | None = Field(description="Dispositif.")
    cost_eur: Money | None = Field(description="Coût hors taxes.")
    grant_eur: Money | None = Field(description="Subvention de l’État.")
    known_on: date = Field(description="Premier jour où un chiffre peut la compter.")
    smart_city: bool = Field(description="Action de ville intelligente.")
    probability: float | None = Field(description="Probabilité donnée par la machine.")
    decided_by: str = Field(description="machine ou human.")
    themes: list[str] = Field(description="Identifiants de ses thèmes.")
    source_id: str = Field(description="Source.")
    source_row: int = Field(description="Ligne dans le fichier de la source.")


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
    funding: list[FundingLine] = Field(description="Qui paie quoi.")


class Estimate(Schema):
    indicator: str = Field(description="Ce qui est estimé : towns_share, actions, actions_per_10000…")
    theme: str = Field(description="Thème, ou smart_city pour l’un quelconque d’entre eux.")
    territory_kind: str = Field(description="pays, region ou departement.")
    territory_code: str = Field(description="Son code.")
    population_class: str = Field(description="Classe de population des communes ; vide pour toutes.")
    programme: str = Field(description="Programme des communes ; vide pour toutes les communes.")
    year: int = Field(description="Année des projets ; 0 pour toutes les années connues.")
    known_on: date = Field(description="Premier jour où c’est l’estimation.")
    value: float | None = Field(description="Estimation, corrigée des erreurs du classement.")
    low: float | None = Field(description="Borne basse de l’intervalle à 95 %.")
    high: float | None = Field(description="Borne haute.")
    naive: float | None = Field(description="Le même par simple compte des projets relevés.")
    same_size: float | None = Field(description="Si chaque commune faisait comme celles de sa taille.")
    same_size_low: float | None = Field(description="Borne basse de l’intervalle à 95 %.")
    same_size_high: float | None = Field(description="Borne haute.")
    n: int = Field(description="Communes ou projets sur lesquels la valeur repose.")
    shrunk: bool = Field(description="Rapprochée de l’ensemble, faute de communes.")
    method: str = Field(description="Méthode, ou raison pour laquelle la valeur est inconnue.")


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


class Bearer(Schema):
    figure: str = Field(description="Chiffre qui porte le fait.")
    label: str = Field(description="Son intitulé.")
    agrees: bool | None = Field(description="Ce que dit la valeur calculée ; null quand rien ne lui est opposé.")
    held: str = Field(description="Ce que disaient les données au moment dont parle le fait.")
    note: str = Field(description="Ce qui l’en sépare : unité, portée, moment.")


class StatedFact(Schema):
    fact_id: str = Field(description="Identifiant : C1-05…")
    programme: str = Field(description="Programme.")
    statement: str = Field(description="L’énoncé, en nos mots.")
    value: float = Field(description="La valeur, dans l’unité publiée.")
    unit: str = Field(description="Unité publiée.")
    hedge: str = Field(description="exact, about, more_than, target, record…")
    as_of: str = Field(description="Moment dont il parle : jour, mois, année, ou deux d’entre eux.")
    published: str | None = Field(description="Quand il fut publié.")
    publisher: str = Field(description="Qui le publie.")
    title: str | None = Field(description="Titre de la publication.")
    url: str = Field(description="Où il a été lu.")
    independent: bool = Field(description="Source indépendante de l’administration.")
    remark: str | None = Field(description="Remarque de lecture.")
    state: str = Field(description="confirmed, contradicted ou alone.")
    bearers: list[Bearer] = Field(description="Chiffres qui le portent.")


class Correction(Schema):
    figure: str = Field(description="Chiffre corrigé.")
    label: str = Field(description="Son intitulé.")
    was: Any = Field(description="Valeur publiée à tort.")
    now: Any = Field(description="Valeur juste.")
    since: str = Field(description="Depuis quand la valeur fausse était publiée.")
    corrected_at: str = Field(description="Quand elle fut corrigée.")
    reason: str = Field(description="person, definition ou reading.")
    before: str = Field(description="Dernière édition fautive.")
    after: str = Field(description="Édition qui corrige.")
    came: int | None = Field(description="Lignes venues.")
    left: int | None = Field(description="Lignes parties.")
    moved: int | None = Field(description="Lignes modifiées.")


class Figure(Schema):
    id: str = Field(description="Identifiant, dans son adresse permanente.")
    kind: str = Field(description="computed ou declared.")
    programme: str = Field(description="Programme.")
    label: str = Field(description="Intitulé.")
    value: Scalar = Field(description="Nombre, texte ou jour ISO ; null quand il est inconnu ou que c’est un tableau.")
    unit: str = Field(description="Unité.")
    display: str = Field(description="La valeur comme l’écrit un lecteur français.")
    as_of: date = Field(description="Date d’évaluation.")
    edition: str = Field(description="Édition lue.")
    interval: list[float] | None = Field(description="Bornes, quand la valeur est une estimation.")
    hedge: str = Field(description="exact, estimate, about, more_than…")
    unknown_reason: str | None = Field(description="Pourquoi la valeur est inconnue.")
    columns: list[FigureColumn] = Field(description="Colonnes d’un chiffre en tableau.")
    rows: list[dict[str, Scalar]] = Field(description="Lignes d’un chiffre en tableau.")
    definition: str = Field(description="Ce que le chiffre compte, en mots.")
    excludes: str = Field(description="Ce qu’il ne compte pas.")
    parameters: list[str] = Field(description="Paramètres acceptés, outre as_of et programme.")
    sql: str = Field(description="Requête de la valeur, à rejouer sur l’édition.")
    evidence_sql: str = Field(description="Requête des lignes qui le font.")
    standing: str = Field(description="confirmed, contradicted ou alone.")
    standing_reason: str = Field(description="Pourquoi, en une phrase.")
    declared: list[Declared] = Field(description="Faits déclarés à côté, avec leur source.")


class MandateHeld(Schema):
    role: str = Field(description="contributor, reviewer, funder, manager ou administrator")
    perimeter: str = Field(description="all, programme, region, departement, territory ou envelope")
    code: str | None = Field(description="code du périmètre ; null pour tout le registre")
    ends_on: date | None = Field(description="dernier jour")


class Caller(Schema):
    """Qui appelle, d’après son jeton."""

    name: str = Field(description="nom du compte")
    mandates: list[MandateHeld] = Field(description="rôles en vigueur")
    verbs: list[str] = Field(description="ce que ce jeton permet quelque part")


class ClaimedFigure(Schema):
    id: str = Field(description="Identifiant du chiffre.")
    label: str = Field(description="Libellé.")
    params: dict[str, str | int] = Field(description="Paramètres : territory, theme, year, programme.")
    as_of: date = Field(description="Jour du chiffre.")
    edition: str = Field(description="Édition.")
    value: str = Field(description="Valeur, comme un lecteur l’écrit.")
    permalink: str = Field(description="Adresse permanente de la page du chiffre.")


class CheckedClaim(Schema):
    text: str = Field(description="Ce que dit le texte, mot pour mot.")
    start: int = Field(description="Premier caractère, compté depuis 0 dans text.")
    end: int = Field(description="Caractère qui suit le dernier.")
    value: float | str = Field(description="Nombre lu, dans unit ; un jour en ISO.")
    unit: str = Field(description="Nom de ce qui est compté, euros, %, ans, jour.")
    verdict: Verdict = Field(description="Verdict.")
    expected: float | str | None = Field(description="La bonne valeur, dans unit.")
    figure: ClaimedFigure | None = Field(description="Chiffre contre lequel le nombre est tenu.")
    reason: str = Field(description="La raison, en une phrase.")
    evidence: list[dict[str, Any]] = Field(description="Preuves : lignes (row) ou faits déclarés (fact).")


class CheckedText(Schema):
    edition: str = Field(description="Édition.")
    as_of: date = Field(description="Jour de la vérification.")
    dated_by: Literal["given", "text", "edition"] = Field(description="D’où vient ce jour.")
    text: str = Field(description="Le texte reçu ; les places des points y sont comptées.")
    claims: list[CheckedClaim] = Field(description="Les points relevés, dans l’ordre du texte.")


class ProposalShown(Schema):
    id: int = Field(description="numéro")
    subject: str = Field(description="nom de la ligne : agreement, group ou action")
    subject_id: str = Field(description="son identifiant")
    field: str = Field(description="champ")
    before: str | int | float | None = Field(description="valeur du registre quand elle a été faite")
    after: str | int | float | None = Field(description="valeur proposée")
    reason: str = Field(description="motif")
    state: str = Field(description="pending, accepted ou refused")
    author: str = Field(description="auteur")
    proposed_at: datetime = Field(description="instant de la proposition")
    decided_by: str | None = Field(description="qui a tranché")
    decided_at: datetime | None = Field(description="quand")
    decision_reason: str | None = Field(description="motif de la décision")

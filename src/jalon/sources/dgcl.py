"""DGCL, projects subsidised by the State: 2018 (ODS) and 2019 (XLSX).

The numbering of categories differs between the years: each has its own list. Amounts keep two decimals. The ratio of
grant to cost that the files give is only compared with ours; their positions (displaced overseas, 0 when unknown) are
left aside by name: the official geography places the recipients.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jalon.geography import fold
from jalon.sources.catalog import Source
from jalon.sources.defects import Defects
from jalon.sources.fields import cents, decimal, text
from jalon.sources.parts import Part
from jalon.sources.recipients import Declared, recipient
from jalon.sources.rows import GrantRow
from jalon.sources.sheets import sheet_table
from jalon.sources.tables import Cells, Columns

SCHEMES = frozenset({"DETR", "DSIL", "DSID"})
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{4,40}")
RATE_TOLERANCE = 0.005
CATEGORIES_2018 = {
    1: "Santé, sanitaire et social",
    2: "Économie et emploi",
    3: "Environnement, transition énergétique et écologie",
    4: "Éducation",
    5: "Actions et services publics",
    6: "Construction, habitat, urbanisme, patrimoine, transport",
    7: "Contrat de ruralité",
}
CATEGORIES_2019 = {
    1: "Santé, sanitaire et social",
    2: "Économie et emploi",
    3: "Environnement, transition énergétique et écologie",
    4: "Éducation",
    5: "Actions et services publics",
    6: "Mise aux normes et sécurisation",
    7: "Construction, habitat, urbanisme et transport",
    8: "Contrat de ruralité",
}
CATEGORIES = {2018: CATEGORIES_2018, 2019: CATEGORIES_2019}
SPELLINGS = {"construction habitat urbanisme et transports": "construction habitat urbanisme et transport"}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the sheet of a year keeps what."""

    sheet: str
    year: int
    columns: Columns


LAYOUT_2018 = Layout(
    "Projets_DI_2018",
    2018,
    Columns(
        (
            "IDENTIFIANT", "DOT", "ECHELON", "INSEEDEP", "CODGEO", "INSEECOM", "BENEFICIAIRE", "LIBGEO", "NUMCATEGORIE",
            "CATGEORIE", "DESCRIPTION", "COUT", "SUBVENTION", "LEVIER",
        ),
        ("INSEEEPCI", "LAT", "LONG", "POP18"),
    ),
)  # fmt: skip
LAYOUT_2019 = Layout(
    "Projets_dotations_investissement_2019",
    2019,
    Columns(
        (
            "id_projet", "dotation", "echelon", "id_dep", "id_terr", "nom_terr", "categorie", "description",
            "cout_total", "montant_sub", "pct_sub",
        ),
        ("lat", "long", "pop19"),
    ),
)  # fmt: skip


class Project(NamedTuple):
    """A row of either year under common names, cells as published."""

    row: int
    id: str | None
    scheme: str | None
    declared: Declared
    category: tuple[str | None, str | None]
    title: str | None
    cost: str | None
    grant: str | None
    rate: str | None


def read_2018(source: Source, folder: Path) -> list[Part]:
    return _read(source, folder, LAYOUT_2018)


def read_2019(source: Source, folder: Path) -> list[Part]:
    return _read(source, folder, LAYOUT_2019)


def _read(source: Source, folder: Path, layout: Layout) -> list[Part]:
    file = source.files[0]
    defects = Defects(source.id, file.file)
    once = _Once(defects)
    rows, read = [], 0
    for number, cells in sheet_table(folder / file.file, layout.sheet, layout.columns, defects):
        read += 1
        project = _project(number, cells, layout)
        if once.identified(project):
            row = _grant(project, layout, defects)
            once.note_double(row)
            rows.append(row)
    return [Part(file, rows, defects, read)]


def _project(number: int, cells: Cells, layout: Layout) -> Project:
    own, scheme, level, departement, code, *rest = cells
    if layout.year == 2018:
        insee, name, official, rank, label, title, cost, grant, rate = rest
    else:
        name, category, title, cost, grant, rate = rest
        insee, official = None, name
        rank, _, label = (category or "").partition("-")
    declared = Declared(level, code, insee, name, official, departement)
    return Project(number, own, scheme, declared, (rank, label), title, cost, grant, rate)


class _Once:
    """Holds that an identifier comes once, and notes projects that are wholly alike."""

    def __init__(self, defects: Defects) -> None:
        self.defects = defects
        self.ids: dict[str, int] = {}
        self.contents: dict[tuple[object, ...], str] = {}

    def identified(self, project: Project) -> bool:
        own = (project.id or "").strip()
        if not IDENTIFIER.fullmatch(own):
            self.defects.row(project.row, "identifiant", own, "bad-identifier", "projet sans identifiant lisible")
            return False
        first = self.ids.setdefault(own, project.row)
        if first != project.row:
            self.defects.row(project.row, "identifiant", own, "duplicate-id", f"identifiant déjà à la ligne {first}")
        return first == project.row

    def note_double(self, row: GrantRow) -> None:
        content = (row.published_code, row.title, row.cost_cents, row.grant_cents)
        first = self.contents.setdefault(content, row.action_id)
        if first != row.action_id and row.title:
            reason = f"même bénéficiaire, texte, coût et subvention que {first} : gardé, identifiant distinct"
            self.defects.repaired(row.row, "identifiant", row.action_id, "duplicate", reason)


def _grant(project: Project, layout: Layout, defects: Defects) -> GrantRow:
    who = recipient(project.declared)
    for note in who.notes:
        (defects.field if note.effect == "field" else defects.repaired)(project.row, *note[1:])
    title = text(project.title)
    if title is None:
        defects.field(project.row, "description", project.title, "missing-title", "projet sans description")
    cost, grant = _amounts(project, defects)
    return GrantRow(
        action_id=(project.id or "").strip(),
        year=layout.year,
        scheme=_scheme(project, defects),
        territory_kind=who.kind,
        published_code=who.published,
        territory_code=who.code,
        beneficiary=who.name,
        departement_code=who.departement,
        region_code=who.region,
        title=title,
        category=_category(project, layout, defects),
        cost_cents=cost,
        grant_cents=grant,
        row=project.row,
    )


def _scheme(project: Project, defects: Defects) -> str | None:
    if project.scheme in SCHEMES:
        return project.scheme
    defects.field(project.row, "dotation", project.scheme, "unknown-scheme", "dotation inconnue (DETR, DSIL ou DSID)")
    return None


def _category(project: Project, layout: Layout, defects: Defects) -> str | None:
    label = category(*project.category, layout.year)
    if label is None:
        shown = " - ".join(part for part in project.category if part)
        reason = "catégorie inconnue, ou numéro et libellé en désaccord"
        defects.field(project.row, "categorie", shown, "unknown-category", reason)
    return label


@lru_cache(maxsize=1_000)
def category(rank: str | None, label: str | None, year: int) -> str | None:
    """The category of a year whose number and label agree, whatever the case, accents and spaces; else None."""
    try:
        expected = CATEGORIES[year].get(int(rank or ""))
    except ValueError:
        return None
    folded = fold(label or "")
    return expected if expected and fold(expected) == SPELLINGS.get(folded, folded) else None


def _amounts(project: Project, defects: Defects) -> tuple[int | None, int | None]:
    """(cost, grant) in cents; a cost that is absent, zero or below its grant is unknown."""
    cost = _amount(project.row, "cout", project.cost, defects)
    grant = _amount(project.row, "subvention", project.grant, defects)
    if grant == 0:
        defects.field(project.row, "subvention", project.grant, "zero-grant", "projet subventionné sans subvention")
        grant = None
    if cost == 0:
        reason = "coût nul pour une subvention versée : coût inconnu"
        defects.field(project.row, "cout", project.cost, "zero-cost", reason)
        return None, grant
    if cost and grant and grant > cost:
        reason = f"subvention ({project.grant}) supérieure au coût : coût tenu pour inconnu"
        defects.field(project.row, "cout", project.cost, "grant-above-cost", reason)
        return None, grant
    if cost and grant:
        _check_rate(project, grant / cost, defects)
    return cost, grant


def _amount(row: int, field: str, raw: str | None, defects: Defects) -> int | None:
    try:
        value = cents(raw)
    except ValueError:
        defects.field(row, field, raw, "bad-amount", "ce n'est pas un montant en euros")
        return None
    if value is None:
        defects.field(row, field, raw, "missing-amount", "montant absent")
    return value


def _check_rate(project: Project, computed: float, defects: Defects) -> None:
    try:
        published = decimal(project.rate)
    except ValueError:
        defects.field(project.row, "taux", project.rate, "bad-rate", "ce n'est pas un taux")
        return
    if published is not None and abs(float(published) - computed) > RATE_TOLERANCE:
        reason = f"subvention / coût donne {computed:.4f} : le taux publié n'est pas repris"
        defects.field(project.row, "taux", project.rate, "rate-differs", reason)

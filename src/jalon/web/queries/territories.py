"""One territory: what it is, what it belongs to, its fibre over time. Names come with typographic apostrophes."""

from dataclasses import dataclass
from datetime import date

from jalon.editions import Edition
from jalon.web.published import fetch


@dataclass(frozen=True, slots=True)
class Territory:
    kind: str
    code: str
    name: str
    departement_code: str | None
    departement: str | None
    region_code: str | None
    region: str | None
    epci_code: str | None
    epci: str | None
    population: int | None
    population_class: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """A programme the territory benefits from, and its agreement."""

    programme: str
    name: str
    group_id: str
    group_name: str
    listed_in: str
    agreement_id: str | None
    signed_on: date | None
    planned_on: date | None
    source_id: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """Actions of an agreement, counted by the agency at one date; `whole` for the group together."""

    counted_on: date
    under_way: int | None
    delivered: int | None
    whole: bool
    source_id: str


@dataclass(frozen=True, slots=True)
class Coverage:
    quarter: date
    connectable: int | None
    premises: int | None
    rate: float | None
    band: int | None
    source_id: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A territory of the same group, of the same EPCI or of the same parent, and its programmes."""

    kind: str
    code: str
    name: str


_TERRITORY = """
SELECT t.kind, t.code, replace(t.name, '''', '’'),
       t.departement_code, replace(d.name, '''', '’'), coalesce(t.region_code, d.region_code),
       replace(r.name, '''', '’'), t.epci_code, replace(e.name, '''', '’'), t.population, t.population_class
FROM territories t
LEFT JOIN territories d ON d.kind = 'departement' AND d.code = t.departement_code
LEFT JOIN territories r ON r.kind = 'region' AND r.code = coalesce(t.region_code, d.region_code)
LEFT JOIN territories e ON e.kind = 'epci' AND e.code = t.epci_code
WHERE t.kind = ? AND t.code = ?
"""


def territory(edition: Edition, kind: str, code: str) -> Territory | None:
    found = fetch(Territory, edition.connect(), _TERRITORY, [kind, code])
    return found[0] if found else None


def memberships(edition: Edition, kind: str, code: str) -> list[Membership]:
    sql = """
    SELECT m.programme, p.name, m.group_id, g.name, m.listed_in, c.agreement_id, c.signed_on, c.planned_on, c.source_id
    FROM memberships m JOIN programmes p USING (programme)
    JOIN groups g ON g.programme = m.programme AND g.group_id = m.group_id
    LEFT JOIN agreements c ON c.programme = m.programme AND c.group_id = m.group_id
    WHERE m.territory_kind = ? AND m.territory_code = ? ORDER BY p.launched_on
    """
    return fetch(Membership, edition.connect(), sql, [kind, code])


def counted(edition: Edition, agreement_id: str, code: str) -> list[Counted]:
    sql = """
    SELECT counted_on, under_way, delivered, territory_code = '', source_id FROM action_counts
    WHERE agreement_id = ? AND territory_code IN ('', ?) ORDER BY counted_on
    """
    return fetch(Counted, edition.connect(), sql, [agreement_id, code])


def signatories(edition: Edition, agreement_id: str) -> list[str]:
    sql = """
    SELECT p.label FROM signatories s JOIN agreements a USING (agreement_id)
    JOIN partners p ON p.programme = a.programme AND p.partner = s.partner
    WHERE s.agreement_id = ? ORDER BY p.funds, p.label
    """
    return [label for (label,) in edition.connect().execute(sql, [agreement_id]).fetchall()]


def group_mates(edition: Edition, programme: str, group_id: str, code: str) -> list[Neighbour]:
    sql = """
    SELECT m.territory_kind, m.territory_code, replace(coalesce(t.name, m.territory_code), '''', '’') FROM memberships m
    LEFT JOIN territories t ON t.kind = m.territory_kind AND t.code = m.territory_code
    WHERE m.programme = ? AND m.group_id = ? AND m.territory_code <> ? ORDER BY 3
    """
    return fetch(Neighbour, edition.connect(), sql, [programme, group_id, code])


def coverage(edition: Edition, kind: str, code: str) -> list[Coverage]:
    sql = """
    SELECT quarter, connectable, premises, rate, band, source_id FROM coverage
    WHERE territory_kind = ? AND territory_code = ? ORDER BY quarter, source_id
    """
    return fetch(Coverage, edition.connect(), sql, [kind, code])


def inside(edition: Edition, kind: str, code: str) -> list[Neighbour]:
    """Beneficiary territories of any programme inside an EPCI, a département or a région."""
    column = {"epci": "epci_code", "departement": "departement_code", "region": "region_code"}[kind]
    sql = f"""
    SELECT DISTINCT t.kind, t.code, replace(t.name, '''', '’') AS name FROM memberships m
    JOIN territories t ON t.kind = m.territory_kind AND t.code = m.territory_code
    WHERE t.{column} = ? ORDER BY name
    """  # noqa: S608
    return fetch(Neighbour, edition.connect(), sql, [code])

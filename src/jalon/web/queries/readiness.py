"""The actions that wait for the fibre, as the published edition says."""

from dataclasses import dataclass
from datetime import date

from jalon.editions import Edition
from jalon.web.published import fetch, pairs

STATES = {
    "ready": "prêt",
    "ready_by": "prêt dans les deux ans",
    "at_risk": "exposé",
    "unknown": "couverture inconnue",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An action that needs fibre, with its state on its date and why."""

    action_id: str
    title: str | None
    beneficiary: str | None
    departement_code: str
    departement: str
    theme: str
    due_on: date
    state: str
    rate: float | None
    ready_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Exposed:
    """How many actions of a département need fibre, and how many of them were exposed."""

    code: str
    name: str
    needing: int
    exposed: int


def counts(edition: Edition) -> dict[str, int]:
    """Actions by state, those known by the day of the edition."""
    sql = "SELECT state, count(*) FROM fibre_readiness WHERE due_on <= ? GROUP BY state"
    return pairs(edition.connect(), sql, [edition.as_of])


def by_departement(edition: Edition) -> list[Exposed]:
    """Départements that have such actions, the most exposed first."""
    sql = """
    SELECT r.departement_code, coalesce(replace(t.name, '''''', '’'), r.departement_code), count(*),
           count(*) FILTER (state = 'at_risk')
    FROM fibre_readiness r LEFT JOIN territories t ON t.kind = 'departement' AND t.code = r.departement_code
    WHERE r.due_on <= ? GROUP BY ALL ORDER BY 4 DESC, 3 DESC, 1
    """
    return fetch(Exposed, edition.connect(), sql, [edition.as_of])


def waiting(edition: Edition, departement: str = "") -> list[Waiting]:
    """Every action that needs fibre, of one département or of all, the exposed ones first."""
    sql = """
    SELECT r.action_id, a.title, a.beneficiary, r.departement_code,
           coalesce(replace(t.name, '''''', '’'), r.departement_code), coalesce(h.label, r.theme), r.due_on, r.state,
           r.rate, r.ready_on, r.reason
    FROM fibre_readiness r JOIN actions a USING (action_id)
    LEFT JOIN themes h ON h.theme = r.theme
    LEFT JOIN territories t ON t.kind = 'departement' AND t.code = r.departement_code
    WHERE r.due_on <= $as_of AND ($departement = '' OR r.departement_code = $departement)
    ORDER BY r.state <> 'at_risk', r.departement_code, r.action_id
    """
    return fetch(Waiting, edition.connect(), sql, {"as_of": edition.as_of, "departement": departement})

"""Columns of the fibre by territory, seen from a quarter."""

from dataclasses import dataclass

from jalon.network.outlook import Prospect
from jalon.network.quarters import last_day
from jalon.web import places, typography
from jalon.web.queries.readiness import STATES, Exposed, Waiting
from jalon.web.tables import Column


@dataclass(frozen=True, slots=True)
class Row:
    """A territory, by its name, and its prospect."""

    name: str
    prospect: Prospect

    @property
    def url(self) -> str | None:
        kind, code = self.prospect.place
        return None if kind == "pays" else places.url(kind, code)


def when(row: Row) -> str:
    """When the target is or was reached, with its interval; a date beyond what can be said is not given."""
    reach = row.prospect.reach
    if reach.reached is not None:
        return f"atteint au {typography.quarter(last_day(reach.reached))}"
    if reach.expected is None:
        return "pas avant quinze ans"
    latest = typography.quarter(last_day(reach.latest)) if reach.latest is not None else "plus tard"
    earliest = typography.quarter(last_day(reach.earliest)) if reach.earliest is not None else ""
    return f"{typography.quarter(last_day(reach.expected))} (de {earliest} à {latest})"


def alerts(row: Row) -> tuple[str, ...]:
    """What a planner must look at: a stop, a new estimate of the premises, a history too short."""
    one, said = row.prospect, []
    if one.stalled:
        said.append("à l’arrêt depuis trois trimestres")
    if one.lost:
        day, points = one.lost
        lost = typography.plural(round(100 * points), "point")
        said.append(f"taux publié en recul de {lost} au {typography.quarter(day)}")
    if one.short:
        said.append("historique court")
    return tuple(said)


TERRITORIES: tuple[Column[Row], ...] = (
    Column("Territoire", lambda r: r.name, link=lambda r: r.url, tags=alerts),
    Column("Code", lambda r: r.prospect.place[1], "code"),
    Column("Raccordables", lambda r: r.prospect.rate, "share"),
    Column("Gagné en un an", lambda r: r.prospect.pace, "share"),
    Column("Attendu dans un an", lambda r: r.prospect.ahead[3].value, "share"),
    Column("Au moins", lambda r: r.prospect.ahead[3].low, "share"),
    Column("Au plus", lambda r: r.prospect.ahead[3].high, "share"),
    Column("Objectif atteint", when),
    Column("Alertes", lambda r: " ; ".join(alerts(r)), where="file"),
)
EXPOSED: tuple[Column[Exposed], ...] = (
    Column("Département", lambda e: e.name, link=lambda e: places.url("departement", e.code)),
    Column("Code", lambda e: e.code, "code"),
    Column("Projets qui demandent la fibre", lambda e: e.needing, "number"),
    Column("Dont exposés", lambda e: e.exposed, "number"),
    Column("Liste", lambda _: "CSV", link=lambda e: f"/fibre/projets.csv?departement={e.code}", where="page"),
)
WAITING: tuple[Column[Waiting], ...] = (
    Column("Identifiant", lambda w: w.action_id, "code"),
    Column("Projet", lambda w: w.title),
    Column("Bénéficiaire", lambda w: w.beneficiary),
    Column("Code du département", lambda w: w.departement_code, "code"),
    Column("Département", lambda w: w.departement),
    Column("Thème", lambda w: w.theme),
    Column("Date", lambda w: w.due_on, "day"),
    Column("État", lambda w: STATES[w.state]),
    Column("Couverture à cette date", lambda w: w.rate, "share"),
    Column("Seuil atteint au", lambda w: w.ready_on, "quarter"),
    Column("Raison", lambda w: w.reason),
)

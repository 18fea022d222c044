"""The table `estimates` of an edition: appetite and commitment of every group, by theme, programme, year and day.

What is known changes on few days: when a year of projects is published, when a town joins a programme. Everything is
estimated anew on each of the first, and once more on the last of the second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jalon.indicators.appetite import AREAS, MEASURES, Appetite, appetite
from jalon.indicators.commitment import Commitment, of_groups
from jalon.indicators.estimate import Estimate
from jalon.indicators.membership import entered
from jalon.indicators.rates import MICRO, SMART, Errors, errors
from jalon.indicators.towns import COUNTRY, By, Frame, carriers, frame, of_years, only, split, with_theme

NAMES = {
    "acting": "towns_acting", "share": "towns_share", "actions": "actions", "prevalence": "actions_share",
    "per_town": "actions_per_town", "per_10000": "actions_per_10000", "quotient": "location_quotient",
}  # fmt: skip
COMMITTED = {"funded": "funded_bare", "planned_eur": "planned_bare", "granted_eur": "granted_bare"}
UNSAID = {"under_way": "progress_unknown", "delivered": "progress_unknown", "paid_eur": "paid_unknown"}
NOT_DEFINED = "Inconnu : aucune commune, aucun projet ou aucun montant publié dans ce groupe"
COARSE: tuple[By, ...] = ("pays", "population_class", "region")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """What was known from a day on of all communes (programme "") or of those of one programme.

    `years` are estimated apart beside all years together; `whole` on the last day, when départements are too.
    `compared`: the projects of all communes are known, so that they can be compared with those of their size.
    """

    programme: str
    known_on: date
    frame: Frame
    memberships: pa.Table
    years: tuple[int, ...]
    whole: bool
    compared: bool


def estimates(tables: Mapping[str, pa.Table]) -> list[Row]:
    """Rows of the table, from the other tables of an edition; none without scores of the classifier or actions."""
    scored = set(tables["theme_scores"]["theme"].to_pylist())
    if not {SMART, MICRO} <= scored:
        return []
    themes = tables["themes"]["theme"].to_pylist()
    doubts = {theme: errors(tables["theme_scores"], theme) for theme in (SMART, *themes)}
    rows_of = carriers(tables["actions"], tables["action_themes"], themes)
    return [row for scope in scopes(tables) for row in _of_scope(scope, tables["actions"], rows_of, doubts)]


def scopes(tables: Mapping[str, pa.Table]) -> Iterator[Scope]:
    """All communes, then each programme that has communes, day by day.

    Where only the projects of the programmes' communes are known, these alone are estimated, and compared with nobody.
    """
    actions, memberships = tables["actions"], tables["memberships"]
    everyone = not _partial(tables)
    found = frame(actions, tables["territories"] if everyone else _beneficiaries(tables))
    known = np.asarray(actions["known_on"].to_numpy(zero_copy_only=False)).astype("datetime64[D]")[found.row]
    days = [day.astype(date) for day in np.unique(known)]
    if everyone:
        yield from _days("", found, known, days, dict.fromkeys(days, memberships), compared=True)
    communes = memberships.filter(pc.equal(memberships["territory_kind"], "commune"))
    for programme in sorted(set(communes["programme"].to_pylist())) if days else []:
        since = entered(programme, tables)
        last = max(since.values())
        seen = [*days, last] if last > days[-1] else days
        members = {
            day: memberships.filter(
                pc.is_in(
                    memberships["territory_code"], pa.array([code for code in since if since[code] <= day], pa.string())
                )
            )
            for day in seen
        }
        yield from _days(
            programme, found, known, [day for day in seen if min(since.values()) <= day], members, compared=everyone
        )


def _partial(tables: Mapping[str, pa.Table]) -> bool:
    """Whether the projects come from facts the product carries, which are those of the programmes' communes."""
    carried = tables["sources"].filter(pc.equal(tables["sources"]["origin"], "carried"))["source_id"].to_pylist()
    return not set(carried).isdisjoint(pc.unique(tables["actions"]["source_id"]).to_pylist())


def _beneficiaries(tables: Mapping[str, pa.Table]) -> pa.Table:
    codes = pc.unique(tables["memberships"]["territory_code"])
    return tables["territories"].filter(pc.is_in(tables["territories"]["code"], codes))


def _members(memberships: pa.Table, codes: list[str]) -> pa.Table:
    return memberships.filter(pc.is_in(memberships["territory_code"], pa.array(codes, pa.string())))


def _days(
    programme: str,
    found: Frame,
    known: np.ndarray,
    days: list[date],
    members: Mapping[date, pa.Table],
    *,
    compared: bool,
) -> Iterator[Scope]:
    """A year is estimated when its projects become known, and again on the last day if towns joined since."""
    done: set[int] = set()
    for day in days:
        mine = only(found, known <= np.datetime64(day))
        years = {int(year) for year in np.unique(mine.year) if year}
        fresh = years - done or years
        done |= years
        yield Scope(programme, day, mine, members[day], tuple(sorted(fresh)), day == days[-1], compared)


def _of_scope(
    scope: Scope, actions: pa.Table, rows_of: Mapping[str, np.ndarray], doubts: Mapping[str, Errors]
) -> Iterator[Row]:
    for year in (0, *scope.years):
        of_year = of_years(scope.frame, year or None)
        for theme, doubt in doubts.items():
            mine = with_theme(of_year, theme, rows_of)
            for by in _splits(theme, year, whole=scope.whole):
                for towns in split(mine, by, scope.memberships, scope.programme or None):
                    found = appetite(towns, doubt, theme=theme, toward_all=by in AREAS)
                    spent = of_groups(mine, actions, towns, doubt, towns.names, theme)
                    for one, money in zip(found, spent, strict=True):
                        yield from _rows(scope, by, year, one, money)


def _splits(theme: str, year: int, *, whole: bool) -> tuple[By, ...]:
    """Fewer where the towns behind one value would be too few to say anything."""
    if theme == SMART:
        return ("pays", "population_class", "region", "departement") if whole and not year else COARSE
    return COARSE if whole and not year else ("pays",)


def _rows(scope: Scope, by: By, year: int, one: Appetite, money: Commitment) -> Iterator[Row]:
    area = by in AREAS
    common: Row = {
        "theme": one.theme,
        "territory_kind": by if area else "pays",
        "territory_code": one.key if area else COUNTRY,
        "population_class": one.key if by == "population_class" else "",
        "programme": scope.programme,
        "year": year,
        "known_on": scope.known_on,
    }
    compared = scope.compared and (bool(scope.programme) or area)
    for name in MEASURES:
        if name != "quotient" or compared:
            like = one.same_size.get(name) if compared else None
            yield common | _values(NAMES[name], getattr(one, name), one.bare.get(name), like)
    for name, bare in COMMITTED.items():
        yield common | _values(name, getattr(money, name), getattr(money, bare), None)
    if one.theme == SMART:
        for name, why in UNSAID.items():
            yield common | _values(name, getattr(money, name), None, None, getattr(money, why))


def _values(
    indicator: str, found: Estimate | None, naive: float | None, like: Estimate | None, unknown: str = ""
) -> Row:
    return {
        "indicator": indicator,
        **_bounds("value", "low", "high", found),
        "naive": naive,
        **_bounds("same_size", "same_size_low", "same_size_high", like),
        "n": found.n if found else 0,
        "shrunk": bool(found and found.shrunk),
        "method": found.method if found else unknown or NOT_DEFINED,
    }


def _bounds(value: str, low: str, high: str, found: Estimate | None) -> Row:
    """Six figures that tell: what lies beyond differs between processors, and would give editions other bytes."""
    if found is None:
        return {value: None, low: None, high: None}
    return {
        name: float(f"{number:.6g}") for name, number in ((value, found.value), (low, found.low), (high, found.high))
    }

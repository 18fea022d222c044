"""From the tables of an edition to towns with their actions, split into groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jalon.geography import POPULATION_CLASSES
from jalon.indicators.estimate import Floats
from jalon.indicators.rates import SMART

By = Literal["pays", "region", "departement", "population_class", "programme", "year", "theme"]
COUNTRY = "FR"


@dataclass(frozen=True, slots=True)
class Towns:
    """One item a commune. A town without action is one too: it says there is no appetite yet.

    `group`: place in `names`, -1 outside every group; `size`: place in POPULATION_CLASSES, one more where unknown;
    `judged`: its actions; `machine`: those judged by the machine alone; `flagged`: those of them it accepts; `sure`:
    those a person accepts; `people`: inhabitants, 0 where unknown.
    """

    names: tuple[str, ...]
    group: np.ndarray
    size: np.ndarray
    judged: np.ndarray
    machine: np.ndarray
    flagged: np.ndarray
    sure: np.ndarray
    people: Floats


@dataclass(frozen=True, slots=True)
class Frame:
    """Every commune, and the actions of communes: town (place among communes), year (0 unknown), judged by a person."""

    codes: tuple[str, ...]
    territories: pa.Table
    size: np.ndarray
    people: Floats
    town: np.ndarray
    year: np.ndarray
    human: np.ndarray
    smart: np.ndarray
    row: np.ndarray
    actions: int


def frame(actions: pa.Table, territories: pa.Table) -> Frame:
    """Communes and their judged actions; an action of an EPCI, a département or a syndicat is nobody's town's.

    An action whose text is unknown, so that neither machine nor person judged it, is left out.
    """
    communes = territories.filter(pc.equal(territories["kind"], "commune"))
    human = pc.equal(actions["decided_by"], "human")
    of_communes = pc.and_(pc.equal(actions["territory_kind"], "commune"), pc.equal(actions["kind"], "grant"))
    mine = pc.and_(of_communes, pc.or_(human, pc.is_valid(actions["probability"])))
    town = pc.index_in(actions["territory_code"], value_set=_flat(communes["code"]))
    row = np.flatnonzero(pc.fill_null(pc.and_(mine, pc.is_valid(town)), False).to_numpy())
    classes = pa.array([one.id for one in POPULATION_CLASSES])
    size = pc.fill_null(pc.index_in(communes["population_class"], value_set=classes), len(classes))
    return Frame(
        codes=tuple(communes["code"].to_pylist()),
        territories=communes,
        size=size.to_numpy().astype(np.int64),
        people=pc.fill_null(communes["population"], 0).to_numpy().astype(float),
        town=_numbers(town)[row],
        year=_numbers(actions["year"])[row],
        human=human.to_numpy()[row],
        smart=pc.fill_null(actions["smart_city"], False).to_numpy()[row],
        row=row,
        actions=len(actions),
    )


def carriers(actions: pa.Table, themes: pa.Table, wanted: Iterable[str]) -> dict[str, np.ndarray]:
    """Rows of `actions` that carry each theme asked for; `smart_city`, which is any theme, needs none."""
    names = [theme for theme in wanted if theme != SMART]
    if not names:
        return {}
    kept = themes.filter(pc.is_in(themes["theme"], value_set=pa.array(names, pa.string())))
    row = _numbers(pc.index_in(kept["action_id"], value_set=_flat(actions["action_id"])), unknown=-1)
    of = _numbers(pc.index_in(kept["theme"], value_set=pa.array(names, pa.string())))
    return {name: row[(of == i) & (row >= 0)] for i, name in enumerate(names)}


def with_theme(found: Frame, theme: str, rows: Mapping[str, np.ndarray]) -> Frame:
    """The same communes, where only this theme counts as smart; `rows` are those of `carriers`."""
    if theme == SMART:
        return found
    carries = np.zeros(found.actions, bool)
    carries[rows[theme]] = True
    return replace(found, smart=carries[found.row])


def of_years(found: Frame, year: int | None) -> Frame:
    """The same communes, with the actions of one year; None keeps every year."""
    return found if year is None else only(found, found.year == year)


def only(found: Frame, kept: np.ndarray) -> Frame:
    """The same communes, with these of the actions kept."""
    names = ("town", "year", "human", "smart", "row")
    return replace(found, **{name: getattr(found, name)[kept] for name in names})


def split(found: Frame, by: By, memberships: pa.Table, programme: str | None = None) -> tuple[Towns, ...]:
    """All communes with their groups: once, or once for each programme or year, since these overlap.

    With `programme`, its communes alone are in groups. Communes without région or population are outside.
    """
    chosen = np.full(len(found.codes), True) if programme is None else of_programme(found, programme, memberships)
    if by == "programme":
        named = [programme] if programme else sorted(set(memberships["programme"].to_pylist()))
        parts = [_alone(found, name, of_programme(found, name, memberships)) for name in named]
    elif by == "year":
        years = (int(year) for year in np.unique(found.year) if year)
        parts = [_alone(of_years(found, year), str(year), chosen) for year in years]
    elif by in ("pays", "theme"):
        parts = [_alone(found, COUNTRY, chosen)]
    else:
        parts = [_grouped(found, _names(found, by), chosen)]
    return tuple(part for part in parts if (part.group >= 0).any())


def of_programme(found: Frame, programme: str, memberships: pa.Table) -> np.ndarray:
    """Which communes belong to a programme."""
    theirs = memberships.filter(
        pc.and_(pc.equal(memberships["programme"], programme), pc.equal(memberships["territory_kind"], "commune"))
    )
    return np.isin(np.array(found.codes, dtype=str), np.array(theirs["territory_code"].to_pylist(), dtype=str))


def _names(found: Frame, by: By) -> list[str | None]:
    column = {"region": "region_code", "departement": "departement_code", "population_class": "population_class"}[by]
    return list(found.territories[column].to_pylist())


def _grouped(found: Frame, names: list[str | None], chosen: np.ndarray) -> Towns:
    order = [one.id for one in POPULATION_CLASSES]
    used = {name for name, kept in zip(names, chosen, strict=True) if kept and name is not None}
    different = sorted(used, key=lambda name: (order.index(name) if name in order else 0, name))
    place: dict[str | None, int] = {name: i for i, name in enumerate(different)}
    group = np.array([place.get(name, -1) for name in names], np.int64)
    return _towns(found, tuple(different), np.where(chosen, group, -1))


def _alone(found: Frame, name: str, chosen: np.ndarray) -> Towns:
    return _towns(found, (name,), np.where(chosen, 0, -1))


def _towns(found: Frame, names: tuple[str, ...], group: np.ndarray) -> Towns:
    count = len(found.codes)
    machine = ~found.human
    return Towns(
        names=names,
        group=group,
        size=found.size,
        judged=np.bincount(found.town, minlength=count),
        machine=np.bincount(found.town[machine], minlength=count),
        flagged=np.bincount(found.town[machine & found.smart], minlength=count),
        sure=np.bincount(found.town[found.human & found.smart], minlength=count),
        people=found.people,
    )


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _numbers(column: pa.ChunkedArray, unknown: int = 0) -> np.ndarray:
    return np.asarray(pc.fill_null(column, unknown).to_numpy()).astype(np.int64)

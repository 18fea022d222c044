"""Premises, connectable, coverage, new lines: what the published counts of a territory say, quarter by quarter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jalon.network.coverage import share
from jalon.network.quarters import last_day, number

REESTIMATED = 0.02
"""Relative change of the premises between two quarters above which the denominator is said to have changed."""


@dataclass(frozen=True, slots=True)
class Count:
    """A published quarter: premises connectable, premises in all, the rate as published; None where not published."""

    quarter: date
    connectable: int | None
    premises: int | None
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A quarter with what follows from it: new lines since the quarter before and since a year, distance to a target.

    `new_quarter` and `new_year` may be negative: a recount is shown, not hidden. `distance` is in premises where they
    are known. `new_denominator` is set when the premises changed by more than 2 % in a quarter: rates on both sides do
    not chain.
    """

    quarter: date
    connectable: int | None
    premises: int | None
    rate: float | None
    new_quarter: int | None
    new_year: int | None
    distance: int | None
    new_denominator: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A published total held against the sum of its parts: `lacking` names what explains it."""

    total: int
    parts: int
    counted: int
    unknown: int

    @property
    def gap(self) -> int:
        return self.parts - self.total

    @property
    def reason(self) -> str:
        if self.gap == 0:
            return "la somme des communes est le total publié"
        if self.unknown:
            return f"{self.unknown} communes sans valeur publiée sur {self.counted + self.unknown}"
        return "les deux fichiers ne comptent pas les mêmes locaux : rattachement ou recomptage à des dates différentes"


def states(counts: Iterable[Count], target: float = 0.8) -> tuple[State, ...]:
    """The quarters of a territory in order; steps are between published quarters that follow each other only."""
    by_quarter = {count.quarter: count for count in counts}
    return tuple(_state(by_quarter, quarter, target) for quarter in sorted(by_quarter))


def against_total(total: int, parts: Sequence[int | None]) -> Difference:
    """A published total and the connectable premises of each of its communes, None where unknown."""
    known = [part for part in parts if part is not None]
    return Difference(total, sum(known), len(known), len(parts) - len(known))


def stalled(rates: Sequence[float | None], quarters: int = 3, least: float = 0.001) -> bool:
    """Whether the last quarters brought nothing (under a tenth of a point together), before everything is covered."""
    last = rates[-quarters - 1 :]
    if len(last) <= quarters or any(rate is None for rate in last):
        return False
    first, now = last[0] or 0.0, last[-1] or 0.0
    return now < 0.99 and now - first < least and all((rate or 0.0) >= first - least for rate in last)


def _state(by_quarter: dict[date, Count], quarter: date, target: float) -> State:
    now = by_quarter[quarter]
    before, year = by_quarter.get(_back(quarter, 1)), by_quarter.get(_back(quarter, 4))
    wanted = None if now.premises is None else round(target * now.premises)
    return State(
        quarter=quarter,
        connectable=now.connectable,
        premises=now.premises,
        rate=share(now.rate, now.connectable, now.premises),
        new_quarter=_new(now, before),
        new_year=_new(now, year),
        distance=None if wanted is None or now.connectable is None else max(wanted - now.connectable, 0),
        new_denominator=_changed(now, before),
    )


def _new(now: Count, before: Count | None) -> int | None:
    if before is None or now.connectable is None or before.connectable is None:
        return None
    return now.connectable - before.connectable


def _changed(now: Count, before: Count | None) -> bool:
    if before is None or not now.premises or not before.premises:
        return False
    return abs(now.premises / before.premises - 1) > REESTIMATED


def _back(quarter: date, quarters: int) -> date:
    return last_day(number(quarter) - quarters)

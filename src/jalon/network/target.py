"""When a target is reached, and what would have to happen: the date with its interval, paces, a freeze."""

from dataclasses import dataclass

import numpy as np

from jalon.network.moves import moves
from jalon.network.panel import Floats, Panel
from jalon.network.projection import Projection, project

FARTHEST = 60
"""Quarters looked ahead: beyond fifteen years a date means nothing."""
NEVER = 0.05
"""Points a quarter under which a pace never reaches anything."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Quarter numbers at which a target is reached: expected, earliest and latest of the interval of 80 %.

    None when that is over FARTHEST quarters away. `reached` is the first quarter since which it is held: a
    value published once and taken back does not count.
    """

    territory: str
    target: float
    reached: int | None
    expected: int | None
    earliest: int | None
    latest: int | None


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Points a quarter, and quarter numbers, for a territory that has `level` at `origin`.

    `needed` is the pace that reaches the target on time (0 when it is met, None when the day is past); `best` the best
    step ever published and `at_best` the quarter that keeping it would reach; `frozen` the coverage on the day if works
    stopped; `projected`, `low`, `high` what is expected on that day.
    """

    territory: str
    level: float
    needed: float | None
    pace: float
    best: float
    at_best: int | None
    frozen: float
    projected: float | None
    low: float | None
    high: float | None


def reach(panel: Panel, target: float) -> tuple[Reach, ...]:
    """The date of a target, in per cent, for every territory of a panel."""
    said = project(panel, FARTHEST)
    return tuple(_reach(panel, said, row, target) for row in range(len(said.territories)))


def scenarios(panel: Panel, target: float, due: int) -> tuple[Scenarios, ...]:
    """What each territory needs to have the target by a quarter, and what would come of three hypotheses."""
    ahead = due - panel.last
    said = project(panel, min(max(ahead, 1), FARTHEST))
    seen = moves(panel.rates, panel.groups)
    best = seen.steps.max(axis=1, initial=0.0)
    recent = seen.usable & (seen.age >= 0) & (seen.age < 4)
    pace = (seen.steps * recent).sum(axis=1) / np.maximum(recent.sum(axis=1), 1)
    return tuple(
        _scenario(said, row, target, ahead, float(pace[row]), float(best[row])) for row in range(len(said.territories))
    )


def _reach(panel: Panel, said: Projection, row: int, target: float) -> Reach:
    known = np.flatnonzero(~np.isnan(panel.rates[row]))
    under = known[panel.rates[row][known] < target]
    kept = known[known > (under[-1] if len(under) else -1)]
    if len(kept):
        return Reach(said.territories[row], target, panel.first + int(kept[0]), None, None, None)
    paths = (said.value[row], said.high[row], said.low[row])
    expected, earliest, latest = (_crossing(path, target, said.origin) for path in paths)
    return Reach(said.territories[row], target, None, expected, earliest, latest)


def _crossing(path: Floats, target: float, origin: int) -> int | None:
    over = np.flatnonzero(path >= target - 1e-9)
    return origin + 1 + int(over[0]) if len(over) else None


def _scenario(said: Projection, row: int, target: float, ahead: int, pace: float, best: float) -> Scenarios:
    level = float(said.last[row])
    lacking = max(target - level, 0.0)
    needed = 0.0 if lacking == 0 else lacking / ahead if ahead > 0 else None
    quarters = int(np.ceil(lacking / best - 1e-9)) if best > NEVER else None
    inside = 0 < ahead <= FARTHEST
    projected, low, high = (
        float(path[row, ahead - 1]) if inside else None for path in (said.value, said.low, said.high)
    )
    return Scenarios(
        territory=said.territories[row],
        level=level,
        needed=needed,
        pace=pace,
        best=best,
        at_best=None if quarters is None else said.origin + quarters,
        frozen=level,
        projected=projected,
        low=low,
        high=high,
    )

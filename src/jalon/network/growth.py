"""Ways a rate may grow: each takes the moves of a panel and gives its levels over the coming quarters.

The law of growth is Bass's, with an exponent that slows the end of a roll-out: a quarter adds (p + q x)(1 - x)^beta
points at coverage x. p and q are common to the panel, a ratio to the law is each territory's own, pulled towards that
of its group. Bass (1969), "A new product growth model for consumer durables", Management Science 15(5).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jalon.network.moves import Moves
from jalon.network.panel import Floats

PRIOR_LAW = np.array([1.0, 8.0])
"""Points a quarter: 1 at the start, 2.5 halfway: the pace of the country from 2018 to 2022."""
PRIOR_WEIGHT = np.array([10.0, 1.0])
LAW_MEMORY = 0.95
LEAST_PACE = 0.02
GROUP_PULL = 4.0


@dataclass(frozen=True, slots=True)
class Saturating:
    """Growth by the law. `beta` slows the end; `memory` is what a step keeps of its weight after a quarter; `pull` is
    how many quarters of the group's pace are added to the territory's own; `keep` is what remains of the difference
    between the two after a quarter."""

    beta: float
    memory: float
    pull: float
    keep: float

    def __call__(self, seen: Moves, horizon: int) -> Floats:
        law = _law(seen, self.beta)
        share = np.nan_to_num(seen.levels[:, :-1] / 100)
        weights = seen.usable * np.where(seen.age >= 0, self.memory ** np.maximum(seen.age, 0), 0.0)
        expected = (weights * law(share)).sum(axis=1)
        reached = (weights * seen.steps).sum(axis=1)
        unit = np.maximum(law(seen.level / 100), LEAST_PACE)
        towards = _group_ratio(seen, reached, expected, unit)
        ratio = (reached + self.pull * unit * towards) / (expected + self.pull * unit)

        def step(level: Floats, ahead: int) -> Floats:
            now = towards + (ratio - towards) * self.keep**ahead
            grown: Floats = level + now * law(level / 100)
            return grown

        return _walk(seen, horizon, step)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A straight line on the logit of rate over `ceiling`, with a slope a territory, pulled to its group's."""

    ceiling: float
    memory: float = 0.5
    pull: float = 0.3
    slack: float = 1.0

    def __call__(self, seen: Moves, horizon: int) -> Floats:
        highest = np.nanmax(np.nan_to_num(seen.levels), axis=1)
        top = np.minimum(np.maximum(self.ceiling, highest + 1.5), 100.0)[:, None] + self.slack
        logit = np.log((seen.levels + self.slack) / np.maximum(top - seen.levels, self.slack / 2))
        slopes = np.where(seen.usable, np.maximum(np.nan_to_num(np.diff(logit, axis=1)), 0.0), 0.0)
        weights = seen.usable * np.where(seen.age >= 0, self.memory ** np.maximum(seen.age, 0), 0.0)
        slope = _pulled(seen, (weights * slopes).sum(axis=1), weights.sum(axis=1), self.pull)
        start = np.log((seen.level + self.slack) / np.maximum(top[:, 0] - seen.level, self.slack / 2))

        def step(level: Floats, ahead: int) -> Floats:
            odds = np.exp(np.minimum(start + slope * ahead, 40.0))
            reached: Floats = (odds * top[:, 0] - self.slack) / (1 + odds)
            return reached

        return _walk(seen, horizon, step)


@dataclass(frozen=True, slots=True)
class Pace:
    """The mean of the last steps, as they are, until 100 %; without any, that of the group."""

    quarters: int
    pull: float = 0.05

    def __call__(self, seen: Moves, horizon: int) -> Floats:
        recent = seen.usable & (seen.age >= 0) & (seen.age < self.quarters)
        pace = _pulled(seen, (seen.steps * recent).sum(axis=1), recent.sum(axis=1), self.pull)
        return _walk(seen, horizon, lambda level, ahead: level + pace)


def still(seen: Moves, horizon: int) -> Floats:
    """Nothing moves: what a territory whose works stopped, or have not begun, does most quarters."""
    return _walk(seen, horizon, lambda level, ahead: level)


def _law(seen: Moves, beta: float) -> Callable[[Floats], Floats]:
    """Points a quarter at a share: weighted least squares on every step of the panel, with the prior law."""
    share = np.nan_to_num(seen.levels[:, :-1] / 100)
    ages = np.arange(seen.steps.shape[1])[::-1]
    weights = seen.usable * LAW_MEMORY**ages
    left = np.maximum(1 - share, 0.0) ** beta
    start, spread = left, share * left
    crossed = (weights * start * spread).sum()
    normal = np.array([[(weights * start**2).sum(), crossed], [crossed, (weights * spread**2).sum()]])
    moment = np.array([(weights * start * seen.steps).sum(), (weights * spread * seen.steps).sum()])
    p, q = np.linalg.solve(normal + np.diag(PRIOR_WEIGHT), moment + PRIOR_WEIGHT * PRIOR_LAW)
    p, q = max(float(p), 0.05), max(float(q), 0.0)
    return lambda x: (p + q * x) * np.maximum(1 - x, 0.0) ** beta


def _pulled(seen: Moves, reached: Floats, weights: Floats, pull: float) -> Floats:
    """A weighted mean a row, pulled to its group's, which is pulled to the panel's."""
    common = reached.sum() / max(weights.sum(), 1e-9)
    of_group = [np.bincount(seen.groups, weights=values)[seen.groups] for values in (reached, weights)]
    towards = (of_group[0] + GROUP_PULL * common) / (of_group[1] + GROUP_PULL)
    mean: Floats = (reached + pull * towards) / (weights + pull)
    return mean


def _group_ratio(seen: Moves, reached: Floats, expected: Floats, unit: Floats) -> Floats:
    """Each row's group: its steps over those of the law, pulled to 1 by some quarters of the law."""
    sums = [np.bincount(seen.groups, weights=values)[seen.groups] for values in (reached, expected, unit)]
    members = np.bincount(seen.groups)[seen.groups]
    law = GROUP_PULL * sums[2] / members
    ratio: Floats = (sums[0] + law) / (sums[1] + law)
    return ratio


def _walk(seen: Moves, horizon: int, step: Callable[[Floats, int], Floats]) -> Floats:
    """Levels at 1..horizon quarters after the panel's last column; a row that ends earlier starts earlier."""
    longest = int(seen.tail.max(initial=0))
    level = seen.level
    path = np.empty((len(level), horizon + longest))
    for ahead in range(1, horizon + longest + 1):
        level = np.clip(np.maximum(step(level, ahead), level), 0.0, 100.0)
        path[:, ahead - 1] = level
    if longest == 0:
        return path
    return np.take_along_axis(path, seen.tail[:, None] + np.arange(horizon)[None, :], 1)

"""How far a projection may be wrong: residuals of the panel's own past on a common scale, a prior where it is short.

A residual is divided by the size that errors take at this horizon for this expected gain; about its tenth and ninetieth
percentiles, by level of coverage and horizon, give the interval of 80 %. This is split conformal prediction on rolling
origins, pulled to quantiles learnt once on other series while the panel has replayed little.
"""

from dataclasses import dataclass

import numpy as np

from jalon.network.blend import REPLAYED_HORIZON, Blend, Replayed
from jalon.network.moves import Moves
from jalon.network.panel import Floats

LEVELS = np.array([0.0, 8.0, 30.0, 65.0, 87.0, 97.0])
"""Coverages, in per cent, at which quantiles are held; in between they are interpolated."""
WIDTHS = np.array([3.0, 8.0, 16.0, 16.0, 10.0, 5.0])
LOW, HIGH = 0.09, 0.91
"""A little outside the tenth and the ninetieth: weights and residuals come from the same past."""
PRIOR_LOW = np.array([-0.5, -0.8, -1.1, -1.3, -1.3, -1.0])
PRIOR_HIGH = np.array([2.0, 1.9, 1.5, 1.0, 0.6, 0.5])
PRIOR_ORIGINS = 2.0
"""Replayed quarters that weigh as much as the prior quantiles."""
PRIOR_COMMON = 0.25
HORIZON_REACH = 0.7
FEWEST = 30.0
SHORT = 1.0
"""A territory with n steps has an interval wider by SHORT / (1 + n)²: twice as wide when one value is known."""
BEYOND = 0.08
"""Growth of the interval for each quarter beyond the farthest horizon replayed."""


@dataclass(frozen=True)
class Spread:
    """Quantiles of scaled residuals, horizons x LEVELS."""

    low: Floats
    high: Floats

    def around(self, path: Floats, seen: Moves) -> tuple[Floats, Floats]:
        """Bounds of the 80 % interval, within 0 and 100; under the last value only where the row has lost ground."""
        scale = _scale(path, seen.level) * _shortness(seen)[:, None]
        low, high = np.empty_like(path), np.empty_like(path)
        for column in range(path.shape[1]):
            kept = min(column, len(self.low) - 1)
            low[:, column] = np.interp(seen.level, LEVELS, self.low[kept])
            high[:, column] = np.interp(seen.level, LEVELS, self.high[kept])
        below = np.where((seen.falling | seen.broken)[:, None], 0.0, seen.level[:, None])
        bottom = np.minimum(np.maximum(path + np.minimum(low, 0) * scale, below), path)
        top = np.maximum(np.minimum(path + np.maximum(high, 0) * scale, 100.0), path)
        return bottom, np.maximum.accumulate(top, axis=1)


@dataclass(frozen=True)
class _Residuals:
    """Scaled residuals in growing order, with the horizon, level, weight and replayed quarter of each."""

    scaled: Floats
    ahead: Floats
    level: Floats
    weight: Floats
    origin: Floats


def learn_spread(blend: Blend) -> Spread:
    """Quantiles at each horizon up to the farthest that is ever replayed; later horizons take the last one's."""
    low, high = np.tile(PRIOR_LOW, (REPLAYED_HORIZON, 1)), np.tile(PRIOR_HIGH, (REPLAYED_HORIZON, 1))
    if not blend.replayed:
        return Spread(low, high)
    found = _gathered(blend)
    for place, (centre, width) in enumerate(zip(LEVELS, WIDTHS, strict=True)):
        near = found.weight * np.exp(-0.5 * ((found.level - centre) / width) ** 2)
        for column in range(REPLAYED_HORIZON):
            low[column, place], high[column, place] = _bounds(found, near, column + 1, place)
    return Spread(low, high)


def _bounds(found: _Residuals, near: Floats, horizon: int, place: int) -> tuple[float, float]:
    """The two quantiles at a horizon and level: the panel's own, pulled to the prior's."""
    farthest = float(found.ahead.max())
    heavy = near * np.exp(-np.abs(found.ahead - min(horizon, farthest)) / HORIZON_REACH)
    trust = _trust(heavy, found.origin)
    grown = 1 + BEYOND * max(horizon - farthest, 0)
    low = trust * _quantile(found.scaled, heavy, LOW) + (1 - trust) * PRIOR_LOW[place]
    high = trust * _quantile(found.scaled, heavy, HIGH) + (1 - trust) * PRIOR_HIGH[place]
    return grown * low, grown * high


def _gathered(blend: Blend) -> _Residuals:
    samples = [_residuals(origin, blend.mixed(origin), number) for number, origin in enumerate(blend.replayed)]
    columns = [np.concatenate(parts) for parts in zip(*samples, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return _Residuals(*(column[order] for column in columns))


def _residuals(origin: Replayed, said: Floats, number: int) -> tuple[Floats, ...]:
    scale = _scale(said, origin.level)
    scaled = (origin.came - said) / scale
    ahead = np.broadcast_to(np.arange(1.0, said.shape[1] + 1), scaled.shape)
    level = np.broadcast_to(origin.level[:, None], scaled.shape)
    known = ~np.isnan(scaled)
    count = int(known.sum())
    return scaled[known], ahead[known], level[known], np.full(count, origin.weight), np.full(count, float(number))


def _scale(path: Floats, level: Floats) -> Floats:
    ahead = np.sqrt(np.arange(1.0, path.shape[1] + 1))
    scale: Floats = 0.5 * ahead * (1.0 + np.sqrt(np.maximum(path - level[:, None], 0.0)))
    return scale


def _shortness(seen: Moves) -> Floats:
    steps = seen.usable.sum(axis=1)
    wider: Floats = 1 + SHORT / (1.0 + steps) ** 2
    return wider


def _trust(heavy: Floats, origin: Floats) -> float:
    """Share of the panel's own quantile: grows with the distinct quarters replayed and the residuals at this level."""
    if heavy.sum() <= 1e-9:
        return 0.0
    by_origin = np.bincount(origin.astype(np.int64), weights=heavy)
    origins = by_origin.sum() ** 2 / (by_origin**2).sum()
    filled = min(1.0, heavy.sum() ** 2 / (heavy**2).sum() / FEWEST)
    return float(filled * origins / (origins + PRIOR_ORIGINS))


def _quantile(ordered: Floats, heavy: Floats, share: float) -> float:
    total = np.cumsum(heavy)
    if len(ordered) == 0 or total[-1] <= 0:
        return 0.0
    return float(ordered[min(int(np.searchsorted(total, share * total[-1])), len(ordered) - 1)])


def common_share(blend: Blend) -> float:
    """Share of the variance of residuals that territories have in common: between replayed quarters, over the whole.

    The prior share weighs as much as PRIOR_ORIGINS replayed quarters.
    """
    if not blend.replayed:
        return PRIOR_COMMON
    found = _gathered(blend)
    number = found.origin.astype(np.int64)
    count = np.bincount(number)
    mean = np.bincount(number, weights=found.scaled) / np.maximum(count, 1)
    whole = float(np.mean(found.scaled**2))
    origins = len(blend.replayed)
    between = float(np.average(mean**2, weights=count)) / whole if whole > 0 else PRIOR_COMMON
    return (between * origins + PRIOR_COMMON * PRIOR_ORIGINS) / (origins + PRIOR_ORIGINS)

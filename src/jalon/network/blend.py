"""The projection: several ways of growing, weighed by what each would have said of the panel's own past."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jalon.network.growth import Logistic, Pace, Saturating, still
from jalon.network.moves import Moves, moves
from jalon.network.panel import Floats, Panel

Way = Callable[[Moves, int], Floats]
WAYS: tuple[tuple[Way, float], ...] = (
    (Saturating(beta=1.0, memory=0.5, pull=0.3, keep=0.93), 0.25),
    (Saturating(beta=1.0, memory=0.5, pull=0.7, keep=1.0), 0.12),
    (Saturating(beta=1.0, memory=0.7, pull=2.0, keep=0.8), 0.10),
    (Saturating(beta=1.6, memory=0.5, pull=0.3, keep=0.93), 0.12),
    (Logistic(ceiling=100.0), 0.15),
    (Logistic(ceiling=92.0), 0.12),
    (Logistic(ceiling=85.0), 0.09),
    (Pace(quarters=2), 0.05),
    (Pace(quarters=1), 0.02),
    (still, 0.02),
)
"""Each way and its weight before anything is seen of the panel."""
LEVELS = np.array([0.0, 15.0, 45.0, 75.0, 95.0])
"""Coverages, in per cent, at which the ways are weighed: what is best at the start is not at the end."""
NEAR = 12.0
ROWS_TO_TRUST = 30.0
NEGLIGIBLE = 1e-4
SHARPNESS = 30.0
ORIGINS_TO_TRUST = 4.0
ORIGIN_MEMORY = 0.9
REPLAYED_HORIZON = 8
REPLAYED_ROWS = 2_000
FIRST_ORIGIN = 2
"""The first column from which the past is replayed: three quarters seen."""
DECLINE_KEPT = 0.7


@dataclass(frozen=True)
class Replayed:
    """What the ways would have said at one past quarter of the panel, and what came: rows x horizons."""

    said: Floats
    came: Floats
    level: Floats
    weight: float


@dataclass(frozen=True)
class Blend:
    """Weights of the ways at each of LEVELS (ways x levels, columns adding up to 1), and the past they come from."""

    weights: Floats
    replayed: tuple[Replayed, ...]

    def path(self, seen: Moves, horizon: int) -> Floats:
        """Levels in per cent over the coming quarters, rows x horizon."""
        whole = np.zeros((len(seen.level), horizon))
        for (way, _), weights in zip(WAYS, self._at(seen.level), strict=True):
            if weights.max() > NEGLIGIBLE:
                whole += weights[:, None] * way(seen, horizon)
        return _with_declines(np.clip(whole, seen.level[:, None], 100.0), seen)

    def mixed(self, origin: Replayed) -> Floats:
        """The blend's path at a past quarter."""
        path: Floats = np.einsum("wr,wrh->rh", self._at(origin.level), origin.said)
        return path

    def _at(self, level: Floats) -> Floats:
        """Weights, ways x rows, at the coverage of each row."""
        kept = np.where(self.weights > NEGLIGIBLE, self.weights, 0.0)
        weights = np.stack([np.interp(level, LEVELS, row) for row in kept])
        total: Floats = weights / weights.sum(axis=0)
        return total


def learn(panel: Panel) -> Blend:
    """Replay the panel's past, nothing later than each past quarter being seen, and weigh the ways by their errors."""
    replayed = tuple(_replays(_sample(panel)))
    prior = np.array([weight for _, weight in WAYS])
    if not replayed:
        return Blend(np.repeat(prior[:, None] / prior.sum(), len(LEVELS), axis=1), ())
    trust = min(sum(origin.weight for origin in replayed) / ORIGINS_TO_TRUST, 1.0)
    errors = _errors_by_level(replayed)
    best = np.maximum(errors.min(axis=0), 1e-9)
    weights = prior[:, None] * np.exp(-SHARPNESS * trust * (errors / best - 1))
    return Blend(weights / weights.sum(axis=0), replayed)


def _errors_by_level(replayed: tuple[Replayed, ...]) -> Floats:
    """The error of each way around each of LEVELS (ways x levels), pulled to its error everywhere."""
    errors = np.concatenate([_errors(origin) for origin in replayed], axis=1)
    level = np.concatenate([origin.level for origin in replayed])
    weight = np.concatenate([np.full(len(origin.level), origin.weight) for origin in replayed])
    everywhere = (errors * weight).sum(axis=1) / weight.sum()
    near = weight * np.exp(-0.5 * ((level - LEVELS[:, None]) / NEAR) ** 2)
    pulled: Floats = (errors @ near.T + ROWS_TO_TRUST * everywhere[:, None]) / (near.sum(axis=1) + ROWS_TO_TRUST)
    return pulled


def _sample(panel: Panel) -> Panel:
    """At most REPLAYED_ROWS territories, evenly spaced, so that a commune panel costs no more than a country's."""
    count = len(panel.territories)
    if count <= REPLAYED_ROWS:
        return panel
    return panel.rows(np.linspace(0, count - 1, REPLAYED_ROWS).astype(np.int64))


def _replays(panel: Panel) -> list[Replayed]:
    width = panel.rates.shape[1]
    found = []
    for column in range(FIRST_ORIGIN, width - 1):
        seen_rates, came = panel.rates[:, : column + 1], panel.rates[:, column + 1 : column + 1 + REPLAYED_HORIZON]
        rows = ~np.isnan(seen_rates).all(axis=1) & ~np.isnan(came).all(axis=1)
        if rows.any():
            seen = moves(seen_rates[rows], panel.groups[rows])
            said = np.stack([_with_declines(way(seen, came.shape[1]), seen) for way, _ in WAYS])
            weight = ORIGIN_MEMORY ** (width - 1 - column)
            found.append(Replayed(said, came[rows], seen.level, weight))
    return found


def _errors(origin: Replayed) -> Floats:
    """The mean absolute error of each way for each row, a far horizon counting less."""
    far = np.sqrt(np.arange(1, origin.came.shape[1] + 1))
    errors: Floats = np.nanmean(np.abs(origin.said - origin.came) / far, axis=2)
    return errors


def _with_declines(path: Floats, seen: Moves) -> Floats:
    """A row that falls quarter after quarter goes on falling, less and less; the others never fall."""
    if not seen.falling.any():
        return path
    ahead = np.arange(1, path.shape[1] + 1)
    fallen = DECLINE_KEPT * (1 - DECLINE_KEPT**ahead) / (1 - DECLINE_KEPT)
    down = np.maximum(seen.level[:, None] + seen.decline[:, None] * fallen, 0.0)
    return np.where(seen.falling[:, None], down, path)

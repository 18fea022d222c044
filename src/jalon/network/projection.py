"""The coverage expected in the coming quarters, with an interval of 80 %."""

from dataclasses import dataclass

import numpy as np

from jalon.network.blend import WAYS, learn
from jalon.network.moves import moves
from jalon.network.panel import Floats, Ints, Panel
from jalon.network.spread import learn_spread

SHORT_HISTORY = 4
"""Quarters known under which a page says that the interval rests on other territories."""


@dataclass(frozen=True)
class Projection:
    """Rates in per cent, rows x horizon, for the quarters that follow `origin`. `known` counts the quarters on which
    each row rests; `weights` are those of the ways of growing by level, `replayed` counts the past origins."""

    territories: tuple[str, ...]
    origin: int
    value: Floats
    low: Floats
    high: Floats
    last: Floats
    known: Ints
    weights: Floats
    replayed: int

    @property
    def short(self) -> tuple[bool, ...]:
        return tuple(bool(known < SHORT_HISTORY) for known in self.known)


def project(panel: Panel, horizon: int) -> Projection:
    """Project every territory of a panel, each with at least one value. Nothing is random."""
    if not panel.territories:
        empty = np.empty((0, horizon))
        none = np.empty(0, dtype=np.int64)
        return Projection((), panel.last, empty, empty, empty, np.empty(0), none, np.zeros((len(WAYS), 0)), 0)
    blend = learn(panel)
    seen = moves(panel.rates, panel.groups)
    path = blend.path(seen, horizon)
    low, high = learn_spread(blend).around(path, seen)
    known = (~np.isnan(panel.rates)).sum(axis=1)
    return Projection(
        panel.territories, panel.last, path, low, high, seen.level, known, blend.weights, len(blend.replayed)
    )

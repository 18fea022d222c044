"""The sum of many territories, with an interval that knows that they are wrong together.

Each draw has an error common to all and one of each territory's own; the share of the common one is measured on
the past that was replayed. Independent errors would give a country an interval far too narrow.
"""

from dataclasses import dataclass

import numpy as np

from jalon.network.blend import learn
from jalon.network.panel import Floats, Panel
from jalon.network.projection import project
from jalon.network.spread import common_share

DRAWS = 400
SEED = 2019
NINETIETH = 1.2815515655446004
"""Ninetieth percentile of the standard normal law: half the width of an interval of 80 %."""


@dataclass(frozen=True)
class Total:
    """Expected connectable premises over the coming quarters, the interval of 80 %, and all the premises."""

    origin: int
    value: Floats
    low: Floats
    high: Floats
    premises: float
    common: float


def total(panel: Panel, premises: Floats, horizon: int) -> Total:
    """The sum over a panel whose territories have these numbers of premises. The same panel gives the same draws."""
    said = project(panel, horizon)
    common = common_share(learn(panel))
    random = np.random.default_rng(SEED)
    weights = np.asarray(premises, dtype=float) / 100
    together = random.standard_normal((DRAWS, 1))
    alone = random.standard_normal((DRAWS, len(weights)))
    error = np.sqrt(common) * together + np.sqrt(1 - common) * alone
    low, high = np.empty(horizon), np.empty(horizon)
    for column in range(horizon):
        value = said.value[:, column]
        width = np.where(error < 0, value - said.low[:, column], said.high[:, column] - value) / NINETIETH
        sums = np.clip(value + error * width, 0.0, 100.0) @ weights
        low[column], high[column] = np.quantile(sums, (0.1, 0.9))
    value = weights @ said.value
    return Total(
        said.origin, value, np.minimum(low, value), np.maximum(high, value), float(weights.sum() * 100), common
    )

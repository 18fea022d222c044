"""Drawing towns again: Rubin's Bayesian bootstrap over cells of like towns.

A town enters every indicator through a few small numbers, so that towns which share them are one cell with a count. The
weights of a cell of c towns follow Gamma(c); divided by their sum they are what Dirichlet weights of single towns add
up to (Rubin, Ann. Stat. 9, 1981), exactly. The cost follows the number of cells, not of towns or actions.
"""

from dataclasses import dataclass

import numpy as np

from jalon.indicators.estimate import Floats
from jalon.indicators.towns import Towns

FULL = 2**40


@dataclass(frozen=True, slots=True)
class Cells:
    """Kinds of towns, those outside every group first, then by group.

    All arrays have one item a cell; `starts` one a group, and the end.

    `towns`: how many; `size`: class of population; `judged`: actions; `machine`, `flagged`: actions judged by the
    machine, and flagged by it; `sure`: actions that a person found smart; `people`: inhabitants of one town on average,
    0 where unknown.
    """

    starts: np.ndarray
    towns: Floats
    size: np.ndarray
    judged: Floats
    machine: Floats
    flagged: Floats
    sure: Floats
    people: Floats


def cells(towns: Towns) -> Cells:
    """The cells of these towns; the order of towns does not matter."""
    parts = (towns.group + 1, towns.size, towns.people > 0, towns.judged, towns.machine, towns.flagged, towns.sure)
    key = np.zeros(len(towns.group), np.int64)
    for part in parts:
        if key.max(initial=0) > FULL:
            key = np.unique(key, return_inverse=True)[1]
        key = key * (int(part.max(initial=0)) + 1) + part
    _, first, which, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    total = np.bincount(which, towns.people, len(count))
    starts = np.searchsorted(towns.group[first], np.arange(len(towns.names) + 1))
    return Cells(
        starts=starts,
        towns=count.astype(float),
        size=towns.size[first],
        judged=towns.judged[first].astype(float),
        machine=towns.machine[first].astype(float),
        flagged=towns.flagged[first].astype(float),
        sure=towns.sure[first].astype(float),
        people=total / count,
    )


def weights(found: Cells, random: np.random.Generator, draws: int) -> np.ndarray:
    """Towns of each cell in each draw (draws x cells, float32); only ratios of their sums have a meaning."""
    return random.standard_gamma(found.towns.astype(np.float32), (draws, len(found.towns)), dtype=np.float32)


def sums(found: Cells, weight: np.ndarray, features: Floats) -> Floats:
    """Sums over each group: weights (draws x cells) by features (cells x features) to draws x groups x features."""
    total = np.zeros((len(weight), len(found.starts) - 1, features.shape[1]))
    thin = features.astype(weight.dtype)
    for group, (start, end) in enumerate(zip(found.starts[:-1], found.starts[1:], strict=True)):
        total[:, group] = weight[:, start:end] @ thin[start:end]
    return total

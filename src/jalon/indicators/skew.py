"""What the percentiles of the Bayesian bootstrap still miss when towns are few and unequal.

An interval right to the second order puts its bounds at t + s (± z + g (2 z^2 + 1) / 6), g being the skewness of the
estimate (Hall, Ann. Stat. 16, 1988). Dirichlet weights double the third moment, so that Rubin's percentiles stand at
t + s (± z + g (z^2 - 1) / 3): they lack g s / 2 at both ends. They also divide by n + 1 where n - 1 is wanted, and take
the normal law where Student's is, with as many degrees of freedom as the spread of towns is known by: 2 / (k - 1/n), k
being the sum of fourth powers over the squared sum of squares (Satterthwaite 1946); n where the law is normal.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from jalon.indicators.bootstrap import Cells
from jalon.indicators.estimate import LEVEL, Floats, quotient

LEAST_FREE = 4.0
"""Degrees of freedom under which a handful of towns is not taken to say even less."""


@dataclass(frozen=True, slots=True)
class Correction:
    """By how much the bounds of each group move up, and how many times farther from the value they stand."""

    shift: Floats
    stretch: Floats


def correction(found: Cells, above: Floats, below: Floats, level: float = LEVEL) -> Correction:
    """For the ratio of two sums over the towns of each group; `above` and `below`: one town of each cell."""
    group = np.repeat(np.arange(len(found.starts) - 1), np.diff(found.starts))
    first, size = found.starts[0], len(found.starts) - 1
    count = found.towns[first:]

    def summed(values: Floats) -> Floats:
        return np.asarray(np.bincount(group, count * values, size), float)

    total = summed(below[first:])
    ratio = np.nan_to_num(quotient(summed(above[first:]), total))
    part = np.nan_to_num(quotient(above[first:] - ratio[group] * below[first:], total[group]))
    second = summed(part**2)
    shift = np.nan_to_num(quotient(summed(part**3), second)) / 2
    towns = np.maximum(summed(np.ones_like(count)), 2)
    heavy = np.nan_to_num(quotient(summed(part**4), second**2)) - 1 / towns
    free = np.clip(2 / np.maximum(heavy, 1e-9), LEAST_FREE, np.maximum(towns - 1, LEAST_FREE))
    tail = (1 + level) / 2
    spread = np.sqrt((towns + 1) / (towns - 1))
    return Correction(shift, np.asarray(t.ppf(tail, free) / norm.ppf(tail) * spread))

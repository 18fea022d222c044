"""The chance that a town has at least one true smart-city action, given what the classifier flagged.

In a class of towns each has its own share of smart-city actions, drawn from a Beta law of mean m and correlation r
(r = 1 / (a + b + 1)). Of its n actions the classifier flags k, at random from the true and the false. By Bayes, no
true action among them has the probability

    P(0 | k, n) = P(no true action) (1 - Sp)^k Sp^(n - k) / P(k of n flagged),

where flags follow a beta-binomial law too, of mean q = m Se + (1 - m)(1 - Sp) and of the correlation that two flags of
a town have. With independent actions this is prod(1 - p_i), p_i being the probability of each action corrected for the
prior; but actions of a town are alike, and independence sees missed actions in towns that want none.
"""

import numpy as np
from scipy.special import gammaln, xlogy

from jalon.indicators.estimate import Floats, quotient
from jalon.indicators.prevalence import LEAST

TINY = 1e-9
ALIKE = (1e-4, 0.9)
"""Smallest and largest correlation between two actions of a town."""
TABLED = 300
"""Actions of one town up to which sums of logarithms are tabled, six times faster than log-gamma."""


def moments(machine: Floats, flagged: Floats) -> Floats:
    """What a sum over towns must hold so that `alike` can be had: n, k, n(n - 1), k(k - 1), on the last axis."""
    return np.stack([machine, flagged, machine * (machine - 1), flagged * (flagged - 1)], axis=-1)


def flags(summed: Floats) -> tuple[Floats, Floats]:
    """Share of flagged actions and correlation between two flags of a town, from sums of `moments` (... x 4)."""
    q = np.clip(np.nan_to_num(quotient(summed[..., 1], summed[..., 0])), TINY, 1 - TINY)
    both = np.nan_to_num(quotient(summed[..., 3], summed[..., 2]))
    return q, np.clip((both - q * q) / (q * (1 - q)), *ALIKE)


def at_least_one(
    machine: np.ndarray,
    flagged: np.ndarray,
    of: np.ndarray,
    q: Floats,
    alike: Floats,
    sensitivity: Floats,
    specificity: Floats,
) -> Floats:
    """P(at least one true action), draws x towns, for towns with these numbers of actions and flags (whole numbers).

    `of` is the class of each town; `q` and `alike` describe classes (draws x classes); errors are one a draw (draws x
    1). NaN where the classifier is no better than chance.
    """
    better = np.asarray(sensitivity + specificity - 1)
    better = np.where(better >= LEAST, better, np.nan)
    mean = np.clip((q + specificity - 1) / better, TINY, 1 - TINY)
    q = mean * sensitivity + (1 - mean) * (1 - specificity)
    q = np.clip(q, TINY, 1 - TINY)
    true_alike = np.clip(alike * q * (1 - q) / (better**2 * mean * (1 - mean)), *ALIKE)
    flag_alike = np.clip(true_alike * better**2 * mean * (1 - mean) / (q * (1 - q)), ALIKE[0] / 10, ALIKE[1])
    machine, flagged = machine.astype(int), flagged.astype(int)
    silent = machine - flagged
    a, b = _beta(mean, true_alike)
    none = _rising(b, machine, of) - _rising(a + b, machine, of)
    wrong = xlogy(flagged, 1 - specificity) + xlogy(silent, specificity)
    a, b = _beta(q, flag_alike)
    seen = _rising(a, flagged, of) + _rising(b, silent, of) - _rising(a + b, machine, of)
    return np.asarray(1 - np.exp(np.minimum(none + wrong - seen, 0.0)))


def _rising(start: Floats, count: np.ndarray, of: np.ndarray) -> Floats:
    """log of start (start + 1) ... (start + count - 1): `start` draws x classes, to draws x towns."""
    most = int(count.max(initial=0))
    if most > TABLED:
        chosen = start[:, of]
        return np.asarray(gammaln(chosen + count) - gammaln(chosen))
    table = np.zeros((*start.shape, most + 1), np.float32)
    np.cumsum(np.log((start[..., None] + np.arange(most)).astype(np.float32)), axis=2, out=table[..., 1:])
    return table[:, of, count].astype(float)


def _beta(mean: Floats, alike: Floats) -> tuple[Floats, Floats]:
    total = 1 / alike - 1
    return mean * total, (1 - mean) * total

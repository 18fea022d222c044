"""Few towns say little: their rate is drawn toward that of all, as far as rates truly differ between areas.

Empirical Bayes, beta-binomial: the true rates of areas follow a Beta law of mean m and correlation r, estimated by
moments (Kleinman, JASA 68, 1973); an area with s successes out of n has the mean (s + m K) / (n + K), K = 1/r - 1.
"""

from dataclasses import dataclass

import numpy as np

from jalon.indicators.estimate import Floats

ALIKE = (1e-4, 0.9)


@dataclass(frozen=True, slots=True)
class Prior:
    """`mean` of all areas together; `strength` K: how many towns (or actions) the rest of the country weighs."""

    mean: Floats
    strength: Floats


def prior(successes: Floats, trials: Floats, weight: Floats | None = None) -> Prior:
    """The law of the areas' rates; areas on the last axis, draws before; `weight` draws areas again.

    Areas without trials say nothing.
    """
    weight = (trials > 0) * (np.ones_like(trials) if weight is None else weight)
    total = np.maximum((weight * trials).sum(axis=-1, keepdims=True), 1e-9)
    mean = (weight * successes).sum(axis=-1, keepdims=True) / total
    rate = successes / np.maximum(trials, 1e-9)
    within = np.maximum(mean * (1 - mean), 1e-12)
    spread = (weight * trials * (rate - mean) ** 2).sum(axis=-1, keepdims=True) / within
    free = weight.sum(axis=-1, keepdims=True) - 1
    room = total - (weight * trials**2).sum(axis=-1, keepdims=True) / total - free
    alike = np.where(room > 0, (spread - free) / np.maximum(room, 1e-9), 0)
    return Prior(mean, 1 / np.clip(alike, *ALIKE) - 1)


def shrunk(successes: Floats, trials: Floats, law: Prior) -> Floats:
    """The rate of each area between its own and that of all areas together."""
    return np.asarray((successes + law.mean * law.strength) / (trials + law.strength))


def drawn(successes: Floats, trials: Floats, law: Prior, random: np.random.Generator) -> Floats:
    """One rate an area and draw, from what its towns and the other areas leave possible."""
    least = 1e-6
    a = np.maximum(successes + law.mean * law.strength, least)
    b = np.maximum(trials - successes + (1 - law.mean) * law.strength, least)
    return np.asarray(random.beta(a, b))

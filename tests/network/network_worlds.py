"""Synthetic roll-outs of known truth: how coverage grows in each world is written here and nowhere in the product."""

import numpy as np

from jalon.network.panel import Floats, Panel, panel

START = 2017 * 4


def world(kind: str, *, count: int = 120, quarters: int = 28, seed: int = 0) -> Panel:
    """Rates to a tenth of a point: `logistic`, `gompertz`, `ramp`, `burst`, `richards`, `stalls`, `denominator`."""
    random = np.random.default_rng([seed, sum(map(ord, kind))])
    rates = _observed(kind, _truth(kind, random, count, quarters), random)
    return panel([f"T{i:04}" for i in range(count)], START, rates)


def _truth(kind: str, random: np.random.Generator, count: int, quarters: int) -> Floats:
    ahead = np.arange(quarters)
    ceiling = random.uniform(70, 100, count)[:, None]
    middle = random.normal(quarters * 0.55, quarters * 0.3, count)[:, None]
    speed = np.exp(random.normal(np.log(0.25), 0.5, count))[:, None]
    if kind == "gompertz":
        return ceiling * np.exp(-np.exp(-0.7 * speed * (ahead - middle)))
    if kind == "ramp":
        start, pace = random.uniform(-10, quarters, count)[:, None], np.exp(random.normal(np.log(3.5), 0.6, count))
        return np.clip((ahead - start) * pace[:, None], 0, ceiling)
    if kind == "burst":
        start, length = random.integers(-8, quarters + 6, count)[:, None], random.integers(1, 6, count)[:, None]
        return np.clip((ahead - start + 1) / length, 0, 1) * ceiling
    shape = np.exp(random.normal(0, 0.6, count))[:, None] if kind == "richards" else 1.0
    return ceiling / (1 + np.exp(-speed * (ahead - middle))) ** (1 / shape)


def _observed(kind: str, truth: Floats, random: np.random.Generator) -> Floats:
    """Uneven quarters, stalls, a new denominator at a third of the way, and noise."""
    steps = np.diff(truth, axis=1, prepend=truth[:, :1]) * np.exp(random.normal(-0.06, 0.35, truth.shape))
    if kind == "stalls":
        for row in np.flatnonzero(random.random(len(steps)) < 0.6):
            start = int(random.integers(2, steps.shape[1] - 2))
            steps[row, start : start + int(random.integers(2, 7))] *= 0.03
    rates = np.clip(truth[:, :1] + np.cumsum(steps, axis=1), 0, 100)
    if kind == "denominator":
        rates[:, rates.shape[1] // 3 :] *= random.uniform(0.86, 1.0, len(rates))[:, None]
    return np.round(np.clip(rates + random.normal(0, 0.15, rates.shape), 0, 100), 1)

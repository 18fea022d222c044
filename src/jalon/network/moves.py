"""What a panel says of movement: levels without holes, steps between quarters, and which steps may be trusted."""

from dataclasses import dataclass

import numpy as np

from jalon.network.panel import Flags, Floats, Ints

BREAK = 1.0
"""Points lost in a quarter above which a fall is taken for a change of denominator, not for lines taken away."""
BROKEN_FOR = 8
"""Quarters during which a territory that once fell may be expected under its last value."""


@dataclass(frozen=True)
class Moves:
    """`levels` n x T, holes between two values interpolated. `steps` n x (T-1), 0 where not `usable`: before the first
    value, after the last, and at a break. `level` is the last value of each row, `tail` the quarters since it,
    `age` the quarters between a step and the last value, `falling` the rows that lose ground quarter after quarter,
    `decline` their mean step, `broken` the rows that fell at least once in two years.
    """

    levels: Floats
    steps: Floats
    usable: Flags
    age: Ints
    level: Floats
    tail: Ints
    falling: Flags
    decline: Floats
    broken: Flags
    groups: Ints


def moves(rates: Floats, groups: Ints) -> Moves:
    """Rates in per cent, every row with at least one value."""
    levels, last = _without_holes(rates)
    raw = np.diff(levels, axis=1)
    known = ~np.isnan(raw)
    raw = np.where(known, raw, 0.0)
    age = last[:, None] - 1 - np.arange(raw.shape[1])[None, :]
    falling, decline = _falling(raw, known, age)
    usable = known & (raw > -BREAK)
    broken: Flags = np.asarray((known & (raw < 0) & (age < BROKEN_FOR)).any(axis=1))
    return Moves(
        levels=levels,
        steps=np.where(usable, np.maximum(raw, 0.0), 0.0),
        usable=usable,
        age=age,
        level=levels[np.arange(len(levels)), last],
        tail=rates.shape[1] - 1 - last,
        falling=falling,
        decline=decline,
        broken=broken,
        groups=groups,
    )


def _without_holes(rates: Floats) -> tuple[Floats, Ints]:
    """Linear interpolation between two published quarters, NaN outside; and the column of each row's last value."""
    width = rates.shape[1]
    known = ~np.isnan(rates)
    columns = np.arange(width)
    before = np.maximum.accumulate(np.where(known, columns, -1), axis=1)
    after = np.minimum.accumulate(np.where(known, columns, width)[:, ::-1], axis=1)[:, ::-1]
    inside = (before >= 0) & (after < width)
    lower, upper = np.maximum(before, 0), np.minimum(after, width - 1)
    low, high = np.take_along_axis(rates, lower, 1), np.take_along_axis(rates, upper, 1)
    share = (columns - lower) / np.maximum(upper - lower, 1)
    return np.where(inside, low + (high - low) * share, np.nan), before[:, -1]


def _falling(raw: Floats, known: Flags, age: Ints) -> tuple[Flags, Floats]:
    """Rows that fell in at least three of their last four steps, and their mean step: not one break, a decline."""
    recent = known & (age >= 0) & (age < 4)
    counted = recent.sum(axis=1)
    falls = (recent & (raw < 0)).sum(axis=1)
    mean = (raw * recent).sum(axis=1) / np.maximum(counted, 1)
    return (falls >= 3) & (mean < 0), np.minimum(mean, 0.0)

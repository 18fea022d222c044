"""The model: log-odds of the rules, corrected by small learned weights, then calibrated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from jalon.themes.reading import Read, Reader

Floats = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: one column a theme.

    `features` names the rows of `table` (float32, features x themes); `smart` holds the slope and intercept that
    turn the greatest log-odds of a text into its probability of any theme.
    """

    themes: tuple[str, ...]
    features: tuple[str, ...]
    table: Floats
    smart: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Design:
    """Texts as numbers: indicator matrix (windows x features) and log-odds of the rules (windows x themes)."""

    x: sparse.csr_matrix
    prior: Floats
    text: Floats

    def texts(self, by_window: Floats) -> Floats:
        """The greatest value over the windows of each text; every text of a design has a window."""
        starts = np.flatnonzero(np.r_[True, self.text[1:] != self.text[:-1]])
        return np.asarray(np.maximum.reduceat(by_window, starts, axis=0))


def design(reader: Reader, reads: Sequence[Sequence[Read]], numbers: dict[str, int]) -> Design:
    """The numbers of texts already read; features that `numbers` does not name are left out."""
    columns: list[int] = []
    ends = [0]
    priors: list[list[float]] = []
    text: list[int] = []
    for i, windows in enumerate(reads):
        for window in windows:
            columns.extend(numbers[name] for name in window.features if name in numbers)
            ends.append(len(columns))
            priors.append(reader.rules.prior(window.fired))
            text.append(i)
    x = sparse.csr_matrix(
        (np.ones(len(columns), np.float32), np.array(columns, np.int32), np.array(ends, np.int64)),
        shape=(len(text), max(len(numbers), 1)),
    )
    return Design(x, np.array(priors, np.float64).reshape(len(text), reader.rules.themes), np.array(text, np.int64))


def log_odds(weights: Weights, numbers: Design) -> Floats:
    """Log-odds of each theme in each window."""
    learned = numbers.x @ weights.table if len(weights.features) else 0.0
    return np.asarray(numbers.prior + learned)


def sigmoid(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0))))


def smart_probability(weights: Weights, by_text: Floats) -> Floats:
    """Probability that a text has any theme, on the same side of one half as its best theme."""
    best = by_text.max(axis=1)
    slope, intercept = weights.smart
    calibrated = sigmoid(slope * best + intercept)
    return np.where(best > 0, np.maximum(calibrated, 0.501), np.minimum(calibrated, 0.499))

"""The model: log-odds of the rules, corrected by small learned weights, then calibrated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jalon.themes.reading import Read, Reader

Floats = np.ndarray[Any, Any]
HUNDREDTHS = 100


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
    """Texts as numbers, window after window.

    `columns` are the features of window i from `ends[i]` to `ends[i + 1]`; `prior` (windows x themes) are the log-odds
    of the rules; `text` is the text each window belongs to.
    """

    columns: Floats
    ends: Floats
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
    for window in (window for windows in reads for window in windows):
        columns.extend(numbers[name] for name in window.features if name in numbers)
        ends.append(len(columns))
    priors = [window.verdict.prior for windows in reads for window in windows]
    text = np.repeat(np.arange(len(reads)), [len(windows) for windows in reads])
    prior = np.array(priors, np.float64).reshape(len(text), reader.rules.themes)
    return Design(np.array(columns, np.int64), np.array(ends, np.int64), prior, text)


def log_odds(weights: Weights, numbers: Design) -> Floats:
    """Log-odds of each theme in each window, summed in whole hundredths: the same alone or in a batch."""
    whole = np.rint(weights.table * HUNDREDTHS).astype(np.int64)
    summed = np.zeros((len(numbers.columns) + 1, len(weights.themes)), np.int64)
    np.cumsum(whole[numbers.columns], axis=0, out=summed[1:])
    return np.asarray(numbers.prior + (summed[numbers.ends[1:]] - summed[numbers.ends[:-1]]) / HUNDREDTHS)


def sigmoid(values: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0))))


def smart_probability(weights: Weights, by_text: Floats) -> Floats:
    """Probability that a text has any theme, on the same side of one half as its best theme."""
    best = by_text.max(axis=1)
    slope, intercept = weights.smart
    calibrated = sigmoid(slope * best + intercept)
    return np.where(best > 0, np.maximum(calibrated, 0.501), np.minimum(calibrated, 0.499))

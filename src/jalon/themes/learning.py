"""Learning the small corrections to the rules, deterministically, on one thread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from jalon.themes.model import Design, Floats, Weights, design, sigmoid
from jalon.themes.reading import Read, Reader

DECIMALS = 2
RARE = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """What cross-validation chooses: strength of the pull toward the rules alone, and what is learned from."""

    ridge: float = 1.0
    words: bool = True
    heaviest: float = 3.0
    background: float = 0.2


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts to learn from: read, with labels (texts x themes of 0 and 1) and sample mass.

    `asked` (texts x themes of 0 and 1), where given: whether the text was read with this theme in mind.
    """

    reads: Sequence[Sequence[Read]]
    labels: Floats
    mass: Floats
    asked: Floats | None = None


def learn(reader: Reader, themes: Sequence[str], lesson: Lesson, settings: Settings) -> Weights:
    """The weights that fit a lesson; the same lesson gives the same weights, rounded to two decimals."""
    names = _vocabulary(lesson, settings)
    numbers = design(reader, lesson.reads, {name: i for i, name in enumerate(names)})
    x = _matrix(numbers, len(names))
    columns = [_fit(numbers, x, lesson, k, settings) for k in range(len(themes))]
    table = np.round(np.array(columns).T, DECIMALS).astype(np.float32)
    used = np.flatnonzero(np.abs(table).max(axis=1) > 0) if len(names) else np.array([], int)
    return Weights(tuple(themes), tuple(names[i] for i in used), table[used], (1.0, 0.0))


def calibrated(weights: Weights, by_text: Floats, labels: Floats, mass: Floats) -> Weights:
    """The same weights with slope and intercept that make the probability of any theme agree with the labels.

    `by_text`: log-odds (texts x themes) of texts the weights were not learned from; Platt's method, lightly held.
    """
    best, truth = by_text.max(axis=1), labels.max(axis=1)

    def loss(ab: Floats) -> tuple[float, Floats]:
        p = sigmoid(ab[0] * best + ab[1])
        residual = mass * (p - truth)
        value = _log_loss(p, truth, mass) + 0.5 * (ab[0] - 1) ** 2 + 0.5 * ab[1] ** 2
        return value, np.array([residual @ best + ab[0] - 1, residual.sum() + ab[1]])

    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0.3, 3.0), (-3.0, 3.0)])
    slope, intercept = (round(float(value), DECIMALS) for value in found.x)
    return replace(weights, smart=(slope, intercept))


def _vocabulary(lesson: Lesson, settings: Settings) -> list[str]:
    counts = Counter(name for windows in lesson.reads for window in windows for name in set(window.features))
    kept = (n for n, count in counts.items() if count >= RARE and (settings.words or not n.startswith("w:")))
    return sorted(kept)


def _matrix(numbers: Design, width: int) -> sparse.csr_matrix:
    """Windows x features, 1 where the window has the feature."""
    ones = np.ones(len(numbers.columns))
    return sparse.csr_matrix((ones, numbers.columns, numbers.ends), shape=(len(numbers.text), max(width, 1)))


def _fit(numbers: Design, x: sparse.csr_matrix, lesson: Lesson, theme: int, settings: Settings) -> Floats:
    """Weights of one theme: penalised logistic regression around the log-odds of the rules."""
    offset = numbers.prior[:, theme]
    truth, mass = lesson.labels[numbers.text, theme], np.minimum(lesson.mass[numbers.text], settings.heaviest)
    if lesson.asked is not None:
        mass = mass * lesson.asked[numbers.text, theme]

    def loss(beta: Floats) -> tuple[float, Floats]:
        p = sigmoid(x @ beta + offset)
        residual = mass * (p - truth)
        value = _log_loss(p, truth, mass) + 0.5 * settings.ridge * float(beta @ beta)
        return value, np.asarray(x.T @ residual + settings.ridge * beta)

    start = np.zeros(x.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400, "gtol": 1e-6})
    return np.asarray(found.x)


def _log_loss(p: Floats, truth: Floats, mass: Floats) -> float:
    p = np.clip(p, 1e-12, 1 - 1e-12)
    return float(-(mass * (truth * np.log(p) + (1 - truth) * np.log(1 - p))).sum())

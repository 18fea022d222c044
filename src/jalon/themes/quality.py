"""How good the classifier is: precision, recall and F1 by theme with intervals, calibration, and the method."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from jalon.themes.artefact import MEND, SCORES_FILE
from jalon.themes.errors import ArtefactError
from jalon.themes.model import Floats

SMART, MICRO = "smart_city", "micro"
DRAWS = 500
BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Quality for one theme, for `smart_city` (any theme) or for `micro` (all themes together).

    `low` and `high`: 95 % interval of F1 by bootstrap over groups. `positives`: labelled actions that carry it.
    """

    theme: str
    precision: float
    recall: float
    f1: float
    positives: int
    method: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Predictions beside the truth: both texts x themes (bool); probability of any theme, mass, group of each text."""

    truth: Floats
    accepted: Floats
    probability: Floats
    mass: Floats
    group: Floats


def judge(judged: Judged, themes: Sequence[str], method: str) -> tuple[Score, ...]:
    """The scores, `smart_city` and `micro` first, then the themes in order; none for a theme without positive."""
    cells = _cells(judged)
    names = [SMART, MICRO, *themes]
    positives = [judged.truth.any(axis=1).sum(), judged.truth.sum(), *judged.truth.sum(axis=0)]
    point = _rates(cells.sum(axis=0))
    low, high = np.percentile(_drawn(cells, judged.group), [2.5, 97.5], axis=0)
    return tuple(
        Score(
            name,
            precision=_rounded(point[0, i]),
            recall=_rounded(point[1, i]),
            f1=_rounded(point[2, i]),
            positives=int(positives[i]),
            method=method,
            low=_rounded(low[i]),
            high=_rounded(high[i]),
        )
        for i, name in enumerate(names)
        if positives[i] or name in (SMART, MICRO)
    )


def calibration_error(judged: Judged) -> float:
    """Expected calibration error over ten equal bins of the probability of any theme, weighted by mass."""
    truth = judged.truth.any(axis=1)
    place = np.minimum((judged.probability * BINS).astype(int), BINS - 1)
    gap = judged.mass * (judged.probability - truth)
    return float(sum(abs(gap[place == i].sum()) for i in range(BINS)) / judged.mass.sum())


def _cells(judged: Judged) -> Floats:
    """True positives, false positives, false negatives by text: texts x (smart, micro, themes) x 3."""
    hit = judged.truth & judged.accepted
    false, missed = judged.accepted & ~judged.truth, judged.truth & ~judged.accepted
    by_theme = np.stack([hit, false, missed], axis=2).astype(float)
    truth, accepted = judged.truth.any(axis=1), judged.accepted.any(axis=1)
    smart = np.stack([truth & accepted, accepted & ~truth, truth & ~accepted], axis=1).astype(float)
    together = np.concatenate([smart[:, None], by_theme.sum(axis=1)[:, None], by_theme], axis=1)
    return np.asarray(together * judged.mass[:, None, None])


def _rates(sums: Floats) -> Floats:
    """Precision, recall, F1 (3 x columns) from sums (columns x 3); 0 where undefined."""
    hit, false, missed = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(invalid="ignore"):
        rates = np.stack([hit / (hit + false), hit / (hit + missed), 2 * hit / (2 * hit + false + missed)])
    return np.asarray(np.nan_to_num(rates))


def _drawn(cells: Floats, group: Floats) -> Floats:
    """F1 (draws x columns) when groups are drawn with replacement."""
    random = np.random.default_rng(2020)
    _, number = np.unique(group, return_inverse=True)
    by_group = np.zeros((number.max() + 1, *cells.shape[1:]))
    np.add.at(by_group, number, cells)
    draws = [by_group[random.integers(0, len(by_group), len(by_group))].sum(axis=0) for _ in range(DRAWS)]
    return np.array([_rates(sums)[2] for sums in draws])


def _rounded(value: float) -> float:
    return round(float(value), 4)


def write(sets: dict[str, Any], file: Path = SCORES_FILE) -> None:
    """Scores as JSON, the same bytes for the same scores."""
    file.write_text(json.dumps(sets, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@cache
def shipped() -> dict[str, Any]:
    """Everything measured of the shipped model, as written; raises `ArtefactError`."""
    try:
        read: dict[str, Any] = json.loads(SCORES_FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtefactError(
            str(error), user_message=f"les scores du modèle des thèmes sont illisibles ({error}).", mend=MEND
        ) from None
    return read


def scores() -> tuple[Score, ...]:
    """The published scores of the shipped model: 2019, weighted to the whole population."""
    return tuple(Score(**score) for score in shipped()["published"])

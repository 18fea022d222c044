"""How good the classifier is: precision, recall and F1 by theme with their intervals, calibration, and the method.

Intervals are Wilson's at 95 %. A text met n times is one witness, not n, and heavy rows count for the number of equal
ones that would say as much (Kish): n = (sum of masses)² / sum of squared masses, over different texts. F1 is a growing
function of a share, that of rows accepted rightly among those accepted or to accept, so its bounds are that share's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from jalon.themes.artefact import MEND, MODEL_FILE, SCORES_FILE, active
from jalon.themes.errors import ArtefactError
from jalon.themes.model import Floats

SMART, MICRO = "smart_city", "micro"
BINS = 10
Z = 1.959964
"""Normal quantile that leaves 2.5 % on each side."""
Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Score:
    """Quality for one theme, for `smart_city` (any theme) or for `micro` (all themes together).

    Rates are weighted to the population; `tp` to `tn` count labelled rows (for `micro`, pairs of a row and a theme).
    `positives`: labelled rows that carry it.
    """

    theme: str
    precision: float
    precision_low: float
    precision_high: float
    recall: float
    recall_low: float
    recall_high: float
    f1: float
    f1_low: float
    f1_high: float
    tp: int
    fp: int
    fn: int
    tn: int
    positives: int
    method: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Predictions beside the truth: both texts x themes (bool); probability of any theme, mass, text of each row.

    `text` numbers the rows, the same number for the same words.
    """

    truth: Floats
    accepted: Floats
    probability: Floats
    mass: Floats
    text: Floats


def judge(judged: Judged, themes: Sequence[str], method: str) -> tuple[Score, ...]:
    """The scores, `smart_city` and `micro` first, then the themes in order; none for a theme without positive."""
    cells = _cells(judged)
    weighed = _by_text(cells * judged.mass[:, None, None], judged.text)
    made = [
        _score(name, cells[:, i].sum(axis=0), weighed[:, i], method) for i, name in enumerate((SMART, MICRO, *themes))
    ]
    return tuple(score for score in made if score.positives or score.theme in (SMART, MICRO))


def _score(name: str, rows: Floats, weighed: Floats, method: str) -> Score:
    """From the rows of each kind, and their masses by text (texts x 4)."""
    hit, false, missed, _ = weighed.T
    tp, fp, fn, tn = (int(count) for count in rows)
    p, p_low, p_high = _share(hit, hit + false)
    r, r_low, r_high = _share(hit, hit + missed)
    f, f_low, f_high = (round(2 * value / (1 + value), 4) for value in _share(hit, hit + false + missed))
    return Score(name, p, p_low, p_high, r, r_low, r_high, f, f_low, f_high, tp, fp, fn, tn, tp + fn, method)


def _share(hit: Floats, base: Floats) -> tuple[float, float, float]:
    """A share of masses and its interval; without any mass it is 0 and may be anything."""
    if not base.sum():
        return 0.0, 0.0, 1.0
    share = float(hit.sum() / base.sum())
    low, high = wilson(share, float(base.sum() ** 2 / (base**2).sum()))
    return round(share, 4), round(low, 4), round(high, 4)


def wilson(share: float, size: float) -> Bounds:
    """Wilson's 95 % interval of a share seen on `size` equal rows."""
    middle = share + Z**2 / (2 * size)
    half = Z * sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    low, high = ((middle + side * half) / (1 + Z**2 / size) for side in (-1, 1))
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def calibration_error(judged: Judged) -> float:
    """Expected calibration error over ten equal bins of the probability of any theme, weighted by mass."""
    truth = judged.truth.any(axis=1)
    place = np.minimum((judged.probability * BINS).astype(int), BINS - 1)
    gap = judged.mass * (judged.probability - truth)
    return float(sum(abs(gap[place == i].sum()) for i in range(BINS)) / judged.mass.sum())


def _cells(judged: Judged) -> Floats:
    """True and false positives, false and true negatives by row: rows x (smart, micro, themes) x 4."""
    by_theme = _kinds(judged.truth, judged.accepted)
    smart = _kinds(*(np.asarray(said.any(axis=1)) for said in (judged.truth, judged.accepted)))
    return np.concatenate([smart[:, None], by_theme.sum(axis=1)[:, None], by_theme], axis=1)


def _kinds(truth: Floats, accepted: Floats) -> Floats:
    kinds = (truth & accepted, accepted & ~truth, truth & ~accepted, ~truth & ~accepted)
    return np.stack(kinds, axis=-1).astype(float)


def _by_text(cells: Floats, text: Floats) -> Floats:
    """The same summed over the rows of each text."""
    _, number = np.unique(text, return_inverse=True)
    summed = np.zeros((number.max(initial=-1) + 1, *cells.shape[1:]))
    np.add.at(summed, number, cells)
    return summed


def write(sets: dict[str, Any], file: Path = SCORES_FILE) -> None:
    """Scores as JSON, the same bytes for the same scores."""
    file.write_text(written(sets), encoding="utf-8")


def written(sets: dict[str, Any]) -> str:
    """Scores as the text of their file."""
    return json.dumps(sets, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@cache
def shipped() -> dict[str, Any]:
    """Everything measured of the shipped model, as written; raises `ArtefactError`."""
    return _read(SCORES_FILE)


@lru_cache(maxsize=4)
def _read(file: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtefactError(
            str(error), user_message=f"les scores du modèle des thèmes sont illisibles ({error}).", mend=MEND
        ) from None
    return read


def scores() -> tuple[Score, ...]:
    """The published scores of the model in use: 2019, weighted to the population; on reviews for own themes."""
    return tuple(Score(**score) for score in measured()["published"])


def measured() -> dict[str, Any]:
    """Everything measured of the model in use; raises `ArtefactError`."""
    file = active()
    return shipped() if file == MODEL_FILE else _read(file.with_suffix(".json"))

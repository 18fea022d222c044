"""Building the shipped model with its scores, from the texts to the two files."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from jalon.themes import own, quality
from jalon.themes.artefact import MODEL_FILE, REVIEWED, SCORES_FILE, Artefact, dump, inputs
from jalon.themes.folds import groups
from jalon.themes.labels import Example, Text, labels
from jalon.themes.learning import Settings, calibrated
from jalon.themes.model import Floats, Weights, smart_probability
from jalon.themes.schema import shipped, taxonomy
from jalon.themes.training import FOLDS, Course, course, fold_numbers, out_of_fold, predict, taught, train

SETTINGS = Settings()
CANDIDATES = tuple(Settings(ridge=ridge, words=words) for ridge in (0.3, 1.0, 3.0, 10.0) for words in (True, False))
SALT = "final"
SITE = "Lectures de ce site, validation croisée : un territoire et un texte identique ne sont jamais des deux côtés."
SHARES = 5
Say = Callable[[str], object]


def build(
    texts: Mapping[str, Text], model_file: Path = MODEL_FILE, scores_file: Path = SCORES_FILE, say: Say = str
) -> dict[str, Any]:
    """Train on everything, measure by cross-validation, write both files; returns what was measured."""
    given = course(texts)
    say("apprentissage")
    model_file.parent.mkdir(parents=True, exist_ok=True)
    model_file.write_bytes(dump(Artefact(train(given, SETTINGS), inputs())))
    measured = measure(given, SETTINGS, say)
    quality.write(measured, scores_file)
    return measured


def build_site(texts: Mapping[str, Text], reviewed: Sequence[Example], say: Say = str) -> dict[str, Any]:
    """Learn from what people of this site read, beside our labels whose texts are at hand; keep and use the model.

    Scores of the product's themes are measured again when the texts of all our labels are at hand, else stay the
    shipped ones; those of the operator's themes are measured on the reviews. Returns the scores, as written.
    """
    given = course(texts, reviewed)
    say("apprentissage")
    weights = train(given, SETTINGS)
    say("validation croisée")
    judged = _judged(given, out_of_fold(given, SETTINGS, fold_numbers(given.examples, FOLDS)))
    rows = np.arange(len(given.examples) - given.reviewed, len(given.examples))
    read = quality.judge(_select(judged, rows), taxonomy().ids, SITE)
    ours = {theme.id for theme in shipped().taxonomy.themes}
    mine = {example.text.action_id for example in reviewed}
    whole = all(label.action_id in texts for label in labels() if label.action_id not in mine)
    measured = measure(given, SETTINGS, say) if whole else dict(quality.shipped())
    measured["site"] = [asdict(score) for score in read]
    added = [asdict(score) for score in read if score.theme in set(taxonomy().ids) - ours]
    measured["published"] = [*measured["published"], *added]
    told = repr(sorted((e.text.action_id, sorted(e.label.themes)) for e in reviewed))
    made_from = inputs() | own.hashes() | {REVIEWED: hashlib.sha256(told.encode()).hexdigest()}
    own.keep(dump(Artefact(weights, made_from)), quality.written(measured))
    return measured


def measure(given: Course, settings: Settings, say: Say = str) -> dict[str, Any]:
    """Scores by grouped cross-validation, and on a fifth of the groups left out of every choice of settings."""
    say("validation croisée")
    judged = _judged(given, out_of_fold(given, settings, fold_numbers(given.examples, FOLDS)))
    untouched = _untouched(given, say)
    return {
        "published": [asdict(score) for score in _of_year(given, judged, 2019, _method(2019))],
        "2018": [asdict(score) for score in _of_year(given, judged, 2018, _method(2018))],
        "untouched_2019": [asdict(score) for score in _of_year(given, untouched, 2019, _final(2019))],
        "untouched_2018": [asdict(score) for score in _of_year(given, untouched, 2018, _final(2018))],
        "calibration_error": {str(year): _ece(given, judged, year) for year in (2018, 2019)},
    }


def _judged(given: Course, by_text: Floats, rows: Sequence[int] | Floats | None = None) -> quality.Judged:
    chosen = np.arange(len(given.examples)) if rows is None else np.array(rows)
    bare = Weights(taxonomy().ids, (), np.zeros((0, len(taxonomy().ids))), (1.0, 0.0))
    fitted = calibrated(bare, by_text[chosen], given.truth[chosen], given.mass[chosen])
    probability = np.zeros(len(given.examples))
    probability[chosen] = smart_probability(fitted, by_text[chosen])
    shown = [example.text for example in given.examples]
    same = np.array(groups([str(i) for i in range(len(shown))], [text.text for text in shown]))
    kept = np.zeros(len(given.examples), bool)
    kept[chosen] = True
    asked = True if given.asked is None else given.asked[: len(given.examples)] > 0
    return quality.Judged(
        given.truth.astype(bool), (by_text > 0) & asked, probability, np.where(kept, given.mass, 0.0), same
    )


def _untouched(given: Course, say: Say) -> quality.Judged:
    """One fifth of the groups, scored by the settings that cross-validation on the other four chose."""
    share = np.array(fold_numbers(given.examples, SHARES, SALT))
    inner = [-1 if s == 0 else f for s, f in zip(share, fold_numbers(given.examples, FOLDS), strict=True)]
    say("choix des réglages sans le dernier cinquième")
    best = max(CANDIDATES, key=lambda settings: _micro(given, out_of_fold(given, settings, inner), share != 0))
    weights = taught(given, np.flatnonzero(share != 0), best)
    by_text = predict(given, weights, np.arange(len(given.examples)))
    return _judged(given, by_text, np.flatnonzero(share == 0))


def _micro(given: Course, by_text: Floats, rows: Floats) -> float:
    truth, accepted = given.truth[rows].astype(bool), by_text[rows] > 0
    hit = (truth & accepted).sum()
    return float(2 * hit / (truth.sum() + accepted.sum()))


def _of_year(given: Course, judged: quality.Judged, year: int, method: str) -> tuple[quality.Score, ...]:
    return quality.judge(_select(judged, _rows(given, judged, year)), taxonomy().ids, method)


def _ece(given: Course, judged: quality.Judged, year: int) -> float:
    return round(quality.calibration_error(_select(judged, _rows(given, judged, year))), 4)


def _rows(given: Course, judged: quality.Judged, year: int) -> Floats:
    of_year = np.array([e.text.action_id.startswith(f"di{year % 100}") for e in given.examples])
    ours = np.arange(len(given.examples)) < len(given.examples) - given.reviewed
    return np.flatnonzero(of_year & ours & (judged.mass > 0))


def _select(judged: quality.Judged, rows: Floats) -> quality.Judged:
    return quality.Judged(
        judged.truth[rows], judged.accepted[rows], judged.probability[rows], judged.mass[rows], judged.text[rows]
    )


def _method(year: int) -> str:
    weighted = "pondérée à la population de 2019" if year == 2019 else "non pondérée"
    return (
        f"Validation croisée en {FOLDS} plis, {weighted} : un territoire et un texte identique ne sont jamais des deux "
        "côtés. Le lexique a été écrit en lisant ces mêmes textes."
    )


def _final(year: int) -> str:
    return f"Cinquième des groupes ({year}) tenu à l'écart du choix des réglages et de l'apprentissage."

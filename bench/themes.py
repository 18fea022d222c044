"""Texts to calibrated themes on one core, beside a plain scikit-learn pipeline on the same texts.

`python bench/themes.py` prints its part of the results alone. Needs JALON_MIRROR for the published texts.
"""

import pickle
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, Pipeline

from jalon.themes import Classifier, quality
from jalon.themes.artefact import Artefact, dump, inputs
from jalon.themes.building import SETTINGS
from jalon.themes.folds import folds, groups
from jalon.themes.published import texts
from jalon.themes.training import FOLDS, Course, course, train

MB = 1_000_000


def clocked(act: Callable[[], Any]) -> tuple[Any, float]:
    """What an act gives, and its processor time in seconds."""
    began = time.process_time()
    return act(), time.process_time() - began


def pipeline() -> Pipeline:
    """TF-IDF of words and of characters, one logistic regression a theme."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, strip_accents="unicode")
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, strip_accents="unicode"
    )
    union = FeatureUnion([("words", words), ("letters", letters)])
    return Pipeline([("text", union), ("themes", OneVsRestClassifier(LogisticRegression(C=10, max_iter=1000)))])


def micro(given: Course, ours: Sequence[Any]) -> float:
    """Micro-F1 of the peer on 2019, unweighted, on the folds that Jalon is measured on."""
    shown = [example.text for example in given.examples]
    fold = np.array(
        folds(groups([t.territory for t in shown], [t.text for t in shown]), [t.action_id for t in shown], FOLDS)
    )
    truth, found = given.truth.astype(int), np.zeros(given.truth.shape, int)
    for k in range(FOLDS):
        seen = np.flatnonzero(fold != k)
        taught = pipeline().fit([ours[i] for i in seen], truth[seen])
        found[fold == k] = taught.predict([ours[i] for i in np.flatnonzero(fold == k)])
    of_year = np.array([t.action_id.startswith("di19") for t in shown])
    hit = (truth & found)[of_year].sum()
    return float(2 * hit / (truth[of_year].sum() + found[of_year].sum()))


def section() -> str:
    """The part of bench/results.md about themes."""
    published = texts()
    given = course(published)
    all_texts, categories = [t.text or "" for t in published.values()], [t.category for t in published.values()]
    classifier = Classifier.load()
    weights, taught = clocked(lambda: train(course(published), SETTINGS))
    _, labelled = clocked(lambda: classifier.label(all_texts, categories))
    lessons = [example.text.text or "" for example in (*given.examples, *given.own)]
    peer, fitted = clocked(lambda: pipeline().fit(lessons, given.labels[: len(lessons)].astype(int)))
    _, predicted = clocked(lambda: peer.predict_proba(all_texts))
    ours_f1 = next(score.f1 for score in quality.scores() if score.theme == quality.MICRO)
    rows = (
        (
            "Jalon, text to calibrated themes with reasons",
            len(all_texts) / labelled,
            taught,
            len(dump(Artefact(weights, inputs()))),
            ours_f1,
        ),
        (
            "scikit-learn, TF-IDF and logistic regression",
            len(all_texts) / predicted,
            fitted,
            len(pickle.dumps(peer)),
            micro(given, lessons),
        ),
    )
    told = "".join(
        f"| {name} | {speed:,.0f} | {took:.1f} | {size / MB:.3f} | {f1:.3f} |\n" for name, speed, took, size, f1 in rows
    )
    return (
        "## Themes of texts\n\n"
        f"{len(all_texts):,} titles of grants, one core, processor time. Training of Jalon counts reading the texts and its five folds of "
        "calibration. Micro-F1 of 2019 on the same folds, weighted for Jalon, not for its peer, to whose advantage it is; Jalon’s lexicon was written having read these texts.\n\n"
        "| | texts/s | training, s | artefact, MB | micro-F1 |\n| --- | ---: | ---: | ---: | ---: |\n" + told
    )


if __name__ == "__main__":
    print(section())

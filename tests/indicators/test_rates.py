"""Errors of the classifier: counts found back from published scores, laws of the correction."""

import numpy as np
import pytest
from edition_rows import SCORES
from hypothesis import given
from hypothesis import strategies as st

from jalon.indicators.prevalence import corrected, prevalence
from jalon.indicators.rates import Counts, Layer, counts, errors, from_counts, known, layers
from jalon.indicators.shrinkage import prior, shrunk
from jalon.themes import scores

SAMPLE = (Layer(1.0, 745, {"smart_city": 571}), Layer(25.8844, 433, {"smart_city": 1}))
rates = st.floats(0.6, 1)


@given(st.integers(0, 60), st.integers(0, 1), st.integers(0, 40), st.integers(0, 3))
def test_counts_come_back_from_the_published_scores(light: int, heavy: int, false: int, heavy_false: int) -> None:
    weight = SAMPLE[1].weight
    hits = (571 - light) + (1 - heavy) * weight
    wrong = false + heavy_false * weight
    score = {"precision": hits / (hits + wrong), "recall": hits / (571 + weight)}
    found = counts(score, "smart_city", SAMPLE)
    assert [(row.fn, row.fp) for row in found] == [(light, false), (heavy, heavy_false)]


def test_the_shipped_scores_give_counts_that_weigh_the_same() -> None:
    for score in scores():
        if score.theme == "micro" or not score.precision:
            continue
        found = counts({"precision": score.precision, "recall": score.recall}, score.theme)
        mass = {name: sum(row.weight * getattr(row, name) for row in found) for name in ("tp", "fp", "fn")}
        assert mass["tp"] / (mass["tp"] + mass["fp"]) == pytest.approx(score.precision, abs=1e-3)
        assert mass["tp"] / (mass["tp"] + mass["fn"]) == pytest.approx(score.recall, abs=1e-3)
    assert sum(layer.rows for layer in layers()) == 1_178


def test_silence_in_a_small_sample_does_not_prove_there_is_nothing() -> None:
    """No miss among 433 rows that stand for 11,000: sensitivity 1 is the best value, not the only one."""
    rows = (Counts(1.0, 571, 1, 0, 173), Counts(25.88, 1, 0, 0, 432))
    found = from_counts(rows, np.random.default_rng(1), 4_000)
    assert found.sensitivity == 1.0
    assert 0.88 < np.percentile(found.drawn_sensitivity, 2.5) < 0.95
    more = from_counts((rows[0], Counts(2.588, 10, 0, 0, 4_320)), np.random.default_rng(1), 4_000)
    assert np.percentile(more.drawn_sensitivity, 2.5) > np.percentile(found.drawn_sensitivity, 2.5)


def test_a_theme_never_labelled_borrows_and_stays_wide() -> None:
    width = {}
    for theme in ("commerce_numerique", "securite_numerique"):
        found = errors(SCORES, theme, draws=2_000)
        width[theme] = np.ptp(np.percentile(found.drawn_sensitivity, [2.5, 97.5]))
        assert 0 < found.sensitivity <= 1
        assert 0.99 < found.specificity <= 1
    assert width["commerce_numerique"] > 2 * width["securite_numerique"]


@given(st.integers(0, 1_000), st.integers(1, 1_000), rates, rates)
def test_the_correction_undoes_what_the_classifier_does(true: int, others: int, se: float, sp: float) -> None:
    judged = true + others
    flagged = true * se + others * (1 - sp)
    assert corrected(flagged, judged, se, sp) == pytest.approx(true, abs=1e-6 * judged)


@given(st.integers(0, 50), st.integers(1, 50), rates, rates)
def test_prevalence_is_a_share_and_its_interval_holds_it(flagged: int, more: int, se: float, sp: float) -> None:
    found = prevalence(flagged, flagged + more, known(se, sp, 50))
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_what_cannot_be_known_is_none() -> None:
    assert prevalence(0, 0, known(0.9, 0.9)) is None
    assert prevalence(3, 10, known(0.5, 0.5)) is None


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=12))
def test_shrinkage_stays_between_own_and_common(areas: list[tuple[int, int]]) -> None:
    successes, others = (np.array(column, float) for column in zip(*areas, strict=True))
    trials = successes + others
    law = prior(successes, trials)
    rate = np.where(trials > 0, successes / np.maximum(trials, 1), law.mean)
    found = shrunk(successes, trials, law)
    assert (found >= np.minimum(rate, law.mean) - 1e-9).all()
    assert (found <= np.maximum(rate, law.mean) + 1e-9).all()


def test_areas_that_truly_differ_are_shrunk_less() -> None:
    trials = np.full(20, 50.0)
    alike = prior(np.full(20, 5.0), trials)
    unlike = prior(np.tile([1.0, 25.0], 10), trials)
    assert unlike.strength < alike.strength

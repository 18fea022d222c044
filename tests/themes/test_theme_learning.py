"""Folds, scores and learning on worlds small enough to count by hand."""

import numpy as np
import pytest

from jalon.themes.artefact import Artefact, dump
from jalon.themes.folds import folds, groups
from jalon.themes.labels import Example, Label, Text
from jalon.themes.learning import Lesson, Settings, learn
from jalon.themes.model import Weights, smart_probability
from jalon.themes.quality import Judged, calibration_error, judge, wilson
from jalon.themes.reading import category_name, reader
from jalon.themes.schema import taxonomy
from jalon.themes.training import Course, fold_numbers, out_of_fold


def test_groups_join_territories_and_texts() -> None:
    assert groups(["a", "a", "b", "c", "d"], ["x", "y", "Y !", "z", "w"]) == [0, 0, 0, 3, 4]


def test_folds_never_part_a_group() -> None:
    group = groups([f"t{i // 3}" for i in range(60)], [f"text {i}" for i in range(60)])
    fold = folds(group, [str(i) for i in range(60)], 5)
    assert all(fold[i] == fold[j] for i in range(60) for j in range(60) if group[i] == group[j])
    assert len(set(fold)) == 5


def test_scores_count_with_weights() -> None:
    truth = np.array([[1, 0], [1, 1], [0, 0], [0, 0]], bool)
    accepted = np.array([[1, 0], [0, 1], [0, 0], [1, 0]], bool)
    mass = np.array([1.0, 1.0, 10.0, 2.0])
    judged = Judged(truth, accepted, np.array([0.9, 0.9, 0.1, 0.9]), mass, np.arange(4))
    smart, micro, first, second = judge(judged, ["a", "b"], "à la main")
    assert (smart.precision, smart.recall, smart.positives) == (0.5, 1.0, 2)
    assert (first.precision, first.recall) == (round(1 / 3, 4), 0.5)
    assert (second.precision, second.recall, second.f1) == (1.0, 1.0, 1.0)
    assert micro.f1 == round(2 * 2 / (2 * 2 + 2 + 1), 4)
    assert calibration_error(judged) == pytest.approx((abs(2 * 0.9 + 2 * 0.9 - 2) + 10 * 0.1) / 14)


def test_intervals_are_wilsons_on_different_texts() -> None:
    assert wilson(0.5, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert wilson(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    truth = np.ones((20, 1), bool)
    truth[15:] = False
    rows = Judged(truth, np.ones((20, 1), bool), np.ones(20), np.ones(20), np.arange(20))
    alone = judge(rows, ["a"], "")[2]
    assert (alone.tp, alone.fp, alone.fn, alone.tn, alone.precision) == (15, 5, 0, 0, 0.75)
    assert (alone.precision_low, alone.precision_high) == pytest.approx(wilson(0.75, 20), abs=1e-4)
    twice = Judged(rows.truth, rows.accepted, rows.probability, rows.mass, np.arange(20) // 2)
    assert judge(twice, ["a"], "")[2].precision_low < alone.precision_low


def test_themes_without_positive_are_not_scored() -> None:
    truth = np.array([[1, 0]], bool)
    judged = Judged(truth, truth, np.array([0.9]), np.ones(1), np.zeros(1))
    assert [score.theme for score in judge(judged, ["a", "b"], "")] == ["smart_city", "micro", "a"]


def test_probability_agrees_with_acceptance() -> None:
    weights = Weights(("a",), (), np.zeros((0, 1)), (0.5, -3.0))
    found = smart_probability(weights, np.array([[0.1], [-0.1], [9.0], [-9.0]]))
    assert found[0] > 0.5 > found[1]
    assert found[2] > found[0]
    assert found[3] < found[1]


@pytest.mark.parametrize(
    ("category", "wanted"),
    [
        ("4 - Education", "education"),
        ("Éducation", "education"),
        ("4", "education"),
        ("6 - Mise aux normes et sécurisation", "compliance"),
        ("6 - Construction, habitat, urbanisme, patrimoine, transport", "building"),
        ("7 - Contrat de ruralité", "rural"),
        ("Actions et Services publics", "services"),
        ("Loisirs", None),
        ("", None),
        (None, None),
    ],
)
def test_category_names(category: str | None, wanted: str | None) -> None:
    assert category_name(category) == wanted


def _course() -> Course:
    """Thirty villages whose "zorglub" is always a fablab, a word the lexicon does not know."""
    examples = []
    for i in range(60):
        smart = i % 2 == 0
        text = Text(f"x{i}", f"{'Zorglub communal' if smart else 'Lavoir communal'} numéro {i}", None, f"t{i // 2}")
        themes = frozenset({"inclusion_tiers_lieux"} if smart else ())
        examples.append(Example(text, Label(text.action_id, themes, False, 1.0)))
    return Course(tuple(examples), (), ())


def test_learning_adds_what_the_lexicon_does_not_know() -> None:
    course = _course()
    found = out_of_fold(course, Settings(ridge=0.1), fold_numbers(course.examples, 5))
    k = taxonomy().ids.index("inclusion_tiers_lieux")
    assert ((found[:, k] > 0) == (course.truth[:, k] > 0)).all()


def test_learning_twice_gives_the_same_bytes() -> None:
    look = reader()
    course = _course()
    reads = [look.read(example.text.text) for example in course.examples]
    lesson = Lesson(reads, course.truth, course.mass)
    first, second = (dump(Artefact(learn(look, taxonomy().ids, lesson, Settings()), {})) for _ in range(2))
    assert first == second

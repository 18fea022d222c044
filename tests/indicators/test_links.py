"""The same project told twice is found, and counted once."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.indicators.links import Link, Project, clusters, likeness, link, links, once

texts = st.text(alphabet="abcdeé 12'’", max_size=30)
projects = st.lists(
    st.builds(
        Project,
        id=st.uuids().map(str),
        source=st.sampled_from(["agreement", "grant"]),
        text=texts,
        places=st.lists(st.sampled_from(["38185", "200040715"]), max_size=2).map(tuple),
        amount=st.none() | st.floats(0, 1e7),
        year=st.none() | st.integers(2015, 2030),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
LIGHTS = "Modernisation de l’éclairage public par télégestion du centre-ville"


@given(texts, texts)
def test_likeness_is_bounded_and_symmetric(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(projects)
def test_scores_are_bounded_and_pairs_are_of_one_place(found: list[Project]) -> None:
    by_id = {one.id: one for one in found}
    for made in links(found, least=0.0):
        assert 0 <= made.score <= 1
        assert made.left < made.right
        assert set(by_id[made.left].places) & set(by_id[made.right].places)
    assert links(found) == links(found[::-1])


@given(projects, st.data())
def test_every_project_is_counted_exactly_once(found: list[Project], data: st.DataObject) -> None:
    ids = [one.id for one in found]
    pairs = [(a, b) for a in ids for b in ids if a < b]
    verdicts = {pair: data.draw(st.sampled_from(["same", "different"])) for pair in pairs[::3]}
    made = clusters(ids, links(found, least=0.0), least=0.5, verdicts=verdicts)
    assert sorted(one for cluster in made for one in cluster) == sorted(ids)
    for (a, b), verdict in verdicts.items():
        if verdict == "different":
            assert not any(a in cluster and b in cluster for cluster in made)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (
            Project(
                "b", "grant", "modernisation eclairage public par telegestion centre ville", ("38185",), 98_000, 2019
            ),
            True,
        ),
        (Project("b", "grant", LIGHTS, ("38185",), 20_000, 2025), False),
        (Project("b", "grant", LIGHTS, ("38421",), 100_000, 2019), False),
        (Project("b", "grant", LIGHTS + " - tranche 2", ("38185",), 100_000, 2019), False),
        (Project("b", "grant", "Réfection de la toiture de l’école", ("38185",), 100_000, 2019), False),
        (Project("b", "grant", "", ("38185",), 100_000, 2019), False),
    ],
)
def test_what_is_one_project(other: Project, same: bool) -> None:
    one = Project("a", "agreement", LIGHTS, ("38185", "200040715"), 100_000, 2019)
    assert len(clusters(["a", "b"], links([one, other]))) == (1 if same else 2)


def test_unknown_amount_and_year_speak_neither_way() -> None:
    sure = link(Project("a", "x", LIGHTS, ("1",), 10.0, 2019), Project("b", "y", LIGHTS, ("1",), 10.0, 2019))
    unknown = link(Project("a", "x", LIGHTS, ("1",)), Project("b", "y", LIGHTS, ("1",)))
    assert (sure.score, unknown.score) == (1.0, 0.85)
    assert (unknown.amount, unknown.years) == (None, None)


def test_only_pairs_of_two_sources_when_asked() -> None:
    twins = [Project(name, "grant", LIGHTS, ("1",), 10.0, 2019) for name in "ab"]
    assert len(links(twins)) == 1
    assert links(twins, across=True) == ()


def test_a_persons_verdict_wins() -> None:
    sure = [Link("a", "b", 1.0, 1.0, 1.0, 0)]
    assert clusters("abc", sure) == (("a", "b"), ("c",))
    assert clusters("abc", sure, verdicts={("b", "a"): "different"}) == (("a",), ("b",), ("c",))
    assert clusters("abc", sure, verdicts={("c", "a"): "same"}) == (("a", "b", "c"),)
    assert clusters("abc", sure, verdicts={("c", "a"): "same", ("c", "b"): "different"}) == (("a", "c"), ("b",))


def test_one_row_of_a_cluster_is_kept_the_agreement_first() -> None:
    actions = pa.table({"action_id": ["g1", "a1", "g2", "g3"], "kind": ["grant", "agreement", "grant", "grant"]})
    kept = once(actions, [("a1", "g1", "gone"), ("g2", "g3")])
    assert kept["action_id"].to_pylist() == ["a1", "g2"]

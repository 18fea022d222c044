"""Laws of the distance between territories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.indicators.similarity import Traits, hellinger, nearest

profiles = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), max_size=4)
traits = st.builds(
    Traits,
    key=st.uuids().map(str),
    population=st.none() | st.integers(1, 10**6),
    region=st.none() | st.sampled_from(["11", "84"]),
    fibre=st.none() | st.floats(0, 1),
    themes=profiles,
)


@given(profiles, profiles)
def test_hellinger_is_a_bounded_symmetric_distance(one: dict[str, int], other: dict[str, int]) -> None:
    assert 0 <= hellinger(one, other) <= 1
    assert hellinger(one, other) == pytest.approx(hellinger(other, one))
    assert hellinger(one, one) == pytest.approx(0, abs=1e-7)


@pytest.mark.parametrize(
    ("one", "other", "wanted"), [({"a": 1}, {"b": 1}, 1), ({"a": 1}, {}, 1), ({"a": 1}, {"a": 7}, 0)]
)
def test_hellinger_of_known_profiles(one: dict[str, int], other: dict[str, int], wanted: float) -> None:
    assert hellinger(one, other) == pytest.approx(wanted)


@given(traits, st.lists(traits, max_size=12))
def test_the_nearest_are_sorted_and_never_itself(target: Traits, others: list[Traits]) -> None:
    found = nearest(target, [target, *others])
    assert len(found) == min(5, len(others))
    assert target.key not in {one.key for one in found}
    assert [one.distance for one in found] == sorted(one.distance for one in found)


def test_each_trait_draws_nearer() -> None:
    target = Traits("t", 20_000, "84", 0.5, {"a": 2})
    alike = Traits("alike", 21_000, "84", 0.52, {"a": 1})
    others = [
        alike,
        Traits("small", 2_000, "84", 0.5, {"a": 2}),
        Traits("far", 20_000, "11", 0.5, {"a": 2}),
        Traits("other-themes", 20_000, "84", 0.5, {"b": 2}),
        Traits("no-fibre", 20_000, "84", 0.0, {"a": 2}),
    ]
    found = nearest(target, others)
    assert found[0].key == "alike"
    assert found[0].shared == ("a",)
    assert {one.key: (one.size, one.same_region, one.fibre) for one in found} == {
        "alike": ("close", True, "close"),
        "small": ("less", True, "close"),
        "far": ("close", False, "close"),
        "other-themes": ("close", True, "close"),
        "no-fibre": ("close", True, "less"),
    }


def test_unknown_is_neither_near_nor_far() -> None:
    target = Traits("t", 20_000, "84", 0.5)
    spread = [Traits("near", 20_000, "84", 0.5), Traits("far", 20_000, "84", 0.0)]
    found = nearest(target, [*spread, Traits("unknown", 20_000, "84", None)])
    assert [one.key for one in found] == ["near", "unknown", "far"]

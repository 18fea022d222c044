"""Appetite: laws that hold for any towns, hand counts on a small country, and coverage on simulated worlds."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from edition_rows import country
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.indicators import appetite
from jalon.indicators.atleast import at_least_one
from jalon.indicators.estimate import Estimate
from jalon.indicators.rates import ScoresMissing, known
from jalon.indicators.simulation import WORLDS, Held, simulate
from jalon.indicators.towns import Towns

MEASURES = ("acting", "share", "actions", "prevalence", "per_town", "per_10000", "quotient")


@st.composite
def drawn_towns(draw: st.DrawFn, groups: int = 3) -> Towns:
    rows = draw(st.lists(st.tuples(*[st.integers(0, n) for n in (groups - 1, 3, 9, 9, 2)]), min_size=3, max_size=30))
    group, size, machine, flagged, sure = (np.array(column) for column in zip(*rows, strict=True))
    people = np.where(size > 0, size * 5_000.0, 0.0)
    group[:groups] = range(groups)
    names = tuple(f"g{i}" for i in range(groups))
    return Towns(names, group, size, machine + sure, machine, np.minimum(flagged, machine), sure, people)


rates = st.tuples(st.floats(0.6, 1), st.floats(0.6, 1))


def reordered(towns: Towns, order: np.ndarray) -> Towns:
    parts = ("group", "size", "judged", "machine", "flagged", "sure", "people")
    return replace(towns, **{part: getattr(towns, part)[order] for part in parts})


def estimates(row: appetite.Appetite) -> list[Estimate]:
    return [one for name in MEASURES if (one := getattr(row, name)) is not None]


@settings(max_examples=40, deadline=None)
@given(drawn_towns(), rates, st.booleans(), st.integers(0, 5))
def test_every_interval_holds_its_value_within_bounds(towns: Towns, rate: tuple, shrunk: bool, seed: int) -> None:
    for row in appetite.appetite(towns, known(*rate, draws=50), toward_all=shrunk, seed=seed):
        for one in estimates(row):
            assert 0 <= one.low <= one.value <= one.high
            assert one.shrunk == shrunk
        assert row.share.high <= 1
        assert row.acting.high <= row.towns
        assert row.actions.high <= max(row.judged, 0) + 1e-9 if not shrunk else row.actions.value <= row.judged + 1e-9


@settings(max_examples=20, deadline=None)
@given(drawn_towns(), rates, st.randoms(use_true_random=False))
def test_the_order_of_towns_does_not_matter(towns: Towns, rate: tuple, shuffled) -> None:
    order = np.array(shuffled.sample(range(len(towns.group)), len(towns.group)))
    doubt = known(*rate, draws=20)
    assert appetite.appetite(towns, doubt) == appetite.appetite(reordered(towns, order), doubt)


@settings(max_examples=40, deadline=None)
@given(drawn_towns())
def test_a_perfect_classifier_leaves_the_bare_count(towns: Towns) -> None:
    for row in appetite.appetite(towns, known(1.0, 1.0, draws=20)):
        assert row.acting.value == pytest.approx(row.flagged_towns)
        assert row.actions.value == pytest.approx(row.flagged)


@settings(max_examples=40, deadline=None)
@given(drawn_towns())
def test_a_shrunk_rate_lies_between_its_own_and_that_of_all(towns: Towns) -> None:
    perfect = known(1.0, 1.0, draws=20)
    own = appetite.appetite(towns, perfect)
    every = appetite.appetite(replace(towns, names=("all",), group=towns.group * 0), perfect)[0]
    for before, after in zip(own, appetite.appetite(towns, perfect, toward_all=True), strict=True):
        low, high = sorted((before.share.value, every.share.value))
        assert low - 1e-9 <= after.share.value <= high + 1e-9


@settings(max_examples=40, deadline=None)
@given(drawn_towns(groups=2), st.floats(0.6, 1))
def test_two_disjoint_sets_add_up(towns: Towns, sensitivity: float) -> None:
    """Without false alarms the correction never bounds from below: true actions of two sets are those of both."""
    doubt = known(sensitivity, 1.0, draws=20)
    parts = appetite.appetite(towns, doubt)
    both = appetite.appetite(replace(towns, names=("all",), group=towns.group * 0), doubt)[0]
    added = sum(part.actions.value for part in parts)
    if all(part.flagged <= sensitivity * part.judged for part in parts):
        assert added == pytest.approx(both.actions.value)
    assert min(p.share.value for p in parts) - 1e-9 <= both.share.value <= max(p.share.value for p in parts) + 1e-9


def test_the_chance_of_one_true_action_follows_bayes() -> None:
    """Held against a plain simulation of the same towns."""
    random = np.random.default_rng(5)
    n, mean, alike, se, sp = 8, 0.1, 0.1, 0.85, 0.99
    total = 1 / alike - 1
    true = random.binomial(n, random.beta(mean * total, (1 - mean) * total, 400_000))
    flags = random.binomial(true, se) + random.binomial(n - true, 1 - sp)
    q = mean * se + (1 - mean) * (1 - sp)
    flag_alike = alike * mean * (1 - mean) * (se + sp - 1) ** 2 / (q * (1 - q))
    for k in (0, 1, 2, 3):
        wanted = (true[flags == k] > 0).mean()
        laws = (np.array([[x]]) for x in (q, flag_alike, se, sp))
        found = at_least_one(np.array([n]), np.array([k]), np.array([0]), *laws)
        assert found[0, 0] == pytest.approx(wanted, abs=0.02)


def test_a_small_country_is_counted_as_by_hand() -> None:
    tables = country()
    rows = tables["actions"].to_pylist()
    (row,) = appetite.from_tables(*tables.values(), by="pays")
    assert (row.towns, row.judged) == (40, len(rows))
    assert row.flagged == sum(one["smart_city"] for one in rows)
    assert row.flagged_towns == len({one["territory_code"] for one in rows if one["smart_city"]})
    assert row.per_town.value == pytest.approx(row.actions.value / 40)
    assert row.per_10000.value == pytest.approx(row.actions.value / (20 * 15_000 + 20 * 1_000) * 10_000)


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("region", ["53", "84"]),
        ("departement", ["29", "35", "38", "69"]),
        ("population_class", ["500-a-2000", "10000-a-20000"]),
        ("programme", ["acv"]),
        ("year", ["2018", "2019"]),
        ("theme", ["mobilite_intelligente", "securite_numerique"]),
    ],
)
def test_each_split_has_its_groups_and_adds_up(by: str, keys: list[str]) -> None:
    tables = country()
    found = appetite.from_tables(*tables.values(), by=by)
    assert [row.key for row in found] == keys
    assert all(one.shrunk == (by in appetite.AREAS) for row in found for one in estimates(row))
    assert (found[0].quotient is None) == (by in ("population_class", "year", "theme"))
    if by in ("region", "departement", "population_class", "year"):
        (all_of_them,) = appetite.from_tables(*tables.values(), by="pays")
        assert sum(row.flagged for row in found) == all_of_them.flagged
        assert sum(row.judged for row in found) == all_of_them.judged


def test_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    tables = country()
    once = appetite.from_tables(*tables.values(), by="region", programme="acv", seed=3)
    assert once == appetite.from_tables(*tables.values(), by="region", programme="acv", seed=3)
    assert once != appetite.from_tables(*tables.values(), by="region", programme="acv", seed=4)


def test_unjudged_actions_and_those_of_others_are_nobodys() -> None:
    tables = country()
    rows = tables["actions"].to_pylist()
    for one in rows:
        one.update(probability=None, decided_by="machine") if one["year"] == 2018 else None
        one.update(territory_kind="epci") if one["year"] == 2019 else None
    tables["actions"] = pa.Table.from_pylist(rows, schema=tables["actions"].schema)
    (row,) = appetite.from_tables(*tables.values(), by="pays")
    assert (row.judged, row.flagged, row.prevalence) == (0, 0, None)
    assert row.share.value == pytest.approx(0, abs=1e-6)


def test_an_edition_without_scores_is_refused_in_french() -> None:
    tables = country()
    tables["scores"] = tables["scores"].slice(1)
    with pytest.raises(ScoresMissing) as refused:
        appetite.from_tables(*tables.values(), by="pays")
    assert "smart_city" in refused.value.user_message


SEEDS = (1, 2, 3)
"""The first whole numbers, taken before any result was seen; what is tested is all their runs together."""
CASES = {"as 2019": WORLDS[0], "poor classifier": replace(WORLDS[1], towns=1_000), "few towns": WORLDS[5]}


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_the_interval_holds_the_truth_95_times_in_100(name: str) -> None:
    held: dict[tuple[str, str], list[Held]] = {}
    for seed in SEEDS:
        for one in simulate(CASES[name], 300, methods=("jalon", "naive"), draws=300, seed=seed):
            held.setdefault((one.method, one.measure), []).append(one)
    for measure in ("share", "prevalence", "per_town"):
        assert 0.93 <= np.mean([one.coverage for one in held["jalon", measure]]) <= 0.97, held["jalon", measure]
    if name == "poor classifier":
        off = {method: abs(np.mean([one.bias for one in held[method, "share"]])) for method in ("jalon", "naive")}
        assert np.mean([one.coverage for one in held["naive", "share"]]) < 0.80
        assert off["naive"] > 5 * off["jalon"]


def test_shrunk_areas_hold_their_own_truth() -> None:
    """Forty areas of 5 to 40 towns, each with its own appetite: over all areas the interval covers, and errs less."""
    random = np.random.default_rng(12)
    held, shrunk_error, own_error = [], [], []
    for run in range(25):
        count = random.integers(5, 41, 40)
        rate = random.beta(4, 46, 40)
        group = np.repeat(np.arange(40), count)
        judged = random.integers(0, 7, len(group))
        true = random.binomial(judged, random.beta(rate[group] * 12, (1 - rate[group]) * 12))
        flagged = random.binomial(true, 0.9)
        none = np.zeros(len(group), np.int64)
        towns = Towns(tuple(map(str, range(40))), group, none, judged, judged, flagged, none, none + 1_000.0)
        doubt = known(0.9, 1.0, draws=200)
        own = appetite.appetite(towns, doubt, seed=run)
        for area, row in enumerate(appetite.appetite(towns, doubt, toward_all=True, seed=run)):
            held.append(row.prevalence.low <= rate[area] <= row.prevalence.high)
            shrunk_error.append(abs(row.prevalence.value - rate[area]))
            own_error.append(abs(own[area].prevalence.value - rate[area]))
    assert 0.92 <= np.mean(held) <= 0.98
    assert np.mean(shrunk_error) < 0.9 * np.mean(own_error)

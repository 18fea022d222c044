"""The projection against worlds of known truth, and the laws that hold whatever the series."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from network_worlds import START, world

from jalon.network.backtest import NothingKnown, replay, rolling, score
from jalon.network.baselines import BASELINES
from jalon.network.panel import panel
from jalon.network.projection import project

CUTOFFS = (START + 7, START + 11, START + 15, START + 19)
HELD_OUT = ("gompertz", "richards")
"""Worlds on which nothing was tuned."""
TUNED = ("logistic", "ramp", "stalls", "denominator", "burst")


@pytest.mark.parametrize("kind", [*TUNED, *HELD_OUT])
def test_better_than_every_baseline(kind):
    found = rolling(world(kind, seed=77), CUTOFFS, 8)
    assert found.mae < min(found.baselines.values()), found


def test_intervals_hold_what_they_say():
    found = [rolling(world(kind, seed=78), CUTOFFS, 8).covered for kind in (*TUNED, *HELD_OUT)]
    assert 0.75 <= np.mean(found) <= 0.86, found
    assert all(0.70 <= one <= 0.93 for one in found), found


def test_nothing_later_than_the_cutoff_is_seen():
    whole = world("logistic")
    cutoff = START + 12
    other = whole.rates.copy()
    other[:, 13:] = 100 - other[:, 13:]
    changed = panel(whole.territories, START, other)
    for name in ("value", "low", "high"):
        assert np.array_equal(getattr(replay(whole, cutoff, 8), name), getattr(replay(changed, cutoff, 8), name))


rates = st.one_of(st.just(float("nan")), st.floats(0, 100))
histories = st.integers(1, 12).flatmap(
    lambda width: st.lists(st.lists(rates, min_size=width, max_size=width), min_size=1, max_size=6)
)


@settings(max_examples=120, deadline=None)
@given(histories, st.integers(1, 12))
def test_laws(rows, horizon):
    given_rates = np.array(rows)
    whole = panel([str(i) for i in range(len(rows))], START, given_rates)
    cutoff = START + given_rates.shape[1] - 1
    if np.isnan(given_rates).all():
        with pytest.raises(NothingKnown):
            replay(whole, cutoff, horizon)
        return
    said = replay(whole, cutoff, horizon)
    for path in (said.low, said.value, said.high):
        assert np.isfinite(path).all()
        assert (path >= 0).all()
        assert (path <= 100).all()
    assert (said.low <= said.value + 1e-9).all()
    assert (said.value <= said.high + 1e-9).all()
    never_fell = np.array([np.all(np.diff(row[~np.isnan(row)]) >= 0) for row in whole.until(cutoff).rates])
    assert (said.low[never_fell] >= said.last[never_fell, None] - 1e-9).all()


def one(rates, horizon=8):
    """A territory alone, nothing to borrow from."""
    return replay(panel(["T"], START, np.array([rates], dtype=float)), START + len(rates) - 1, horizon)


@pytest.mark.parametrize(
    ("rates", "least", "most"),
    [
        ([40.0], 45, 75),
        ([40.0] * 10, 40, 46),
        ([100.0] * 6, 100, 100),
        ([0.0] * 8, 0, 25),
        ([80, 79, 78, 77, 76, 75], 65, 75),
        ([50, 52, 54, 56, 46, 48, 50, 52], 55, 75),
        ([20, float("nan"), float("nan"), 32, 36], 48, 75),
        ([20, 24, 28, 32, float("nan"), float("nan")], 44, 85),
    ],
    ids=["one point", "constant", "complete", "nothing yet", "falling", "new denominator", "hole", "stale"],
)
def test_single_series(rates, least, most):
    assert least <= one(rates).value[0, -1] <= most


def test_a_falling_series_may_be_under_its_last_value():
    said = one([80, 79, 78, 77, 76, 75])
    assert (said.value < 75).all()
    assert (said.low <= said.value + 1e-9).all()


def test_a_short_history_has_a_wider_interval():
    long = world("logistic", count=60)
    rates = long.rates[:, :16].copy()
    rates[0] = np.nan
    rates[1] = np.where(np.arange(16) < 15, np.nan, 40.0)
    rates[2] = np.linspace(10, 40, 16)
    said = replay(panel(long.territories, START, rates), START + 15, 8)
    assert len(said.territories) == 59
    width = (said.high - said.low)[:, 3]
    assert said.short[0]
    assert not said.short[1]
    assert width[0] > 1.3 * width[1]


def test_groups_lend_their_pace():
    """Two territories of one value each: the one whose département runs is expected further."""
    slow, fast = np.linspace(10, 20, 12), np.linspace(10, 70, 12)
    late = np.where(np.arange(12) < 11, np.nan, 30.0)
    rates = np.array([slow, slow + 1, slow + 2, fast, fast + 1, fast + 2, late, late])
    said = project(panel(list("abcdefgh"), START, rates, ["01"] * 3 + ["02"] * 3 + ["01", "02"]), 8)
    assert said.value[7, -1] > said.value[6, -1] + 5


def test_a_hole_is_not_a_pace_of_zero():
    full = np.linspace(10, 60, 11)
    holed = np.where(np.isin(np.arange(11), (4, 5, 8)), np.nan, full)
    assert one(holed).value[0] == pytest.approx(one(full).value[0], abs=3)


def test_baselines():
    rates = np.array([[10.0, 20.0, 24.0], [np.nan, 50.0, np.nan], [90.0, 96.0, 98.0]])
    assert BASELINES["last_pace"](rates, 2).tolist() == [[28, 32], [50, 50], [100, 100]]
    assert BASELINES["drift"](rates, 2).tolist() == [[31, 38], [50, 50], [100, 100]]
    assert BASELINES["linear"](rates, 1)[0, 0] == pytest.approx(32)


def test_score_counts_what_came():
    whole = panel(["a", "b"], START, np.array([[10, 20, 30, 40, np.nan], [50, 55, np.nan, np.nan, 60.0]]))
    found = score(whole, replay(whole, START + 1, 3))
    assert found.compared == 3
    assert score(whole, replay(whole, START + 4, 3)) is None


@pytest.mark.parametrize("horizon", [0, 41])
def test_unreasonable_horizons_are_refused(horizon):
    with pytest.raises(NothingKnown):
        replay(world("ramp", count=3), START + 8, horizon)

"""Counts, dates of targets, scenarios and sums."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from network_worlds import START, world

from jalon.editions import TABLES
from jalon.network.backtest import NothingKnown
from jalon.network.coverage import read_coverage, reconciled, share
from jalon.network.indicators import Count, against_total, stalled, states
from jalon.network.national import total
from jalon.network.panel import panel
from jalon.network.projection import project
from jalon.network.target import reach, scenarios

Q = [date(2019, 3, 31), date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31)]


def test_new_lines_distance_and_denominator():
    counts = [
        Count(Q[i], c, p) for i, (c, p) in enumerate([(100, 1000), (150, 1000), (140, 1000), (None, 1000), (300, 1200)])
    ]
    found = states(counts)
    assert [one.new_quarter for one in found] == [None, 50, -10, None, None]
    assert found[4].new_year == 200
    assert [one.distance for one in found] == [700, 650, 660, None, 660]
    assert [one.new_denominator for one in found] == [False, False, False, False, True]
    assert found[4].rate == 0.25


@pytest.mark.parametrize(
    ("rate", "connectable", "premises", "expected"),
    [
        (0.5, 1, 9, 0.5),
        (None, 5, 10, 0.5),
        (None, 12, 10, 1.0),
        (None, 5, 0, None),
        (None, 5, None, None),
        (1.02, 1, 1, 1.0),
    ],
)
def test_share(rate, connectable, premises, expected):
    assert share(rate, connectable, premises) == expected


@pytest.mark.parametrize(
    ("total_", "parts", "gap", "word"),
    [(10, [4, 6], 0, "total publié"), (10, [4, None], -6, "1 communes sans valeur"), (10, [4, 5], -1, "mêmes locaux")],
)
def test_sums_are_explained(total_, parts, gap, word):
    found = against_total(total_, parts)
    assert found.gap == gap
    assert word in found.reason


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([0.2, 0.4, 0.4, 0.4, 0.4], True),
        ([0.4, 0.4, 0.4], False),
        ([0.4, 0.4, 0.4, 0.41], False),
        ([1.0] * 4, False),
        ([0.4, None, 0.4, 0.4], False),
        ([0.6, 0.5, 0.5, 0.5], False),
    ],
)
def test_stalled(rates, expected):
    assert stalled(rates) is expected


def coverage(*rows):
    names = ("territory_kind", "territory_code", "quarter", "rate", "connectable", "premises", "known_on", "source_id")
    schema = pa.schema([TABLES["coverage"].schema.field(name) for name in names])
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)],
        schema=schema,
    )


def test_a_restated_quarter_keeps_both_values():
    table = coverage(
        ("departement", "01", Q[0], 0.58, None, None, date(2022, 12, 1), "etalab"),
        ("departement", "01", Q[0], 0.5816, None, None, date(2024, 9, 1), "ditp"),
        ("departement", "02", Q[0], 0.40, None, None, date(2022, 12, 1), "etalab"),
        ("departement", "02", Q[0], 0.55, None, None, date(2024, 9, 1), "ditp"),
        ("commune", "01004", Q[0], None, 50, 100, None, "arcep"),
    )
    first, second = reconciled(table, "departement")
    assert (first.rate, first.source_id, first.other_rate, first.other_source) == (0.5816, "ditp", 0.58, "etalab")
    assert (first.disagrees, second.disagrees) == (False, True)
    assert read_coverage(table, "commune").panel.rates.tolist() == [[50.0]]
    with pytest.raises(NothingKnown):
        read_coverage(table, "region")


def one(*rates):
    return panel(["T"], START, np.array([rates], dtype=float))


def test_date_of_a_target():
    (met,) = reach(one(50, 70, 82, 85), 80)
    assert (met.reached, met.expected) == (START + 2, None)
    (coming,) = reach(one(50, 55, 60, 65, 70), 80)
    assert START + 4 < coming.earliest <= coming.expected
    assert coming.latest is None or coming.latest >= coming.expected
    (spike,) = reach(one(50, 95, 52, 55, 83), 80)
    assert spike.reached == START + 4
    (never,) = reach(one(*[20.0] * 12), 100)
    assert never.latest is None


def test_scenarios():
    (found,) = scenarios(one(50, 55, 65, 70), 80, START + 8)
    assert found.needed == 2.0
    assert found.best == 10
    assert found.at_best == START + 4
    assert found.frozen == found.level == 70
    assert found.low <= found.projected <= found.high
    (late,) = scenarios(one(50, 55, 65, 70), 80, START + 1)
    assert (late.needed, late.projected) == (None, None)
    (met,) = scenarios(one(50, 90), 80, START + 8)
    assert met.needed == 0


def test_a_sum_knows_that_errors_go_together():
    whole = world("denominator", count=60).until(START + 14)
    premises = np.full(len(whole.territories), 1000.0)
    found = total(whole, premises, 8)
    said = project(whole, 8)
    assert found.value == pytest.approx(said.value.sum(axis=0) * 10)
    width, alone = found.high - found.low, np.sqrt((((said.high - said.low) * 10) ** 2).sum(axis=0))
    together = ((said.high - said.low) * 10).sum(axis=0)
    assert (width > alone).all()
    assert (width < together).all()
    assert 0 < found.common < 1
    again = total(whole, premises, 8)
    assert np.array_equal(found.low, again.low)

"""Commitment: money by hand, and what nobody knows stays unknown."""

from datetime import date

import pyarrow as pa
import pytest
from edition_rows import country

from jalon.geography import geography
from jalon.indicators import commitment
from jalon.indicators.nearest import nearest

PERFECT = {"precision": 1.0, "recall": 1.0}


def perfect(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    rows = [{**row, **PERFECT} for row in tables["scores"].to_pylist()]
    return {**tables, "scores": pa.Table.from_pylist(rows, schema=tables["scores"].schema)}


def test_money_is_the_sum_of_what_is_known() -> None:
    tables = perfect(country())
    smart = [row for row in tables["actions"].to_pylist() if row["smart_city"]]
    (row,) = commitment.from_tables(*tables.values(), by="pays")
    costs = [one["cost_eur"] for one in smart if one["cost_eur"] is not None]
    assert (row.flagged, row.costed, row.granted) == (len(smart), len(costs), len(costs))
    assert row.planned_eur.value == pytest.approx(sum(costs))
    assert row.granted_eur.value == pytest.approx(sum(costs) / 2)
    assert row.funded.value == pytest.approx(len(costs))
    for one in (row.actions, row.planned_eur, row.granted_eur, row.funded):
        assert 0 <= one.low <= one.value <= one.high


def test_what_no_source_says_is_unknown_not_zero() -> None:
    (row,) = commitment.from_tables(*country().values(), by="pays")
    assert (row.paid_eur, row.under_way, row.delivered) == (None, None, None)
    assert row.paid_unknown.endswith(".")
    tables = country()
    rows = [{**one, "cost_eur": None, "grant_eur": None} for one in tables["actions"].to_pylist()]
    tables["actions"] = pa.Table.from_pylist(rows, schema=tables["actions"].schema)
    (row,) = commitment.from_tables(*tables.values(), by="pays")
    assert (row.planned_eur, row.granted_eur, row.funded) == (None, None, None)
    assert row.actions is not None


@pytest.mark.parametrize("by", ["region", "departement", "population_class", "year"])
def test_groups_add_up(by: str) -> None:
    tables = perfect(country())
    (every,) = commitment.from_tables(*tables.values(), by="pays")
    rows = commitment.from_tables(*tables.values(), by=by)
    assert sum(row.planned_eur.value for row in rows if row.planned_eur) == pytest.approx(every.planned_eur.value)
    assert sum(row.flagged for row in rows) == every.flagged


def test_progress_takes_the_last_count_of_each_town() -> None:
    counts = pa.table(
        {
            "agreement_id": ["acv:1", "acv:1", "acv:2"],
            "territory_code": ["", "", "38185"],
            "counted_on": [date(2024, 9, 9), date(2025, 4, 1), date(2024, 9, 9)],
            "under_way": [5, 3, None],
            "delivered": [1, 4, 2],
        }
    )
    agreements = pa.table({"agreement_id": ["acv:1", "acv:2", "acv:3"], "programme": ["acv", "acv", "acv"]})
    assert commitment.progress(counts, agreements) == (commitment.Progress("acv", 2, 3, 3, 6),)
    assert commitment.progress(counts.slice(0, 0), agreements) == (commitment.Progress("acv", 0, 3, None, None),)


def test_who_already_does_it_nearest_first() -> None:
    places = dict(geography().communes)
    grenoble = places["38185"]
    places["99999"] = replace_position(places["69123"])
    actions = {"38185": 4, "75056": 1, "38421": 2, "99999": 1, "69123": 3, "38059": 0, "00000": 1}
    found = nearest(grenoble, actions, places)
    assert [one.code for one in found] == ["38421", "69123", "75056", "99999"]
    assert found[0].km < 10 < found[1].km
    assert found[-1].km is None
    assert nearest(grenoble, actions, places, 2) == found[:2]


def replace_position(place):
    return place._replace(code="99999", lon=None, lat=None)

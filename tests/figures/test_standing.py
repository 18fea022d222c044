"""Computed beside declared: when each confirms the other, and when not."""

from datetime import date

import pyarrow as pa
import pytest
from tiny import AS_OF, tiny_tables

from jalon.editions import TABLES, Edition
from jalon.figures import build_with_figures, evaluate, get
from jalon.figures.declared import agrees, known_on, last_day
from jalon.home import Home


@pytest.mark.parametrize(
    ("value", "stated", "hedge", "tolerance", "verdict"),
    [
        (222, 222, "exact", 0, True), (221, 222, "exact", 0, False), (222, 222, "record", 0, True),
        (4312, 4000, "more_than", 0, True), (3999, 4000, "at_least", 0, False), (4000, 4000, "at_least", 0, True),
        (10, 10, "at_most", 0, True), (11, 10, "less_than", 0, False),
        (91, 100, "about", 0, True), (89, 100, "about", 0, False),
        (0.786, 0.79, "exact", 0.006, True), (0.51, 0.52, "exact", 0.006, False), (80, 80, "target", 0, None),
        (0.1 + 0.2, 0.3, "exact", 0, True),
    ],
)  # fmt: skip
def test_a_hedge_says_what_agrees(value: float, stated: float, hedge: str, tolerance: float, verdict: bool) -> None:
    assert agrees(value, stated, hedge, tolerance) is verdict


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2019", date(2019, 12, 31)), ("2019-02", date(2019, 2, 28)), ("2020-02", date(2020, 2, 29)),
        ("2019-06-04", date(2019, 6, 4)), ("2018/2022", date(2022, 12, 31)), ("", None),
        ("vers 2019", None), ("2019-13", None),
    ],
)  # fmt: skip
def test_a_moment_ends_on_a_day(moment: str, day: date | None) -> None:
    assert last_day(moment) == day


def test_a_fact_is_known_from_its_publication() -> None:
    assert known_on("2020-03", "2019") == date(2020, 3, 31)
    assert known_on(None, "2019") == date(2019, 12, 31)
    assert known_on("", "2018/2022") == date(2018, 12, 31)


def edition_with(facts: list[dict], tmp_path: str) -> Edition:
    tables = tiny_tables()
    changes = {fact["fact_id"]: fact for fact in facts}
    told = tables["declared_facts"].to_pylist()
    rows = [row | changes[row["fact_id"]] for row in told if row["fact_id"] in changes]
    tables["declared_facts"] = pa.Table.from_pylist(rows, schema=TABLES["declared_facts"].schema)
    return build_with_figures(tables, home=Home(tmp_path), as_of=AS_OF)


@pytest.mark.parametrize(
    ("stated", "hedge", "as_of", "state"),
    [
        (1.0, "exact", "2019-06-04", "confirmed"),
        (2.0, "exact", "2019-06-04", "contradicted"),
        (2.0, "exact", "2019-12", "confirmed"),
        (3.0, "exact", "2024", "confirmed"),
        (1.0, "at_least", "2019-12", "confirmed"),
        (222.0, "target", "2022", "alone"),
    ],
)
def test_a_fact_is_held_against_the_day_it_speaks_of(
    tmp_path, stated: float, hedge: str, as_of: str, state: str
) -> None:
    fact = {"fact_id": "C1-05", "value": stated, "hedge": hedge, "as_of": as_of, "published": None}
    edition = edition_with([fact], tmp_path)
    for figure in ("acv-conventions-signees", "acv-conventions-declarees"):
        assert evaluate(get(figure), edition).standing.state == state, figure


def test_declared_is_never_mixed_with_computed(edition: Edition) -> None:
    computed, declared = (evaluate(get(f"acv-conventions-{x}"), edition) for x in ("signees", "declarees"))
    assert (computed.value, declared.value) == (3, 222)
    assert computed.standing.state == declared.standing.state == "contradicted"
    assert "222\u00a0conventions selon le CGET" in declared.standing.reason
    assert "1\u00a0convention d’après les données" in declared.standing.reason


def test_a_declared_figure_is_unknown_before_it_is_stated(edition: Edition) -> None:
    figure = evaluate(get("acv-conventions-declarees"), edition, as_of=date(2019, 1, 1))
    assert figure.value is None
    assert "1er\u00a0janvier 2019" in (figure.unknown_reason or "")


def test_a_hedge_is_carried(edition: Edition) -> None:
    figure = evaluate(get("acv-actions-declarees"), edition)
    assert figure.display == "plus de 4\u202f000\u00a0actions"
    assert "aucune source n’est indépendante" in figure.standing.reason


def test_a_target_is_neither_confirmed_nor_contradicted(edition: Edition) -> None:
    figure = evaluate(get("thd-objectif-2022"), edition)
    assert (figure.standing.state, figure.display) == ("alone", "objectif\u202f: 80\u202f%")
    assert "28\u202f%" in figure.standing.reason
    before = evaluate(get("thd-objectif-2022"), edition, as_of=date(2022, 12, 31))
    assert before.standing.state == "alone"


def test_facts_that_speak_of_something_else_are_shown_with_why(edition: Edition) -> None:
    towns = next(f for f in evaluate(get("acv-conventions-signees"), edition).declared if f.fact_id == "C1-06")
    assert towns.agrees is None
    assert "villes" in towns.note

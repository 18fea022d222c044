"""The figures that programmes put on their home pages are in the ledger."""

from datetime import date

from tiny import tiny_tables

from jalon.figures import build_with_figures, evaluate, get, ledger
from jalon.figures.format import format_day
from jalon.home import home
from jalon.programmes import programmes


def test_every_key_figure_of_a_programme_is_in_the_ledger() -> None:
    known = set(ledger())
    assert {p.id: [f for f in p.home_figures if f not in known] for p in programmes().values()} == {
        p.id: [] for p in programmes().values()
    }


def test_a_value_says_since_when_nothing_newer_is_known() -> None:
    edition = build_with_figures(tiny_tables(), home=home(), as_of=date(2026, 1, 1))
    quarter = max(row["quarter"] for row in tiny_tables()["coverage"].to_pylist() if row["connectable"] is not None)
    figure = evaluate(get("acv-raccordables", edition), edition)
    assert figure.moment == quarter.isoformat()
    assert format_day(quarter) in figure.latest
    assert evaluate(get("acv-communes", edition), edition).latest == ""

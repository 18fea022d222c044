"""Which actions wait for the fibre, against coverages written here."""

from datetime import date

import pyarrow as pa
import pytest

from jalon.editions import TABLES
from jalon.network.quarters import last_day
from jalon.network.readiness import readiness, rules
from jalon.themes import taxonomy

START = 2018 * 4


def tables(rates, due, theme="securite_numerique", smart=True):
    """One action of département 01, whose rates start at the first quarter of 2018."""
    actions = {"action_id": ["a"], "smart_city": [smart], "departement_code": ["01"], "known_on": [due]}
    rows = [("departement", "01", last_day(START + i), rate, None, None, None, "s") for i, rate in enumerate(rates)]
    names = ("territory_kind", "territory_code", "quarter", "rate", "connectable", "premises", "known_on", "source_id")
    schema = pa.schema([TABLES["coverage"].schema.field(name) for name in names])
    return {
        "actions": pa.table(actions),
        "action_themes": pa.table({"action_id": ["a"], "theme": [theme]}),
        "coverage": pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], schema=schema),
    }


@pytest.mark.parametrize(
    ("rates", "due", "state", "word"),
    [
        ([0.5, 0.7, 0.85, 0.9], date(2018, 12, 31), "ready", "90 %"),
        ([0.5, 0.7, 0.85, 0.9], date(2018, 6, 30), "ready_by", "T3 2018"),
        ([0.05] * 3 + [0.1] * 12 + [0.9], date(2018, 6, 30), "at_risk", "T4 2021"),
        ([0.5, 0.7], date(2017, 12, 31), "unknown", "aucun taux"),
        ([0.0] * 8, date(2019, 12, 31), "at_risk", "aucune date"),
        ([0.50, 0.56, 0.62, 0.68, 0.74], date(2020, 12, 31), "ready", "raccordables"),
    ],
)
def test_states(rates, due, state, word):
    (row,) = readiness(tables(rates, due))
    assert row["state"] == state
    assert word in row["reason"]
    assert rules().needs["securite_numerique"] in row["reason"]


def test_only_smart_actions_that_need_fibre():
    assert readiness(tables([0.5], date(2019, 1, 1), theme="eclairage_intelligent")) == []
    assert readiness(tables([0.5], date(2019, 1, 1), smart=False)) == []


def test_rules_name_themes_of_the_taxonomy():
    assert set(rules().needs) <= {theme.id for theme in taxonomy().themes}

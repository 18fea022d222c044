"""Every declared fact of the product is carried by a figure, with a standing that minds unit, scope and date."""

import csv
from pathlib import Path

import pytest

from jalon.editions import Edition
from jalon.figures import ledger
from jalon.figures.facts import stated_facts

CARRIED = Path(__file__).resolve().parents[2] / "src" / "jalon" / "programmes"


def facts() -> list[str]:
    return [row["fact_id"] for path in CARRIED.glob("*/declared.csv") for row in csv.DictReader(path.open())]


@pytest.mark.parametrize("fact", facts())
def test_each_fact_has_a_figure_that_carries_it(fact: str) -> None:
    assert any(fact == one.id for definition in ledger().values() for one in definition.facts)


def test_there_are_as_many_as_were_gathered() -> None:
    assert len(facts()) == len(set(facts())) == 96


def test_a_fact_is_held_against_computed_values_only(edition: Edition) -> None:
    for fact in stated_facts(edition):
        told = {bearer.agrees for bearer in fact.bearers if bearer.held}
        assert (fact.state == "confirmed") == (True in told and False not in told)
        assert (fact.state == "contradicted") == (False in told)
        assert all(bearer.agrees is None for bearer in fact.bearers if not bearer.held)


@pytest.mark.parametrize(
    ("figure", "fact"),
    [
        ("acv-communes-signees", "C1-07"), ("acv-communes-signees", "C1-06"), ("thd-objectif-2022", "C6-27"),
        ("thd-objectif-2022", "C6-26"), ("thd-lignes-annee-declarees", "C6-09"), ("acv-innovation-fonds", "C4-02"),
        ("tiga-laureats-declares", "C5-01"), ("thd-taux-national", "C6-24"),
    ],
)  # fmt: skip
def test_a_fact_of_another_unit_scope_or_moment_is_not_compared(figure: str, fact: str) -> None:
    one = next(one for one in ledger()[figure].facts if one.id == fact)
    assert not one.compare
    assert one.note

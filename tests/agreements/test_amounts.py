"""Amounts in the spellings of French agreements."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.agreements.amounts import amounts, budget, rounded, scale_of, unknown

STATED = [
    ("1,2 M€", 1_200_000),
    ("450 k€ HT", 450_000),
    ("550 K€ TTC", 550_000),
    ("1.200.000 €", 1_200_000),
    ("1 200 000", 1_200_000),
    ("669\u202f519,80\u202f€", 669_520),
    ("Environ 4 517 199€", 4_517_199),
    ("Estimé à46500€ HT", 46_500),
    ("3290 000€", 3_290_000),
    ("378 500 euros", 378_500),
    ("3 M d'€", 3_000_000),
    ("1,5 million d’euros", 1_500_000),
    ("deux millions d'euros", 2_000_000),
    ("quatre cent cinquante mille euros TTC", 450_000),
    ("Un million deux cent mille euros", 1_200_000),
    ("Phase 1 : 787 000 € Phase 2 : 3 149 000 € Total : 3 936 K€", 3_936_000),
    ("1 000 000 € TTC dont 200 000 € d'études", 1_000_000),
    ("Montant : 1 563 600 euros TTC", 1_563_600),
    ("porté de 1 200 000 € à 1 500 000 €", 1_500_000),
    ("1 500 000 € (initialement 1 200 000 €)", 1_500_000),
    ("À définir", None),
    ("–", None),
    ("En cours de chiffrage", None),
    ("12 % en 2019", None),
    ("2019", None),
    ("entre 1 et 1,5 M€", None),
    ("500-600 k€", None),
]


@pytest.mark.parametrize(("text", "euros"), STATED)
def test_budget(text: str, euros: int | None) -> None:
    assert rounded(budget(text).amount) == euros


def test_amount_before_tax_is_kept_with_the_other_beside() -> None:
    read = budget("5 000 000 € HT (6 millions d'euros TTC)")
    assert (read.amount, read.basis, read.alternatives) == (Decimal(5_000_000), "HT", (Decimal(6_000_000),))


@pytest.mark.parametrize("text", ["entre 1 et 1,5 M€", "de 1 000 000 à 1 500 000 €", "1-1,5 M€"])
def test_a_range_stays_a_range(text: str) -> None:
    read = budget(text)
    assert (read.low, read.high) == (Decimal(1_000_000), Decimal(1_500_000))


def test_parts_without_a_total_are_summed_and_said_so() -> None:
    read = budget("Études : 50 k€, Travaux : 450 k€")
    assert read.amount == Decimal(500_000)
    assert read.summed


def test_an_amendment_keeps_the_first_amount() -> None:
    assert budget("porté de 1 200 000 € à 1 500 000 €").initial == Decimal(1_200_000)


@pytest.mark.parametrize(
    ("label", "scale"), [("Coût HT en k€", 1000), ("Montant (M€)", 10**6), ("Montant (€)", 1), ("Montant", None)]
)
def test_unit_of_a_column(label: str, scale: int | None) -> None:
    assert scale_of(label) == (None if scale is None else Decimal(scale))


@pytest.mark.parametrize("text", ["à préciser", "Non chiffré à ce jour", "néant", "-", "…"])
def test_unknown(text: str) -> None:
    assert unknown(text)


def grouped(value: int, blank: str) -> str:
    return f"{value:,}".replace(",", blank)


@given(
    st.integers(1_000, 999_999_999),
    st.sampled_from(list(" \u00a0\u202f.")),
    st.sampled_from(["€", " €", " euros", " EUR"]),
)
def test_grouped_amounts_are_read_back(value: int, blank: str, unit: str) -> None:
    (read,) = amounts(f"Coût : {grouped(value, blank)}{unit}")
    assert read.euros == value


@given(
    st.integers(1, 9_999), st.sampled_from([("k€", 1_000), ("K€", 1_000), ("M€", 10**6), (" millions d'euros", 10**6)])
)
def test_scaled_amounts_are_read_back(value: int, unit: tuple[str, int]) -> None:
    sign, scale = unit
    assert [a.euros for a in amounts(f"{value} {sign}")] == [value * scale]


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    budget(text)

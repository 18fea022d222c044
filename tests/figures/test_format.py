"""Values as French readers write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.figures.format import NARROW, format_day, format_euros, format_moment, format_number, format_value, hedged

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "kind", "unit", "text"),
    [
        (0, "integer", "communes", f"0{B}commune"), (1, "integer", "locaux", f"1{B}local"),
        (2, "integer", "ans", f"2{B}ans"), (1, "integer", "ans", f"1{B}an"),
        (222, "integer", "villes", f"222{B}villes"), (4312, "integer", "actions", f"4{N}312{B}actions"),
        (10_965_667, "integer", "locaux", f"10{N}965{N}667{B}locaux"), (-3, "integer", "", "−3"),
        (0.125, "percent", "", f"12,5{N}%"), (0.6, "percent", "x", f"60{N}%"), (1, "percent", "", f"100{N}%"),
        (0.00049, "percent", "", f"0{N}%"), (0.0005, "percent", "", f"0,1{N}%"), (1.5, "decimal", "", "1,5"),
        (2.675, "decimal", "", "2,68"), (Decimal("0.00"), "euros", "", f"0{B}€"),
        (Decimal("932450.50"), "euros", "", f"932{N}451{B}€"), (50e6, "euros", "€", f"50{B}M€"),
        (12_350_000, "euros", "", f"12,4{B}M€"), (999_960, "euros", "", f"1{B}M€"),
        (999_940, "euros", "", f"999{N}940{B}€"),
        (1_200_000_000, "euros", "", f"1,2{B}Md€"), (date(2020, 2, 24), "date", "", f"24{B}février 2020"),
        (date(2018, 3, 1), "date", "", f"1er{B}mars 2018"), ("Sécurité", "text", "", "Sécurité"),
        ("10000-a-20000", "population", "", f"10{N}000 à 20{N}000 habitants"), (None, "integer", "villes", "—"),
        (True, "text", "", "oui"), (False, "integer", "", "non"),
    ],
)  # fmt: skip
def test_values(value: object, kind: str, unit: str, text: str) -> None:
    assert format_value(value, kind, unit).replace(NARROW, N) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2019", "2019"), ("2019-06", "juin 2019"), ("2019-06-04", f"4{B}juin 2019"), ("2018/2022", "2018 à 2022"),
        ("fin 2019", "fin 2019"),
    ],
)  # fmt: skip
def test_moments(moment: str, text: str) -> None:
    assert format_moment(moment) == text


def test_hedges() -> None:
    assert hedged("4 000", "more_than") == "plus de 4 000"
    assert hedged("4 000", "exact") == "4 000"
    assert hedged("—", "about") == "—"


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_number_reads_back(value: Decimal) -> None:
    text = format_number(value, 2).replace(N, "").replace(",", ".").replace("−", "-")
    assert Decimal(text) == value


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_have_no_ordinary_space_before_the_month(day: date) -> None:
    assert format_day(day).count(" ") == 1


@given(st.floats(0, 1e13, allow_nan=False))
def test_euros_always_end_in_euros(value: float) -> None:
    assert format_euros(value).endswith("€")

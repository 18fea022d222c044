"""Values of the map cut in classes with labels people can read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.web.charts.indicators import INDICATORS, MOST_CLASSES, classes

NUMERIC = [i for i in INDICATORS.values() if i.kind != "day"]
NUMBERS = {
    "count": st.integers(0, 10**7),
    "share": st.fractions(0, 1, max_denominator=500).map(float),
    "euros": st.decimals(0, 10**9, places=2),
}


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("indicator", NUMERIC, ids=lambda i: i.id)
@given(data=st.data())
def test_every_known_value_has_one_class_in_order(indicator, data) -> None:
    values = data.draw(st.lists(st.none() | NUMBERS[indicator.kind], max_size=60))
    cut = classes(indicator, values)
    assert len(cut.labels) <= MOST_CLASSES
    assert len(set(cut.labels)) == len(cut.labels)
    assert [of is None for of in cut.of] == [value is None for value in values]
    known = sorted((value, of) for value, of in zip(values, cut.of, strict=True) if value is not None)
    assert [of for _, of in known] == sorted(of for _, of in known)
    assert all(0 <= of < len(cut.labels) for _, of in known)


@given(days=st.lists(st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))), max_size=60))
def test_days_fall_in_periods_in_order(days) -> None:
    cut = classes(INDICATORS["signature"], days)
    assert len(cut.labels) <= MOST_CLASSES
    known = sorted((day, of) for day, of in zip(days, cut.of, strict=True) if day is not None)
    assert [of for _, of in known] == sorted(of for _, of in known)
    assert set(range(len(cut.labels))) == {of for _, of in known}


@pytest.mark.parametrize(
    ("id", "values", "labels"),
    [
        ("actions", [0, 0, 1, 2, None], ("0", "1", "2")),
        ("actions", [1, 2, 5, 6, 7, 9, 12, 30, 31, 80], ("1 à 4", "5 à 6", "7 à 11", "12 à 30", "31 et plus")),
        ("actions", [0] * 9 + [1] * 40 + [2, 2, 3, 5, 9], ("0", "1", "2", "3", "5 et plus")),
        ("actions", [None, None], ()),
        ("actions", [0, 0], ("0",)),
        ("part", [0.0, 0.5], ("0 %", "50 %")),
        ("subventions", [Decimal(0), Decimal(850), Decimal(3_400_000)], ("0 €", "850 €", "3,4 M€")),
    ],
)
def test_labels(id, values, labels) -> None:  # noqa: A002
    assert tuple(plain(label) for label in classes(INDICATORS[id], values).labels) == labels


def test_merged_periods_say_from_when_to_when() -> None:
    days = [date(2018, 1, 5) + timedelta(days=100 * n) for n in range(12)]
    labels = [plain(label) for label in classes(INDICATORS["signature"], days).labels]
    assert labels[0].startswith("T1 2018")
    assert any(" à T" in label for label in labels)

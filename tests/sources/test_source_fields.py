"""One cell to one value: every way published files have of writing it, and nonsense refused."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.sources.fields import cents, count, decimal, line, percentage, text, unmangle


@pytest.mark.parametrize("raw", [None, "", "  ", "NA", "na", "indefini", "Indéfini", "#DIV/0 !", "#N/A", "N/A", "-"])
def test_the_ways_of_saying_missing_are_none(raw):
    assert text(raw) is None
    assert line(raw) is None
    assert decimal(raw) is None
    assert cents(raw) is None
    assert count(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Éclairage   public \u00a0LED ", "Éclairage public LED"),
        ("un\r\n\r\n deux ", "un\ndeux"),
        ("0", "0"),
        (12, "12"),
        ("Nana", "Nana"),
    ],
)
def test_text_keeps_lines_and_drops_blanks(raw, expected):
    assert text(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("97669,34", 9766934),
        ("97669.34", 9766934),
        ("19 180", 1918000),
        ("96\u00a0887", 9688700),
        ("1\u202f234\u202f567,8", 123456780),
        ("1.234.567,80", 123456780),
        ("180 €", 18000),
        ("180€", 18000),
        (100000, 10000000),
        (0.1 + 0.2, 30),
        ("16901819.219999999", 1690181922),
        ("600.096", 60010),
        ("0,005", 1),
        ("1e5", 10000000),
        ("0", 0),
    ],
)
def test_amounts_are_exact_cents(raw, expected):
    assert cents(raw) == expected


@pytest.mark.parametrize(
    "raw", ["-1", "1 23", "12,3,4", "1,234.5", "cent", "12 €/m2", "inf", "NaN1", "1e400", "9" * 40]
)
def test_nonsense_amounts_are_refused(raw):
    with pytest.raises(ValueError, match="not a"):
        cents(raw)


@given(st.integers(0, 10**12))
def test_an_amount_written_the_french_way_reads_back(value):
    euros, rest = divmod(value, 100)
    grouped = f"{euros:,}".replace(",", "\u202f")
    assert cents(f"{grouped},{rest:02d}") == value
    assert cents(f"{euros}.{rest:02d}") == value


@given(st.decimals(0, 10**9, places=4))
def test_cents_are_within_half_a_cent(value):
    assert abs(Decimal(cents(str(value))) / 100 - value) <= Decimal("0.005")


@given(st.text(max_size=30))
def test_any_text_gives_a_value_none_or_value_error(raw):
    for parse in (cents, count, decimal, percentage):
        with suppress(ValueError):
            assert parse(raw) == parse(raw)


@pytest.mark.parametrize(("raw", "expected"), [("12", 12), ("10787.0", 10787), (83651.0, 83651), ("1 204", 1204)])
def test_counts(raw, expected):
    assert count(raw) == expected


@pytest.mark.parametrize("raw", ["12.5", "-3", "12 actions"])
def test_what_is_no_count_is_refused(raw):
    with pytest.raises(ValueError, match="not a"):
        count(raw)


@pytest.mark.parametrize(("raw", "expected"), [("99%", 0.99), ("58,16 %", 0.5816), ("100", 1.0), ("0%", 0.0)])
def test_percentages_are_shares(raw, expected):
    assert percentage(raw) == pytest.approx(expected)


@pytest.mark.parametrize("raw", ["101%", "-1", "beaucoup"])
def test_percentages_out_of_range_are_refused(raw):
    with pytest.raises(ValueError, match="not a"):
        percentage(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("AlenÃ§on", "Alençon"),
        ("Les Mureaux â€“ Meulan", "Les Mureaux – Meulan"),
        ("Pointe-Ã\u00a0-Pitre", "Pointe-à-Pitre"),
        ("Brétigny-sur-Orge", "Brétigny-sur-Orge"),
        ("Âge d'or", "Âge d'or"),
    ],
)
def test_mojibake_is_undone_and_sound_text_left_alone(raw, expected):
    assert unmangle(raw) == expected


@given(st.text("abcdefghijklmnopqrstuvwxyzéèêëàâçîïôûùœÉÀ -'", min_size=1, max_size=40))
def test_what_was_read_as_cp1252_comes_back(name):
    try:
        mangled = name.encode().decode("cp1252")
    except UnicodeDecodeError:
        return
    assert unmangle(mangled) == name

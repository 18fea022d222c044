"""Official codes with their lost zeros, and days as French publications write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.geography import geography
from jalon.sources.codes import commune_code, departement_code, identifier, luhn, region_code, siren
from jalon.sources.days import MONTHS, Day, day, quarter, quarter_end


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("01004", "01004"),
        (1004, "01004"),
        ("1004", "01004"),
        (1004.0, "01004"),
        ("2A004", "2A004"),
        ("2b033", "2B033"),
        (97411, "97411"),
        (" 62510 ", "62510"),
        (None, None),
        ("NA", None),
    ],
)
def test_commune_codes_get_their_zeros_back(raw, expected):
    assert commune_code(raw) == expected


@pytest.mark.parametrize("raw", ["999999", "512330", "ZZZZZ", "12", "2C004", "2A04", 1004.5, "00123", "0"])
def test_what_is_no_commune_code_is_refused(raw):
    with pytest.raises(ValueError, match="not a"):
        commune_code(raw)


@given(st.sampled_from(sorted(geography().communes)))
def test_every_official_code_survives_becoming_a_number(code):
    assert commune_code(code) == code
    assert commune_code(int(code) if code.isdigit() else code) == code
    assert commune_code(float(code) if code.isdigit() else code) == code


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("1", "01"), (1, "01"), ("20A", "2A"), ("20B", "2B"), ("2a", "2A"), ("974", "974"), ("075", "75"), (None, None)],
)
def test_departement_codes(raw, expected):
    assert departement_code(raw) == expected


@pytest.mark.parametrize("raw", ["20", "00", "96", "99", "1234", "Ain"])
def test_what_is_no_departement_is_refused(raw):
    with pytest.raises(ValueError, match="not a"):
        departement_code(raw)


@given(st.sampled_from(sorted(geography().departements)))
def test_every_departement_survives_becoming_a_number(code):
    assert departement_code(int(code) if code.isdigit() else code) == code


@pytest.mark.parametrize(("raw", "expected"), [("1", "01"), (84, "84"), ("06", "06")])
def test_region_codes(raw, expected):
    assert region_code(raw) == expected


@given(st.integers(0, 10**8 - 1))
def test_one_digit_alone_completes_a_siren(start):
    keys = [digit for digit in range(10) if luhn(f"{start:08d}{digit}")]
    assert len(keys) == 1
    whole = f"{start:08d}{keys[0]}"
    if set(whole) != {"0"}:
        assert siren(whole) == whole


@given(st.sampled_from(sorted(geography().epcis)), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_caught(code, place, shift):
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    with pytest.raises(ValueError, match="not a SIREN"):
        siren(wrong)


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        ("30198", "commune", "30198"),
        ("252326079", "siren", "252326079"),
        ("24170015200010", "siret", "241700152"),
        ("24200024", "damaged", None),
        ("2560042550", "damaged", None),
        ("512330", "damaged", None),
        ("181137114", "damaged", None),
        ("ZZZZZ", "damaged", None),
    ],
)
def test_a_column_that_mixes_keys(raw, kind, code):
    assert identifier(raw) == (kind, code)


@pytest.mark.parametrize("raw", [None, "", "0", "00000"])
def test_zero_fillers_are_no_identifier(raw):
    assert identifier(raw) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1er septembre 2018", Day(date(2018, 9, 1), False, True)),
        ("5 juillet", Day(date(2018, 7, 5), False, False)),
        ("avant le 30 septembre", Day(date(2018, 9, 30), True, False)),
        ("Avant le 30 Septembre 2019", Day(date(2019, 9, 30), True, True)),
        ("le lundi 2 août 2021", Day(date(2021, 8, 2), False, True)),
        ("24/09/2019", Day(date(2019, 9, 24), False, True)),
        ("avant le 01/02/2020", Day(date(2020, 2, 1), True, True)),
        ("2018-09-30", Day(date(2018, 9, 30), False, True)),
        ("2020-08-04 00:00:00", Day(date(2020, 8, 4), False, True)),
        ("indefini", None),
        (None, None),
    ],
)
def test_days_in_letters_and_figures(raw, expected):
    assert day(raw, year=2018) == expected


@pytest.mark.parametrize(
    "raw", ["01/2021", "31/02/2019", "5 juillet", "09/24/2019", "juillet 2018", "30 septembr 2018"]
)
def test_what_is_no_day_is_refused(raw):
    with pytest.raises(ValueError, match=r"not a date|day is out|month must|day \d+ must"):
        day(raw)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_three_ways_reads_the_same(value):
    month = next(name for name, number in MONTHS.items() if number == value.month)
    letters = f"{'1er' if value.day == 1 else value.day} {month} {value.year}"
    assert day(letters) == day(f"{value:%d/%m/%Y}") == day(value.isoformat()) == Day(value, False, True)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_quarter_ends_on_the_last_day_of_its_third_month(value):
    end = quarter_end(value)
    assert end >= value
    assert end.month % 3 == 0
    assert (end + timedelta(days=1)).day == 1
    assert quarter(f"T{end.month // 3} {end.year}") == end


@pytest.mark.parametrize("raw", ["2017T3", "T3 2017", "t3-2017", "3e trimestre 2017"])
def test_ways_of_naming_a_quarter(raw):
    assert quarter(raw) == date(2017, 9, 30)


@pytest.mark.parametrize("raw", ["Champ", "T5 2017", "2017", "", "Code commune"])
def test_what_names_no_quarter(raw):
    assert quarter(raw) is None

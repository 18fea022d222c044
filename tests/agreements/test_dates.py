"""Periods in the spellings of French agreements."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.agreements.dates import day, period

STATED = [
    ("T2 2019 - fin 2021", "2019-04-01", "2021-12-31"),
    ("à partir de septembre 2019", "2019-09-01", None),
    ("à compter du 1er janvier 2019", "2019-01-01", None),
    ("dès 2019", "2019-01-01", None),
    ("Livraison prévue en mai 2021", None, "2021-05-31"),
    ("Livraison fin 2021", None, "2021-12-31"),
    ("jusqu'à fin 2022", None, "2022-12-31"),
    ("avant le 31 décembre 2020", None, "2020-12-31"),
    ("2019-2021", "2019-01-01", "2021-12-31"),
    ("2019/2021", "2019-01-01", "2021-12-31"),
    ("2019, 2020 et 2021", "2019-01-01", "2021-12-31"),
    ("De 2018 à 2020", "2018-01-01", "2020-12-31"),
    ("2019", "2019-01-01", "2019-12-31"),
    ("1er semestre 2018", "2018-01-01", "2018-06-30"),
    ("ler semestre 2018", "2018-01-01", "2018-06-30"),
    ("4e trimestre 2020", "2020-10-01", "2020-12-31"),
    ("troisième trimestre de l'année 2020", "2020-07-01", "2020-09-30"),
    ("2e et 3e trimestres 2019", "2019-04-01", "2019-09-30"),
    ("T3-T4 2019", "2019-07-01", "2019-12-31"),
    ("T1 2018 à T2 2020", "2018-01-01", "2020-06-30"),
    ("mars à juin 2019", "2019-03-01", "2019-06-30"),
    ("mars 2019 – mai 2020", "2019-03-01", "2020-05-31"),
    ("du 23/12/2020 au 31/12/2022", "2020-12-23", "2022-12-31"),
    ("du 15 au 30 juin 2019", "2019-06-15", "2019-06-30"),
    ("Début : septembre 2020 ; Fin : février 2022", "2020-09-01", "2022-02-28"),
    ("Début des travaux : mars 2019 / Fin des travaux : juin 2021", "2019-03-01", "2021-06-30"),
    ("Démarrage : avril 2019", "2019-04-01", None),
    ("Études : 2019 ; Travaux : 2020-2021", "2019-01-01", "2021-12-31"),
    ("03/2019 - 12/2020", "2019-03-01", "2020-12-31"),
    ("À définir", None, None),
    ("60 000 € par an", None, None),
]


@pytest.mark.parametrize(("text", "start", "end"), STATED)
def test_period(text: str, start: str | None, end: str | None) -> None:
    read = period(text)
    assert (read.start and read.start.isoformat(), read.end and read.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", ["16 juillet 2018", "16/07/2018", "le 16 juillet 2018 à Riom", "2018-07-16"])
def test_day(text: str) -> None:
    assert day(text) == date(2018, 7, 16)


DAYS = st.dates(date(2000, 1, 1), date(2059, 12, 31))


@given(DAYS, st.integers(0, 2_000))
def test_days_are_read_back(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    read = period(f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}")
    assert (read.start, read.end) == (start, end)


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    period(text)

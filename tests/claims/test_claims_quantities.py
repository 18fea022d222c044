"""Every way a text writes a quantity, and where it stands."""

import pytest

from jalon.claims.limits import LONGEST_TEXT, MOST_QUANTITIES, TextRefused
from jalon.claims.numerals import spelt
from jalon.claims.periods import moments, stated_day
from jalon.claims.quantity import Quantity
from jalon.claims.scan import quantities
from jalon.claims.text import plain


def found(text: str) -> list[Quantity]:
    whole = plain(text)
    return list(quantities(whole, moments(whole.text)))


@pytest.mark.parametrize(
    ("text", "kind", "value", "hedge"),
    [
        ("222 villes", "count", 222, "exact"),
        ("4 000 actions", "count", 4000, "exact"),
        ("4\u202f312 actions", "count", 4312, "exact"),
        ("4.312 actions", "count", 4312, "exact"),
        ("1'433 projets", "count", 1433, "exact"),
        ("plus de 4 000 actions", "count", 4000, "more_than"),
        ("près de 4 000 actions", "count", 4000, "nearly"),
        ("quelque 300 projets", "count", 300, "about"),
        ("jusqu’à 20 territoires", "count", 20, "at_most"),
        ("au moins 20 territoires", "count", 20, "at_least"),
        ("20 territoires au moins", "count", 20, "exact"),
        ("moins de 20 territoires", "count", 20, "less_than"),
        ("le seuil est franchi : elles dépassent les 200 signatures", "count", 200, "more_than"),
        ("quatre mille actions", "count", 4000, "exact"),
        ("deux cent vingt-deux villes", "count", 222, "exact"),
        ("quatre-vingt-dix-sept villes", "count", 97, "exact"),
        ("soixante et onze villes", "count", 71, "exact"),
        ("une vingtaine de villes", "count", 20, "about"),
        ("trois milliers de projets", "count", 3000, "about"),
        ("4,8 millions de locaux", "count", 4_800_000, "exact"),
        ("un million de lignes", "count", 1_000_000, "exact"),
        ("50 M€", "money", 50_000_000, "exact"),
        ("50 millions d’euros", "money", 50_000_000, "exact"),
        ("1,2 milliard d'euros", "money", 1_200_000_000, "exact"),
        ("5 Md€", "money", 5_000_000_000, "exact"),
        ("900 k€", "money", 900_000, "exact"),
        ("450 000 euros", "money", 450_000, "exact"),
        ("80 %", "percent", 80, "exact"),
        ("26,8 pour cent", "percent", 26.8, "exact"),
        ("un tiers des villes", "percent", 100 / 3, "exact"),
        ("plus de la moitié des villes", "percent", 50, "more_than"),
        ("deux villes sur trois", "percent", 200 / 3, "exact"),
        ("une ville du programme sur quatre", "percent", 25, "exact"),
        ("sur dix ans", "duration", 10, "exact"),
        ("en dix-huit mois", "duration", 1.5, "exact"),
    ],
)
def test_one_quantity(text: str, kind: str, value: float, hedge: str) -> None:
    (quantity,) = found(text)
    assert (quantity.kind, quantity.hedge) == (kind, hedge)
    assert quantity.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "la loi n° 2018-1021 du 23 novembre 2018",
        "l’article L. 111-3",
        "au T4 2019, en 2019, le 24/02/2020, fin 2022",
        "la 4G et la 5G, la COVID-19, le 1er jour, la 3e phase",
        "un bâtiment neuf pour une ville",
        "axe 3, page 12, annexe 4",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("entre 10 et 20 communes", 10, 20), ("de 10 à 20 communes", 10, 20), ("de 5 à 6 millions d’euros", 5e6, 6e6)],
)
def test_a_range_is_one_quantity(text: str, low: float, high: float) -> None:
    (quantity,) = found(text)
    assert (quantity.value, quantity.high, quantity.hedge) == (low, high, "range")


def test_an_evolution_is_two_quantities() -> None:
    assert [one.value for one in found("le nombre est passé de 10 à 20")] == [10, 20]


@pytest.mark.parametrize(
    ("text", "first", "last", "role"),
    [
        ("au 24 février 2020", "2020-02-24", "2020-02-24", "at"),
        ("le 1er mai 2024", "2024-05-01", "2024-05-01", "at"),
        ("le 24/02/2020", "2020-02-24", "2020-02-24", "at"),
        ("en septembre 2018", "2018-09-01", "2018-09-30", "at"),
        ("au premier trimestre 2018", "2018-01-01", "2018-03-31", "at"),
        ("au T4 2019", "2019-10-01", "2019-12-31", "at"),
        ("en 2019", "2019-01-01", "2019-12-31", "at"),
        ("fin 2022", "2022-12-21", "2022-12-31", "at"),
        ("à la mi-2020", "2020-06-01", "2020-06-30", "at"),
        ("entre 2018 et 2022", "2018-01-01", "2022-12-31", "at"),
        ("depuis 2018", "2018-01-01", "2018-12-31", "since"),
        ("depuis le lancement du programme Action Cœur de Ville en 2018", "2018-01-01", "2018-12-31", "since"),
        ("d’ici à 2022", "2022-01-01", "2022-12-31", "until"),
    ],
)
def test_moments(text: str, first: str, last: str, role: str) -> None:
    (moment,) = moments(plain(text).text)
    assert (moment.first.isoformat(), moment.last.isoformat(), moment.role) == (first, last, role)


def test_a_day_that_does_not_exist_is_no_moment() -> None:
    assert [moment.grain for moment in moments(plain("le 31/02/2020").text)] == []


@pytest.mark.parametrize("text", ["Publié le 24/02/2020\n\nRéponse", "Réponse publiée au JO le 24 février 2020."])
def test_the_day_of_the_text(text: str) -> None:
    day = stated_day(plain(text).text)
    assert day is not None
    assert day.isoformat() == "2020-02-24"


@pytest.mark.parametrize("number", [*range(2, 100), 100, 101, 121, 171, 180, 199, 200, 222, 580, 999])
def test_numbers_in_words_are_read_back(number: int, in_words) -> None:
    words = in_words(number).replace("é", "e").replace("-", " - ").split()
    read = spelt([*words, "villes"])
    assert read is not None
    assert read.value == number


@pytest.fixture(scope="session")
def in_words():
    from claims_script import script

    return script().in_words


def test_too_long_is_refused() -> None:
    with pytest.raises(TextRefused, match="characters"):
        plain("a" * (LONGEST_TEXT + 1))


def test_too_many_numbers_are_refused() -> None:
    with pytest.raises(TextRefused):
        found("12 " + "3 villes, " * (MOST_QUANTITIES + 2))

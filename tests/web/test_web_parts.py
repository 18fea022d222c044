"""Pure pieces: typography, tables, pagination, parameters, addresses of places, citations."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from jalon.web import params, places, typography
from jalon.web.facets import Address
from jalon.web.pagination import SIZE, paginate
from jalon.web.tables import Column, plain, show, to_csv
from jalon.web.tiles import polyline


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (typography.number(1234567), "1\u202f234\u202f567"),
        (typography.euros(Decimal("1234.50")), "1\u202f235\u00a0€"),
        (typography.share(0.456), "46\u202f%"),
        (typography.day(date(2018, 6, 1)), "1er\u00a0juin 2018"),
        (typography.quarter(date(2017, 12, 31)), "T4\u00a02017"),
        (typography.plural(0, "ville"), "0\u00a0ville"),
        (typography.plural(1, "ville"), "1\u00a0ville"),
        (typography.plural(2, "projet subventionné", "projets subventionnés"), "2\u00a0projets subventionnés"),
        (typography.size(1_234_567), "1,2\u00a0Mo"),
        (typography.sentence("l'édition « a » est là : voir ?"), "L’édition «\u202fa\u202f» est là\u202f: voir\u202f?"),
        (typography.euros(None), "inconnu"),
    ],
)
def test_typography(shown: str, wanted: str) -> None:
    assert shown == wanted


@given(st.integers(0, 5000), st.integers(-5, 10_000))
def test_pages_cover_every_row_once(total: int, wanted: int) -> None:
    pages = paginate(total, wanted, str)
    assert 1 <= pages.number <= pages.last
    assert (pages.last - 1) * SIZE < max(total, 1) <= pages.last * SIZE
    assert pages.first_row <= max(pages.last_row, 1)
    assert sum(step.current for step in pages.steps) == 1


@given(st.text())
def test_a_cell_never_starts_a_formula(value: str) -> None:
    assert not plain(value).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers_in_the_file() -> None:
    assert [plain(Decimal("-1.50")), plain(date(2020, 2, 24)), plain(None), plain(True)] == [
        "-1.50",
        "2020-02-24",
        "",
        "oui",
    ]


def test_a_table_is_declared_once() -> None:
    columns = (
        Column("Nom", lambda row: row[0], sort="nom"),
        Column("Prix", lambda row: row[1], "euros", sort="prix"),
        Column("Secret", lambda row: row[0], where="file"),
    )
    shown = show(columns, [("a", 1234), ("b", None)], "Essai", sort="-prix", href=lambda tri: f"?tri={tri}")
    assert [head.state for head in shown.heads] == ["", "descending"]
    assert [head.href for head in shown.heads] == ["?tri=nom", "?tri=prix"]
    assert [cell.text for cell in shown.rows[1]] == ["b", "—"]
    assert to_csv(columns, [("a", 1234)], "x").content.decode("utf-8-sig").splitlines() == [
        "Nom,Prix,Secret",
        "a,1234,a",
    ]


@given(st.text(max_size=20), st.text(max_size=20))
def test_toggling_twice_changes_nothing(name: str, value: str) -> None:
    start = Address("/x/", (("q", "a"),))
    if (name, value) in start.pairs or not value:
        return
    once = start.toggled(name, value)
    kept = Address("/x/", (*start.pairs, (name, value)))
    assert once == kept.to()
    assert kept.toggled(name, value) == start.to()


@pytest.mark.parametrize(
    ("kind", "code", "url"),
    [
        ("commune", "2A004", "/territoires/2A004/"),
        ("epci", "200046977", "/territoires/200046977/"),
        ("departement", "01", "/territoires/departement-01/"),
        ("region", "01", "/territoires/region-01/"),
        ("syndicat", "200046977", None),
        ("commune", None, None),
    ],
)
def test_addresses_of_places(kind: str, code: str | None, url: str | None) -> None:
    assert places.url(kind, code) == url
    if url:
        assert places.parse(url.split("/")[2]) == (kind, code)


@pytest.mark.parametrize("given", ["", "0", "../..", "region-", "43901 ", "²0001", "departement-1234"])
def test_what_is_no_place(given: str) -> None:
    assert places.parse(given) is None


def test_parameters_are_read_without_trust() -> None:
    query = QueryDict("q=a%00b&page=2&au=2020-02-30&theme=x&theme=x&theme=")
    assert params.text(query, "q") == "a b"
    assert params.page(query) == 2
    assert params.day(query, "au") is None
    assert params.several(query, "theme") == ("x",)


def test_a_trend_starts_at_zero() -> None:
    first, *_, last = polyline([0, 5, 10]).split()
    assert first.endswith(",26.0")
    assert last.endswith(",2.0")

"""Search, facets, sorting, pages and files of the two lists."""

import csv
import io
import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from pages import text, tree

from jalon.editions import Edition
from jalon.web.queries.actions import ActionFilter, Search
from jalon.web.queries.members import members

FRAGMENT = {"HX-Request": "true", "HX-Target": "resultats"}
LISTS = ("/actions/", "/programmes/acv/territoires/")


def rows(body: bytes) -> list[list[str]]:
    """The results as shown: the text of each cell, without notes nor tags."""
    page = tree(body)
    for extra in page.xpath("//*[contains(@class, 'jalon-note') or contains(@class, 'jalon-tag')]"):
        extra.drop_tree()
    return [[cell.text_content().strip() for cell in row] for row in page.xpath("//tbody/tr")]


def read_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("video", 5),
        ("VIDÉOPROTECTIONS", 4),
        ("ecoles", 7),
        ("École", 7),
        ("fibre bâtiment", 1),
        ("piscine", 1),
        ("introuvable", 0),
    ],
)
def test_search_folds_accents_and_stems(edition: Edition, query: str, count: int) -> None:
    found = Search(edition, ActionFilter(query)).rows("pertinence")
    assert len(found) == count, [row.title for row in found]


@pytest.mark.parametrize("facet", ["theme", "annee", "dispositif", "region", "montant", "intelligente", "programme"])
def test_counts_of_a_facet_are_those_of_its_filter(edition: Edition, facet: str) -> None:
    """Each count announced is the number of rows that the filter gives, also beside another filter."""
    base = {"annee": ("2018",)} if facet != "annee" else {"intelligente": ("oui",)}
    search = Search(edition, ActionFilter("", base))
    counts = {"acv": search.within("acv")} if facet == "programme" else search.counts()[facet]
    assert counts
    for value, count in counts.items():
        assert Search(edition, ActionFilter("", {**base, facet: (value,)})).totals().actions == count


def test_totals_are_those_of_sql(edition: Edition) -> None:
    totals = Search(edition, ActionFilter()).totals()
    count, grants, unknown = edition.query(
        "SELECT count(*), sum(grant_eur)::DOUBLE, count(*) FILTER (grant_eur IS NULL) FROM actions"
    )[0]
    assert (totals.actions, totals.grants, totals.without_grant) == (count, pytest.approx(grants), unknown)


def test_unknown_amounts_come_last_both_ways(edition: Edition) -> None:
    up = [row.grant_eur for row in Search(edition, ActionFilter()).rows("montant")]
    down = [row.grant_eur for row in Search(edition, ActionFilter()).rows("-montant")]
    assert up[-1] is None
    assert down[-1] is None
    assert up[:-1] == sorted(up[:-1])
    assert down[:-1] == sorted(down[:-1], reverse=True)


def test_territories_are_found_by_the_start_of_a_word_without_accents(site: Client) -> None:
    assert [row[0] for row in rows(site.get("/programmes/acv/territoires/?q=etang").content)] == [
        "L’Étang-Sainte-Mauve"
    ]
    assert len(rows(site.get("/programmes/acv/territoires/?q=haute+loire").content)) == 3
    assert len(rows(site.get("/programmes/acv/territoires/?signature=signee").content)) == 4
    assert len(rows(site.get("/programmes/acv/territoires/?q=97490").content)) == 1


def test_shared_counters_say_so(edition: Edition) -> None:
    by_code = {one.code: one for one in members(edition, "acv")}
    assert by_code["43901"].group_size == 2
    assert by_code["43901"].shared
    assert by_code["97491"].under_way is None


@pytest.mark.parametrize("path", [*LISTS, "/actions/?q=video&annee=2018", "/actions/?tri=beneficiaire&page=2"])
def test_page_and_fragment_give_the_fresh_page(site: Client, path: str) -> None:
    """What htmx puts in a page already there makes the page that a reload gives."""
    fresh = tree(site.get(path).content)
    held = tree(site.get(path.partition("?")[0] + "?q=autre").content)
    part = site.get(path, headers=FRAGMENT).content.decode()
    pieces = html.fragments_fromstring(part)
    target = held.get_element_by_id("resultats")
    for child in list(target):
        target.remove(child)
    for piece in (p for p in pieces if not isinstance(p, str)):
        swap = piece.attrib.pop("hx-swap-oob", None)
        if swap:
            held.get_element_by_id(piece.get("id")).getparent().replace(held.get_element_by_id(piece.get("id")), piece)
        else:
            target.append(piece)
    for name in ("resultats", "compte"):
        one, other = (html.tostring(page.get_element_by_id(name), encoding="unicode") for page in (held, fresh))
        assert re.sub(r"\s+", " ", one).strip() == re.sub(r"\s+", " ", other).strip()


def test_the_address_pushed_is_the_one_to_share(site: Client) -> None:
    response = site.get("/actions/?q=&annee=2018&tri=montant&page=1", headers=FRAGMENT)
    assert response.headers["HX-Push-Url"] == "/actions/?annee=2018&tri=montant"
    assert (
        site.get("/actions/?annee=2018", headers={**FRAGMENT, "HX-History-Restore-Request": "true"})
        .content.lstrip()
        .startswith(b"<!DOCTYPE")
    )


@pytest.mark.parametrize(
    "path", ["/actions/?tri=-montant", "/actions/?q=ecole&annee=2019", "/programmes/acv/territoires/?tri=-population"]
)
def test_the_file_holds_the_rows_of_the_page(site: Client, path: str) -> None:
    shown = []
    first = site.get(path).content
    pages = max([1, *(int(n) for n in re.findall(r"page=(\d+)", first.decode()))])
    for number in range(1, pages + 1):
        shown += [row[0] for row in rows(site.get(f"{path}&page={number}").content)]
    response = site.get(f"{path}&format=csv")
    name = "Action" if "actions" in path else "Territoire"
    assert [row[name] for row in read_csv(response.content)] == shown
    assert response.headers["Content-Disposition"].endswith('.csv"')


def test_an_empty_result_says_what_to_loosen(site: Client) -> None:
    page = site.get("/actions/?q=piscine&annee=2018")
    shown = text(page.content)
    assert "Aucune action ne répond" in shown
    assert "sans le texte «\u202fpiscine\u202f»" in shown
    assert "sans le filtre «\u202fAnnée\u202f: 2018\u202f»\u202f: 1\u00a0résultat" in shown


def test_filters_in_force_can_be_taken_off(site: Client) -> None:
    page = tree(site.get("/actions/?region=84&departement=43&territoire=commune%3A43901").content)
    chips = page.xpath("//ul[contains(@class, 'jalon-chips')]//a")
    assert len(chips) == 3
    assert "Valmont-les-Eaux" in chips[2].text_content()
    assert "territoire" not in chips[2].get("href")


HOSTILE = (
    "q=%00", "q=%22%27--", "q=" + "a" * 5000, "page=-1", "page=999999999999999999999", "page=abc", "page=٣",
    "tri=--montant", "tri=;DROP", "tri=pertinence", "annee=NaN", "annee=99999999999999999999",
    "theme=%F0%9F%98%80", "region=%ED%A0%80",
    "montant=x&montant=y", "q=NEAR(a%20b)", "q=*", "q=AND%20OR%20NOT", "q=(((", "au=2020-13-45", "territoire=:::",
    "&".join(["theme=a"] * 500), "format=xlsx", "indicateur=%3Cscript%3E", "q=%3Cscript%3Ealert(1)%3C/script%3E",
)  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("path", [*LISTS, "/programmes/acv/", "/chiffres/acv-communes", "/sources/dgcl-di-2018/"])
def test_a_hostile_address_is_only_an_odd_question(site: Client, path: str, query: str) -> None:
    response = site.get(f"{path}?{query}")
    assert response.status_code in (200, 404)
    assert b"<script>alert" not in response.content


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_any_text_is_searched(site: Client, asked: str, facet: str, order: str) -> None:
    for path in LISTS:
        assert site.get(path, {"q": asked, "region": facet, "tri": order, "page": order}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/actions/..%2F..%2Fetc", "/territoires/0/", "/territoires/region-99/", "/sources/nulle/", "/programmes/nul/",
     "/chiffres/nul", "/chiffres/acv-communes@nulle", "/chiffres/acv-communes@..", "/edition/x/y",
     "/edition/../manifest.json",
     "/chiffres/acv-projets?territoire=x", "/chiffres/acv-projets?annee=x", "/territoires/97499/", "/nulle-part"],
)  # fmt: skip
def test_what_does_not_exist_is_a_page_in_french(site: Client, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 404
    assert "Que faire" in text(response.content)


def test_a_department_written_by_its_number_goes_to_its_page(site: Client) -> None:
    assert site.get("/territoires/43/").headers["Location"] == "/territoires/departement-43/"

"""Figure pages: permalink, past dates, citation, evidence, files."""

import csv
import io
import json

import pytest
from django.test import Client
from pages import text, tree

from jalon.editions import Edition
from jalon.figures import evaluate, get, ledger
from jalon.web.views.declared import in_its_unit


def test_every_figure_of_the_ledger_has_its_page(site: Client, edition: Edition) -> None:
    for name, definition in ledger(edition).items():
        response = site.get(f"/chiffres/{name}")
        assert response.status_code == 200, name
        shown = text(response.content)
        figure = evaluate(definition, edition)
        if figure.known and not figure.is_table:
            assert figure.display in shown
        if not figure.known:
            assert "inconnu" in shown


def test_the_permalink_names_the_edition_and_is_canonical(site: Client, edition: Edition) -> None:
    page = tree(site.get("/chiffres/acv-communes").content)
    permalink = page.xpath("//link[@rel='canonical']/@href")[0]
    assert permalink == f"http://testserver/chiffres/acv-communes@{edition.id}"
    fixed = site.get(permalink)
    assert "max-age=86400" in fixed.headers["Cache-Control"]
    assert "6\u00a0communes" in text(fixed.content)


def test_a_figure_as_of_a_past_day(site: Client) -> None:
    assert "2\u00a0conventions" in text(site.get("/chiffres/acv-conventions-signees?au=2020-02-24").content)
    assert "2\u00a0conventions" in text(site.get("/chiffres/acv-conventions-signees?as_of=2020-02-24").content)


@pytest.mark.parametrize("query", ["au=24/02/2020", "au=2020-13-45", "as_of=2020-13-45", "au=hier&format=json"])
def test_a_day_that_is_none_is_told_and_nothing_is_answered(site: Client, query: str) -> None:
    response = site.get(f"/chiffres/acv-conventions-signees?{query}")
    assert response.status_code == 404
    shown = text(response.content)
    assert "n’est pas une date" in shown
    assert "conventions signées" not in shown


def test_a_table_is_cited_by_its_title_and_address(site: Client, edition: Edition) -> None:
    name = next(key for key, one in ledger(edition).items() if one.shape == "table" and evaluate(one, edition).known)
    page = site.get(f"/chiffres/{name}").content
    short = tree(page).xpath("//pre[@id='cite-court']/text()")[0]
    assert get(name, edition).label in short
    assert f"http://testserver/chiffres/{name}@{edition.id}" in short
    assert "lignes" not in short
    assert f"au 22\u00a0novembre 2026 : «\u202f{get(name, edition).label}\u202f»" in text(page).replace("\u202f:", " :")


def test_a_fact_not_compared_keeps_its_own_unit(site: Client) -> None:
    shown = tree(site.get("/chiffres/acv-conventions-signees").content).xpath("//ul[@class='jalon-declared']//strong")
    assert [one.text for one in shown] == ["222\u00a0conventions", "222\u00a0villes"]


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(50, "% des conventions", "50\u202f% des conventions"), (1, "villes", "1\u00a0ville"), (4.5, "M€", "4,5\u00a0M€")],
)
def test_a_published_value_is_read_with_its_unit(value: float, unit: str, shown: str) -> None:
    assert in_its_unit(value, unit) == shown


def test_json_and_csv_say_the_same(site: Client, edition: Edition) -> None:
    told = json.loads(site.get("/chiffres/acv-projets?format=json&annee=2018").content)
    assert told["value"] == evaluate(get("acv-projets", edition), edition, year=2018).value
    assert told["permalink"].endswith(f"/chiffres/acv-projets@{edition.id}?annee=2018")
    rows = list(
        csv.DictReader(io.StringIO(site.get("/chiffres/acv-projets?format=csv&annee=2018").content.decode("utf-8-sig")))
    )
    assert len(rows) == told["value"]


@pytest.mark.parametrize(
    "part", ["Jalon, «\u202f", "@misc{jalon-acv-communes-", "http://testserver/chiffres/acv-communes@"]
)
def test_the_citation_holds_what_is_needed(site: Client, part: str) -> None:
    cited = "".join(tree(site.get("/chiffres/acv-communes").content).xpath("//pre//text()"))
    assert part in cited


def test_declared_stands_beside_computed(site: Client) -> None:
    shown = text(site.get("/programmes/acv/").content)
    assert "222\u00a0conventions" in shown
    assert "Ce qui est déclaré, ce qui est calculé" in shown

"""Figure pages: permalink, past dates, citation, evidence, files."""

import csv
import io
import json

import pytest
from django.test import Client
from pages import text, tree

from jalon.editions import Edition
from jalon.figures import evaluate, get, ledger


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
    wrong = text(site.get("/chiffres/acv-conventions-signees?au=24/02/2020").content)
    assert "n’est pas une date" in wrong


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

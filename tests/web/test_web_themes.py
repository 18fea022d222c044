"""Pages of themes, of the matrix and of comparisons: they say their estimates, and what they do not know."""

import csv
import io

import pytest
from django.test import Client

from jalon.editions import Edition

PAGES = (
    "/themes/", "/themes/securite_numerique", "/themes/eclairage_intelligent?de=43901", "/matrice/", "/comparer/",
    "/comparer/?a=region-84&b=region-04&theme=connectivite",
)  # fmt: skip


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def table(client: Client, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text(client, address).lstrip("\ufeff"))))


@pytest.mark.parametrize("address", PAGES)
def test_each_page_asks_a_question_and_leads_to_the_method(edition: Edition, client: Client, address: str) -> None:
    page = text(client, address)
    assert "?</h1>" in page
    assert "/methode/#estimation" in page
    assert '<a class="jalon-menu__link"\n                     href="/themes/" aria-current="true">' in page


def test_a_theme_page_names_its_towns_and_its_quality(edition: Edition, client: Client) -> None:
    page = text(client, "/themes/securite_numerique")
    for town in ("Valmont-les-Eaux", "Anse-du-Phare", "Croix-Haute"):
        assert (town in page) == (town != "Croix-Haute")
    assert "entre" in page
    assert "Cas limites" in page
    assert text(client, "/themes/blockchain", 404)


def test_the_files_hold_what_the_pages_show(edition: Edition, client: Client) -> None:
    listed = table(client, "/themes/?format=csv")
    assert [row[0] for row in listed[1:]] == [
        label for (label,) in edition.query("SELECT label FROM themes ORDER BY rank")
    ]
    leading = table(client, "/themes/securite_numerique?format=csv")
    flagged = "SELECT count(DISTINCT territory_code) FROM actions JOIN action_themes USING (action_id) "
    ((towns,),) = edition.query(flagged + "WHERE theme = 'securite_numerique' AND territory_kind = 'commune'")
    assert len(leading) - 1 == towns
    matrix = list(csv.DictReader(io.StringIO(text(client, "/graphiques/matrice.csv"))))
    assert {row["region"] for row in matrix} == {"Auvergne-Rhône-Alpes", "La Réunion"}
    assert all(float(row["basse"]) <= float(row["valeur"]) <= float(row["haute"]) for row in matrix)


def test_a_name_that_nobody_bears_is_said(edition: Edition, client: Client) -> None:
    assert "aucune commune n’a ce nom" in text(client, "/themes/connectivite?de=Nulleville")
    near = table(client, "/themes/connectivite?de=43901&format=csv")
    assert [row[1] for row in near[1:]] == ["Anse-du-Phare"]
    assert "en km" in text(client, "/themes/connectivite?de=petit bois")


def test_a_comparison_says_what_nobody_publishes_and_who_it_compares(edition: Edition, client: Client) -> None:
    page = text(client, "/comparer/?a=programme-acv&b=FR")
    assert "Subventions payées" in page
    assert "inconnu" in page
    assert "n’est pas un groupe" in text(client, "/comparer/?a=region-99&b=FR")
    rows = table(client, "/comparer/?a=programme-acv&b=FR&format=csv")
    paid = next(row for row in rows if row[0] == "Subventions payées")
    assert paid[1] == paid[5] == "inconnu"
    assert paid[2] == ""


def test_a_comparison_of_a_group_with_itself_finds_no_difference(edition: Edition, client: Client) -> None:
    rows = table(client, "/comparer/?a=FR&b=FR&format=csv")
    assert {row[-1] for row in rows[1:]} <= {"", "non distingués"}


def test_the_api_gives_the_estimates_of_a_day(edition: Edition, client: Client) -> None:
    asked = "/api/v1/estimates?indicator=towns_share&theme=smart_city&programme=acv&territory=FR&year=0"
    ((value,),) = edition.query(
        "SELECT value FROM estimates WHERE indicator = 'towns_share' AND theme = 'smart_city' AND programme = 'acv' "
        "AND territory_kind = 'pays' AND population_class = '' AND year = 0 AND known_on = DATE '2019-12-31'"
    )
    whole = [one for one in client.get(asked).json()["items"] if not one["population_class"]]
    assert [one["value"] for one in whole] == [value]
    before = client.get(f"{asked}&as_of=2019-06-01").json()["items"]
    assert {one["known_on"] for one in before} == {"2018-12-31"}
    assert client.get(f"{asked}&as_of=2017-06-01").json()["count"] == 0
    assert client.get(f"{asked}&colour=blue").status_code == 422

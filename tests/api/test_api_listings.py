"""Each noun of the API over the tiny edition, counted by hand."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from jalon.editions import Edition

BASE = "/api/v1"


@pytest.fixture
def get(edition: Edition):
    from jalon.web.caching import SHELF

    SHELF.clear()
    client = Client()

    def asked(address: str, **headers: str) -> Any:
        return client.get(BASE + address, headers=headers)

    return asked


def ids(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert set(body) == {"count", "items"}
    return [item["id"] for item in body["items"]]


def table(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/programmes", ["thd", "acv", "tiga"]),
        ("/programmes?q=coeur", ["acv"]),
        ("/programmes?limit=1&offset=1", ["acv"]),
        ("/territories?programme=tiga", ["200099002"]),
        ("/territories?kind=region", ["region-84", "region-04"]),
        ("/territories?q=etang sainte", ["43903"]),
        ("/territories?q=L'Étang-SAINTE", ["43903"]),
        ("/territories?q=15901", ["15901"]),
        ("/territories?q=zzz", []),
        ("/territories?q=%F0%9F%98%80", []),
        ("/territories?departement=974&kind=commune&sort=-name", ["97491", "97495", "97490"]),
        ("/territories?programme=acv&signed=false", ["97490", "97491"]),
        ("/territories?signed=true&sort=-population", ["43901", "43903", "43902", "15901"]),
        ("/territories?programme=acv&theme=connectivite", ["97490", "43901"]),
        ("/territories?population_class=50000-a-100000", ["97490"]),
        ("/territories?region=04&kind=commune&sort=code", ["97490", "97491", "97495"]),
        ("/agreements", ["acv:ACV901", "acv:ACV902", "acv:ACV903", "acv:ACV904", "acv:ACV905"]),
        ("/agreements?signed=true", ["acv:ACV901", "acv:ACV902", "acv:ACV903"]),
        ("/agreements?signed=true&as_of=2020-02-24", ["acv:ACV901", "acv:ACV902"]),
        ("/agreements?signed=false&as_of=2018-01-01&limit=2", ["acv:ACV901", "acv:ACV902"]),
        ("/agreements?year=2019&year=2023&sort=-signed_on", ["acv:ACV903", "acv:ACV902"]),
        ("/agreements?region=04", ["acv:ACV904", "acv:ACV905"]),
        ("/agreements?departement=15", ["acv:ACV903"]),
        ("/agreements?territory=43902", ["acv:ACV901"]),
        ("/agreements?q=hauts", ["acv:ACV905"]),
        ("/actions?territory=15901&sort=amount", ["di18_014", "di19_016", "di19_015"]),
        ("/actions?q=écoles&territory=43901", ["di18_003", "di18_002"]),
        ("/actions?theme=connectivite&theme=mobilite_intelligente&sort=-amount&limit=2", ["di19_026", "di18_024"]),
        ("/actions?min_amount=900000", ["di19_027", "di18_025", "di19_020"]),
        ("/actions?max_amount=2700.00&sort=amount", ["di18_031", "di19_037"]),
        ("/actions?smart_city=true&departement=15", []),
        ("/actions?kind=agreement", []),
        ("/figures?kind=declared&programme=thd&limit=0", None),
    ],
)
def test_filters(get, address: str, expected: list[str] | None) -> None:
    if expected is None:
        assert get(address).status_code == 422
    else:
        assert ids(get(address)) == expected


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/actions", 40),
        ("/actions?smart_city=true", 14),
        ("/actions?smart_city=false", 26),
        ("/actions?programme=acv", 23),
        ("/actions?programme=acv&smart_city=true", 8),
        ("/actions?programme=acv&signed=true", 16),
        ("/actions?programme=acv&signed=false", 7),
        ("/actions?year=2018&programme=acv", 10),
        ("/actions?population_class=20000-a-50000", 9),
        ("/actions?region=84&kind=grant&programme=acv", 16),
        ("/actions?q=videoprotection", 4),
        ("/territories", 18),
    ],
)
def test_counts_are_of_all_that_is_kept(get, address: str, count: int) -> None:
    joined = "&" if "?" in address else "?"
    answer = get(f"{address}{joined}limit=3").json()
    assert answer["count"] == count
    assert len(answer["items"]) == min(3, count)


def test_pages_of_a_list_are_the_list(get) -> None:
    whole = ids(get("/actions?limit=1000&sort=cost"))
    parts = [key for start in range(0, 45, 9) for key in ids(get(f"/actions?limit=9&offset={start}&sort=cost"))]
    assert parts == whole
    assert len(set(whole)) == 40


def test_a_territory(get) -> None:
    town = get("/territories/43901").json()
    assert (town["name"], town["departement"], town["region"]) == (
        "Valmont-les-Eaux",
        "Haute-Loire",
        "Auvergne-Rhône-Alpes",
    )
    assert (town["actions"], town["smart_city_actions"]) == (6, 4)
    assert (town["grants_eur"], town["smart_city_grants_eur"]) == (329_000, 140_000)
    assert (town["signed_on"], town["programmes"]) == ("2018-09-28", ["acv"])
    assert (town["fibre_quarter"], town["fibre_connectable"], town["fibre_rate"]) == ("2018-03-31", 2400, None)
    assert get("/territories/FR").json()["fibre_rate"] == 0.28
    assert get("/territories/departement-43").json()["name"] == "Haute-Loire"


def test_an_agreement(get) -> None:
    agreement = get("/agreements/acv:ACV901").json()
    assert [town["id"] for town in agreement["territories"]] == ["43901", "43902"]
    assert agreement["signatories"] == ["action-logement", "anah", "banque-des-territoires", "etat"]
    assert (agreement["actions_under_way"], agreement["actions_delivered"]) == (10, 20)
    assert get("/agreements/acv:ACV903").json()["actions_delivered"] is None


def test_an_action_says_why(get) -> None:
    action = get("/actions/di19_006").json()
    assert [theme["theme"] for theme in action["theme_details"]] == ["connectivite", "mobilite_intelligente"]
    assert action["theme_details"][0]["terms"] == ["vidéoprotection"]
    assert (action["cost_eur"], action["grant_eur"], action["territory"]) == (90_000, 30_000, "Valmont-les-Eaux")
    unknown = get("/actions/di19_023").json()
    assert unknown["grant_eur"] is None


@pytest.mark.parametrize(
    "address", ["/programmes/x", "/territories/99999", "/territories/x'y", "/agreements/z", "/actions/z", "/figures/z"]
)
def test_what_is_not_there(get, address: str) -> None:
    answer = get(address)
    assert answer.status_code == 404
    assert answer.json()["detail"]
    assert "/api/v1/" in answer.json()["mend"]


def test_geojson(get) -> None:
    answer = get("/territories.geojson?programme=acv")
    assert answer["Content-Type"] == "application/geo+json"
    collection = answer.json()
    assert (collection["type"], collection["count"], len(collection["features"])) == ("FeatureCollection", 6, 6)
    port = next(f for f in collection["features"] if f["id"] == "97490")
    assert port["geometry"] == {"type": "Point", "coordinates": [55.45, -20.88]}
    assert port["properties"]["signed_on"] is None
    shapes = get("/territories.geojson?kind=departement&departement=43").json()["features"]
    assert shapes[0]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert get("/territories.geojson?kind=epci").json()["features"][0]["geometry"] is None


@pytest.mark.parametrize("noun", ["programmes", "territories", "agreements", "actions", "figures"])
def test_the_csv_holds_every_row_of_the_json(get, noun: str) -> None:
    listed = get(f"/{noun}?limit=1000").json()
    answer = get(f"/{noun}.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert int(answer["X-Total-Count"]) == listed["count"]
    assert [row["id"] for row in table(answer)] == [item["id"] for item in listed["items"]]


def test_csv_takes_the_same_filters_and_can_be_cut(get) -> None:
    answer = get("/actions.csv?programme=acv&smart_city=true&sort=-amount&limit=2&offset=1")
    assert answer["X-Total-Count"] == "8"
    rows = table(answer)
    assert [row["id"] for row in rows] == ids(
        get("/actions?programme=acv&smart_city=true&sort=-amount&limit=2&offset=1")
    )
    assert rows[0]["smart_city"] == "true"
    assert rows[0]["known_on"].startswith("201")


def test_the_map_day_of_the_mission(get) -> None:
    figure = get("/figures/acv-conventions-signees?as_of=2020-02-24").json()
    assert (figure["value"], figure["unit"], figure["as_of"]) == (2, "conventions", "2020-02-24")
    assert "$as_of" in figure["sql"]
    evidence = get("/figures/acv-conventions-signees/evidence?as_of=2020-02-24").json()
    assert evidence["count"] == 2
    assert {row["agreement_id"] for row in evidence["items"]} == {"acv:ACV901", "acv:ACV902"}
    rows = table(get("/figures/acv-conventions-signees/evidence.csv?as_of=2020-02-24"))
    assert {row["agreement_id"] for row in rows} == {"acv:ACV901", "acv:ACV902"}


def test_a_figure_of_a_region(get) -> None:
    assert get("/figures/acv-conventions-signees?territory=region-84").json()["value"] == 3
    assert get("/figures/acv-conventions-signees?territory=region-04").json()["value"] == 0
    refused = get("/figures/acv-conventions-signees?theme=connectivite")
    assert refused.status_code == 422
    assert refused.json()["parameter"] == "theme"


def test_every_figure_of_the_ledger_is_listed(get) -> None:
    from jalon.figures import ledger

    listed = get("/figures?limit=1000").json()
    assert [item["id"] for item in listed["items"]] == list(ledger())
    assert all(item["value"] is not None or item["rows"] or item["unknown_reason"] for item in listed["items"])

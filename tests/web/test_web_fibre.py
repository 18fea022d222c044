"""The page of the fibre: every quarter an address, what was expected beside what came, the same rows in every file."""

import csv
import io
import json
import re

import fastexcel
import pyarrow.parquet as pq
import pytest
from django.test import Client
from pages import text, tree, unbalanced


def test_the_answer_comes_first_with_its_figure(site: Client) -> None:
    body = site.get("/fibre/").content
    said = text(body)
    assert "Au T1 2018, 28 % des locaux du pays sont raccordables" in said.replace("\xa0", " ").replace("\u202f", " ")
    assert not unbalanced(body.decode())
    assert tree(body).xpath("//svg[@role='img'][contains(@class,'jalon-gauge')]/@aria-label")


def test_every_quarter_is_a_link_and_one_is_current(site: Client) -> None:
    page = tree(site.get("/fibre/?trimestre=2017-T4").content)
    steps = page.xpath("//nav[@data-jalon-steps]//ol//a")
    assert [step.get("href") for step in steps] == [f"/fibre/?trimestre={q}" for q in ("2017-T3", "2017-T4", "2018-T1")]
    assert [step.get("href") for step in steps if step.get("aria-current")] == ["/fibre/?trimestre=2017-T4"]
    assert [link.get("rel") for link in page.xpath("//nav[@data-jalon-steps]/a")] == ["prev", "next"]
    assert all(site.get(step.get("href")).status_code == 200 for step in steps)


def test_a_past_quarter_sees_nothing_later(site: Client) -> None:
    rows = list(
        csv.DictReader(io.StringIO(site.get("/fibre/departements.csv?trimestre=2017-T3").content.decode("utf-8-sig")))
    )
    assert {row["Code"]: float(row["Raccordables"]) for row in rows} == {"15": 0.02, "43": 0.05, "974": 0.4}
    assert all(
        0 <= float(row["Au moins"]) <= float(row["Attendu dans un an"]) <= float(row["Au plus"]) <= 1 for row in rows
    )
    assert all("historique court" in row["Alertes"] for row in rows)


@pytest.mark.parametrize("quarter", ["2031-T1", "T4 2019", "2017-T9", "'"])
def test_an_unknown_quarter_is_not_found(site: Client, quarter: str) -> None:
    assert site.get("/fibre/", {"trimestre": quarter}).status_code == 404
    assert site.get("/fibre/departements.csv", {"trimestre": quarter}).status_code == 404


def test_every_file_holds_the_same_rows(site: Client) -> None:
    given = {suffix: site.get(f"/fibre/departements.{suffix}") for suffix in ("csv", "xlsx", "parquet", "geojson")}
    assert {one.status_code for one in given.values()} == {200}
    names = [row[0] for row in csv.reader(io.StringIO(given["csv"].content.decode("utf-8-sig")))][1:]
    sheet = fastexcel.read_excel(given["xlsx"].content).load_sheet(0).to_arrow()
    assert sheet.column(0).to_pylist() == names
    assert pq.read_table(io.BytesIO(given["parquet"].content)).column("Territoire").to_pylist() == names
    features = json.loads(given["geojson"].content)["features"]
    assert [feature["properties"]["Territoire"] for feature in features] == names
    assert site.get("/fibre/departements.exe").status_code == 404


def test_the_table_has_the_map_and_the_curve_as_twins(site: Client) -> None:
    body = site.get("/fibre/").content.decode()
    assert len(re.findall(r'<figure class="jalon-chart', body)) == 2
    assert body.count("<caption") == 5


def test_the_list_for_a_prefect(site: Client) -> None:
    whole = list(csv.DictReader(io.StringIO(site.get("/fibre/projets.csv").content.decode("utf-8-sig"))))
    assert whole
    assert {row["État"] for row in whole} <= {"prêt", "prêt dans les deux ans", "exposé", "couverture inconnue"}
    assert all(row["Raison"] for row in whole)
    code = whole[0]["Code du département"]
    own = list(
        csv.DictReader(io.StringIO(site.get(f"/fibre/projets.csv?departement={code}").content.decode("utf-8-sig")))
    )
    assert own == [row for row in whole if row["Code du département"] == code]
    assert site.get("/fibre/projets.xlsx").status_code == 200
    assert site.get("/fibre/projets.csv?departement=99").status_code == 404
    assert site.get("/fibre/projets.pdf").status_code == 404


def test_a_territory_says_what_is_expected(site: Client) -> None:
    assert "attendus au" in text(site.get("/territoires/43901/").content)
    assert "attendus au" in text(site.get("/territoires/departement-43/").content)

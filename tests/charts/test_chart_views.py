"""Charts by address."""

import csv
import io
import json

import pytest
from django.test import Client

from jalon.editions import Edition
from jalon.web import charts
from jalon.web.charts import bundle


@pytest.fixture
def site(edition: Edition) -> Client:
    from jalon.web.caching import SHELF

    SHELF.clear()
    return Client()


@pytest.mark.parametrize(
    ("suffix", "kind", "begins"),
    [
        ("svg", "image/svg+xml", b"<svg"),
        ("png", "image/png", b"\x89PNG"),
        ("json", "application/json", b"{"),
        ("csv", "text/csv", b"nom,"),
    ],
)
def test_each_form_of_a_chart(site: Client, suffix: str, kind: str, begins: bytes) -> None:
    given = site.get(f"/graphiques/carte.{suffix}?indicateur=fibre")
    assert given.status_code == 200
    assert given["Content-Type"].startswith(kind)
    assert given.content.startswith(begins)
    again = site.get(f"/graphiques/carte.{suffix}?indicateur=fibre", headers={"If-None-Match": given["ETag"]})
    assert again.status_code == 304


def test_files_carry_title_and_source(site: Client, edition: Edition) -> None:
    text = site.get("/graphiques/signatures.svg").content.decode()
    assert "3 conventions signées" in text.replace("\xa0", " ")
    assert edition.id in text


def test_csv_is_the_table(site: Client, edition: Edition) -> None:
    lines = list(csv.reader(io.StringIO(site.get("/graphiques/appetit-regions.csv").content.decode())))
    chart = charts.render("appetit-regions", edition)
    assert lines[0] == [column.name for column in chart.columns]
    assert [line[0] for line in lines[1:]] == [row[0] for row in chart.rows]


def test_json_is_the_specification(site: Client, edition: Edition) -> None:
    spec = json.loads(site.get("/graphiques/fibre.json").content)
    assert spec == charts.render("fibre", edition).spec
    assert "vega-lite" in spec["$schema"]


@pytest.mark.parametrize(
    "address",
    [
        "inconnu.svg", "carte.svg?indicateur=x", "carte.svg?programme=zzz", "carte.svg?largeur=9999", "carte.svg?x=1",
        "fibre.csv?territoire=%00", "fibre.csv?territoire=01004%27--", "carte.svg?indicateur=fibre&indicateur=part",
        "signatures.svg?programme=thd",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_french_404(site: Client, address: str) -> None:
    given = site.get(f"/graphiques/{address}")
    assert given.status_code == 404
    assert given.json()["detail"]
    assert given.json()["mend"]


def test_no_edition_says_what_to_do(own_home) -> None:
    given = Client().get("/graphiques/carte.svg")
    assert given.status_code == 503
    assert "jalon edition build" in given.json()["mend"]


def test_the_bundle_is_kept_for_ever_under_its_hash(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "script", lambda: b"vega")
    given = site.get(bundle.url())
    assert given.content == b"vega"
    assert "immutable" in given["Cache-Control"]
    assert site.get("/graphiques/vega.000000000000.js").status_code == 404


def test_a_bundle_that_cannot_be_built_is_a_503(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> bytes:
        raise OSError("no engine")

    monkeypatch.setattr(bundle, "script", fails)
    assert site.get(bundle.url()).status_code == 503


@pytest.mark.slow
def test_the_bundle_is_built_once_and_has_no_eval(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    bundle.script.cache_clear()
    made = bundle.script()
    kept = list((tmp_path / "cache").glob("vega-*.js"))
    assert [path.read_bytes() for path in kept] == [made]
    bundle.script.cache_clear()
    monkeypatch.setattr(bundle.subprocess, "run", lambda *a, **k: pytest.fail("built again"))
    assert bundle.script() == made
    assert b"jalonVega" in made

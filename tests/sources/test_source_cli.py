"""`jalon sources` as people type it."""

import csv
import io
import os

import pytest
from source_files import ACV_2024, geojson, place
from typer.testing import CliRunner

from jalon.cli.sources import app
from jalon.sources import catalog

SOURCE = "acv-2024-09"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JALON_MIRROR", str(tmp_path))
    place(tmp_path, SOURCE, [geojson({**ACV_2024, "actions_en_cours": "NA"})])
    return lambda *words: CliRunner().invoke(app, list(words))


def test_list_says_where_each_source_is(run):
    done = run("list")
    assert done.exit_code == 0
    assert all(source in done.output for source in catalog())
    assert all(word in done.output for word in ("miroir", "absente", "faits embarqués", "Licence Ouverte"))


def test_check_counts_rows_and_kinds_of_defects(run):
    done = run("check", SOURCE)
    assert done.exit_code == 0
    assert "1 lignes lues, 1 gardées, 0 écartées" in done.output
    assert "half-counted" in done.output
    assert "ligne 1, actions_en_cours = 'NA'" in run("check", SOURCE, "--refusals").output


def test_check_writes_csv(run):
    rows = list(csv.DictReader(io.StringIO(run("check", SOURCE, "--csv").stdout)))
    assert {"half-counted", "unlisted-file"} <= {row["code"] for row in rows}
    assert {row["source"] for row in rows} == {SOURCE}


def test_a_source_that_cannot_be_had_is_told_and_the_others_read(run):
    done = run("check", "pvd-2021-01", SOURCE)
    assert done.exit_code == 1
    assert "Que faire" in done.stderr
    assert "1 lignes lues" in done.stdout


def test_fetch_tells_a_file_of_the_mirror_that_is_not_the_published_one(run):
    done = run("fetch", SOURCE)
    assert done.exit_code == 1
    assert os.environ["JALON_MIRROR"] in done.stderr


def test_an_unknown_source_stops(run):
    done = run("check", "acv-2030")
    assert done.exit_code == 1
    assert "acv-2030" in str(done.exception)

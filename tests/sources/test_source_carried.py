"""The facts the product carries: enough to run alone, and no text of the sources."""

import csv
import json
import re
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jalon.geography import geography
from jalon.programmes import programmes
from jalon.sources import CoverageRow, GrantRow, Labels, catalog, read
from jalon.sources.carried import path_of, write
from jalon.sources.locate import CARRIED
from jalon.themes import taxonomy

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCES = [source for source in catalog().values() if path_of(source).exists()]


def test_what_is_carried_is_small_and_says_what_it_was_made_from():
    manifest = json.loads((CARRIED / "manifest.json").read_text())
    assert set(manifest["sources"]) == {source.id for source in SOURCES}
    assert sum(path.stat().st_size for path in CARRIED.iterdir()) < 1_000_000
    for source in SOURCES:
        made_from = manifest["sources"][source.id]["made_from"]
        assert all(made_from[file.file] in file.known_sums for file in source.files)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_only_numbers_and_codes_are_carried(source):
    words = {theme.id for theme in taxonomy().themes} | {
        "commune",
        "epci",
        "departement",
        "region",
        "pays",
        "collectivite",
    }
    header, *rows = csv.reader(path_of(source).open(newline=""))
    allowed = re.compile(r"[\d.:/-]*|2018DI\d{5}|di19(_com|epci|_dep)\d+|DETR|DSIL|DSID|FR|2[AB]\d*")
    for row in rows:
        for name, cell in zip(header, row, strict=True):
            parts = [part.partition("=")[0] for part in cell.split("|")] if name == "themes" else [cell]
            assert all(part in words or allowed.fullmatch(part) for part in parts), (name, cell)


def test_every_town_has_its_fibre_and_its_projects_are_of_towns_or_their_epcis():
    towns = {one.territory_code for one in programmes()["acv"].beneficiaries}
    epcis = {geography().communes[code].epci_code for code in towns}
    rows = read(catalog()["arcep-ftth-2018t1"], CARRIED).rows
    assert towns <= {row.territory_code for row in rows if row.territory_kind == "commune"}
    whole = [row for row in rows if row.territory_kind in ("departement", "collectivite")]
    last = max(row.quarter for row in whole)
    assert sum(row.connectable or 0 for row in whole if row.quarter == last) == 10_965_667
    for source_id in ("dgcl-di-2018", "dgcl-di-2019"):
        grants = read(catalog()[source_id], CARRIED).rows
        assert {row.territory_code for row in grants} <= towns | epcis
        assert all(row.title is None for row in grants)
        assert any(row.labels and row.labels.themes for row in grants)


def test_rows_come_back_as_they_were_written(tmp_path):
    grant = GrantRow(
        "di19_com00001", 2019, "DSIL", "commune", None, "01004", "Ambérieu-en-Bugey", "01", "84", None, "Éducation",
        1, None, 7, Labels(0.25, (("mobilite", 0.75), ("energie", 0.5))),
    )  # fmt: skip
    silent = replace(grant, action_id="di19_com00002", labels=None, category=None, scheme=None)
    cover = CoverageRow("commune", "01004", date(2018, 3, 31), 5, None, 0.25, 10, 3)
    from jalon.sources import carried

    for rows in ((grant, silent), (cover, replace(cover, rate=None, band=None, quarter=date(2018, 6, 30)))):
        path = tmp_path / "x.csv"
        write(reversed(rows), path)
        header, *records = csv.reader(path.open(newline=""))
        back = [(carried._coverage if tuple(header) == carried.COVERAGE else carried._grant)(r) for r in records]
        assert back == list(rows)


@pytest.mark.shared
@pytest.mark.slow
def test_the_script_gives_the_same_bytes(mirror, tmp_path, monkeypatch):
    monkeypatch.setenv("JALON_MIRROR", str(mirror))
    script = runpy.run_path(str(CHECKOUT / "scripts" / "build_facts.py"))
    script["main"](script["classify"], tmp_path)
    for path in CARRIED.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), f"{path.name}: run scripts/build_facts.py"

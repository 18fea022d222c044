"""Compile the facts the product carries: numbers and codes of the sources, Jalon's own themes, no text.

JALON_MIRROR=/folder python scripts/build_facts.py

What is carried: FTTH of the Action cœur de ville towns, of their EPCIs and of every département and région; the fibre
rate by département, région and country of both barometers; and for each subsidised project of those towns and EPCIs its
identifier, territory, category, cost, grant and themes. The same sources and classifier give the same bytes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import jalon.themes
from jalon.geography import geography
from jalon.programmes import programmes
from jalon.sources import CoverageRow, GrantRow, Labels, Reading, catalog, read, require
from jalon.sources.carried import path_of, write
from jalon.sources.locate import CARRIED

GRANTS = ("dgcl-di-2018", "dgcl-di-2019")
COVERAGE = ("arcep-ftth-2018t1", "barometre-services-publics-territoires", "ditp-barometre-2024")
WIDE_KINDS = ("departement", "collectivite", "region", "pays")
LARGEST = 1_000_000
Label = Callable[[Sequence[str], Sequence[str | None]], Sequence[Labels]]


def main(label: Label, folder: Path = CARRIED) -> None:
    """Write one CSV a source and the manifest that says what each was made from."""
    towns = {one.territory_code for one in programmes()["acv"].beneficiaries}
    wanted = towns | {geography().communes[code].epci_code for code in towns}
    manifest = {}
    for source_id in (*GRANTS, *COVERAGE):
        source = catalog()[source_id]
        located = require(source)
        if located.origin == "carried":
            raise SystemExit(f"{source_id} : donnez les fichiers publiés par JALON_MIRROR")
        reading = read(source, located)
        rows = _grants(reading, wanted, label) if source_id in GRANTS else _coverage(reading, wanted)
        size = write(rows, path_of(source, folder))
        manifest[source_id] = {"bytes": size, "made_from": {file.file: file.sha256 for file in reading.files}}
    total = sum(entry["bytes"] for entry in manifest.values())
    if total > LARGEST:
        raise SystemExit(f"{total} octets de faits embarqués, au plus {LARGEST}")
    whole = {"classifier": jalon.themes.VERSION, "sources": manifest}
    (folder / "manifest.json").write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n")


def _coverage(reading: Reading, wanted: set[str | None]) -> Iterator[CoverageRow]:
    for row in reading.rows:
        if isinstance(row, CoverageRow) and (row.territory_kind in WIDE_KINDS or row.territory_code in wanted):
            yield row


def _grants(reading: Reading, wanted: set[str | None], label: Label) -> Iterator[GrantRow]:
    rows = [
        row
        for row in reading.rows
        if isinstance(row, GrantRow) and row.territory_kind in ("commune", "epci") and row.territory_code in wanted
    ]
    told = [row for row in rows if row.title]
    labels = dict(zip(told, label([row.title or "" for row in told], [row.category for row in told]), strict=True))
    for row in rows:
        yield replace(row, labels=labels.get(row))


def classify(texts: Sequence[str], categories: Sequence[str | None]) -> list[Labels]:
    """The shipped classifier's probability and accepted themes."""
    given = jalon.themes.Classifier.load().label(texts, categories)
    return [Labels(one.probability, tuple((said.theme, said.probability) for said in one.themes)) for one in given]


if __name__ == "__main__":
    main(classify)

"""The facts the product carries: numbers and codes compiled from the sources by scripts/build_facts.py, without text.

One CSV a source, whose header says which rows it holds. A grant has Jalon's own themes in place of its text; one
that was published without text has none.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from jalon.errors import SourceMissing
from jalon.geography import geography
from jalon.sources.catalog import Source
from jalon.sources.dgcl import CATEGORIES
from jalon.sources.locate import CARRIED
from jalon.sources.rows import CoverageRow, FileRead, GrantRow, Labels, Reading, Row

COVERAGE = ("territory_kind", "territory_code", "quarter", "connectable", "rate", "band", "row")
GRANTS = (
    *("action_id", "year", "scheme", "territory_kind", "territory_code", "departement_code", "region_code"),
    *("category", "cost_cents", "grant_cents", "probability", "themes", "row"),
)
THEMES = "|"
PRECISION = 4


def path_of(source: Source, folder: Path = CARRIED) -> Path:
    return folder / f"{source.id}.csv"


def read(source: Source) -> Reading:
    """The carried rows of a source. Raises SourceMissing when nothing of it is carried."""
    path = path_of(source)
    if not path.is_file():
        raise SourceMissing(
            f"{source.id} is not carried",
            user_message=f"aucun fait de la source {source.id} n'est embarqué.",
            mend=f"téléchargez-la : jalon sources fetch {source.id}.",
        )
    data = path.read_bytes()
    header, *records = csv.reader(io.StringIO(data.decode(), newline=""))
    rows = tuple((_coverage if tuple(header) == COVERAGE else _grant)(record) for record in records)
    file = FileRead(f"carried/{path.name}", hashlib.sha256(data).hexdigest(), len(data), len(rows), 0)
    return Reading(source.id, rows, (), len(rows), (file,))


def write(rows: Iterable[Row], path: Path) -> int:
    """Write rows of one kind, sorted, so that the same facts give the same bytes; the size in bytes."""
    records = [_record(row) for row in rows]
    header = GRANTS if len(records[0]) == len(GRANTS) else COVERAGE
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(sorted(records))
    return path.write_bytes(text.getvalue().encode())


def _record(row: Row) -> tuple[str, ...]:
    if isinstance(row, CoverageRow):
        cells: Sequence[object] = (
            *(row.territory_kind, row.territory_code, row.quarter, row.connectable, row.rate, row.band, row.row),
        )
    elif isinstance(row, GrantRow):
        probability = row.labels and f"{row.labels.probability:.{PRECISION}f}"
        themes = THEMES.join(f"{theme}={p:.{PRECISION}f}" for theme, p in (row.labels.themes if row.labels else ()))
        cells = (
            *(row.action_id, row.year, row.scheme, row.territory_kind, row.territory_code, row.departement_code),
            *(row.region_code, _rank(row), row.cost_cents, row.grant_cents),
            *(probability, themes, row.row),
        )
    else:
        raise TypeError(f"not a fact to carry: {type(row).__name__}")
    return tuple("" if cell is None else str(cell) for cell in cells)


def _coverage(record: list[str]) -> CoverageRow:
    kind, code, quarter, connectable, rate, band, row = record
    return CoverageRow(
        kind, code, date.fromisoformat(quarter), _int(connectable), None, float(rate) if rate else None, _int(band),
        int(row),
    )  # fmt: skip


def _int(cell: str) -> int | None:
    return int(cell) if cell else None


def _grant(record: list[str]) -> GrantRow:
    action, year, scheme, kind, code, departement, region, rank, cost, grant, probability, themes, row = record
    place = geography().place(kind, code)
    return GrantRow(
        action_id=action,
        year=int(year),
        scheme=scheme or None,
        territory_kind=kind,
        published_code=None,
        territory_code=code,
        beneficiary=place.name if place else None,
        departement_code=departement or None,
        region_code=region or None,
        title=None,
        category=CATEGORIES[int(year)][int(rank)] if rank else None,
        cost_cents=_int(cost),
        grant_cents=_int(grant),
        row=int(row),
        labels=_labels(probability, themes),
    )


def _labels(probability: str, themes: str) -> Labels | None:
    """None for a project that was published without text: nothing could be said of it."""
    if not probability:
        return None
    return Labels(float(probability), tuple(_theme(said) for said in themes.split(THEMES) if said))


def _theme(said: str) -> tuple[str, float]:
    name, _, probability = said.partition("=")
    return name, float(probability)


def _rank(row: GrantRow) -> int | None:
    ranks = {label: rank for rank, label in CATEGORIES[row.year].items()}
    return ranks[row.category] if row.category else None

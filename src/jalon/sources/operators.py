"""ANCT, operators of the subsidised connection counter: a wide layer, each département twice."""

from pathlib import Path
from typing import Any

from jalon.sources.catalog import Source
from jalon.sources.defects import Defects
from jalon.sources.features import Properties, features
from jalon.sources.fields import Raw, line
from jalon.sources.parts import Part
from jalon.sources.rows import OperatorRow
from jalon.sources.tables import Columns
from jalon.sources.zones import check_label, departement

RANKS = range(1, 8)
FIELDS = ("opérateur", "technologie", "prise_encharge")
COLUMNS = Columns(
    ("insee_dep", "dep", *(f"{field}{rank}" for rank in RANKS for field in FIELDS)),
    ("insee_reg", "Code région", *(f"{field}{rank}" for rank in RANKS for field in ("site", "Logo"))),
)
SUBSIDISED = {"Oui": True, "Non": False}


def read(source: Source, folder: Path) -> list[Part]:
    """One OperatorRow a département and operator; a second feature that is the same one is refused."""
    file = source.files[0]
    defects = Defects(source.id, file.file)
    rows: list[OperatorRow] = []
    seen: dict[str, tuple[int, Properties, Any]] = {}
    read = 0
    for read, properties, geometry in features(folder / file.file, COLUMNS, defects):
        place = departement(properties[0], defects, read, "insee_dep")
        if place is None:
            continue
        first, *content = seen.setdefault(place.code, (read, properties, geometry))
        if first != read:
            _note_double(read, first, content == [properties, geometry], place.code, defects)
            continue
        check_label(properties[1], place, defects, read, "dep")
        rows += _unpivot(read, place.code, properties[2:], defects)
    return [Part(file, rows, defects, read)]


def _note_double(row: int, first: int, same: bool, code: str, defects: Defects) -> None:
    reason = "à l'identique" if same else "autrement : la première est retenue"
    defects.row(row, "insee_dep", code, "duplicate" if same else "contradiction", f"déjà à l'entité {first}, {reason}")


def _unpivot(row: int, code: str, cells: Properties, defects: Defects) -> list[OperatorRow]:
    rows = []
    for rank in RANKS:
        name, technology, subsidised = cells[3 * (rank - 1) : 3 * rank]
        operator = line(name)
        if operator is None:
            continue
        if line(technology) is None and line(subsidised) is None:
            reason = "une phrase, et non un opérateur : ni technologie ni prise en charge"
            defects.field(row, f"opérateur{rank}", operator, "not-an-operator", reason)
            continue
        paid = _paid(row, rank, subsidised, defects)
        rows.append(OperatorRow(code, rank, operator, line(technology), paid, row))
    return rows


def _paid(row: int, rank: int, raw: Raw, defects: Defects) -> bool | None:
    if raw in SUBSIDISED:
        return SUBSIDISED[str(raw)]
    defects.field(row, f"prise_encharge{rank}", raw, "unknown-value", "ni Oui ni Non")
    return None

"""Spreadsheets (ODS, XLSX) read by calamine: fast, without the million empty rows they declare."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastexcel

from jalon.sources.defects import Defects
from jalon.sources.parts import content, unreadable
from jalon.sources.tables import Cells, Columns

LARGEST_UNPACKED = 500_000_000
MOST_ENTRIES = 2_000


def sheet_table(path: Path, sheet: str, columns: Columns, defects: Defects) -> Iterator[tuple[int, Cells]]:
    """(row of the sheet, cells as text in declared order); wholly empty rows are skipped."""
    header, table = _load(path, sheet)
    places = columns.places(path, header, defects)
    wanted = (table.column(place).to_pylist() for place in places)
    nothing = (None,) * len(places)
    for number, cells in enumerate(zip(*wanted, strict=True), 2):
        if cells != nothing:
            yield number, cells


def _load(path: Path, sheet: str) -> tuple[list[str], Any]:
    """The header of a sheet, and the rest as an Arrow batch of text; SourceUnreadable when calamine gives up."""
    _check_archive(path)
    try:
        book = fastexcel.read_excel(path)
        if sheet in book.sheet_names:
            batch = book.load_sheet(sheet, dtypes="string").to_arrow()
            return [str(name).strip() for name in batch.schema.names], batch
        names = ", ".join(book.sheet_names)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        raise unreadable(path, "le classeur est abîmé : il ne s'ouvre pas") from error
    raise unreadable(path, f"la feuille « {sheet} » n'y est pas (feuilles : {names})")


def whole_sheets(path: Path) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Every sheet of a workbook, its rows as text cells, empty cells as ""; titles above a header are rows like others.

    Raises SourceUnreadable when calamine gives up.
    """
    _check_archive(path)
    try:
        book = fastexcel.read_excel(path)
        for name in book.sheet_names:
            sheet = book.load_sheet(name, header_row=None, dtypes="string").to_arrow()
            columns = [column.to_pylist() for column in sheet.columns]
            yield name, ([cell or "" for cell in cells] for cells in zip(*columns, strict=True))
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the Rust reader is not an Exception
        raise unreadable(path, "le classeur est abîmé : il ne s'ouvre pas") from error


def _check_archive(path: Path) -> None:
    """Refuse what is not a zip, and archives that would unpack beyond reason."""
    content(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise unreadable(path, "ce n'est pas un classeur entier (archive tronquée ou d'un autre format)") from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
        raise unreadable(path, f"le classeur se déplierait en {unpacked} octets (au plus {LARGEST_UNPACKED}) : refusé")

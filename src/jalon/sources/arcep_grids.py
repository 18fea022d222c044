"""The tables of an Arcep file, whatever its form: CSV of any delimiter, each sheet of an XLSX or ODS."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jalon.sources.defects import Defects
from jalon.sources.parts import content, unreadable
from jalon.sources.sheets import whole_sheets

Line = tuple[int, list[str]]
ARCHIVE = b"PK\x03\x04"


class Grid(NamedTuple):
    """A table: the sheet it comes from ("" in a CSV), and its lines with their numbers."""

    sheet: str
    lines: Iterator[Line]


def grids(path: Path, defects: Defects) -> list[Grid]:
    """Every table of a file. Raises SourceUnreadable for what is neither a workbook nor text."""
    data = content(path)
    if data.startswith(ARCHIVE):
        return [Grid(sheet, _numbered(rows)) for sheet, rows in whole_sheets(path)]
    return [Grid("", _csv_lines(path, _text(data, path, defects)))]


def _numbered(rows: Iterator[list[str]]) -> Iterator[Line]:
    return ((number, cells) for number, cells in enumerate(rows, 1) if any(cells))


def _text(data: bytes, path: Path, defects: Defects) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise unreadable(path, "ce n'est ni du texte ni un classeur") from None
        defects.repaired(0, "", "", "not-utf-8", "texte en Windows-1252 et non en UTF-8 : converti")
        return data.decode("cp1252", errors="replace")


def _csv_lines(path: Path, text: str) -> Iterator[Line]:
    """Records with the line each one starts on; the delimiter is the one that the first lines hold most."""
    head = "\n".join(text.splitlines()[:40])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t|", key=head.count))
    start = 1
    try:
        for record in reader:
            if record:
                yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(path, f"ligne {reader.line_num + 1} : texte illisible comme CSV ({error})") from error

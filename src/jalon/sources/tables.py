"""Published tables, CSV or sheets, to tuples of cells in the order a reader declares."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from jalon.sources.defects import Defects
from jalon.sources.parts import decoded, unreadable

MOST_COLUMNS = 500
Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The declared schema of a table: columns read, in order, and those left aside by name."""

    read: tuple[str, ...]
    ignored: tuple[str, ...] = ()

    def places(self, path: Path, header: Sequence[str], defects: Defects, line: int = 1) -> list[int]:
        """Where each column read stands; an unknown column is signalled, a missing or doubled one stops the file."""
        if len(header) > MOST_COLUMNS:
            raise unreadable(path, f"la ligne {line} a {len(header)} colonnes (au plus {MOST_COLUMNS})")
        missing = [name for name in self.read if name not in header]
        if missing:
            shown = ", ".join(header)[:200]
            raise unreadable(path, f"il manque la colonne {', '.join(missing)} (ligne {line} : {shown})")
        doubled = [name for name in self.read if list(header).count(name) > 1]
        if doubled:
            raise unreadable(path, f"la colonne {', '.join(doubled)} figure deux fois (ligne {line})")
        for name in header:
            if name not in self.read and name not in self.ignored:
                defects.field(line, name, "", "unknown-column", f"colonne inconnue « {name} » : laissée de côté")
        return [list(header).index(name) for name in self.read]


def csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a comma-separated UTF-8 file with the line each one starts on; blank lines are skipped."""
    reader = csv.reader(io.StringIO(decoded(path), newline=""))
    start = 1
    try:
        for record in reader:
            if record:
                yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(path, f"ligne {reader.line_num + 1} : texte illisible comme CSV ({error})") from error


def csv_table(path: Path, columns: Columns, defects: Defects) -> Iterator[tuple[int, Cells]]:
    """(line, cells in declared order) of a CSV with its header on top; ragged lines are refused one by one."""
    lines = csv_lines(path)
    first, header = next(lines, (1, []))
    pick = picker(columns.places(path, [name.strip() for name in header], defects, first))
    width = len(header)
    for number, record in lines:
        if len(record) == width:
            yield number, pick(record)
        else:
            found = len(record)
            reason = f"{found} cellules au lieu de {width} : ligne tronquée ou décalée"
            defects.row(number, "", found, "ragged-row", reason)


def picker(places: list[int]):  # type: ignore[no-untyped-def]
    """A function that takes the cells at these places, always as a tuple."""
    if len(places) == 1:
        return lambda record: (record[places[0]],)
    return itemgetter(*places)

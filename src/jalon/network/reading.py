"""Series given as a file: territory, quarter, rate in per cent; every row kept, mended or refused with its reason.

A cell without a rate is a hole. A rate over 100 (more connectable premises than the estimate of premises) counts as
100 up to 110, beyond it is refused; a negative one is refused. A quarter given twice counts once; when its values
differ the first stands. Columns `group`, `departement`, `zone`, where there are some, say who resembles whom.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from jalon.errors import Refusal, SourceMissing
from jalon.geography import fold
from jalon.network.panel import Panel, panel
from jalon.network.quarters import NotAQuarter, parse, written
from jalon.sources.defects import Defects
from jalon.sources.fields import decimal, line
from jalon.sources.parts import decoded, unreadable

TERRITORY = ("territory", "territoire", "code", "code commune", "code insee", "code departement", "territory code")
QUARTER = ("quarter", "trimestre", "date", "periode")
RATE = ("rate", "taux", "valeur", "value", "couverture", "taux de couverture")
GROUPS = ("group", "groupe", "departement", "zone", "region")
MOST_OVER = 110.0
MOST_ROWS = 5_000_000
EARLIEST, LATEST = 4 * 1990, 4 * 2100 + 3
Cell = tuple[str, int]


@dataclass(frozen=True)
class SeriesRead:
    """What a file gave: the panel, the rows read, those left out, and each defect."""

    panel: Panel
    read: int
    refused: int
    repaired: int
    refusals: tuple[Refusal, ...]


@dataclass(slots=True)
class _Gathered:
    defects: Defects
    values: dict[Cell, float] = field(default_factory=dict)
    first: dict[Cell, int] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    read: int = 0


def read_series(path: Path) -> SeriesRead:
    """Read a CSV of series. Raises SourceMissing, or SourceUnreadable when a column lacks or no row can be kept."""
    if not path.is_file():
        raise SourceMissing(
            f"{path} is absent",
            user_message=f"le fichier {path} est absent.",
            mend="donnez le chemin d’un fichier CSV : territory,quarter,rate.",
        )
    lines = _records(path)
    number, header = next(lines, (1, []))
    places = _places(path, header)
    gathered = _Gathered(Defects("series", path.name))
    for number, record in lines:
        gathered.read += 1
        if gathered.read > MOST_ROWS:
            raise unreadable(path, f"plus de {MOST_ROWS} lignes")
        if len(record) != len(header):
            reason = f"{len(record)} cellules au lieu de {len(header)} : ligne tronquée ou décalée"
            gathered.defects.row(number, "", len(record), "ragged-row", reason)
        else:
            _add(gathered, number, record, places)
    if not gathered.values:
        raise unreadable(path, f"aucune ligne gardée sur {gathered.read} ({_reasons(gathered.defects)})")
    return _whole(gathered)


def gathered_panel(values: Mapping[Cell, float], groups: Mapping[str, str]) -> Panel:
    """A panel of values by territory and quarter number, in per cent."""
    territories = sorted({territory for territory, _ in values})
    numbers = [quarter for _, quarter in values]
    first, last = min(numbers), max(numbers)
    rates = np.full((len(territories), last - first + 1), np.nan)
    row = {territory: place for place, territory in enumerate(territories)}
    for (territory, quarter), rate in values.items():
        rates[row[territory], quarter - first] = rate
    labels = [groups.get(territory, "") for territory in territories]
    return panel(territories, first, rates, labels)


def group_of(territory: str) -> str:
    """The département of a commune's code, overseas included; "" for what is not an INSEE code of a commune."""
    code = territory.strip().upper()
    if len(code) != 5 or not (code.isdigit() or (code[:2] in ("2A", "2B") and code[2:].isdigit())):
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = decoded(path)
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(path, f"ligne {reader.line_num + 1} : texte illisible comme CSV ({error})") from error


def _places(path: Path, header: Sequence[str]) -> tuple[int, int, int, int | None]:
    names = [fold(name) for name in header]
    found = [next((names.index(name) for name in known if name in names), None) for known in (TERRITORY, QUARTER, RATE)]
    lacking = [name for name, place in zip(("territory", "quarter", "rate"), found, strict=True) if place is None]
    if lacking:
        shown = ", ".join(header)[:200] or "rien"
        raise unreadable(path, f"il manque la colonne {', '.join(lacking)} (ligne 1 : {shown})")
    group = next((names.index(name) for name in GROUPS if name in names and names.index(name) != found[0]), None)
    territory, quarter, rate = (place for place in found if place is not None)
    return territory, quarter, rate, group


def _add(gathered: _Gathered, number: int, record: list[str], places: tuple[int, int, int, int | None]) -> None:
    territory = line(record[places[0]])
    if territory is None:
        gathered.defects.row(number, "territory", record[places[0]], "no-territory", "territoire absent")
        return
    quarter = _quarter(gathered.defects, number, record[places[1]])
    rate = _rate(gathered.defects, number, record[places[2]]) if quarter is not None else None
    if quarter is None or rate is None or not _once(gathered, number, (territory, quarter), rate):
        return
    group = line(record[places[3]]) if places[3] is not None else group_of(territory)
    gathered.groups.setdefault(territory, group or "")


def _quarter(defects: Defects, number: int, cell: str) -> int | None:
    try:
        found = parse(cell)
    except NotAQuarter:
        found = 0
    if not EARLIEST <= found <= LATEST:
        defects.row(number, "quarter", cell, "bad-quarter", "ce n’est pas un trimestre (2019-Q4, 2019T4, 2019-12-31)")
        return None
    return found


def _rate(defects: Defects, number: int, cell: str) -> float | None:
    clean = line(cell)
    if clean is None:
        defects.row(number, "rate", cell, "no-rate", "taux absent : le trimestre reste un trou")
        return None
    try:
        value = decimal(clean.removesuffix("%").strip())
    except ValueError:
        value = None
    if value is None or not 0 <= value <= MOST_OVER:
        defects.row(number, "rate", cell, "bad-rate", "ce n’est pas un taux entre 0 et 100 %")
        return None
    if value > 100:
        defects.repaired(number, "rate", cell, "over-100", "plus de raccordables que de locaux estimés : compté 100 %")
    return min(float(value), 100.0)


def _once(gathered: _Gathered, number: int, cell: Cell, rate: float) -> bool:
    first = gathered.first.setdefault(cell, number)
    if first == number:
        gathered.values[cell] = rate
        return True
    same = gathered.values[cell] == rate
    said = "la même valeur" if same else f"{gathered.values[cell]:g}, retenu"
    reason = f"la ligne {first} donne déjà ce territoire au {written(cell[1])} : {said}"
    gathered.defects.row(number, "quarter", cell[0], "duplicate" if same else "contradiction", reason)
    return False


def _reasons(defects: Defects) -> str:
    return " ; ".join(dict.fromkeys(refusal.reason for refusal in defects.refusals[:5])) or "fichier vide"


def _whole(gathered: _Gathered) -> SeriesRead:
    refusals = tuple(gathered.defects.refusals)
    return SeriesRead(
        panel=gathered_panel(gathered.values, gathered.groups),
        read=gathered.read,
        refused=len(gathered.defects.refused_rows),
        repaired=sum(refusal.effect == "repaired" for refusal in refusals),
        refusals=refusals,
    )

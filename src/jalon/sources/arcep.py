"""Arcep, FTTH deployments: wide tables with title lines, two or more lines a territory, one column a quarter.

The published counts are taken as they are: they may fall from one quarter to the next (recounts), and the files of two
levels need not add up. `Catégorie` is a class, not a rate.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jalon.geography import fold
from jalon.sources.arcep_territories import LOOKUPS, Territory
from jalon.sources.catalog import Source, SourceFile
from jalon.sources.days import quarter
from jalon.sources.defects import Defects
from jalon.sources.fields import count, percentage
from jalon.sources.parts import Part, unreadable
from jalon.sources.rows import CoverageRow, SeriesRow
from jalon.sources.tables import MOST_COLUMNS, csv_lines

TITLE_LINES = 30
KINDS = {
    "code commune": "commune",
    "code insee": "commune",
    "siren epci": "epci",
    "code epci": "epci",
    "code departement": "departement",
    "code region": "region",
    "code arrondissement": "arrondissement",
}
FIELD_COLUMN = "champ"
NAMES = frozenset({"nom commune", "nom epci", "nom departement", "nom region", "nom arrondissement", "libelle"})
BANDS = frozenset({0, 5, 10, 25, 50, 80})
MEASURES = {
    "locaux raccordables": "connectable",
    "categorie": "band",
    "nombre de locaux": "premises",
    "meilleure estimation des locaux": "premises",
    "taux de couverture": "rate",
}
OPERATORS = {
    f"au moins {word} {noun} au pm via la mutualisation passive": f"ftth-operateurs-pm-{number}"
    for number, (word, noun) in enumerate(
        (("un", "operateur"), ("deux", "operateurs"), ("trois", "operateurs"), ("quatre", "operateurs")), 1
    )
}

OPERATORS_LABEL = "Part des lignes avec plusieurs opérateurs au point de mutualisation"


class Header(NamedTuple):
    """Where things stand in a wide table; `measure` None when the table has one line a territory."""

    kind: str
    code: int
    measure: int | None
    quarters: tuple[tuple[int, date], ...]
    width: int


@dataclass(slots=True)
class Values:
    """What one territory of today has at one quarter, as its published lines come."""

    row: int
    connectable: int | None = None
    premises: int | None = None
    rate: float | None = None
    band: int | None = None


def read(source: Source, folder: Path) -> list[Part]:
    """CoverageRow by territory of today and quarter; SeriesRow for the shares of lines with several operators."""
    tables = {file: _table(source, file, folder / file.file) for file in source.files}
    _compare_totals(list(tables.values()))
    return [Part(file, [*wide.coverage(), *wide.series], wide.defects, wide.read) for file, wide in tables.items()]


def _table(source: Source, file: SourceFile, path: Path) -> "_Wide":
    defects = Defects(source.id, file.file)
    lines = csv_lines(path)
    wide = _Wide(_header(path, lines, defects), defects)
    for number, record in lines:
        wide.add(number, record)
    return wide


def _compare_totals(tables: list["_Wide"]) -> None:
    """Note each level whose sum, at the last quarter, is not that of the départements; each stays as published."""
    whole = next((wide for wide in tables if wide.header.kind == "departement"), None)
    for wide in tables:
        if whole is None or wide.header.kind not in ("commune", "epci", "region"):
            continue
        last = wide.header.quarters[-1][1]
        total, expected = wide.totals.get(last, 0), whole.totals.get(last, 0)
        if total != expected:
            reason = f"somme au {last:%d/%m/%Y} : {total} locaux, {expected} par département ; chacune reste telle"
            wide.defects.repaired(0, "Locaux Raccordables", total, "sum-differs", reason)


def _header(path: Path, lines: Iterator[tuple[int, list[str]]], defects: Defects) -> Header:
    """The first line that names a territory's code and at least one quarter; the lines above are titles."""
    for number, record in lines:
        if len(record) > MOST_COLUMNS:
            raise unreadable(path, f"la ligne {number} a {len(record)} colonnes (au plus {MOST_COLUMNS})")
        names = [fold(cell) for cell in record]
        code = next((i for i, name in enumerate(names) if name in KINDS), None)
        quarters = tuple((i, day) for i, cell in enumerate(record) if (day := quarter(cell)))
        if code is not None and quarters:
            measure = names.index(FIELD_COLUMN) if FIELD_COLUMN in names else None
            known = {code, measure, *(i for i, _ in quarters), *(i for i, n in enumerate(names) if n in NAMES | {""})}
            for i in set(range(len(record))) - known:
                defects.field(
                    number, record[i], "", "unknown-column", f"colonne inconnue « {record[i]} » : laissée de côté"
                )
            return Header(KINDS[names[code]], code, measure, quarters, len(record))
        if number > TITLE_LINES:
            break
    raise unreadable(path, "aucune ligne d'en-tête avec un code de territoire et des trimestres (« T3 2017 »)")


class _Wide:
    """Lines gathered by territory of today: those of merged communes add up."""

    def __init__(self, header: Header, defects: Defects) -> None:
        self.header = header
        self.defects = defects
        self.read = 0
        self.series: list[SeriesRow] = []
        self.values: dict[tuple[Territory, date], Values] = {}
        self.parts: dict[Territory, set[str]] = {}
        self.seen: set[tuple[str, str]] = set()
        self.territories: dict[str, Territory | None] = {}
        self.measures: dict[str, str] = {}
        self.totals: dict[date, int] = {}
        self.unknown: set[tuple[Territory, date, str]] = set()

    def add(self, number: int, record: list[str]) -> None:
        self.read += 1
        header = self.header
        if len(record) != header.width:
            reason = f"{len(record)} cellules au lieu de {header.width} : ligne tronquée ou décalée"
            self.defects.row(number, "", len(record), "ragged-row", reason)
            return
        published = record[header.code].strip()
        name = self._field(record)
        if (published.lstrip("0"), name) in self.seen:
            self.defects.row(number, "code", published, "duplicate", "territoire déjà lu pour ce champ")
            return
        self.seen.add((published.lstrip("0"), name))
        self._store(number, self._territory(number, published), name, record)

    def _field(self, record: list[str]) -> str:
        if self.header.measure is None:
            return "locaux raccordables"
        published = record[self.header.measure]
        if published not in self.measures:
            self.measures[published] = fold(published)
        return self.measures[published]

    def _territory(self, number: int, published: str) -> Territory | None:
        if published not in self.territories:
            found = LOOKUPS[self.header.kind](published, self.defects, number)
            self.territories[published] = found
            if found is not None:
                self.parts.setdefault(found, set()).add(published.lstrip("0"))
        elif self.territories[published] is None:
            self.defects.refused_rows.add(number)
        return self.territories[published]

    def _store(self, number: int, territory: Territory | None, name: str, record: list[str]) -> None:
        measure, series = MEASURES.get(name), OPERATORS.get(name)
        if measure is None and series is None:
            self.defects.row(number, "Champ", name, "unknown-field", "champ inconnu")
            return
        for place, day in self.header.quarters:
            value = self._value(number, measure, record[place], day)
            if measure == "connectable" and value is not None:
                self.totals[day] = self.totals.get(day, 0) + int(value)
            if territory is not None and measure is not None:
                self._gather(number, territory, measure, day, value)
            elif territory is not None and series is not None and value is not None:
                self.series.append(SeriesRow(series, OPERATORS_LABEL, *territory, day, 100 * value, "%", number))

    def _value(self, number: int, measure: str | None, cell: str, day: date) -> float | None:
        parse: Callable[[str], float | None] = percentage if measure in (None, "rate") else count
        try:
            value = parse(cell)
        except ValueError:
            value = -1
        if value is not None and (value < 0 or (measure == "band" and value not in BANDS)):
            self.defects.field(number, f"{day}", cell, f"bad-{measure or 'share'}", "valeur illisible pour ce champ")
            return None
        return value

    def _gather(self, number: int, territory: Territory, measure: str, day: date, value: float | None) -> None:
        """Add a part's count to its territory; a sum with an unknown part, or classes that differ, is unknown."""
        values = self.values.setdefault((territory, day), Values(number))
        before = getattr(values, measure)
        others = len(self.parts[territory]) > 1
        if value is None or (others and measure in ("band", "rate") and before != value):
            self.unknown.add((territory, day, measure))
        elif measure in ("connectable", "premises"):
            setattr(values, measure, int(value) + (before or 0))
        else:
            setattr(values, measure, value)

    def coverage(self) -> Iterator[CoverageRow]:
        for territory, day, measure in self.unknown:
            setattr(self.values[territory, day], measure, None)
        for ((kind, code), day), v in self.values.items():
            yield CoverageRow(kind, code, day, v.connectable, v.premises, v.rate, v.band, v.row)

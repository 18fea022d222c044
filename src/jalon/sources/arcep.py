"""Arcep, FTTH deployments: wide tables with title lines, two or more lines a territory, one column a quarter.

The published counts are taken as they are: they may fall from one quarter to the next (recounts), and the files of two
levels need not add up. `Catégorie` is a class, not a rate.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jalon.errors import SourceUnreadable
from jalon.geography import fold
from jalon.sources.arcep_grids import grids
from jalon.sources.arcep_headers import Header, QuarterColumn, find_header, zone
from jalon.sources.arcep_territories import LOOKUPS, Territory
from jalon.sources.catalog import Source, SourceFile
from jalon.sources.defects import Defects
from jalon.sources.fields import count, percentage
from jalon.sources.parts import Part, unreadable
from jalon.sources.rows import CoverageRow, Row, SeriesRow

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
    tables = {file: _tables(source, file, folder / file.file) for file in source.files}
    _compare_totals([wide for found in tables.values() for wide in found])
    return [_part(file, found) for file, found in tables.items()]


def _part(file: SourceFile, found: "list[_Wide]") -> Part:
    rows: list[Row] = []
    for wide in found:
        rows += [*wide.coverage(), *wide.series]
    return Part(file, rows, found[0].defects, sum(wide.read for wide in found))


def _tables(source: Source, file: SourceFile, path: Path) -> "list[_Wide]":
    """The tables of a file: one in a CSV; in a workbook, each sheet that has a header. None at all is refused."""
    defects = Defects(source.id, file.file)
    found: list[_Wide] = []
    refused: SourceUnreadable | None = None
    for sheet, lines in grids(path, defects):
        try:
            wide = _Wide(find_header(path, lines, defects), defects)
        except SourceUnreadable as error:
            refused = error
            if sheet:
                defects.field(
                    0, sheet, "", "no-table", f"feuille « {sheet} » sans tableau de déploiement : laissée de côté"
                )
            continue
        for number, record in lines:
            wide.add(number, record)
        found.append(wide)
    if not found:
        raise refused or unreadable(path, "le classeur n'a aucune feuille")
    return found


def _compare_totals(tables: list["_Wide"]) -> None:
    """Note each level whose sum, at the last quarter, is not that of the départements; each stays as published."""
    whole = next((wide for wide in tables if wide.header.kind == "departement"), None)
    for wide in tables:
        if whole is None or wide.header.kind not in ("commune", "epci", "region"):
            continue
        last = wide.header.last
        total, expected = wide.totals.get(last, 0), whole.totals.get(last, 0)
        if total != expected:
            reason = f"somme au {last:%d/%m/%Y} : {total} locaux, {expected} par département ; chacune reste telle"
            wide.defects.repaired(0, "Locaux Raccordables", total, "sum-differs", reason)


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
        self.zones: dict[Territory, set[str | None]] = {}
        self.operators: dict[Territory, set[str]] = {}

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

    def _describe(self, number: int, territory: Territory, record: list[str]) -> None:
        """The zone and the operator of a line; those of merged communes that differ are unknown."""
        if self.header.zone is not None and (published := record[self.header.zone].strip()):
            known = zone(published)
            if known is None:
                self.defects.field(number, "zone", published, "unknown-area", "zone inconnue")
            self.zones.setdefault(territory, set()).add(known)
        if self.header.operator is not None and (published := record[self.header.operator].strip()):
            self.operators.setdefault(territory, set()).add(published)

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
        if territory is not None:
            self._describe(number, territory, record)
        for place, day, counted in self._cells():
            kind = measure if self.header.measure is not None else counted
            value = self._value(number, kind, record[place], day)
            if kind == "connectable" and value is not None:
                self.totals[day] = self.totals.get(day, 0) + int(value)
            if territory is not None and kind is not None:
                self._gather(number, territory, kind, day, value)
            elif territory is not None and series is not None and value is not None:
                self.series.append(SeriesRow(series, OPERATORS_LABEL, *territory, day, 100 * value, "%", number))

    def _cells(self) -> tuple[QuarterColumn, ...]:
        """The columns to read; premises published without a quarter are those of the last one."""
        if self.header.premises is None:
            return self.header.quarters
        return (*self.header.quarters, QuarterColumn(self.header.premises, self.header.last, "premises"))

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
        for (territory, day), v in self.values.items():
            area, operator = _only(self.zones.get(territory)), _only(self.operators.get(territory))
            yield CoverageRow(*territory, day, v.connectable, v.premises, v.rate, v.band, v.row, area, operator)


def _only(values: Collection[str | None] | None) -> str | None:
    return next(iter(values)) if values and len(values) == 1 else None

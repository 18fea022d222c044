"""Etalab, barometer of public action, "services publics et territoires": three levels in long tables, and a summary.

The fibre rate is rounded to the unit and its denominator re-estimated: it may fall. A territory or quarter that is
absent stays absent.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jalon.geography import Place
from jalon.sources.barometers import FIBRE, moment, number, rate, target
from jalon.sources.catalog import Source, SourceFile
from jalon.sources.defects import Defects
from jalon.sources.fields import line
from jalon.sources.parts import Part, unreadable
from jalon.sources.rows import CoverageRow, Row, SeriesRow
from jalon.sources.tables import Cells, Columns, csv_table
from jalon.sources.zones import check_label, country, departement, region

SERIES = frozenset(
    {
        FIBRE,
        "nb-logement-accompagnement",
        "nb-logements-renoves-petites-villes",
        "nb-labellisations-france-services",
        "tx-transparence-resultats",
        "tx-adhesion-etat-civil",
        "tx-satisfaction-usagers-services-publics",
    }
)
COMMON = ("id_indicateur", "indicateur", "date", "valeur", "unite")
LEVELS = {
    "departemental": (departement, Columns((*COMMON, "code_departement", "libelle_departement"), ("mesure",))),
    "regional": (region, Columns((*COMMON, "code_region", "libelle_region"), ("mesure",))),
    "national": (country, Columns((*COMMON, "maille_geographique"), ("mesure",))),
}
SUMMARY = Columns(
    (
        *("id_indicateur", "indicateur", "code_departement", "unite", "cible", "date_cible"),
        *("valeur_actuelle", "date_valeur_actuelle"),
    ),
    (
        *("mesure", "libelle_departement", "valeur_initiale", "date_valeur_initiale", "progression"),
        *("pourcentage_progression", "pourcentage_cible"),
    ),
)
Key = tuple[str, Place, date]


def read(source: Source, folder: Path) -> list[Part]:
    """CoverageRow for the fibre rate, SeriesRow for the other series and for the targets of the summary."""
    parts: list[Part] = []
    values: dict[Key, float] = {}
    for file in source.files:
        level = file.file.removesuffix(".csv").rpartition("-")[2]
        if level not in LEVELS:
            raise unreadable(folder / file.file, f"maille inconnue « {level} »")
        if "/synthese" in file.file:
            parts.append(_summary(source, file, folder, values))
        else:
            detail = _Detail(Defects(source.id, file.file))
            rows = list(detail.rows(folder / file.file, level))
            values |= detail.values
            parts.append(Part(file, rows, detail.defects, detail.read))
    return parts


class _Detail:
    """One detail file: each indicator, territory and day once, whatever the labels it is published under."""

    def __init__(self, defects: Defects) -> None:
        self.defects = defects
        self.read = 0
        self.values: dict[Key, float] = {}
        self.first: dict[Key, int] = {}

    def rows(self, path: Path, level: str) -> Iterator[Row]:
        zone, columns = LEVELS[level]
        for row, cells in csv_table(path, columns, self.defects):
            self.read += 1
            place = zone(cells[5], self.defects, row, columns.read[5])
            if place is None or not _known(cells[0], self.defects, row):
                continue
            if len(cells) > 6:
                check_label(cells[6], place, self.defects, row, columns.read[6])
            made = self._row(row, cells, place)
            if made is not None:
                yield made

    def _row(self, row: int, cells: Cells, place: Place) -> CoverageRow | SeriesRow | None:
        series, label, published_day, published, unit = (cell or "" for cell in cells[:5])
        when = moment(published_day, self.defects, row, "date")
        value = number(published, self.defects, row, "valeur") if when else None
        if when is None or value is None or not self._once(row, (series, place, when), label, value):
            return None
        if series == FIBRE:
            return rate(place, when, value, self.defects, row, "valeur")
        return SeriesRow(series, line(label) or series, place.kind, place.code, when, value, line(unit) or "", row)

    def _once(self, row: int, key: Key, label: str, value: float) -> bool:
        first = self.first.setdefault(key, row)
        if first == row:
            self.values[key] = value
            return True
        if self.values[key] == value:
            reason = f"valeur déjà lue à la ligne {first}, sous un autre libellé : comptée une fois"
            self.defects.row(row, "indicateur", label, "doubled-series", reason)
        else:
            reason = f"la ligne {first} donne {self.values[key]:g} pour le même indicateur, territoire et jour"
            self.defects.row(row, "valeur", value, "contradiction", reason)
        return False


def _known(series: str | None, defects: Defects, row: int) -> bool:
    if series in SERIES:
        return True
    defects.row(row, "id_indicateur", series, "unknown-series", "indicateur inconnu")
    return False


def _summary(source: Source, file: SourceFile, folder: Path, values: dict[Key, float]) -> Part:
    """The targets of the summary; its current values are only held against the detail."""
    defects = Defects(source.id, file.file)
    rows: list[SeriesRow] = []
    seen: set[tuple[str, str, date]] = set()
    read = 0
    for row, cells in csv_table(folder / file.file, SUMMARY, defects):
        read += 1
        place = departement(cells[2], defects, row, "code_departement")
        if place is None or not _known(cells[0], defects, row):
            continue
        _check_current(row, cells, place, values, defects)
        made = _target(row, cells, place, defects)
        if made and (made.series, made.territory_code, made.day) not in seen:
            seen.add((made.series, made.territory_code, made.day))
            rows.append(made)
    return Part(file, rows, defects, read)


def _target(row: int, cells: Cells, place: Place, defects: Defects) -> SeriesRow | None:
    series, label, _, unit, published, published_day = (cell or "" for cell in cells[:6])
    if line(published) is None and line(published_day) is None:
        return None
    when = moment(published_day, defects, row, "date_cible")
    value = number(published, defects, row, "cible") if when else None
    if when is None or value is None:
        return None
    return target(series, line(label) or series, place, when, value, line(unit) or "", row)


def _check_current(row: int, cells: Cells, place: Place, values: dict[Key, float], defects: Defects) -> None:
    when = moment(cells[7], defects, row, "date_valeur_actuelle")
    value = number(cells[6], defects, row, "valeur_actuelle") if when else None
    if when is None or value is None:
        return
    detailed = values.get((cells[0] or "", place, when))
    if detailed is not None and detailed != value:
        reason = f"le détail donne {detailed:g} à cette date : détail retenu"
        defects.repaired(row, "valeur_actuelle", value, "contradiction", reason)

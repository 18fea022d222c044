"""DITP, barometer of results: IND-306, fibre rate by quarter, its three levels in one table, its target apart.

Days are the first of the quarter's last month: they are read as its end. `indic_ta`, the agency's own measure of
progress towards the target, is left aside.
"""

from datetime import date
from pathlib import Path

from jalon.geography import Place
from jalon.sources.barometers import FIBRE, moment, number, rate, target
from jalon.sources.catalog import Source
from jalon.sources.days import quarter_end
from jalon.sources.defects import Defects
from jalon.sources.fields import line
from jalon.sources.parts import Part
from jalon.sources.rows import CoverageRow, SeriesRow
from jalon.sources.tables import Cells, Columns, csv_table
from jalon.sources.zones import prefixed

INDICATOR = "IND-306"
COLUMNS = Columns(
    ("indic_id", "enforce_zone_id", "maille", "metric_enforce_date", "indic_vi", "indic_va", "indic_vc"), ("indic_ta",)
)
NAMES = Columns(
    ("indic_id", "indic_nom_baro"),
    (
        *("indic_parent_ch", "indic_nom", "indic_descr", "indic_descr_baro", "tendance"),
        "indic_categorie_evolution",
    ),
)


def read(source: Source, folder: Path) -> list[Part]:
    """CoverageRow a zone and quarter; a SeriesRow for each target."""
    values, names = source.files
    label_defects = Defects(source.id, names.file)
    labels = {cells[0]: (line(cells[1]), row) for row, cells in csv_table(folder / names.file, NAMES, label_defects)}
    label, _ = labels.get(INDICATOR, (None, 0))
    if label is None:
        label_defects.field(0, "indic_id", INDICATOR, "missing-label", "libellé de l'indicateur absent")
    table = _Values(Defects(source.id, values.file), label or "Taux de déploiement de la fibre")
    for row, cells in csv_table(folder / values.file, COLUMNS, table.defects):
        table.add(row, cells)
    return [Part(values, table.rows, table.defects, table.read), Part(names, [], label_defects, len(labels))]


class _Values:
    def __init__(self, defects: Defects, label: str) -> None:
        self.defects = defects
        self.label = label
        self.read = 0
        self.rows: list[CoverageRow | SeriesRow] = []
        self.seen: dict[tuple[str, date], int] = {}

    def add(self, row: int, cells: Cells) -> None:
        """Initial, current and target values stand in three columns of which one alone is filled."""
        self.read += 1
        indicator, code, level, published_day, initial, current, goal = cells
        if indicator != INDICATOR:
            self.defects.row(row, "indic_id", indicator, "unknown-series", "indicateur inconnu")
            return
        place = prefixed(code, level, self.defects, row, "enforce_zone_id")
        when = moment(published_day, self.defects, row, "metric_enforce_date") if place else None
        filled = [cell for cell in (initial, current, goal) if line(cell)]
        if place is None or when is None or not self._once(row, place, when):
            return
        if len(filled) != 1:
            shown = " / ".join(str(cell) for cell in cells[4:])
            self.defects.row(row, "indic_va", shown, "not-one-value", "une valeur attendue, et une seule")
            return
        self._store(row, place, when, filled[0], is_goal=bool(line(goal)))

    def _store(self, row: int, place: Place, when: date, cell: str | None, *, is_goal: bool) -> None:
        value = number(cell, self.defects, row, "indic_vc" if is_goal else "indic_va")
        if value is None:
            return
        if is_goal:
            self.rows.append(target(FIBRE, self.label, place, quarter_end(when), value, "%", row))
        elif made := rate(place, when, value, self.defects, row, "indic_va"):
            self.rows.append(made)

    def _once(self, row: int, place: Place, when: date) -> bool:
        first = self.seen.setdefault((f"{place.kind}:{place.code}", quarter_end(when)), row)
        if first != row:
            self.defects.row(
                row, "enforce_zone_id", place.code, "duplicate", f"zone et trimestre déjà en ligne {first}"
            )
        return first == row

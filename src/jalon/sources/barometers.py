"""What the two government barometers share: the fibre rate, targets, and series that come once a territory and day."""

from datetime import date

from jalon.geography import Place
from jalon.sources.days import day, quarter_end
from jalon.sources.defects import Defects
from jalon.sources.fields import Raw, decimal
from jalon.sources.rows import CoverageRow, SeriesRow

FIBRE = "taux-deploiement-fibre"


def moment(raw: Raw, defects: Defects, row: int, field: str) -> date | None:
    """A day of a series; None and a row refusal when it is not one."""
    try:
        found = day(raw)
    except ValueError:
        found = None
    if found is None:
        defects.row(row, field, raw, "bad-date", "ce n'est pas une date")
    return found.day if found else None


def number(raw: Raw, defects: Defects, row: int, field: str) -> float | None:
    """A non-negative value; None and a row refusal when it is not one."""
    try:
        value = decimal(raw)
    except ValueError:
        value = None
    if value is None or value < 0:
        defects.row(row, field, raw, "bad-value", "valeur absente ou illisible")
        return None
    return float(value)


def rate(place: Place, when: date, percent: float, defects: Defects, row: int, field: str) -> CoverageRow | None:
    """The fibre rate at the end of its quarter; over 100 % is refused."""
    if percent > 100:
        defects.row(row, field, percent, "bad-rate", "taux supérieur à 100 %")
        return None
    return CoverageRow(place.kind, place.code, quarter_end(when), None, None, round(percent / 100, 6), None, row)


def target(series: str, label: str, place: Place, when: date, value: float, unit: str, row: int) -> SeriesRow:
    """A target, kept apart from the values reached."""
    return SeriesRow(f"{series}-cible", f"{label} (cible)", place.kind, place.code, when, value, unit, row)

"""What can colour the map: a value for each town, cut in classes with French labels."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10

from jalon.web.charts import french
from jalon.web.charts.data import Town
from jalon.web.charts.model import Kind

Number = int | float | Decimal
MOST_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Indicator:
    """`value` gives None where nothing is known; `missing` says so in the legend."""

    id: str
    label: str
    legend: str
    kind: Kind
    missing: str
    value: Callable[[Town], Number | date | None]


def _grants(town: Town) -> Decimal | None:
    """No smart-city action among those known: zero; none known, or grants not published: unknown."""
    return Decimal(0) if town.actions and not town.smart else town.grants


INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator
    for indicator in (
        Indicator(
            "signature", "Date de signature", "Convention signée au", "day", "Pas de signature connue",
            lambda town: town.signed_on,
        ),
        Indicator(
            "actions", "Actions de ville intelligente", "Actions de ville intelligente connues", "count",
            "Aucune action connue", lambda town: town.smart if town.actions else None,
        ),
        Indicator(
            "part", "Part de la ville intelligente", "Part dans les actions connues", "share", "Aucune action connue",
            lambda town: town.smart / town.actions if town.actions else None,
        ),
        Indicator(
            "subventions", "Subventions de l’État", "Subventions pour la ville intelligente", "euros",
            "Aucune subvention connue", _grants,
        ),
        Indicator(
            "fibre", "Fibre", "Locaux raccordables à la fibre", "count", "Non connu", lambda town: town.connectable,
        ),
        Indicator("population", "Population", "Habitants", "count", "Non connue", lambda town: town.population),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Classes:
    """Labels of the classes, low to high, and the class of each value (None: missing)."""

    labels: tuple[str, ...]
    of: tuple[int | None, ...]


def classes(indicator: Indicator, values: Sequence[Number | date | None]) -> Classes:
    """At most five classes: periods for days; zero apart then round quantiles for numbers."""
    if indicator.kind == "day":
        return _periods([value if isinstance(value, date) else None for value in values])
    return _quantiles(indicator.kind, [None if value is None else float(value) for value in values])  # type: ignore[arg-type]


def _periods(days: Sequence[date | None]) -> Classes:
    """Quarters, the least filled neighbours merged until five periods remain: « T3 2018 », « T1 2019 à T2 2024 »."""
    counted = Counter(french.quarter_start(day) for day in days if day)
    periods = [(start, start, number) for start, number in sorted(counted.items())]
    while len(periods) > MOST_CLASSES:
        i = min(range(len(periods) - 1), key=lambda i: periods[i][2] + periods[i + 1][2])
        one, two = periods[i : i + 2]
        periods[i : i + 2] = [(one[0], two[1], one[2] + two[2])]
    labels = tuple(
        french.quarter(first) if first == last else f"{french.quarter(first)} à {french.quarter(last)}"
        for first, last, _ in periods
    )
    of = tuple(sum(day >= first for first, _, _ in periods) - 1 if day else None for day in days)
    return Classes(labels, of)


def _quantiles(kind: Kind, numbers: Sequence[float | None]) -> Classes:
    known = sorted(number for number in numbers if number is not None)
    positive = [number for number in known if number > 0]
    zero = len(positive) < len(known)
    floors = _told_apart(kind, ([0.0] if zero else []) + _steps(positive, MOST_CLASSES - zero))
    of = tuple(None if n is None else _class(floors, n) for n in numbers)
    filled = sorted({group for group in of if group is not None})
    labels = tuple(_label(kind, floors, i, [n for n in known if _class(floors, n) == i]) for i in filled)
    return Classes(labels, tuple(None if group is None else filled.index(group) for group in of))


def _class(floors: Sequence[float], number: float) -> int:
    return max(sum(number >= floor for floor in floors) - 1, 0)


def _steps(positive: Sequence[float], wanted: int) -> list[float]:
    """Floors of classes of about equal size, rounded down to two figures so that they can be read.

    When one value is so common that it fills several classes, the distinct values are shared out instead.
    """
    floors = _cut(positive, wanted)
    distinct = sorted(set(positive))
    return floors if len(floors) == min(wanted, len(distinct)) else _cut(distinct, wanted)


def _cut(numbers: Sequence[float], wanted: int) -> list[float]:
    return sorted({_rounded(numbers[len(numbers) * i // wanted]) for i in range(wanted)}) if numbers else []


def _rounded(number: float) -> float:
    size = 10.0 ** (floor(log10(number)) - 1)
    return round(floor(number / size + 1e-9) * size, 6)


def _told_apart(kind: Kind, floors: Sequence[float]) -> list[float]:
    """Floors that are not written the same."""
    return list({_shown(kind, low): low for low in reversed(floors)}.values())[::-1]


def _label(kind: Kind, floors: Sequence[float], i: int, members: Sequence[float]) -> str:
    low = _shown(kind, floors[i])
    if members[0] == members[-1] == floors[i]:
        return low
    if i == len(floors) - 1:
        return f"{low} et plus"
    if kind == "count" and floors[i + 1] < 1000:
        return f"{low} à {_shown(kind, floors[i + 1] - 1)}"
    return f"{low} à moins de {_shown(kind, floors[i + 1])}"


def _shown(kind: Kind, number: float) -> str:
    if kind == "share":
        return french.percent(number)
    return french.euros(number) if kind == "euros" else french.number(number)

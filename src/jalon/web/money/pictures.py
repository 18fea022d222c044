"""Two small pictures of an envelope, as numbers that the template draws: its waterfall and its curve."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

CENTS = 100
WIDTH, HEIGHT = 640, 200


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its share of what is announced, where it starts, both in per cent of the width."""

    label: str
    euros: Decimal
    start: str
    width: str
    css: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of the committed and paid lines in a box of WIDTH by HEIGHT, and the days and amount at its edges."""

    committed: str
    paid: str
    first: date
    last: date
    most: Decimal


def waterfall(announced: int, committed: int, paid: int) -> tuple[Bar, ...]:
    """Announced, what is committed of it, what is left, what is paid of the commitments; nothing without money."""
    if announced <= 0:
        return ()
    steps = (
        ("Annoncé", 0, announced, "announced"),
        ("Engagé", 0, committed, "committed"),
        ("Reste", committed, announced - committed, "left"),
        ("Payé", 0, paid, "paid"),
    )
    return tuple(
        Bar(label, Decimal(cents) / CENTS, _percent(start, announced), _percent(cents, announced), css)
        for label, start, cents, css in steps
    )


def curve(entries: Iterable[tuple[date, str, int]]) -> Curve | None:
    """The running sums of dated (measure, cents); None with fewer than two days, or nothing committed."""
    rows = sorted(entries)
    days = sorted({day for day, *_ in rows})
    lines = {measure: _running(rows, days, measure) for measure in ("committed", "paid")}
    most = max(lines["committed"], default=0)
    if len(days) < 2 or most <= 0:
        return None
    return Curve(
        _points(days, lines["committed"], most), _points(days, lines["paid"], most), days[0], days[-1],
        Decimal(most) / CENTS,
    )  # fmt: skip


def _running(rows: Sequence[tuple[date, str, int]], days: Sequence[date], measure: str) -> list[int]:
    by_day: dict[date, int] = {}
    for day, of, cents in rows:
        by_day[day] = by_day.get(day, 0) + (cents if of == measure else 0)
    left, found = 0, []
    for day in days:
        left += by_day[day]
        found.append(left)
    return found


def _points(days: Sequence[date], values: Sequence[int], most: int) -> str:
    """A line in steps: an amount holds until the next entry."""
    span = (days[-1] - days[0]).days
    points, before = [], HEIGHT
    for day, value in zip(days, values, strict=True):
        x, y = round(WIDTH * (day - days[0]).days / span), round(HEIGHT - HEIGHT * value / most)
        points += [f"{x},{before}", f"{x},{y}"]
        before = y
    return " ".join(points)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}"

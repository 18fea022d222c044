"""Declared facts: what publications state, when it was known, and whether a value agrees with it."""

import calendar
from collections.abc import Iterable
from datetime import date

from jalon.editions import Edition
from jalon.figures.definition import Fact
from jalon.figures.figure import DeclaredValue

ABOUT = 0.1
"""Relative difference that "about" allows."""
_COLUMNS = "fact_id, statement, value, hedge, as_of, published, publisher, title, url, independent"


def last_day(moment: str) -> date | None:
    """The last day of a moment written as a day, a month, a year or a range of them; None when it is none of these."""
    parts = moment.rpartition("/")[2].split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
        day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, month)[1]
        return date(year, month, day)
    except (ValueError, IndexError):
        return None


def known_on(published: str | None, moment: str) -> date | None:
    """The day from which a fact could be known: that of its publication, else the first moment it speaks of."""
    return last_day(published or "") or last_day(moment.partition("/")[0])


def facts_beside(edition: Edition, facts: Iterable[Fact], as_of: date) -> tuple[DeclaredValue, ...]:
    """The facts known on that day, in the order given, brought to the unit of the figure; `agrees` is not yet set."""
    wanted = {fact.id: fact for fact in facts}
    if not wanted:
        return ()
    sql = f"SELECT {_COLUMNS} FROM declared_facts WHERE fact_id IN (SELECT unnest($ids))"  # noqa: S608
    found = {row[0]: row for row in edition.query(sql, {"ids": list(wanted)})}
    return tuple(_beside(wanted[key], found[key]) for key in wanted if key in found and _is_known(found[key], as_of))


def _is_known(row: tuple, as_of: date) -> bool:
    day = known_on(row[5], row[4])
    return day is None or day <= as_of


def _beside(fact: Fact, row: tuple) -> DeclaredValue:
    key, statement, value, hedge, as_of, _, publisher, title, url, independent = row
    return DeclaredValue(
        key, statement, _scaled(value, fact.scale), hedge, as_of, publisher, title, url, independent, None, fact.note
    )


def _scaled(value: float, scale: float) -> float:
    return round(value * scale, 9)


def agrees(value: float, stated: float, hedge: str, tolerance: float) -> bool | None:
    """Whether a value bears out what was stated with that hedge; None for a target, which says nothing of what is.

    exact and record allow `tolerance` (relative), about allows a tenth, the others an inequality.
    """
    if hedge == "target":
        return None
    if hedge in ("more_than", "at_least"):
        return value >= stated
    if hedge in ("less_than", "at_most"):
        return value <= stated
    margin = ABOUT if hedge == "about" else tolerance
    return abs(value - stated) <= margin * abs(stated) + 1e-9

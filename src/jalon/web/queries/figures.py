"""Figures of the ledger on an edition, computed once a process for the same question."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from jalon.editions import Edition, listing
from jalon.figures import Definition, Evidence, Figure, evaluate, evidence, frozen_values, get, ledger
from jalon.home import home

Parameters = tuple[tuple[str, str | int], ...]
SECTIONS = {
    "S1": "Villes et conventions",
    "S2": "Actions",
    "S3": "Ville intelligente",
    "S4": "Enveloppes et financements",
    "S5": "Fonds propres et prêts",
    "S6": "Territoires d’innovation",
    "S7": "Très haut débit",
    "S8": "Le registre lui-même",
}


@dataclass(frozen=True, slots=True)
class Past:
    """The value that one edition froze; `value` is plain, None when it was unknown or not yet defined."""

    edition: str
    as_of: date
    created_at: datetime
    value: Any


def definitions(edition: Edition) -> dict[str, Definition]:
    return ledger(edition)


def definition(edition: Edition, figure: str) -> Definition:
    """Raises UnknownFigure."""
    return get(figure, edition)


@lru_cache(maxsize=2048)
def value(edition: Edition, figure: str, as_of: date | None = None, params: Parameters = ()) -> Figure:
    """Raises UnknownFigure, or FigureError for parameters that do not exist."""
    return evaluate(definition(edition, figure), edition, as_of=as_of, **dict(params))


@lru_cache(maxsize=256)
def proof(
    edition: Edition, figure: str, as_of: date | None = None, params: Parameters = (), limit: int | None = None
) -> Evidence:
    """The first rows behind a figure, and how many there are."""
    given: dict[str, Any] = dict(params)
    return evidence(definition(edition, figure), edition, as_of=as_of, limit=limit, **given)


@lru_cache(maxsize=256)
def trend(edition: Edition, figure: str) -> tuple[tuple[date, float], ...]:
    """The values at the end of each year and at the date of the edition, where known; empty when they do not move."""
    days = [date(year, 12, 31) for year in range(edition.as_of.year - 8, edition.as_of.year)]
    found = ((day, value(edition, figure, day).value) for day in (*days, edition.as_of))
    points = tuple((day, float(known)) for day, known in found if isinstance(known, (int, float)))
    return points if len({known for _, known in points}) > 2 else ()


def history(figure: str) -> list[Past]:
    """What each edition kept here says of a figure, the last first."""
    past = []
    for manifest in listing(home()):
        kept = frozen_values(Edition(home().editions / manifest.id, manifest))
        if figure in kept:
            past.append(Past(manifest.id, manifest.as_of, manifest.created_at, kept[figure]))
    return past[::-1]

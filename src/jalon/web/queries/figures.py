"""Figures of the ledger on an edition, computed once a process for the same question."""

from dataclasses import dataclass
from datetime import MINYEAR, date, datetime
from functools import lru_cache
from typing import Any

from jalon.editions import Edition, listing
from jalon.errors import EditionDamaged
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
    days = [date(year, 12, 31) for year in range(max(MINYEAR, edition.as_of.year - 8), edition.as_of.year)]
    found = ((day, value(edition, figure, day).value) for day in (*days, edition.as_of))
    points = tuple((day, float(known)) for day, known in found if isinstance(known, (int, float)))
    return points if len({known for _, known in points}) > 2 else ()


def stated(edition: Edition, facts: tuple[str, ...]) -> dict[str, tuple[float, str]]:
    """The value and the unit of each of these declared facts, as published."""
    sql = "SELECT fact_id, value, unit FROM declared_facts WHERE list_contains($wanted, fact_id)"
    return {key: (value, unit) for key, value, unit in edition.query(sql, {"wanted": list(facts)})}


def place_name(edition: Edition, territory: str) -> str:
    """The name of "region:76"; what was given when the edition has none."""
    kind, _, code = territory.partition(":")
    found = edition.query(
        "SELECT name FROM territories WHERE kind = $kind AND code = $code", {"kind": kind, "code": code}
    )
    return str(found[0][0]) if found else territory


def theme_label(edition: Edition, theme: str) -> str:
    found = edition.query("SELECT label FROM themes WHERE theme = $theme", {"theme": theme})
    return str(found[0][0]) if found else theme


def history(figure: str) -> list[Past]:
    """What each edition kept here says of a figure, the last first; a damaged one says nothing."""
    past = []
    for manifest in listing(home()):
        try:
            kept = frozen_values(Edition(home().editions / manifest.id, manifest))
        except EditionDamaged:
            continue
        if figure in kept:
            past.append(Past(manifest.id, manifest.as_of, manifest.created_at, kept[figure]))
    return past[::-1]

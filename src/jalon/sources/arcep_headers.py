"""Where things stand in an Arcep table: its header found below the titles, its columns told apart by their words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jalon.geography import fold
from jalon.sources.days import quarter
from jalon.sources.defects import Defects
from jalon.sources.parts import unreadable
from jalon.sources.tables import MOST_COLUMNS

TITLE_LINES = 30
KINDS = {
    "arrondissement": ("code arrondissement",),
    "commune": ("code commune", "code insee", "code insee commune", "insee commune", "insee com", "codgeo", "code com"),
    "epci": ("siren epci", "code epci", "code siren epci", "epci"),
    "departement": ("code departement", "code dep", "insee dep", "num departement", "numero departement"),
    "region": ("code region", "code reg", "insee reg"),
}
"""Finest level first: a file of communes also names their département."""
FIELD_COLUMN = "champ"
NAMES = frozenset(
    {
        "nom commune",
        "nom epci",
        "nom departement",
        "nom region",
        "nom arrondissement",
        "libelle",
        "commune",
        "departement",
    }
    | {"region", "logements", "etablissements", "population", "libelle commune", "libelle epci"}
)
PREMISES = ("meilleure estimation", "nombre de locaux", "locaux ipe", "total locaux", "locaux")
QUARTER_INSIDE = re.compile(r"\b(?:t ?([1-4]) ?(\d{4})|(\d{4}) ?t ?([1-4])|([1-4])e trimestre (\d{4}))\b")
ZONE_WORDS = {
    "very_dense": ("tres dense", "ztd"),
    "private": ("priv", "amii", "conventionn", "amel"),
    "public": ("publi", "rip"),
}


class QuarterColumn(NamedTuple):
    place: int
    day: date
    measure: str


class Header(NamedTuple):
    """Where things stand in a wide table; `measure` None when the table has one line a territory.

    `premises` is a column of premises without a quarter: they are those of the last quarter of the table.
    """

    kind: str
    code: int
    measure: int | None
    quarters: tuple[QuarterColumn, ...]
    width: int
    premises: int | None = None
    zone: int | None = None
    operator: int | None = None

    @property
    def last(self) -> date:
        return max(column.day for column in self.quarters)


def find_header(path: Path, lines: Iterator[tuple[int, list[str]]], defects: Defects) -> Header:
    """The first line that names a territory's code and at least one quarter; the lines above are titles."""
    for number, record in lines:
        if len(record) > MOST_COLUMNS:
            raise unreadable(path, f"la ligne {number} a {len(record)} colonnes (au plus {MOST_COLUMNS})")
        names = [fold(cell) for cell in record]
        code = _code(names)
        quarters = tuple(_quarters(record, names))
        if code is not None and quarters:
            return _header(names, record, code, quarters, defects, number)
        if number > TITLE_LINES:
            break
    raise unreadable(path, "aucune ligne d'en-tête avec un code de territoire et des trimestres (« T3 2017 »)")


def zone(cell: str) -> str | None:
    """`very_dense`, `private` or `public`, the three zones of the roll-out; None for anything else."""
    words = fold(cell)
    return next((name for name, signs in ZONE_WORDS.items() if any(sign in words for sign in signs)), None)


def _code(names: Sequence[str]) -> tuple[str, int] | None:
    for kind, known in KINDS.items():
        for name in known:
            if name in names:
                return kind, names.index(name)
    return None


def _quarters(record: Sequence[str], names: Sequence[str]) -> Iterator[QuarterColumn]:
    for place, (cell, name) in enumerate(zip(record, names, strict=True)):
        if day := quarter(cell):
            yield QuarterColumn(place, day, "connectable")
        elif (found := QUARTER_INSIDE.search(name)) and (day := quarter(found[0])):
            measure = _measure(QUARTER_INSIDE.sub(" ", name))
            if measure is not None:
                yield QuarterColumn(place, day, measure)


def _measure(words: str) -> str | None:
    """What a column counts, by the words beside its quarter."""
    if "taux" in words or "couverture" in words or "part" in words.split():
        return "rate"
    if "raccordable" in words or "eligible" in words or "ftth" in words or not words.split():
        return "connectable"
    return "premises" if "locaux" in words or "estimation" in words else None


def _header(
    names: list[str],
    record: list[str],
    code: tuple[str, int],
    quarters: tuple[QuarterColumn, ...],
    defects: Defects,
    row: int,
) -> Header:
    taken = {column.place for column in quarters}
    free = [i for i in range(len(names)) if i not in taken]
    measure = names.index(FIELD_COLUMN) if FIELD_COLUMN in names else None
    premises = next((i for sign in PREMISES for i in free if names[i].startswith(sign)), None)
    area = next((i for i in free if "zone" in names[i].split() or "intention" in names[i]), None)
    operator = next((i for i in free if names[i].startswith("operateur")), None)
    codes = {name for known in KINDS.values() for name in known}
    known = {code[1], measure, premises, area, operator}
    for i in free:
        if i not in known and names[i] not in codes | NAMES | {""}:
            defects.field(row, record[i], "", "unknown-column", f"colonne inconnue « {record[i]} » : laissée de côté")
    return Header(code[0], code[1], measure, quarters, len(record), premises, area, operator)

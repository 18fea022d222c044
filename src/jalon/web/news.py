"""What changed since the edition published before, or what the edition holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.editions import Edition, Manifest, listing
from jalon.editions.shelf import published_before
from jalon.errors import JalonError
from jalon.figures import Definition, changes, format_value
from jalon.home import home
from jalon.web import typography
from jalon.web.queries import figures

MOST = 8
EVERYWHERE = "registre-"
"""Figures of the register itself, which concern every programme."""


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class News:
    """`before` is empty when no edition published before, and as old, is kept here."""

    edition: str
    as_of: date
    before: str
    before_as_of: date | None
    changes: tuple[Change, ...]
    more: int
    rows: tuple[tuple[str, str], ...]


def news(edition: Edition, programme: str = "") -> News:
    """The figures of a programme, or all, since the edition published before and arrested no later."""
    before = _before(edition)
    found = _changes(edition, before, programme) if before else ()
    return News(
        edition.id,
        edition.as_of,
        before.id if before else "",
        before.as_of if before else None,
        found[:MOST],
        max(0, len(found) - MOST),
        _rows(edition),
    )


def _before(edition: Edition) -> Manifest | None:
    kept = {manifest.id: manifest for manifest in listing(home()) if manifest.as_of <= edition.as_of}
    return next((kept[one] for one in published_before(home(), edition.id) if one in kept), None)


def _changes(edition: Edition, before: Manifest, programme: str) -> tuple[Change, ...]:
    try:
        changed = changes(Edition(home().editions / before.id, before), edition)
    except JalonError:
        return ()
    known = figures.definitions(edition)
    return tuple(
        Change(one.label, said(known[one.id], one.before), said(known[one.id], one.after), f"/chiffres/{one.id}")
        for one in changed
        if one.id in known and known[one.id].shape == "scalar" and _concerns(one.id, known[one.id], programme)
    )


def _concerns(figure: str, definition: Definition, programme: str) -> bool:
    return not programme or definition.programme == programme or figure.startswith(EVERYWHERE)


def said(definition: Any, plain: Any) -> str:
    """A frozen plain value in the format of its definition."""
    if plain is None:
        return "inconnu"
    if isinstance(plain, list):
        return format_value(len(plain), "integer", "lignes")
    if definition.format == "date":
        return format_value(date.fromisoformat(plain), "date")
    number = float(plain) if isinstance(plain, str) and definition.format != "text" else plain
    return format_value(number, definition.format, definition.unit)


def _rows(edition: Edition) -> tuple[tuple[str, str], ...]:
    """What the edition holds: how many of each, and what they are told of."""
    labels = {
        "actions": ("action subventionnée", "actions subventionnées", ""),
        "agreements": ("convention", "conventions", ""),
        "territories": ("territoire", "territoires", "communes, intercommunalités, départements et régions"),
        "coverage": (
            "relevé trimestriel de la fibre",
            "relevés trimestriels de la fibre",
            "taux ou locaux raccordables",
        ),
        "declared_facts": ("chiffre déclaré par une publication", "chiffres déclarés par des publications", ""),
        "refusals": ("défaut relevé dans les sources", "défauts relevés dans les sources", ""),
    }
    files = edition.manifest.files
    counted = ((files[f"{table}.parquet"].rows or 0, *words) for table, words in labels.items())
    return tuple((typography.plural(rows, one, many), says) for rows, one, many, says in counted if rows)

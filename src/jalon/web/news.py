"""What changed since the edition before, or what the only edition holds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.editions import Edition, Manifest, listing
from jalon.errors import JalonError
from jalon.figures import changes, format_value
from jalon.home import home
from jalon.web.queries import figures

MOST = 8


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class News:
    """`before` is empty when this is the first edition kept here."""

    edition: str
    as_of: date
    before: str
    before_as_of: date | None
    changes: tuple[Change, ...]
    more: int
    rows: tuple[tuple[str, int], ...]


def news(edition: Edition) -> News:
    older = [manifest for manifest in listing(home()) if manifest.created_at < edition.manifest.created_at]
    before = older[-1] if older else None
    found = _changes(edition, before) if before else ()
    return News(
        edition.id,
        edition.as_of,
        before.id if before else "",
        before.as_of if before else None,
        found[:MOST],
        max(0, len(found) - MOST),
        _rows(edition),
    )


def _changes(edition: Edition, before: Manifest) -> tuple[Change, ...]:
    try:
        changed = changes(Edition(home().editions / before.id, before), edition)
    except JalonError:
        return ()
    known = figures.definitions(edition)
    return tuple(
        Change(one.label, said(known[one.id], one.before), said(known[one.id], one.after), f"/chiffres/{one.id}")
        for one in changed
        if one.id in known and known[one.id].shape == "scalar"
    )


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


def _rows(edition: Edition) -> tuple[tuple[str, int], ...]:
    labels = {
        "actions": "actions",
        "agreements": "conventions",
        "territories": "territoires",
        "coverage": "relevés de fibre",
        "declared_facts": "faits déclarés",
        "refusals": "défauts relevés dans les sources",
    }
    files = edition.manifest.files
    return tuple((label, files[f"{table}.parquet"].rows or 0) for table, label in labels.items())

"""Names of places, themes, axes and programmes, read once an edition."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jalon.editions import Edition
from jalon.web.published import fetch, pairs
from jalon.web.typography import apostrophes


@dataclass(frozen=True, slots=True)
class Programme:
    programme: str
    name: str
    short_name: str
    description: str
    launched_on: date
    ends_on: date | None
    members: int


@dataclass(frozen=True, slots=True)
class Theme:
    theme: str
    label: str
    definition: str


@lru_cache(maxsize=3)
def places(edition: Edition) -> dict[tuple[str, str], str]:
    """(kind, code) to the official name."""
    rows = edition.connect().execute("SELECT kind, code, name FROM territories").fetchall()
    return {(kind, code): apostrophes(name) for kind, code, name in rows}


def place(edition: Edition, kind: str, code: str | None) -> str:
    return places(edition).get((kind, code or ""), "")


@lru_cache(maxsize=3)
def themes(edition: Edition) -> dict[str, Theme]:
    """Themes in their order on screen."""
    rows = fetch(Theme, edition.connect(), "SELECT theme, label, definition FROM themes ORDER BY rank")
    return {row.theme: row for row in rows}


@lru_cache(maxsize=3)
def axes(edition: Edition) -> dict[str, str]:
    """`programme:axis` to its label."""
    return pairs(edition.connect(), "SELECT programme || ':' || axis, label FROM axes ORDER BY programme, axis")


@lru_cache(maxsize=3)
def programmes(edition: Edition) -> dict[str, Programme]:
    """Programmes, those with member territories first."""
    sql = """
    SELECT programme, name, short_name, description, launched_on, ends_on,
           (SELECT count(*) FROM memberships m WHERE m.programme = p.programme) AS members
    FROM programmes p ORDER BY members DESC, launched_on
    """
    return {row.programme: row for row in fetch(Programme, edition.connect(), sql)}

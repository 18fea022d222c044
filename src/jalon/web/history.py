"""What each edition says of a figure, and why it changed from one to the next."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from jalon.editions import Edition, open_edition
from jalon.figures import Definition, Evolution, Figure, evolution
from jalon.figures.evolution import SAYS
from jalon.home import home
from jalon.web.news import said
from jalon.web.queries import figures as query
from jalon.web.typography import plural

MOST = 12
"""Editions shown, from the latest."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of one kind between two editions: "3 lignes venues", and some of their keys with where they are shown."""

    says: str
    keys: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Then:
    """The value that an edition froze; `why` says what changed since the one before, "" when nothing did."""

    edition: str
    as_of: date
    value: str
    href: str
    why: str
    moved: tuple[Moved, ...]


def past(definition: Definition, until: Edition | None = None) -> tuple[Then, ...]:
    """The latest first; `until` leaves out what was built after an edition, so that its page never changes."""
    found = [
        one for one in query.history(definition.id) if until is None or one.created_at <= until.manifest.created_at
    ][: MOST + 1]
    older = {newer.edition: before.edition for newer, before in pairwise(found)}
    return tuple(_then(definition, one, older.get(one.edition)) for one in found[:MOST])


def _then(definition: Definition, one: query.Past, before: str | None) -> Then:
    change = (
        evolution(open_edition(home(), before), open_edition(home(), one.edition), definition.id) if before else None
    )
    value = f"« {definition.label} »" if isinstance(one.value, list) else said(definition, one.value)
    href = f"/chiffres/{definition.id}@{one.edition}"
    return Then(one.edition, one.as_of, value, href, SAYS[change.reason] if change else "", moved(change))


def moved(change: Evolution | None) -> tuple[Moved, ...]:
    if change is None or change.moves is None:
        return ()
    moves = change.moves
    kinds = (
        (moves.came, "venue", moves.came_keys),
        (moves.left, "partie", moves.left_keys),
        (moves.moved, "modifiée", moves.moved_keys),
    )
    return tuple(
        Moved(
            f"{plural(many, 'ligne')} {word}{'s' if many > 1 else ''}",
            _linked(moves.by, keys),
            max(0, many - len(keys)),
        )
        for many, word, keys in kinds
        if many
    )


def _linked(by: str, keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Keys with the page of what they name: an action, a commune, a fact; "" when they have none."""
    pages = {"action_id": "/actions/{}", "code": "/territoires/{}/", "fact_id": "/declarations/#{}"}
    return tuple((key, pages[by].format(key) if by in pages else "") for key in keys)


def scope(edition: Edition, found: Figure, params: query.Parameters) -> str:
    """What the parameters narrow a figure to, in words: "Occitanie, vidéoprotection, 2019"; "" for all of it."""
    given = dict(params)
    names = [
        query.place_name(edition, str(given["territory"])) if "territory" in given else "",
        query.theme_label(edition, str(given["theme"])) if "theme" in given else "",
        str(given.get("year", "")),
        str(given.get("programme", "")),
    ]
    return ", ".join(name for name in names if name)

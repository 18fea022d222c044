"""The public log of corrections: published values that turned out wrong, since when, and the right ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jalon.editions import Edition, open_edition, publications
from jalon.errors import JalonError
from jalon.figures.evolution import Evolution, evolution
from jalon.figures.freeze import changes, frozen_values, same_values
from jalon.home import Home

MOST_EDITIONS = 60
"""Publications looked at, from the latest."""


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition and when it was published here."""

    edition: Edition
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A published value that was wrong: `evolution` has both; `since` is when it was first published, `at` mended."""

    evolution: Evolution
    since: datetime
    at: datetime


def published_here(home: Home) -> tuple[Publication, ...]:
    """What was published and can still be read, oldest first; an edition published twice counts at its first time."""
    found: dict[str, Publication] = {}
    for one, at in publications(home)[-MOST_EDITIONS:]:
        try:
            edition = found[one].edition if one in found else open_edition(home, one)
            frozen_values(edition)
            found.setdefault(one, Publication(edition, datetime.fromisoformat(at)))
        except (JalonError, ValueError):
            continue
    return tuple(sorted(found.values(), key=lambda one: one.at))


def corrections(told: Sequence[Publication]) -> tuple[Correction, ...]:
    """The corrections between publications given oldest first, the latest correction first."""
    found: list[Correction] = []
    for place in range(1, len(told)):
        before, after = told[place - 1], told[place]
        for change in changes(before.edition, after.edition):
            one = evolution(before.edition, after.edition, change.id)
            if one is not None and one.corrects:
                found.append(Correction(one, _since(told[:place], one), after.at))
    return tuple(reversed(found))


def _since(told: Sequence[Publication], one: Evolution) -> datetime:
    """When the wrong value was first published without a break."""
    since = told[-1].at
    for publication in reversed(told):
        if not same_values(frozen_values(publication.edition).get(one.figure), one.was):
            break
        since = publication.at
    return since

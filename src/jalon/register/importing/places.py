"""Territories in use, copied from official geography with their parents."""

from collections.abc import Iterable

from jalon.geography import Place, geography
from jalon.register import bulk
from jalon.register.models import Territory

PARENTS = slice(4, 7)
"""Where a row of `Territory` keeps the keys of its département, région and EPCI."""


def ensure(keys: Iterable[str]) -> None:
    """Write the territories of these keys ("commune:01004") and their parents where absent or out of date.

    Territories that the register already uses are brought up to date too: official geography changes every year.
    """
    names = bulk.columns(Territory)
    there = {row[0]: row for row in Territory.objects.values_list(*names)}
    wanted = dict.fromkeys((*keys, *there))
    rows: dict[str, tuple] = {}
    while wanted:
        found = {key: _row(place) for key in wanted if (place := _place(key))}
        rows |= found
        parents = {parent for row in found.values() for parent in row[PARENTS] if parent and parent not in rows}
        wanted = dict.fromkeys(sorted(parents))
    changed = [row for key, row in rows.items() if there.get(key) != row]
    bulk.upsert(Territory, sorted(changed, key=_parents_first), names)


def _parents_first(row: tuple) -> tuple[int, str]:
    """An order in which no row waits for its parent, which SQLite would check by reading the whole table each time."""
    return sum(parent is not None for parent in row[PARENTS]), row[0]


def _place(key: str) -> Place | None:
    kind, _, code = key.partition(":")
    return geography().place(kind, code)


def _parents(place: Place) -> tuple[str | None, str | None, str | None]:
    """Keys of the département (or overseas collectivity), région and EPCI, where geography knows them."""
    departement = geography().departement_of(place.departement_code) if place.departement_code else None
    return (
        f"{departement.kind}:{departement.code}" if departement else None,
        f"region:{place.region_code}" if place.region_code else None,
        f"epci:{place.epci_code}" if place.epci_code else None,
    )


def _row(place: Place) -> tuple:
    return (
        f"{place.kind}:{place.code}", place.kind, place.code, place.name, *_parents(place),
        place.population, place.lon, place.lat,
    )  # fmt: skip

"""Territories in use, copied from official geography with their parents."""

from collections.abc import Iterable

from jalon.geography import Place, geography
from jalon.register import bulk
from jalon.register.models import Territory
from jalon.register.models.base import spell


def ensure(keys: Iterable[str]) -> None:
    """Write the territories of these keys ("commune:01004") and their parents where absent or out of date.

    Territories that the register already uses are brought up to date too: official geography changes every year.
    """
    names = bulk.columns(Territory)
    there = {row[0]: row for row in Territory.objects.values_list(*names)}
    wanted = dict.fromkeys((*keys, *there))
    rows: dict[str, tuple] = {}
    while wanted:
        places = {key: _place(key) for key in wanted}
        rows |= {key: _row(place) for key, place in places.items() if place}
        parents = {parent for place in places.values() if place for parent in _parents(place)}
        wanted = dict.fromkeys(sorted(parent for parent in parents if parent and parent not in rows))
    bulk.upsert(Territory, [row for key, row in rows.items() if there.get(key) != row], names)


def _place(key: str) -> Place | None:
    kind, _, code = key.partition(":")
    return geography().place(kind, code)


def _parents(place: Place) -> tuple[str | None, str | None, str | None]:
    """Keys of the département (or overseas collectivity), région and EPCI, where geography knows them."""
    departement = geography().departement_of(place.departement_code) if place.departement_code else None
    return (
        spell(departement.kind, departement.code) if departement else None,
        spell("region", place.region_code) if place.region_code else None,
        spell("epci", place.epci_code) if place.epci_code else None,
    )


def _row(place: Place) -> tuple:
    return (
        spell(place.kind, place.code), place.kind, place.code, place.name, *_parents(place),
        place.population, place.lon, place.lat,
    )  # fmt: skip

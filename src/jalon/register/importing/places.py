"""Territories in use, copied from official geography with their parents."""

from collections.abc import Iterable

from jalon.geography import Place, geography
from jalon.register import bulk
from jalon.register.models import Territory

PARENTS = slice(4, 7)
"""Where a row of `Territory` keeps the keys of its département, région and EPCI."""


def ensure(keys: Iterable[str]) -> None:
    """Write the territories of these keys ("commune:01004") and their parents where the register has none."""
    there = set(Territory.objects.values_list("pk", flat=True))
    _write(_with_parents(key for key in keys if key not in there), there)


def refresh() -> None:
    """Bring the territories the register uses up to date: official geography changes every year."""
    known = {row[0]: row for row in Territory.objects.values_list(*bulk.columns(Territory))}
    _write(_with_parents(known), {key for key, row in known.items() if _row_of(key) == row})


def _with_parents(keys: Iterable[str]) -> dict[str, tuple]:
    """Rows of the places that official geography knows, and of their parents."""
    rows: dict[str, tuple] = {}
    wanted = list(keys)
    while wanted:
        found = {key: row for key in wanted if (row := _row_of(key))}
        rows |= found
        wanted = sorted({parent for row in found.values() for parent in row[PARENTS] if parent} - set(rows))
    return rows


def _write(rows: dict[str, tuple], sound: set[str]) -> None:
    bulk.upsert(
        Territory,
        sorted((row for key, row in rows.items() if key not in sound), key=_parents_first),
        bulk.columns(Territory),
    )


def _parents_first(row: tuple) -> tuple[int, str]:
    """An order in which no row waits for its parent, which SQLite would check by reading the whole table each time."""
    return sum(parent is not None for parent in row[PARENTS]), row[0]


def _row_of(key: str) -> tuple | None:
    kind, _, code = key.partition(":")
    place = geography().place(kind, code)
    return _row(place) if place else None


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

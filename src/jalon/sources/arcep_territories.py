"""The territories that Arcep's tables name, by the code of today."""

from collections.abc import Callable
from typing import NamedTuple

from jalon.geography import geography
from jalon.sources.codes import commune_code, siren
from jalon.sources.defects import Defects
from jalon.sources.fields import line
from jalon.sources.zones import departement, region


class Territory(NamedTuple):
    kind: str
    code: str


def _commune(published: str, defects: Defects, row: int) -> Territory | None:
    try:
        code = commune_code(published) or ""
    except ValueError:
        code = ""
    today = geography().successor(code)
    if today is None:
        defects.row(row, "code", published, "unknown-commune", "commune absente du code officiel, sans successeur")
        return None
    if today != code:
        name = geography().communes[today].name
        reason = f"commune disparue : ses locaux sont ajoutés à ceux de {name} ({today})"
        defects.repaired(row, "code", published, "merged-commune", reason)
    return Territory("commune", today)


def _arrondissement(published: str, defects: Defects, row: int) -> Territory | None:
    if geography().successor(published) in (None, published):
        defects.row(row, "code", published, "unknown-commune", "arrondissement municipal inconnu")
        return None
    return Territory("arrondissement", published)


def _epci(published: str, defects: Defects, row: int) -> Territory | None:
    try:
        code = siren(published) or ""
    except ValueError:
        code = ""
    today = geography().epci_successor(code)
    if today is None:
        defects.row(row, "code", published, "unknown-epci", "EPCI disparu sans successeur unique, ou code erroné")
        return None
    if today != code:
        name = geography().epcis[today].name
        reason = f"EPCI disparu : ses locaux sont ajoutés à ceux de {name} ({today})"
        defects.repaired(row, "code", published, "merged-epci", reason)
    return Territory("epci", today)


def _departement(published: str, defects: Defects, row: int) -> Territory | None:
    place = departement(line(published), defects, row, "code")
    return Territory(place.kind, place.code) if place else None


def _region(published: str, defects: Defects, row: int) -> Territory | None:
    place = region(line(published), defects, row, "code")
    return Territory(place.kind, place.code) if place else None


LOOKUPS: dict[str, Callable[[str, Defects, int], Territory | None]] = {
    "commune": _commune,
    "arrondissement": _arrondissement,
    "epci": _epci,
    "departement": _departement,
    "region": _region,
}

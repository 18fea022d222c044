"""Checks that every published list of towns goes through, against the official geography."""

from collections.abc import Callable
from typing import Any, TypeVar

from jalon.geography import Place, distance_km, geography
from jalon.geography.names import key
from jalon.sources.codes import commune_code
from jalon.sources.defects import Defects
from jalon.sources.features import position
from jalon.sources.fields import Raw, line, unmangle

FARTHEST_KM = 60.0
T = TypeVar("T")


def attempt(
    parse: Callable[[Raw], T | None], raw: Raw, defects: Defects, row: int, field: str, reason: str
) -> T | None:
    """The parsed value; one that does not parse is noted as a field refusal and becomes unknown."""
    try:
        return parse(raw)
    except ValueError:
        defects.field(row, field, raw, f"bad-{field.lower().replace('_', '-')}", reason)
        return None


def town(raw: Raw, defects: Defects, row: int, field: str) -> tuple[str, str | None] | None:
    """(published code with its zeros, code of today or None); None and a row refusal when it is no commune code."""
    try:
        code = commune_code(raw)
    except ValueError:
        code = None
    if code is None:
        defects.row(row, field, raw, "bad-commune-code", "ce n'est pas un code INSEE de commune")
        return None
    if code != str(raw).strip():
        reason = f"zéro de tête perdu : lu comme {code}"
        defects.repaired(row, field, raw, "lost-zero", reason)
    return code, current(code, defects, row, field)


def current(code: str, defects: Defects, row: int, field: str) -> str | None:
    """The commune of today for a published code; a merger is noted, and so is a code nobody succeeds."""
    today = geography().successor(code)
    if today is None:
        defects.field(row, field, code, "unknown-commune", "commune absente du code officiel, sans successeur connu")
    elif today != code:
        name = geography().communes[today].name
        defects.repaired(row, field, code, "merged-commune", f"commune disparue : suivie par {name} ({today})")
    return today


def place_of(code: str | None) -> Place | None:
    return geography().communes.get(code) if code else None


def name_of(raw: Raw, defects: Defects, row: int, field: str) -> str | None:
    """A name with its mojibake undone, which is noted."""
    published = line(raw)
    if published is None:
        return None
    mended = line(unmangle(str(raw)))  # before blanks are tidied: a no-break space may be half of a letter
    if mended != published:
        defects.repaired(row, field, published, "mojibake", f"UTF-8 lu en cp1252 : lu comme « {mended} »")
    return mended


def check_name(name: str | None, place: Place | None, defects: Defects, row: int, field: str) -> None:
    """Note a name that is not the official one of the code: the code decides."""
    if name is None or place is None or key(name) == key(place.name):
        return
    reason = f"nom différent du nom officiel de {place.code} : {place.name}, retenu"
    defects.repaired(row, field, name, "name-differs", reason)


def check_parent(raw: str | None, official: str | None, defects: Defects, row: int, field: str) -> None:
    """Note a parent (département, région, EPCI) that is not the one of the official geography, which decides."""
    if raw is None or official is None or raw == official:
        return
    reason = f"le code officiel de la commune donne {official}, retenu"
    defects.repaired(row, field, raw, "parent-differs", reason)


def check_position(geometry: Any, place: Place | None, defects: Defects, row: int) -> None:
    """Note a point over 60 km from the town hall (overseas insets); published points are never used as positions."""
    point = position(geometry)
    if point is None:
        defects.field(row, "geometry", geometry and geometry.get("type"), "no-position", "aucun point lisible")
        return
    if place is None or place.lon is None:
        return
    away = distance_km(place, place._replace(lon=point[0], lat=point[1]))
    if away is not None and away > FARTHEST_KM:
        shown = f"{point[0]:.4f} {point[1]:.4f}"
        reason = f"point à {away:.0f} km de la mairie de {place.name} (cartouche) : position officielle retenue"
        defects.field(row, "geometry", shown, "displaced-point", reason)

"""Départements, régions and the country as series name them, held against the official geography."""

from functools import cache

from jalon.geography import Place, geography
from jalon.geography.names import key
from jalon.sources.codes import departement_code, region_code
from jalon.sources.defects import Defects
from jalon.sources.fields import Raw, line

PREFIXES = {"DEPT": "D", "REG": "R", "NAT": ""}


def departement(raw: Raw, defects: Defects, row: int, field: str) -> Place | None:
    """The département or collectivity of the same rank; None and a row refusal when there is none."""
    return _official(_departement(raw), raw, defects, row, field, "ce n'est pas un département")


def region(raw: Raw, defects: Defects, row: int, field: str) -> Place | None:
    return _official(_region(raw), raw, defects, row, field, "ce n'est pas une région")


def country(raw: Raw, defects: Defects, row: int, field: str) -> Place | None:
    """The country, where the column says "national" or "FRANCE"."""
    found = geography().place("pays", "FR") if str(raw).strip().lower() in {"national", "france"} else None
    return _official(found, raw, defects, row, field, "ce n'est pas la maille nationale")


def prefixed(raw: Raw, level: Raw, defects: Defects, row: int, field: str) -> Place | None:
    """ "D01", "R84", "FRANCE" with their level DEPT, REG, NAT; a level that disagrees with its code is refused."""
    code, level = str(raw or "").strip(), str(level or "").strip()
    prefix = PREFIXES.get(level)
    if prefix is None or not code.startswith(prefix):
        defects.row(row, field, code, "unknown-zone", f"zone qui n'est pas de la maille « {level} »")
        return None
    read = {"D": departement, "R": region, "": country}[prefix]
    return read(code.removeprefix(prefix), defects, row, field)


def check_label(label: Raw, place: Place, defects: Defects, row: int, field: str) -> None:
    """Note a name that is not that of the code, which decides."""
    name = line(label)
    if name and not _same_name(name, place):
        reason = f"le code {place.code} est celui de {place.name}, retenu"
        defects.repaired(row, field, name, "name-differs", reason)


@cache
def _same_name(name: str, place: Place) -> bool:
    return key(name) == key(place.name)


def _official(found: Place | None, raw: Raw, defects: Defects, row: int, field: str, reason: str) -> Place | None:
    if found is None:
        defects.row(row, field, raw, "unknown-zone", reason)
    return found


@cache
def _departement(raw: Raw) -> Place | None:
    try:
        return geography().departement_of(departement_code(raw) or "")
    except ValueError:
        return None


@cache
def _region(raw: Raw) -> Place | None:
    try:
        return geography().regions.get(region_code(raw) or "")
    except ValueError:
        return None

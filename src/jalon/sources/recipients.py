"""Who receives a grant: from a level, a code column that mixes keys and a declared name to a territory of today."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from jalon.geography import Place, geography, resolve
from jalon.geography.names import key
from jalon.sources.codes import departement_code, identifier
from jalon.sources.fields import line

SAME_NAME = 84
SHORT_NAME = 5
LEVELS = {
    "commune": "commune",
    "epci": "epci",
    "syndicat": "syndicat",
    "conseil_departemental": "departement",
}


class Note(NamedTuple):
    """A defect met on the way, to be written on each row it touches."""

    effect: str
    field: str
    value: str | None
    code: str
    reason: str


class Recipient(NamedTuple):
    """`code` is that of today, None when unknown; `name` the official one where there is one."""

    kind: str
    published: str | None
    code: str | None
    name: str | None
    departement: str | None
    region: str | None
    notes: tuple[Note, ...]


class Declared(NamedTuple):
    """The cells that name a recipient; `other_code` is a second column meant to hold the same code."""

    level: str | None
    code: str | None
    other_code: str | None
    name: str | None
    official_name: str | None
    departement: str | None


@lru_cache(maxsize=100_000)
def recipient(declared: Declared) -> Recipient:
    """The territory of a grant; every doubt is told in its notes."""
    notes: list[Note] = []
    kind = LEVELS.get((declared.level or "").strip().lower(), "autre")
    if kind == "autre":
        notes.append(
            Note("field", "echelon", declared.level, "unknown-level", "échelon inconnu : bénéficiaire non situé")
        )
    departement = _departement(declared.departement, notes)
    found = FINDERS[kind](declared, departement, notes)
    name = (line(declared.official_name) or line(declared.name)) if found.place is None else found.place.name
    return _recipient(found, line(declared.code), name, departement, notes)


class Found(NamedTuple):
    kind: str
    code: str | None
    place: Place | None


def _recipient(
    found: Found, published: str | None, name: str | None, departement: str | None, notes: list[Note]
) -> Recipient:
    place = found.place
    official = (place.code if place.kind == "departement" else place.departement_code) if place else None
    if found.kind == "commune" and official and departement and official != departement:
        reason = f"le code officiel de {name} donne le département {official}, retenu"
        notes.append(Note("repaired", "departement", departement, "parent-differs", reason))
    kept = official or departement
    parent = geography().departements.get(kept or "")
    region = (place.region_code if place else None) or (parent.region_code if parent else None)
    return Recipient(found.kind, published, found.code, name, kept, region, tuple(notes))


def _departement(raw: str | None, notes: list[Note]) -> str | None:
    try:
        code = departement_code(raw)
    except ValueError:
        code = None
    if code is None or geography().departement_of(code) is None:
        notes.append(Note("field", "departement", raw, "bad-departement", "ce n'est pas un code de département"))
        return None
    return code


def _commune(declared: Declared, departement: str | None, notes: list[Note]) -> Found:
    today = _commune_code(declared, notes)
    place = geography().communes.get(today or "")
    named = _named(declared, place, departement, notes)
    chosen = named or place
    if chosen is None:
        reason = "commune absente du code officiel, et que son nom ne désigne pas"
        notes.append(Note("field", "code", line(declared.code), "unknown-commune", reason))
    return Found("commune", chosen.code if chosen else None, chosen)


def _commune_code(declared: Declared, notes: list[Note]) -> str | None:
    """The commune of today of the first of the two code columns that names one."""
    published = [code for code in (line(declared.code), line(declared.other_code)) if code]
    known = [(code, geography().successor(code)) for code in published]
    good = [(code, today) for code, today in known if today]
    if not good:
        return None
    code, today = good[0]
    if len(set(published)) > 1:
        reason = f"les deux colonnes de code diffèrent ({' et '.join(published)}) : {code} existe, retenu"
        notes.append(Note("repaired", "code", published[0], "codes-disagree", reason))
    if today != code and today:
        reason = f"commune disparue : suivie par {geography().communes[today].name} ({today})"
        notes.append(Note("repaired", "code", code, "merged-commune", reason))
    return today


def _named(declared: Declared, place: Place | None, departement: str | None, notes: list[Note]) -> Place | None:
    """The commune that the declared name names when it is another than the code's: the code was matched afterwards.

    None when the name agrees with the code, is a variant of its name, or names no single commune of the département.
    """
    name = line(declared.name)
    if name is None or (place and key(name) in (key(place.name), key(declared.official_name or ""))):
        return None
    found = resolve(name, departement) if departement else ()
    if len(found) == 1:
        if place is None or found[0].code != place.code:
            wrong = f"le code est celui de {place.name}" if place else "le code n'est à personne"
            reason = f"{wrong}, le nom déclaré celui de {found[0].name} ({found[0].code}) : le nom décide"
            notes.append(Note("repaired", "code", line(declared.code), "code-of-another", reason))
        return found[0]
    if place and not _variant(name, place.name, declared.official_name):
        reason = f"nom déclaré autre que {place.name}, inconnu dans le département : le code décide"
        notes.append(Note("repaired", "beneficiaire", name, "name-differs", reason))
    return None


def _variant(name: str, *officials: str | None) -> bool:
    """The name is the official one with a slip, an omission, or something added."""
    wanted = key(name)
    return any(_alike(wanted, key(official)) for official in officials if official)


def _alike(wanted: str, official: str) -> bool:
    if min(len(wanted), len(official)) < SHORT_NAME:
        return official in wanted.split() or wanted in official.split()
    return fuzz.partial_ratio(wanted, official) >= SAME_NAME


def _epci(declared: Declared, departement: str | None, notes: list[Note]) -> Found:
    siren = _siren(declared, notes)
    today = geography().epci_successor(siren or "")
    place = geography().epcis.get(today or "")
    if siren and place is None:
        reason = "EPCI absent du code officiel : disparu sans successeur unique, ou sans fiscalité propre"
        notes.append(Note("field", "code", siren, "unknown-epci", reason))
    elif place and today != siren:
        reason = f"EPCI disparu : suivi par {place.name} ({today})"
        notes.append(Note("repaired", "code", siren, "merged-epci", reason))
    return Found("epci", today, place)


def _syndicat(declared: Declared, departement: str | None, notes: list[Note]) -> Found:
    siren = _siren(declared, notes)
    place = geography().epcis.get(siren or "")
    if place is None:
        return Found("syndicat", siren, None)
    if fuzz.token_set_ratio(key(declared.name or ""), key(place.name)) >= SAME_NAME:
        reason = f"le code est celui d'un EPCI à fiscalité propre : {place.name}, et le nom le confirme"
        notes.append(Note("repaired", "echelon", declared.level, "level-differs", reason))
        return Found("epci", place.code, place)
    reason = f"le code est celui de {place.name}, le nom non : bénéficiaire non situé"
    notes.append(Note("field", "code", siren, "code-of-another", reason))
    return Found("syndicat", None, None)


def _siren(declared: Declared, notes: list[Note]) -> str | None:
    found = identifier(declared.code)
    if found is None:
        notes.append(Note("field", "code", declared.code, "missing-code", "pas de code de bénéficiaire"))
        return None
    if found.kind == "siret":
        reason = f"SIRET (14 chiffres) là où un SIREN est attendu : lu comme {found.code}"
        notes.append(Note("repaired", "code", declared.code, "siret", reason))
    if found.kind in ("siren", "siret"):
        return found.code
    wrong = "code de commune" if found.kind == "commune" else "code abîmé (longueur ou clé de Luhn)"
    notes.append(Note("field", "code", declared.code, f"code-{found.kind}", f"{wrong} là où un SIREN est attendu"))
    return None


def _council(declared: Declared, departement: str | None, notes: list[Note]) -> Found:
    own: list[Note] = []
    code = _departement(declared.code, own)
    if code is None:
        notes.append(Note("field", "code", declared.code, "bad-departement", "ce n'est pas un code de département"))
    return Found("departement", code, geography().departements.get(code or ""))


def _other(declared: Declared, departement: str | None, notes: list[Note]) -> Found:
    return Found("autre", None, None)


FINDERS = {"commune": _commune, "epci": _epci, "syndicat": _syndicat, "departement": _council, "autre": _other}

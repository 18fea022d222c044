"""Who agrees, where and when: towns against the official geography, EPCI, signatories, date of signature."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from jalon.agreements import confidence, dates
from jalon.agreements.fields import evidence
from jalon.agreements.model import Field, Signatory, Town
from jalon.agreements.wording import BULLET, fold, join, paragraphs
from jalon.documents.lines import Line
from jalon.geography.names import key, resolve
from jalon.geography.places import Place, geography

FRONT_PAGES = 4
WORD = r"[A-ZÀ-ÝŒ][\wÀ-ÿ'’œ\-]*"
NAME = rf"{WORD}(?:[ -](?:{WORD}|sur|en|le|la|les|lès|de|du|des|sous|et|aux?|l['’][\wÀ-ÿ]+)){{0,6}}"
OF_TOWN = re.compile(rf"\b(?:[Vv]ille|[Cc]ommune|[Mm]airie|VILLE|COMMUNE)s?\s+(?:de la |des |du |de |d['’])({NAME})")
SIGNED_AT = re.compile(rf"\bà\s+({NAME})")
EPCI = re.compile(
    r"[Cc]ommunauté (?:d['’]\s?[Aa]gglomération|de [Cc]ommunes|[Uu]rbaine)"
    rf"(?: (?:du |de la |des |de |d['’])?(?:Pays (?:de la |du |des |de |d['’])?)?{NAME})?"
    rf"|{WORD}(?: {WORD}){{0,3}} Agglomération|Grand {WORD}|{WORD} Métropole"
)
CUE = re.compile(r"[Vv]ille|[Cc]ommune|[Mm]airie|[Ss]ign|[Ff]ait")
UNION = re.compile(r"ommunauté|Agglomération|Grand |Métropole")
SIGNED = re.compile(r"\b(?:signe\w*|signature|fait (?:a|le|en)|conclue?)\b")
NAMED_AFTER = re.compile(r"[«“\"]\s*(?P<role>[^»”\"]+?)\s*[»”\"]")
PERSON = (
    r"(?:M\.|Mme|Monsieur|Madame|MM\.)?\s*"
    r"(?P<name>[A-ZÀ-Ý][\wÀ-ÿ'’-]+(?:\s+(?:[A-ZÀ-Ý][\wÀ-ÿ'’-]+|Le|La|de|du|des|d['’]\w+)){1,3})"
)
FIRST = re.compile(rf"^{PERSON}\s*,\s*(?P<capacity>[^,«]+?)\s*,\s*(?:ci-après|dénommé|désigné)")
SECOND = re.compile(rf"^(?P<role>.+?),?\s+représenté(?:e|\(e\))?s?\s+par\s+{PERSON}\s*,?\s*(?P<capacity>[^,;.]*)")


def towns(lines: Sequence[Line], heads: Iterable[str]) -> Field[tuple[Town, ...]] | None:
    """The town that a document names most, with the code of the commune; a name no commune bears has no code."""
    weights: Counter[str] = Counter()
    places: dict[str, Line] = {}
    for line in lines:
        if line.page > FRONT_PAGES and not CUE.search(line.text):
            continue
        for name, weight in _mentions(line):
            weights[fold(name)] += weight
            places.setdefault(fold(name), line)
    for named in filter(None, map(_whole_name, heads)):
        weights[fold(named)] += 3
    ranked = [name for name, _ in weights.most_common(8) if name in places]
    best = next((name for name in ranked if resolve(name)), ranked[0] if ranked else None)
    if best is None or weights[best] < 3:
        return None
    place = _chosen(best, lines)
    line = places[best]
    shown = place.name if place else _spelling(best, line)
    others = _cosigning(lines, best)
    found = (Town(shown, place.code if place else None), *(town for town, _ in others))
    return Field(found, evidence([line, *(told for _, told in others)]), confidence.of("town", [line]))


def _cosigning(lines: Sequence[Line], main: str) -> list[tuple[Town, Line]]:
    """The other communes that the list of the parties names as represented by someone, with the lines that say so."""
    out: dict[str, tuple[Town, Line]] = {}
    for line in lines:
        before, represented, _ = line.text.partition("représenté")
        if line.page > FRONT_PAGES or not represented:
            continue
        for named in OF_TOWN.finditer(before):
            name = _trimmed(named.group(1))
            place = _chosen(name, lines)
            if fold(name) != main and place:
                out.setdefault(place.code, (Town(place.name, place.code), line))
    return list(out.values())


def _mentions(line: Line) -> Iterable[tuple[str, int]]:
    front = line.page <= FRONT_PAGES
    for found in OF_TOWN.finditer(line.text):
        yield _trimmed(found.group(1)), 2 if front else 1
    if SIGNED.search(fold(line.text)):
        for found in SIGNED_AT.finditer(line.text):
            yield _trimmed(found.group(1)), 4
    if line.page == 1 and (name := _whole_name(line.text)):
        yield name, 6


def _trimmed(name: str) -> str:
    return re.sub(r"(?:[ -](?:sur|en|le|la|les|lès|de|du|des|sous|et|aux?))+$", "", name).rstrip("-’'")


def _whole_name(text: str) -> str | None:
    """The commune that a short line or the first part of it names."""
    for part in re.split(r"\s+[–—|-]\s+", text)[:2]:
        if 2 < len(part) < 45 and not re.search(r"\d", part) and resolve(part):
            return part
    return None


def _spelling(folded: str, line: Line) -> str:
    return next((name for name, _ in _mentions(line) if fold(name) == folded), folded)


def _bearers(name: str) -> list[Place]:
    """Communes of that name, and those in which a commune of that name was merged."""
    held = geography()
    merged = (held.communes.get(code) for code in _former().get(key(name), ()))
    return list(dict.fromkeys([*resolve(name), *(place for place in merged if place)]))


@cache
def _former() -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = defaultdict(set)
    for former in geography().former_communes.values():
        if former.name:
            index[key(former.name)].add(former.successor)
    return {name: frozenset(codes) for name, codes in index.items()}


def _chosen(name: str, lines: Sequence[Line]) -> Place | None:
    """The commune of that name in the region or the département that the first pages name; the largest otherwise."""
    found = _bearers(name)
    if len(found) < 2:
        return found[0] if found else None
    front = " ".join(fold(line.text) for line in lines if line.page <= FRONT_PAGES)
    held = geography()

    def told(place: Place) -> int:
        region = held.regions.get(place.region_code or "")
        departement = held.departements.get(place.departement_code or "")
        return sum(1 for one in (region, departement) if one and fold(one.name) in front)

    return max(found, key=lambda place: (told(place), place.population or 0))


def epci(lines: Sequence[Line]) -> Field[str] | None:
    """The EPCI that a document names most, on its first pages above all."""
    weights: Counter[str] = Counter()
    seen: dict[str, tuple[str, Line]] = {}
    for line in lines:
        if not UNION.search(line.text):
            continue
        for found in EPCI.finditer(line.text):
            name = re.sub(r"\s+(?:et|du|de|des|de la)$", "", found.group(0)).strip(" ,;.")
            weights[fold(name)] += 4 if line.page == 1 else 1
            if line.page <= FRONT_PAGES or fold(name) not in seen:
                seen.setdefault(fold(name), (name, line))
    if not weights:
        return None
    name, line = seen[weights.most_common(1)[0][0]]
    return Field(name, evidence([line]), confidence.of("epci", [line]))


def signed(lines: Sequence[Line]) -> Field[date] | None:
    """The day of signature: the first one that a line about signing names."""
    for line in lines:
        if SIGNED.search(fold(line.text)) and (day := dates.day(line.text)):
            return Field(day, evidence([line]), confidence.of("signed", [line]))
    return None


def signatories(lines: Sequence[Line]) -> tuple[Field[Signatory], ...]:
    """Who signs, from the list of the parties on the first pages."""
    front = [line for line in lines if line.page <= FRONT_PAGES]
    out: list[Field[Signatory]] = []
    for part in paragraphs(front):
        text = BULLET.sub("", join(line.text for line in part)).strip()
        first, second = FIRST.match(text), SECOND.match(text)
        role = NAMED_AFTER.search(text)
        if first and role:
            read = Signatory(role.group("role"), first.group("name"), first.group("capacity"))
        elif second and len(second.group("role")) < 120:
            read = Signatory(second.group("role"), second.group("name"), second.group("capacity").strip())
        else:
            continue
        out.append(Field(read, evidence(part), confidence.of("signatory", part)))
    return tuple(out)

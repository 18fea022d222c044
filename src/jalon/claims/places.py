"""Places named in a text: régions, départements and communes of an edition, and what the text makes of them."""

import re
from dataclasses import dataclass
from typing import Literal

from jalon.claims.lexicon import loose
from jalon.claims.text import Plain
from jalon.editions import Edition
from jalon.geography import fold, resolve

ALIASES = {
    "paca": "region:93",
    "provence alpes cote d azur": "region:93",
    "idf": "region:11",
    "centre val de loire": "region:24",
    "corse": "region:94",
    "la corse": "region:94",
    "aura": "region:84",
}
_NAMES = """
SELECT kind, code, name FROM territories WHERE kind IN ('region', 'departement')
UNION ALL SELECT kind, code, name FROM territories t
WHERE kind = 'commune' AND code IN (SELECT territory_code FROM memberships WHERE territory_kind = 'commune')
"""
_LONGEST = 8
_WORD = re.compile(r"[a-z0-9]+")
_TOWN = re.compile(r"(?:\ba|\b(?:ville|commune|mairie)s? (?:de|d')|\bcelle de|\bpour|\bdont) ?$")
_WIDE = re.compile(
    r"(?:\ben|\bdans (?:la|le|les|l'|tout[e]? l[ae']?)?|\baux?"
    r"|\b(?:departement|region)s? (?:de la|de l'|des|du|de|d'|en)?"
    r"|\b(?:la|le|l'|les)|\bd[eu] la|\bd[eu]|\bdes|\bd'|\bde l'|\bpour (?:la|le|l'|les)) ?$"
)
_COUNTS = re.compile(r" (?:compte|a|dispose|beneficie|porte|recense|mene|conduit|accueille|recoit|obtient)(?![a-z'])")
_EXAMPLE = re.compile(
    r"\b(?:comme|tel(?:le)?s? que|notamment|par exemple|parmi lesquel(?:le)?s|a l'image d[eu'])\b[^.;:()]*$"
)
_ANAPHORA = re.compile(
    r"\b(?:la|cette|ladite|sa) (region)\b(?! d[eu'])|\b(?:le|ce|ledit) (departement)\b(?! d[eu'])"
    r"|\b(?:la|cette) (ville|commune)\b(?! (?:d[eu']|intelligente))"
)
_TAKEN_UP = re.compile(
    r"\b(?:ces|leurs?|ses) (?:[a-z]+ )?(?:communes|villes|territoires|collectivites|projets|conventions|actions)\b"
    r"|\b(?:en leur sein|parmi (?:elles|eux)|(?:d')?entre (?:elles|eux)|celles-ci|ceux-ci)\b"
    r"|\b(?:y (?:ont|sont|etaient|avaient)|sur ce (?:territoire|departement)|dans cette region)\b"
)
_CAPITAL_AFTER = re.compile(
    r"\b(?:en|a|au|aux|dans (?:le|la|les|l')|region|departement d[eu]s?|villes? de|communes? de) ?$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place in the plain text. `code` is "region:76" or so; empty when the text names what cannot be told apart."""

    code: str
    name: str
    start: int
    end: int
    kind: Literal["region", "departement", "commune", "pays", "unknown"]
    follows: bool
    """Introduced by a preposition, so that it may qualify what comes before it."""
    example: bool = False
    member: bool = True
    """For a commune, whether it is one of a programme of the edition."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Codes of an edition by folded name; several where a name is borne twice."""

    names: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    members: frozenset[str]
    """Codes of the communes of a programme."""


def gazetteer(edition: Edition) -> Gazetteer:
    """The names of the edition's territories; kept with the edition."""
    kept = edition.memo.get("claims.gazetteer")
    if kept is None:
        kept = _read(edition)
        edition.remember("claims.gazetteer", kept)
    return kept  # type: ignore[no-any-return]


def _read(edition: Edition) -> Gazetteer:
    rows = edition.query(_NAMES)
    members = {code for kind, code, _ in rows if kind == "commune"}
    names: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for kind, code, name in rows:
        key = f"{kind}:{code}"
        labels[key] = name
        folded = fold(name)
        names.setdefault(folded, []).append(key)
        bare = re.sub(r"^(?:les?|la|l) ", "", folded)
        if bare != folded:
            names.setdefault(bare, []).append(key)
    for alias, code in ALIASES.items():
        if code in labels:
            names[alias] = [code]
    return Gazetteer({name: tuple(codes) for name, codes in names.items()}, labels, frozenset(members))


def places(plain: Plain, known: Gazetteer, start: int, end: int, skip: list[tuple[int, int]]) -> tuple[Named, ...]:
    """The places of one sentence, outside the spans to skip (programme names, dates)."""
    text = loose(plain.text)
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    found: list[Named] = []
    taken = start
    for rank, (first, _) in enumerate(words):
        if first < taken or not plain.capital(first) or any(a <= first < b for a, b in skip):
            continue
        named = _longest(plain, text, known, words[rank : rank + _LONGEST], start)
        if named is not None:
            found.append(named)
            taken = named.end
    return tuple(found)


def _longest(plain: Plain, text: str, known: Gazetteer, words: list[tuple[int, int]], low: int) -> Named | None:
    first = words[0][0]
    before = plain.text[max(low, first - 40) : first]
    for size in range(len(words), 0, -1):
        last = words[size - 1][1]
        if last - first > 60 or "\n" in text[first:last] or re.search(r"[^a-z0-9 ]", text[first:last]):
            continue
        codes = known.names.get(" ".join(text[first:last].split()))
        if codes:
            chosen = _chosen(codes, before, known, at_start=first == low or not before.strip())
            if chosen is None:
                continue
            return _named(plain, known, chosen, first, last, low)
    return _outside(plain, words, before)


def _outside(plain: Plain, words: list[tuple[int, int]], before: str) -> Named | None:
    """A name after "à" or "en" that the edition's programmes do not know: a town of the official code, or unknown."""
    first = words[0][0]
    subject = not before.strip() and any(_COUNTS.match(plain.text, last) for _, last in words[:6])
    if words[0][1] - first <= 2 or not (subject or _CAPITAL_AFTER.search(before)):
        return None
    for size in range(min(len(words), 6), 0, -1) if subject or _TOWN.search(before) else ():
        last = words[size - 1][1]
        if subject and not _COUNTS.match(plain.text, last):
            continue
        towns = resolve(plain.quote(first, last))
        if len(towns) == 1:
            return Named(f"commune:{towns[0].code}", towns[0].name, first, last, "commune", True, member=False)
    return None if subject else Named("", plain.quote(first, words[0][1]), first, words[0][1], "unknown", True)


def _named(plain: Plain, known: Gazetteer, code: str, first: int, last: int, low: int) -> Named:
    before = plain.text[max(low, first - 40) : first]
    example = bool(_EXAMPLE.search(plain.text[max(low, first - 160) : first]))
    kind = code.partition(":")[0] if code else "unknown"
    follows = bool(_TOWN.search(before) or _WIDE.search(before) or before.endswith("("))
    return Named(code, known.labels.get(code, plain.quote(first, last)), first, last, kind, follows, example)  # type: ignore[arg-type]


def _chosen(codes: tuple[str, ...], before: str, known: Gazetteer, *, at_start: bool) -> str | None:
    """The one place meant among homonyms; "" when it cannot be told; None when the word is no place."""
    wide = [code for code in codes if not code.startswith("commune:")]
    towns = [code for code in codes if code.startswith("commune:")]
    members = [code for code in towns if code.partition(":")[2] in known.members]
    town_like, wide_like = bool(_TOWN.search(before)), bool(_WIDE.search(before))
    regions = [code for code in wide if code.startswith("region:")]
    if wide and not town_like and (wide_like or not members):
        return regions[0] if regions else wide[0]
    if members and (town_like or not wide):
        return members[0] if len(members) == 1 else ""
    if wide and not towns:
        return regions[0] if regions else wide[0]
    if towns and town_like:
        return towns[0] if len(towns) == 1 else ""
    return "" if wide and (town_like or at_start) else None


def recalled(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """("region" or "departement" or "commune", where) when the sentence points back: "la région", "cette ville"."""
    match = _ANAPHORA.search(text, start, end)
    if match is None:
        return None
    kind = "region" if match[1] else "departement" if match[2] else "commune"
    return kind, match.start(), match.end()


def taken_up(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the sentence takes up what the one before counted: "ces communes", "en leur sein", "parmi elles"."""
    match = _TAKEN_UP.search(text, start, end)
    return match.span() if match else None

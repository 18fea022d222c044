"""What a number counts: the noun after it, within it, or before it."""

import re
from functools import cache

from jalon.claims.context import Frame
from jalon.claims.lexicon import found, pattern, spans
from jalon.claims.quantity import Quantity
from jalon.claims.vocabulary import vocabulary

Bounds = tuple[int, int]
NOWHERE = (0, 0)
_ADJECTIVES = r"principa[a-z]+|grand[a-z]*|seule?s?|nouve[a-z]+|different[a-z]*|divers[a-z]*|premier[a-z]*|tou[st]e?s?"
_LINK = re.compile(
    rf"(?: (?:de|des|d|du|la|le|les|l|ces|cette|nos|ses|leurs?|{_ADJECTIVES}|entre elles|entre eux)(?= ))* {{1,3}}"
)
_OF = re.compile(
    r" {0,2}(?:de|d|des|du|parmi|sur)(?: (?:la|l|le|les|ces|nos|ses|leurs|toutes les|tous les|l ensemble des|elle))?"
    r"(?= ) {1,3}|(?= *$)"
)
_ALL_OF = re.compile(r" {1,3}(?:(?:d|de|des|les|l|la|ces|nos|ses|leurs|du)(?= ) {1,3})*")
_TOTALS = re.compile(
    r"(?:nombre|total|compte|part|taux|proportion|pourcentage|volume) (?:total |global )?"
    r"(?:de|des|d|du)(?: la| l| les)? $"
)


@cache
def nouns() -> tuple[str, ...]:
    """Every noun that an entry counts, and those of other scopes."""
    entries = vocabulary().entry
    return tuple(sorted({noun for entry in entries for noun in (*entry.nouns, *entry.other_scope)}))


def subject(frame: Frame, quantity: Quantity, after: Bounds, last: Bounds) -> tuple[Bounds, bool, str]:
    """(bounds of the noun, whether it is taken from before the number, the noun that is not known)."""
    text = frame.text
    within = spans(nouns(), text, quantity.start, quantity.end) if quantity.fraction else []
    if within:
        return within[0], False, ""
    link = _ALL_OF if quantity.hedge == "universal" else _LINK if quantity.kind == "count" else _OF
    match = link.match(text, quantity.end) if quantity.kind in ("count", "percent") else None
    if match:
        noun = pattern(nouns()).match(text, match.end())
        if noun:
            return noun.span(), False, ""
        unknown = "" if quantity.hedge == "universal" else _strange(frame, match)
        if unknown:
            return NOWHERE, False, unknown
    if last != NOWHERE:
        return last, True, ""
    return _before(frame, quantity), True, ""


def _strange(frame: Frame, link: re.Match[str]) -> str:
    """The word right after the number when it stands for a noun that is not known; empty when it is none."""
    word = re.match(r"[a-z]+", frame.text[link.end() : link.end() + 30])
    if not word or link.end() == link.start() or _stops(word.group()):
        return ""
    gap = frame.plain.text[link.start() : link.end()]
    return "" if re.search(r"[.,;:()]", gap) or gap.strip() in ("d'", "parmi") else word.group()


def _stops(word: str) -> bool:
    neutral = vocabulary().neutral
    verbs = (*neutral.stops, *neutral.auxiliaries, *neutral.small, *neutral.verbs)
    return found((*verbs, "en", "au", "nombre", "livre*", "acheve*", "signe*", "benefici*", "port*", "particip*"), word)


def _before(frame: Frame, quantity: Quantity) -> Bounds:
    """The noun said to be counted before the number, else the first noun of the sentence before it, else after it."""
    heard = spans(nouns(), frame.text, frame.sentence[0], quantity.start)
    for start, end in reversed(heard):
        if _TOTALS.search(frame.text, max(0, start - 40), start):
            return start, end
    if heard:
        return heard[0]
    return next(iter(spans(nouns(), frame.text, quantity.end, frame.sentence[1])), NOWHERE)

"""The stretches of a sentence that belong to one of its quantities."""

import re

from jalon.claims.context import Frame
from jalon.claims.lexicon import pattern
from jalon.claims.quantity import Quantity
from jalon.claims.vocabulary import vocabulary

NEAR = 110
Bounds = tuple[int, int]
_INSERTION = re.compile(r"(?:, soit |\((?:soit )?)(?:environ |pres de |plus de )?$")
_OUT_OF = re.compile(r"[a-z] sur (?:les |nos )?$")
_CLAUSE = re.compile(r"[,;:()]| - |\n| et (?:la |l'|le |les |d[eu] )")
_TOTAL = re.compile(r"(?<![a-z])(?:soit|au total|en tout|total de)(?![a-z])")
_PARTS = re.compile(r" ?:|,? dont(?![a-z])|,? reparti\w*|,? qui se decompos\w+|,? se decompos\w+|,? soit(?![a-z])")


def windows(frame: Frame, quantity: Quantity, numbers: list[Quantity]) -> tuple[Bounds, Bounds]:
    """Bounds of what stands before and of what stands after a quantity, down to the numbers beside it."""
    previous = max((n.end for n in numbers if n.end <= quantity.start), default=None)
    return (_from(frame, quantity, previous), quantity.start), (quantity.end, _until(frame, quantity, numbers))


def _from(frame: Frame, quantity: Quantity, previous: int | None) -> int:
    text = frame.plain.text
    start = max(frame.sentence[0] if previous is None else previous, quantity.start - 2 * NEAR)
    cut = max((text.rfind(sign, start, quantity.start) for sign in (";", "(")), default=-1)
    start = max(start, cut + 1)
    if previous is not None:
        start = max(start, text.rfind(" et ", start, quantity.start) + 1, text.rfind(", ", start, quantity.start) + 1)
    return start


def _until(frame: Frame, quantity: Quantity, numbers: list[Quantity]) -> int:
    text = frame.plain.text
    rest = (n.start for n in numbers if n.start >= quantity.end and not _inserted(text, n))
    stop = min(min(rest, default=frame.sentence[1]), quantity.end + NEAR)
    ends = [place for sign in (";", ". ") if (place := text.find(sign, quantity.end, stop)) >= 0]
    closing = text.find(")", quantity.end, stop)
    if closing >= 0 and "(" not in text[quantity.end : closing]:
        ends.append(closing)
    if _inserted(text, quantity) and quantity.kind == "count":
        verb = pattern(vocabulary().neutral.auxiliaries).search(frame.text, quantity.end, stop)
        ends += [verb.start()] if verb else []
    return min([stop, *ends])


def _inserted(text: str, other: Quantity) -> bool:
    """A share put in between: "66 communes, soit 26,8 %, ont…", "66 communes (26,8 %) ont…"."""
    if other.kind == "count" and _OUT_OF.search(text[max(0, other.start - 12) : other.start]):
        return True
    return other.kind == "percent" and _INSERTION.search(text[max(0, other.start - 12) : other.start]) is not None


def clause_end(frame: Frame, after: Bounds) -> int:
    match = _CLAUSE.search(frame.plain.text, after[0], after[1])
    return match.start() if match else after[1]


def is_total(frame: Frame, quantity: Quantity, numbers: list[Quantity]) -> bool:
    """ "…, soit 5 029 au total" after two numbers of its kind, or "5 029 actions : 2 022 …, 3 007 …" before them."""
    alike = [one for one in numbers if one.kind == quantity.kind]
    earlier = [one for one in alike if one.end <= quantity.start]
    later = [one for one in alike if one.start >= quantity.end]
    if len(earlier) > 1:
        return _TOTAL.search(frame.text, max(frame.sentence[0], quantity.start - 24), quantity.end + 20) is not None
    parted = not earlier and len(later) > 1 and _PARTS.search(frame.plain.text, quantity.end, later[0].start)
    return bool(parted) and sum(one.value for one in later[:2]) <= 1.5 * quantity.value

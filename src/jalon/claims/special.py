"""Quantities that are not numbers: universal claims, records, renewals, and dates that may be claimed."""

import re
from collections.abc import Iterator
from functools import cache

from jalon.claims.lexicon import spans
from jalon.claims.periods import Moment
from jalon.claims.quantity import Quantity
from jalon.claims.vocabulary import vocabulary

_ALL = re.compile(r"\b(?:toutes|tous|chacune?|(?:l'ensemble|la totalite|l'integralite)(?= d))\b")
_NONE = re.compile(r"\b(?:aucune?|pas une seule?)\b")
_RECORD = re.compile(r"\b(?:un |une annee |niveau |rythme |chiffre |nombre |annee )?records?\b")


def specials(text: str, loosened: str, dated: tuple[Moment, ...]) -> Iterator[Quantity]:
    """Those of the whole text, unsorted; `loosened` is the same text for the terms of the vocabulary."""
    for match in _ALL.finditer(text):
        yield Quantity("percent", 100.0, match.start(), match.end(), hedge="universal")
    for match in _NONE.finditer(text):
        yield Quantity("percent", 0.0, match.start(), match.end(), hedge="universal")
    for match in _RECORD.finditer(text):
        yield Quantity("event", 1.0, match.start(), match.end(), record=True)
    for start, end in spans(_events(), loosened):
        later = [moment.end for moment in dated if end <= moment.start <= end + 12]
        yield Quantity("event", 0.0, start, later[0] if later else end)
    for moment in dated:
        yield Quantity(
            "date", float(moment.first.toordinal()), moment.start, moment.end, high=float(moment.last.toordinal())
        )


@cache
def _events() -> tuple[str, ...]:
    groups = [group for entry in vocabulary().entry if entry.kind == "event" for group in entry.near]
    return tuple(sorted({term for group in groups for term in group}))

"""A value as an answer writes it: French typography, and a hedge that is true of it."""

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jalon.figures import Figure, format_day, format_number
from jalon.figures.format import HEDGES, NARROW, NO_BREAK

LEAST_HEDGED = 1_000
"""Counts from which a round number with a hedge is preferred to the exact one."""
UNDER, OVER = 0.08, 0.04
"""How far below "plus de", and above "près de", a number of one digit may be; beyond, two digits are written."""
WORDS = ("", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_MILLION, _MILLIARD = 1_000_000, 1_000_000_000


def numbers(figure: Figure, *, exact: bool = False) -> Iterator[str]:
    """The value of a scalar figure, the preferred writing first; every one of them is true."""
    value = figure.value
    if isinstance(value, date):
        yield format_day(value)
    elif isinstance(value, int | float | Decimal):
        yield from _of_number(figure, float(value), exact)


def _of_number(figure: Figure, value: float, exact: bool) -> Iterator[str]:
    stated = f"{HEDGES[figure.hedge]} " if figure.hedge in ("more_than", "at_least", "about", "at_most") else ""
    if figure.format == "percent":
        yield stated + _percent(value)
    elif figure.format == "euros" or figure.unit == "€":
        yield stated + euros(value)
    elif stated or exact:
        yield stated + count(value)
    else:
        hedged = hedge(value)
        if hedged:
            yield hedged
        yield count(value)


def hedge(value: float) -> str:
    """ "plus de 4 000" for 4 312, "près de 5 000" for 4 912; nothing under a thousand or for a round number."""
    if value < LEAST_HEDGED:
        return ""
    for digits in (1, 2):
        step = 10 ** (math.floor(math.log10(value)) - digits + 1)
        low, high = math.floor(value / step) * step, math.ceil(value / step) * step
        if low == high:
            return ""
        near = OVER if digits == 1 else (high - low) / 2 / value
        if (value - low) / value <= UNDER and value - low <= high - value:
            return f"plus de {count(low)}"
        if (high - value) / value <= near:
            return f"près de {count(high)}"
    return ""


def count(value: float) -> str:
    """Two to nine in letters; from a million, in millions when nothing is lost: 4,8 millions de."""
    if value == int(value) and 2 <= value <= 9:
        return WORDS[int(value)]
    millions = Decimal(repr(value)) / _MILLION
    if millions >= 1 and millions == round(millions, 3):
        return _scaled(millions, "million", "de")
    return format_number(value, 0 if value == int(value) else 2)


def euros(value: float) -> str:
    """Whole euros under a million; above, millions or billions with one decimal."""
    exact = Decimal(repr(value))
    for scale, word in ((_MILLIARD, "milliard"), (_MILLION, "million")):
        if exact >= scale:
            return _scaled(round(exact / scale, 1), word, "d’euros")
    return f"{format_number(exact)}{NO_BREAK}euros"


def _scaled(value: Decimal, word: str, after: str) -> str:
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    return f"{format_number(value, decimals)}{NO_BREAK}{word}{'s' if value >= 2 else ''} {after}"


def _percent(share: float) -> str:
    """One decimal; two where one would say all or none."""
    decimals = 2 if round(share * 100, 1) in (0.0, 100.0) and share not in (0.0, 1.0) else 1
    return f"{format_number(share * 100, decimals)}{NARROW}%"

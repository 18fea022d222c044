"""French typography of pages, over the formats that figures use everywhere."""

import re
from datetime import date
from decimal import Decimal
from math import floor, log10

from jalon import funding
from jalon.figures.format import MONTHS, NARROW, NO_BREAK, format_day, format_euros, format_number

THIN = NARROW
UNKNOWN = "inconnu"
TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
Number = int | float | Decimal
__all__ = ["MONTHS", "NO_BREAK", "THIN", "UNKNOWN"]


def number(value: Number | None, decimals: int = 0) -> str:
    """1234567 -> 1 234 567, with narrow no-break spaces."""
    return UNKNOWN if value is None else format_number(value, decimals)


def significant(value: Number) -> str:
    """At least two figures that tell: 0,021, 0,37, 1,8, 12."""
    size = abs(float(value))
    return number(value, max(0, 1 - floor(log10(size))) if 0 < size < 10 else 0)


def euros(value: Number | None) -> str:
    """Whole euros, for a column whose amounts are compared."""
    return UNKNOWN if value is None else f"{format_number(value)}{NO_BREAK}€"


def to_the_cent(value: Decimal | None) -> str:
    """1 234,50 €; cents are left out where there are none."""
    return UNKNOWN if value is None else funding.euros(int(value * 100))


def short_euros(value: Number | None) -> str:
    """12345678 -> 12,3 M€, for a sentence."""
    return UNKNOWN if value is None else format_euros(value)


def share(value: float | None, decimals: int = 0) -> str:
    """0.4567 -> 46 %."""
    return UNKNOWN if value is None else f"{format_number(value * 100, decimals)}{THIN}%"


def day(value: date | None) -> str:
    """24 février 2020; the first of a month is « 1er »."""
    return UNKNOWN if value is None else format_day(value)


def quarter(value: date | None) -> str:
    """The quarter that a day ends: 31 décembre 2017 -> T4 2017."""
    return UNKNOWN if value is None else f"T{(value.month - 1) // 3 + 1}{NO_BREAK}{value.year}"


def size(count: int | None) -> str:
    """Bytes as people say them: 12,3 Mo."""
    if count is None:
        return UNKNOWN
    for unit, bytes_ in (("Go", 10**9), ("Mo", 10**6), ("ko", 10**3)):
        if count >= bytes_:
            return f"{format_number(count / bytes_, 1)}{NO_BREAK}{unit}"
    return f"{count}{NO_BREAK}octets"


def words(value: object) -> str:
    """A value without a format of its own: oui or non, a list joined, anything else as it is."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def plural(count: float | Decimal, one: str, many: str = "") -> str:
    """« 0 ville », « 1 ville », « 2 villes »: French puts the plural from two."""
    word = one if -2 < count < 2 else many or f"{one}s"
    return f"{number(count)}{NO_BREAK}{word}"


def in_order(text: str) -> str:
    """A text as published, without the controls that would turn the order of what follows it on screen."""
    return TURNING.sub("", text)


def apostrophes(text: str) -> str:
    """Typographic apostrophes in a text written with straight ones."""
    return text.replace("'", "’")


def sentence(text: str) -> str:
    """A message written for the command line, as a sentence of a page: capital, apostrophes, French spaces."""
    spaced = re.sub(r" ([;!?»:])", f"{THIN}\\1", apostrophes(text)).replace("« ", f"«{THIN}")
    return spaced[:1].upper() + spaced[1:]

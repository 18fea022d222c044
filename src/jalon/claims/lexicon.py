"""Where terms of the vocabulary stand in a text."""

import re
from collections.abc import Iterable
from functools import lru_cache

LOOSE = str.maketrans({"-": " ", "'": " ", '"': " "})


def loose(text: str) -> str:
    """Plain text with blanks for hyphens, apostrophes and quotation marks; same length, same offsets."""
    return text.translate(LOOSE)


@lru_cache(maxsize=4096)
def pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for terms, the longest first: `*` ends a word, blanks may be several."""
    ordered = sorted(terms, key=lambda term: (-len(term.split()), -len(term), term))
    spelt = "|".join(re.escape(term).replace(r"\ ", " {1,3}").replace(r"\*", "[a-z]*") for term in ordered)
    return re.compile(rf"(?<![a-z0-9])(?:{spelt or '(?!)'})(?![a-z0-9])")


def spans(terms: tuple[str, ...], text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Bounds of every term met in `text[start:end]`."""
    return [match.span() for match in pattern(terms).finditer(text, start, len(text) if end is None else end)]


def found(terms: tuple[str, ...], text: str, start: int = 0, end: int | None = None) -> bool:
    return pattern(terms).search(text, start, len(text) if end is None else end) is not None


def distance(terms: Iterable[tuple[str, ...]], text: str, start: int, end: int, low: int, high: int) -> int:
    """Characters between `start:end` and the nearest term of each group within `low:high`, added up."""
    total = 0
    for group in terms:
        gaps = [min(abs(a - end), abs(start - b)) + 60 * text[min(b, end) : max(a, start)].count(",")
                for a, b in spans(group, text, low, high)]  # fmt: skip
        total += min(gaps, default=high - low)
    return total

"""A text made plain for reading (lower case, ASCII, one kind of blank, apostrophe and hyphen), its offsets kept."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from jalon.claims.limits import LONGEST_TEXT, too_long

_APOSTROPHES = "'’‘ʼ′´`＇‛\u02b9\u02bc"
_HYPHENS = "-‐‑‒–—―−﹣－\u2043"
_SPELT = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys("œŒ", "oe"),
    **dict.fromkeys("æÆ", "ae"),
    **dict.fromkeys("\u00ad²³¹", ""),
    "ß": "ss",
    "…": ".",
    "€": "€",
}
_BREAK = re.compile(r"\n[^\S\n]*\n|\n[^\S\n]*(?:[-*•▪‣·–—]|\d{1,2}[.)])\s|[\f\v\u2029]")
_END = re.compile(r"[.!?](?=[ \"\n])|\n")
_ABBREVIATIONS = frozenset(["art", "al", "cf", "m", "mm", "mme", "st", "ste", "env", "no", "p", "pp", "hab", "vol"])


@dataclass(frozen=True)
class Plain:
    """`text` is `original` made plain; character i of `text` comes from `original[starts[i]:ends[i]]`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of `text[start:end]`, which is not empty."""
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        first, last = self.offsets(start, end)
        return self.original[first:last]

    def capital(self, position: int) -> bool:
        """Whether the character at this place is a capital in the original."""
        return self.original[self.starts[position]].isupper()

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Bounds of the sentences of `text`: cut at full stops followed by a blank, and at the ends of paragraphs."""
        bounds, start = [], 0
        for match in _END.finditer(self.text):
            before = re.findall(r"[a-z0-9]+$", self.text[max(start, match.start() - 8) : match.start()])
            if match.group() == "." and before and before[0] in _ABBREVIATIONS:
                continue
            bounds.append((start, match.end()))
            start = match.end()
        bounds.append((start, len(self.text)))
        return tuple((a, b) for a, b in bounds if self.text[a:b].strip())


def plain(original: str) -> Plain:
    """The text made plain, in one pass. Raises TextRefused when it is too long."""
    if len(original) > LONGEST_TEXT:
        raise too_long(len(original))
    breaks = _breaks(original)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(original):
        spelt = "\n" if place in breaks else _spelt(character)
        for one in spelt:
            if one in " \n" and out and out[-1] in " \n":
                out[-1] = "\n" if "\n" in (one, out[-1]) else " "
                continue
            out.append(one)
            starts.append(place)
            ends.append(place + 1)
    return Plain(original, "".join(out), tuple(starts), tuple(ends))


def _breaks(original: str) -> set[int]:
    """Places of the blanks that end a paragraph or an item of a list; other ends of line are mere blanks."""
    unified = original.replace("\r", "\n") if "\n" not in original else original.replace("\r", " ")
    return {match.start() for match in _BREAK.finditer(unified)}


def _spelt(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isprintable() else " "
    if character in _SPELT:
        return _SPELT[character]
    kind = unicodedata.category(character)
    if kind == "Cf" or kind.startswith("M"):
        return ""
    if kind.startswith("Z") or kind == "Cc":
        return " "
    bare = "".join(one for one in unicodedata.normalize("NFKD", character) if one.isascii()).lower()
    return bare if bare.isprintable() and bare.strip() else "?"

"""The one model of every format: a document is pages of positioned words and ruling lines.

Lengths are points (1/72 inch), x to the right and y down from the top left corner of the page as it is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["pdf", "docx", "odt", "html", "image"]
Origin = Literal["text", "ocr", "section", "blank", "unread"]


class Box(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float


class Word(NamedTuple):
    """A run of characters without blank; `confidence` is 1.0 for text that was not guessed from an image."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    struck: bool = False
    confidence: float = 1.0


class Rule(NamedTuple):
    """A ruling line, thinner than three points: horizontal where `y0 == y1`, else vertical."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `origin` says how its words were had.

    "text": from the text layer; "ocr": guessed from the image; "section": a section of a file without pages;
    "blank": nothing on it; "unread": something on it that could not be read, which `note` tells in French.
    `skew` is the angle in degrees by which a scan was turned before it was read.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    origin: Origin = "text"
    note: str = ""
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. `paged` is False where pages are sections, since the format holds no pages."""

    name: str
    sha256: str
    kind: Kind
    pages: tuple[Page, ...]
    paged: bool = True
    notes: tuple[str, ...] = ()


def hull(words: Iterable[Word]) -> Box:
    """The smallest box that holds all words."""
    held = list(words)
    return Box(min(w.x0 for w in held), min(w.y0 for w in held), max(w.x1 for w in held), max(w.y1 for w in held))

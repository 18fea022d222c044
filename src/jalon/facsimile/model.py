"""What is known of the pages of a document that is shown."""

from dataclasses import dataclass
from typing import NamedTuple

from jalon.documents import Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in points, as it is read."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a document. Empty where it holds none that can be shown; `note` says why, in French."""

    pages: tuple[Sheet, ...]
    note: str = ""


class Spot(NamedTuple):
    """A word and where it stands."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found on a page: their boxes, and the words around them."""

    page: int
    boxes: tuple[Box, ...]
    before: str
    found: str
    after: str

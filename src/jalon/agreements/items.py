"""The stream of what stands in an agreement, page after page: labels, texts, rows. Layouts differ only up to here."""

from dataclasses import dataclass
from decimal import Decimal

from jalon.agreements.labels import Name
from jalon.documents.layout import Cell
from jalon.documents.lines import Line


@dataclass(frozen=True, slots=True)
class Label:
    """A label; what follows, up to the next label or `Close`, is its value. `boxed`: it stands in a table.

    `resumed`: it was read on the page before, and its value goes on.
    """

    name: Name
    lines: tuple[Line, ...]
    boxed: bool
    resumed: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text. `right` is where its column ends; `alone`: it is all of a row of a table."""

    line: Line
    right: float | None
    boxed: bool
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table under its header. `funder`: each amount of the column is paid by the one in the header."""

    name: Name | None
    text: str
    x0: float
    x1: float
    scale: Decimal | None = None
    funder: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of cells: under a header when `columns` is not empty. `resumed`: the table goes on from the page before."""

    page: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[Cell, ...] = ()
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """The value that is open ends here."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """A table goes on after a page break: what follows belongs to the value that was open before it."""


Item = Label | Text | Rows | Close | Reopen

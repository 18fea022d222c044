"""Actions while they are read: values as lines and rows of pages, not yet understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from jalon.agreements.items import Label, Rows, Text
from jalon.agreements.labels import Name
from jalon.documents.lines import Line

Source = Literal["fiche", "row", "list"]


@dataclass
class Value:
    """What stands after a label."""

    label: Label | None = None
    texts: list[Text] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self.texts and not self.rows

    def lines(self) -> Iterator[Line]:
        """Every line of the value, those of its rows included."""
        for text in self.texts:
            yield text.line
        for rows in self.rows:
            for cell in rows.header:
                yield from cell.lines
            for row in rows.rows:
                for cell in row:
                    yield from cell.lines


@dataclass
class Draft:
    """An action as found at one place: a fiche, a row of a table, or an entry of a list."""

    source: Source
    reference: str = ""
    reference_lines: tuple[Line, ...] = ()
    title: str = ""
    title_lines: tuple[Line, ...] = ()
    section: str = ""
    section_lines: tuple[Line, ...] = ()
    first_page: int = 0
    last_page: int = 0
    amendment: str = ""
    values: dict[Name, Value] = field(default_factory=dict)
    order: list[Name] = field(default_factory=list)

    def reach(self, page: int) -> None:
        self.first_page = min(self.first_page or page, page)
        self.last_page = max(self.last_page, page)

    def open(self, label: Label) -> Value:
        """The value of a label: a new one, or the one of the same label when that is still empty."""
        for line in label.lines:
            self.reach(line.page)
        known = self.values.get(label.name)
        if known is not None and known.empty:
            if known.label is None:
                known.label = label
            return known
        value = Value(label)
        if known is None:
            self.values[label.name] = value
            self.order.append(label.name)
        return value

"""A table declares its columns once: the page, its sort links and the CSV are made from the same list."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, Literal, TypeVar

from django.http import HttpResponse

from jalon.figures import format_value
from jalon.web import typography

Row = TypeVar("Row")
Value = str | int | float | Decimal | date | bool | list | None
Kind = Literal[
    "text", "code", "number", "decimal", "euros", "amount", "share", "day", "quarter", "flag", "bytes", "population"
]  # fmt: skip
RIGHT: frozenset[Kind] = frozenset({"number", "decimal", "euros", "amount", "share", "bytes"})
SHOWN: dict[Kind, Callable[[Any], str]] = {
    "text": lambda value: typography.in_order(typography.apostrophes(typography.words(value))),
    "code": str,
    "number": typography.number,
    "decimal": lambda value: typography.number(value, 2),
    "population": lambda value: format_value(value, "population"),
    "euros": typography.euros,
    "amount": typography.to_the_cent,
    "share": lambda value: typography.share(value, 1),
    "day": typography.day,
    "quarter": typography.quarter,
    "flag": lambda value: "oui" if value else "non",
    "bytes": typography.size,
}
FORMULA = ("=", "+", "-", "@")
UNSEEN = ("C", "Z")
"""First letters of the Unicode categories that spreadsheets drop or skip: controls, formats, spaces."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`sort` is the value of `tri` in the address; `where` keeps a column to the page or to the file alone."""

    label: str
    value: Callable[[Row], Value]
    kind: Kind = "text"
    link: Callable[[Row], str | None] | None = None
    sort: str = ""
    note: Callable[[Row], str] | None = None
    tags: Callable[[Row], Sequence[str]] | None = None
    where: Literal["both", "page", "file"] = "both"

    def show(self, row: Row) -> str:
        value = self.value(row)
        return "" if value is None else SHOWN[self.kind](value)


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    href: str | None
    note: str
    tags: tuple[str, ...]
    css: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: its sort link and its present state, for `aria-sort`."""

    label: str
    css: str
    href: str | None
    state: Literal["", "ascending", "descending"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table ready for `_table.html`."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


def show(
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    caption: str,
    *,
    sort: str = "",
    href: Callable[[str], str] | None = None,
) -> Shown:
    """The cells of `rows`. `sort` is the present order (`-x`: descending), `href` gives the address of another."""
    seen = [column for column in columns if column.where != "file"]
    heads = tuple(_head(column, sort, href) for column in seen)
    return Shown(caption, heads, tuple(tuple(_cell(column, row) for column in seen) for row in rows))


def _head(column: Column, sort: str, href: Callable[[str], str] | None) -> Head:
    css = "num" if column.kind in RIGHT else column.kind
    if not column.sort or href is None:
        return Head(column.label, css, None, "")
    if sort.lstrip("-") != column.sort:
        return Head(column.label, css, href(f"-{column.sort}" if column.kind in RIGHT else column.sort), "")
    if sort.startswith("-"):
        return Head(column.label, css, href(column.sort), "descending")
    return Head(column.label, css, href(f"-{column.sort}"), "ascending")


def _cell(column: Column, row: object) -> Cell:
    text = column.show(row)
    css = "num" if column.kind in RIGHT else column.kind
    return Cell(
        column.label,
        text or "—",
        column.link(row) if column.link and text else None,
        typography.apostrophes(typography.in_order(column.note(row))) if column.note else "",
        tuple(column.tags(row)) if column.tags else (),
        css if text else f"{css} vide",
        not text,
    )


def to_csv(columns: Sequence[Column[Row]], rows: Iterable[Row], name: str) -> HttpResponse:
    """The exported columns: UTF-8 with its mark, commas, ISO days, decimal points, formulas made harmless."""
    kept = [column for column in columns if column.where != "page"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.label for column in kept])
    writer.writerows([plain(column.value(row)) for column in kept] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def plain(value: Value) -> str:
    """A value for a spreadsheet; a text that would start a formula gets an apostrophe before it."""
    if value is None:
        return ""
    text = typography.words(value)
    return f"'{text}" if isinstance(value, (str, list, tuple)) and _starts_a_formula(text) else text


def _starts_a_formula(text: str) -> bool:
    """Disguises included: a tab or a return, full-width signs, signs behind characters that do not show."""
    seen = next((c for c in unicodedata.normalize("NFKC", text) if not unicodedata.category(c).startswith(UNSEEN)), "")
    return text.startswith(("\t", "\r")) or seen in FORMULA

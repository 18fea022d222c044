"""A figure once evaluated, and the rows it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from jalon.figures.definition import Column, Format
from jalon.figures.format import format_moment, format_value, hedged

Value = int | float | Decimal | date | str
State = Literal["confirmed", "contradicted", "alone"]


@dataclass(frozen=True, slots=True)
class DeclaredValue:
    """A fact stated by a publication, in the unit of the figure it stands beside.

    `agrees` is None when the two are not to be compared; `note` then says why.
    """

    fact_id: str
    statement: str
    value: float
    hedge: str
    as_of: str
    publisher: str
    title: str | None
    url: str
    independent: bool
    agrees: bool | None
    note: str
    held: str = ""
    """What the data said of the day that the fact speaks of, in French; "" when nothing was held against it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How computed and declared stand to each other, and why, in one French sentence."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a definition on an edition, as of a date. Scalar: `value`; table: `rows` under `columns`.

    `moment` is when the latest row behind the value was true ("2018-03-31", "2019"), which may be long before `as_of`;
    "" when the rows carry no date.
    When the value is unknown, `value` is None, `rows` is empty, and `unknown_reason` is a French sentence.
    """

    id: str
    kind: Literal["computed", "declared"]
    label: str
    unit: str
    format: Format
    counts: str
    edition: str
    as_of: date
    parameters: tuple[tuple[str, str | int | None], ...]
    value: Value | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    interval: tuple[float, float] | None
    moment: str
    hedge: str
    unknown_reason: str | None
    declared: tuple[DeclaredValue, ...]
    standing: Standing

    @property
    def is_table(self) -> bool:
        return bool(self.columns)

    @property
    def known(self) -> bool:
        return self.unknown_reason is None

    @property
    def latest(self) -> str:
        """Since when nothing newer is known, in French: "dernière donnée : 30 juin 2024"; "" when nothing dates it."""
        return f"dernière donnée : {format_moment(self.moment)}" if self.moment else ""

    @property
    def display(self) -> str:
        """The value as French readers write it, with its unit; a dash when unknown, the number of rows of a table."""
        if self.is_table:
            return format_value(len(self.rows), "integer", "lignes") if self.known else "—"
        return hedged(format_value(self.value, self.format, self.unit), self.hedge)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows behind a figure: a slice of `total`, under columns that know their French label and format."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    total: int

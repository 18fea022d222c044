"""A chart before it is drawn: what it says, its data, its Vega-Lite specification."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import urlencode

from jalon.web.charts import french

Kind = Literal["text", "count", "share", "rate", "decimal", "euros", "day", "link"]
Value = str | int | float | Decimal | date | None
UNKNOWN = "non connu"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table twin. `kind` rules the French text and the alignment."""

    name: str
    label: str
    kind: Kind = "text"

    @property
    def numeric(self) -> bool:
        return self.kind in ("count", "share", "rate", "decimal", "euros")

    def show(self, value: Value) -> str:
        """French text of a value of this column; an unknown value is said, never shown as zero."""
        if value is None:
            return UNKNOWN
        if self.kind == "count":
            return french.number(value)  # type: ignore[arg-type]
        if self.kind in ("rate", "decimal"):
            return french.significant(value, percent=self.kind == "rate")  # type: ignore[arg-type]
        if self.kind == "share":
            return french.percent(value)  # type: ignore[arg-type]
        if self.kind == "euros":
            return f"{french.number(value)}{french.THIN}€"  # type: ignore[arg-type]
        return french.day(value) if isinstance(value, date) else french.apostrophes(str(value))


@dataclass(frozen=True, slots=True)
class Params:
    """What a chart may be asked, as in its address; every value has been validated."""

    programme: str = "acv"
    indicateur: str = "signature"
    territoire: str = "FR"
    theme: str = "smart_city"
    largeur: str = "large"
    trimestre: str = ""

    def changed(self) -> dict[str, str]:
        """The parameters that differ from the defaults, in a fixed order, for an address."""
        default = Params()
        pairs = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in pairs if value != getattr(default, name)}


@dataclass(frozen=True)
class Picture:
    """What a chart module returns: words, table twin, and specification without title nor background."""

    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    spec: dict[str, Any]
    source_note: str
    linked: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of an edition. `svg` is drawn (or read from the cache) when first asked."""

    name: str
    params: Params
    edition_id: str
    picture: Picture = field(repr=False)

    @property
    def title(self) -> str:
        """The answer, as a French sentence."""
        return french.apostrophes(self.picture.title)

    @property
    def description(self) -> str:
        """The text alternative: what a person who does not see the picture needs."""
        return french.apostrophes(self.picture.description)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.picture.columns

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The data of the picture, one tuple a row, values as Python values; None is unknown."""
        return self.picture.rows

    @property
    def spec(self) -> dict[str, Any]:
        """Vega-Lite specification, data included."""
        return self.picture.spec

    @property
    def source_note(self) -> str:
        return french.apostrophes(self.picture.source_note)

    @cached_property
    def key(self) -> str:
        """Hash of everything that is drawn or said: cache key and ETag."""
        said = [self.name, self.title, self.description, self.source_note, self.spec, self.rows]
        return sha256(json.dumps(said, default=str, ensure_ascii=False).encode()).hexdigest()[:20]

    @cached_property
    def svg(self) -> str:
        """SVG element to put inside a page: no style, no script, ids of its own, links of the site."""
        from jalon.web.charts import engine

        return engine.inline(self)

    def url(self, suffix: Literal["svg", "png", "json", "csv"]) -> str:
        """Address of the chart in another form."""
        query = urlencode(self.params.changed())
        return f"/graphiques/{self.name}.{suffix}{f'?{query}' if query else ''}"

    @property
    def svg_url(self) -> str:
        return self.url("svg")

    @property
    def png_url(self) -> str:
        return self.url("png")

    @property
    def json_url(self) -> str:
        return self.url("json")

    @property
    def csv_url(self) -> str:
        return self.url("csv")

    def shown_rows(self) -> tuple[tuple[str, ...], ...]:
        """The table twin in French, row by row."""
        return tuple(tuple(c.show(v) for c, v in zip(self.columns, row, strict=True)) for row in self.rows)


def records(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> list[dict[str, Any]]:
    """Rows as Vega-Lite data: days as ISO text, amounts as numbers."""
    return [{c.name: _plain(v) for c, v in zip(columns, row, strict=True)} for row in rows]


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return french.apostrophes(value)
    return float(value) if isinstance(value, Decimal) else value

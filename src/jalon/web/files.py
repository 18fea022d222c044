"""A table of the site as a workbook, as Parquet, as GeoJSON: the columns are those of its CSV."""

import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from django.http import HttpResponse

from jalon.geography.outlines import outlines
from jalon.web.tables import Column, Value, plain

Row = TypeVar("Row")
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}


def xlsx(columns: Sequence[Column[Row]], rows: Sequence[Row], name: str) -> HttpResponse:
    """A workbook of one sheet: numbers as numbers, shares shown in per cent, no text taken for a formula."""
    kept = _kept(columns)
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(content, options) as book:
        sheet, bold = book.add_worksheet("Jalon"), book.add_format({"bold": True})
        formats = {"share": book.add_format({"num_format": "0.0%"})}
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [column.label for column in kept], bold)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(kept):
                sheet.write(number, place, _cell(column.value(row)), formats.get(column.kind))
        sheet.autofit(300)
    return _file(content.getvalue(), name, "xlsx")


def parquet(columns: Sequence[Column[Row]], rows: Sequence[Row], name: str) -> HttpResponse:
    """The same columns, typed by their values."""
    kept = _kept(columns)
    table = pa.table({column.label: pa.array([_typed(column.value(row)) for row in rows]) for column in kept})
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd")
    return _file(content.getvalue(), name, "parquet")


def geojson(columns: Sequence[Column[Row]], rows: Sequence[Row], name: str, code: Callable[[Row], str]) -> HttpResponse:
    """A FeatureCollection of départements; a row without an outline has no geometry."""
    kept = _kept(columns)
    shapes = {feature["properties"]["code"]: feature["geometry"] for feature in outlines()["features"]}
    features = [
        {
            "type": "Feature",
            "geometry": shapes.get(code(row)),
            "properties": {column.label: _json(column.value(row)) for column in kept},
        }
        for row in rows
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return _file(content.encode(), name, "geojson")


def _kept(columns: Sequence[Column[Row]]) -> list[Column[Row]]:
    return [column for column in columns if column.where != "page"]


def _typed(value: Value) -> Value:
    return value if value is None or isinstance(value, int | float | Decimal | date) else plain(value)


def _cell(value: Value) -> Any:
    return float(value) if isinstance(value, Decimal) else _typed(value)


def _json(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _file(content: bytes, name: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response

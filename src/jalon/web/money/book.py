"""Exports: the rows of a screen as CSV or as a workbook whose second sheet says what they are."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jalon.register.access.log import taken
from jalon.web.tables import Column, plain, to_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def exported(
    request: HttpRequest, suffix: str, columns: Sequence[Column], rows: Iterable[Any], name: str, about: dict[str, str]
) -> HttpResponse:
    """The rows, written in the log of exports first; « xlsx » or « csv »."""
    listed = list(rows)
    taken(request, name, len(listed))
    return to_csv(columns, listed, name) if suffix == "csv" else workbook(columns, listed, name, about)


def workbook(columns: Sequence[Column], rows: Sequence[Any], name: str, about: dict[str, str]) -> HttpResponse:
    """Amounts are numbers with two decimals, days are days; sums stand below their columns."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        kept = [column for column in columns if column.where != "page"]
        _rows(book, kept, rows)
        sheet = book.add_worksheet("À propos")
        lines = {**about, "Lignes": str(len(rows)), "Exporté le": f"{timezone.localtime():%d/%m/%Y à %H:%M}"}
        for number, (label, value) in enumerate(lines.items()):
            sheet.write_string(number, 0, label)
            sheet.write_string(number, 1, value)
        sheet.set_column(0, 1, 40)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _rows(book: xlsxwriter.Workbook, columns: Sequence[Column], rows: Sequence[Any]) -> None:
    sheet, bold = book.add_worksheet("Lignes"), book.add_format({"bold": True})
    formats = {
        "amount": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
    }
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.label, bold)
        for number, row in enumerate(rows, start=1):
            _cell(sheet, number, place, column.value(row), formats.get(column.kind))
        if column.kind == "amount":
            letter = xlsxwriter.utility.xl_col_to_name(place)
            total = sum((Decimal(str(column.value(row) or 0)) for row in rows), Decimal(0))
            total_format = book.add_format({"bold": True, "num_format": "#,##0.00"})
            sheet.write_formula(
                len(rows) + 1, place, f"=SUM({letter}2:{letter}{len(rows) + 1})", total_format, float(total)
            )
        sheet.set_column(place, place, 18 if column.kind in formats else 28)
    sheet.freeze_panes(1, 0)


def _cell(sheet: Any, number: int, place: int, value: Any, shape: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(number, place, value, shape)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(number, place, float(value), shape)
    else:
        sheet.write_string(number, place, plain(value))

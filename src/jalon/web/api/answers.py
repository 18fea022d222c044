"""The shapes of an answer: a listing, a CSV file sent in slices, GeoJSON."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from jalon.editions import Edition
from jalon.web.api.errors import refused
from jalon.web.tables import plain

Row = dict[str, Any]
Slice = Callable[[int, int], list[Row]]
CHUNK = 10_000


def listing(count: int, items: Iterable[Row]) -> Row:
    return {"count": count, "items": list(items)}


def only(request: HttpRequest, *accepted: type) -> None:
    """Raises BadParameter for a parameter that the address does not take: a typo must not give everything."""
    names = [name for schema in accepted for name in schema.model_fields]  # type: ignore[attr-defined]
    for given in request.GET:
        if given not in names:
            raise refused(given, "inconnu à cette adresse", f"paramètres acceptés : {', '.join(names)}.")
    for schema in accepted:
        for name, field in schema.model_fields.items():  # type: ignore[attr-defined]
            if len(request.GET.getlist(name)) > 1 and not str(field.annotation).startswith("list"):
                raise refused(name, "donné plusieurs fois", "donnez-le une seule fois.")


def csv_file(
    edition: Edition, name: str, columns: Sequence[str], count: int, part: Slice, limit: int | None, offset: int
) -> StreamingHttpResponse:
    """Rows `offset` to `offset + limit` as CSV, read and sent by slices; `X-Total-Count`: how many the filters keep.

    UTF-8 with its mark, commas, machine names in the header, ISO days, decimal points, lists joined by `|`.
    """
    last = count if limit is None else min(count, offset + limit)
    response = StreamingHttpResponse(_lines(columns, part, offset, last), content_type="text/csv; charset=utf-8")
    response["X-Total-Count"] = str(count)
    response["Content-Disposition"] = f'attachment; filename="jalon-{name}-{edition.id}.csv"'
    return response


def _lines(columns: Sequence[str], part: Slice, first: int, last: int) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _encoded([columns])
    for start in range(first, last, CHUNK):
        found = part(min(CHUNK, last - start), start)
        yield _encoded([[_cell(row[column]) for column in columns] for row in found])


def _encoded(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return plain("|".join(str(item["id"]) if isinstance(item, dict) else str(item) for item in value))
    return plain(value)


def jsonable(row: Row) -> Row:
    """A row for JSON written without a schema: ISO days, amounts as numbers."""
    return {name: _json(value) for name, value in row.items()}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value

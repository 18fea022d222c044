"""Conditions of a query: fixed pieces of SQL, values always as named parameters."""

from collections.abc import Collection
from typing import Any

from jalon.editions import Edition


class Where:
    """Conditions joined by AND. A piece of SQL comes from our code; what people typed only goes through `values`."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.values: dict[str, Any] = {}

    def add(self, piece: str, **values: Any) -> None:
        self.pieces.append(piece)
        self.values |= values

    def among(self, column: str, name: str, values: Collection[Any]) -> None:
        """`column` is one of the values; nothing asked keeps all."""
        if values:
            self.add(f"list_contains(${name}, {column})", **{name: list(values)})

    @property
    def sql(self) -> str:
        return " AND ".join(["true", *self.pieces])


def rows(edition: Edition, sql: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows as dicts by column name; parameters that the query does not name are left out."""
    cursor = edition.connect().execute(sql, {k: v for k, v in values.items() if f"${k}" in sql} or None)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def count(edition: Edition, sql: str, values: dict[str, Any]) -> int:
    """The single number a query gives."""
    return int(next(iter(rows(edition, sql, values)[0].values())))

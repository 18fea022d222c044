"""What changed between two editions, row by row."""

from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from jalon.editions.edition import Edition
from jalon.editions.tables import TABLES, Table

SAMPLES = 5
Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that came, left or moved; `before` and `after` hold only the columns that differ when it moved."""

    kind: Kind
    key: tuple[Any, ...]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class TableDiff:
    """A table that differs: how many rows, and at most `SAMPLES` of each kind."""

    table: str
    added: int
    removed: int
    changed: int
    samples: tuple[RowChange, ...]


def diff(before: Edition, after: Edition) -> tuple[TableDiff, ...]:
    """The tables that differ between two editions, in the order of `TABLES`; rows are matched by key."""
    same = before.manifest.files, after.manifest.files
    names = [n for n in TABLES if same[0].get(f"{n}.parquet") != same[1].get(f"{n}.parquet")]
    return tuple(_table_diff(TABLES[name], before, after) for name in names)


def _table_diff(table: Table, before: Edition, after: Edition) -> TableDiff:
    base = duckdb.connect(":memory:")
    base.register("old", before.table(table.name)).register("new", after.table(table.name))
    key = ", ".join(table.key)
    found: dict[Kind, str] = {
        "added": f"SELECT {key} FROM new ANTI JOIN old USING ({key})",  # noqa: S608
        "removed": f"SELECT {key} FROM old ANTI JOIN new USING ({key})",  # noqa: S608
        "changed": f"SELECT {key} FROM (FROM new EXCEPT FROM old) SEMI JOIN old USING ({key})",  # noqa: S608
    }
    counts = {kind: base.sql(f"SELECT count(*) FROM ({sql})").fetchall()[0][0] for kind, sql in found.items()}  # noqa: S608
    samples = tuple(change for kind, sql in found.items() for change in _samples(base, table, kind, sql))
    return TableDiff(table.name, counts["added"], counts["removed"], counts["changed"], samples)


def _samples(base: duckdb.DuckDBPyConnection, table: Table, kind: Kind, keys: str) -> list[RowChange]:
    rows = base.execute(f"{keys} ORDER BY ALL LIMIT {SAMPLES}").fetchall()
    return [_change(kind, row, _row(base, "old", table, row), _row(base, "new", table, row)) for row in rows]


def _row(base: duckdb.DuckDBPyConnection, side: str, table: Table, key: tuple[Any, ...]) -> dict[str, Any] | None:
    where = " AND ".join(f"{name} = ?" for name in table.key)
    row = base.execute(f"SELECT * FROM {side} WHERE {where}", list(key)).fetchone()  # noqa: S608
    return None if row is None else dict(zip(table.schema.names, row, strict=True))


def _change(kind: Kind, key: tuple[Any, ...], old: dict[str, Any] | None, new: dict[str, Any] | None) -> RowChange:
    if old is None or new is None:
        return RowChange(kind, key, old, new)
    moved = [name for name in old if old[name] != new[name]]
    return RowChange(kind, key, {n: old[n] for n in moved}, {n: new[n] for n in moved})

"""Many rows at once: upserts that neither engine makes one by one.

Measured (docs/decisions/0010-register-keys-and-writes.md): SQLite's executemany takes a quarter of the time of
`bulk_create(update_conflicts=True)`, and PostgreSQL's COPY a third.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

BATCH = 500


def columns(model: type[models.Model]) -> tuple[str, ...]:
    """The attribute names of a model's columns (`programme_id`), in the order of its table."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def upsert(model: type[models.Model], rows: Sequence[tuple], names: tuple[str, ...] | None = None) -> None:
    """Insert rows, or overwrite those of the same primary key. `names` are attribute names, all columns by default.

    No key may come twice. JSON columns take JSON text. Signals and history are not run: see `decisions`.
    """
    if rows:
        _write(model, rows, names or columns(model), replacing=True)


def insert(model: type[models.Model], rows: Sequence[tuple], names: tuple[str, ...]) -> None:
    """Insert rows whose keys are new."""
    if rows:
        _write(model, rows, names, replacing=False)


def delete(model: type[models.Model], field: str, values: Iterable[str], **only: object) -> None:
    """Delete the rows whose `field` is one of `values` (and that match `only`), in batches."""
    listed = list(values)
    for start in range(0, len(listed), BATCH):
        chosen = model._default_manager.filter(**{f"{field}__in": listed[start : start + BATCH]}, **only)
        chosen._raw_delete(chosen.db)  # type: ignore[attr-defined]


def _write(model: type[models.Model], rows: Sequence[tuple], names: tuple[str, ...], *, replacing: bool) -> None:
    targets = [_column(model, name) for name in names]
    conflict = _conflict(model, targets) if replacing else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, model._meta.db_table, targets, conflict, rows)
        else:
            listed, marks = ", ".join(targets), ", ".join(["%s"] * len(targets))
            cursor.executemany(_insert(model, listed, f"VALUES ({marks})", conflict), rows)


def _copy(cursor: CursorWrapper, table: str, targets: list[str], conflict: str, rows: Iterable[tuple]) -> None:
    listed, into = ", ".join(targets), connection.ops.quote_name(table)
    cursor.execute(f"CREATE TEMP TABLE incoming AS SELECT {listed} FROM {into} LIMIT 0")  # noqa: S608
    with cursor.copy(f"COPY incoming ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO {into} ({listed}) SELECT {listed} FROM incoming {conflict}")  # noqa: S608
    cursor.execute("DROP TABLE incoming")


def _insert(model: type[models.Model], listed: str, values: str, conflict: str) -> str:
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({listed}) {values} {conflict}"


def _conflict(model: type[models.Model], targets: list[str]) -> str:
    key = _column(model, "pk")
    updates = ", ".join(f"{column} = excluded.{column}" for column in targets if column != key)
    return f"ON CONFLICT ({key}) DO UPDATE SET {updates}"


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return connection.ops.quote_name(field.column)

"""Tables read from sources that nobody edits: Parquet files named after their own hash, written whole or not at all."""

import hashlib
import io
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from jalon.editions.tables import COUNT, DAY, FLAG, SHARE, TABLES, TEXT
from jalon.errors import RegisterError
from jalon.sources import CoverageRow, Row, SeriesRow

EDITION_TABLES: dict[type, str] = {CoverageRow: "coverage", SeriesRow: "series"}
"""Rows that an edition publishes as they are, with the source beside."""
GIVEN_BY_SOURCE = ("source_id", "known_on")
TYPES: dict[type, pa.DataType] = {str: TEXT, int: COUNT, float: SHARE, bool: FLAG, tuple: pa.list_(TEXT), date: DAY}
NAME = re.compile(r"(?P<kind>[a-z]+)-(?P<sha256>[0-9a-f]{64})\.parquet")


def write(folder: Path, source_id: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """Write one table a kind of rows; the names of the files, sorted. The same rows give the same names."""
    kinds: dict[type, list[Row]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    return tuple(sorted(_write(folder, _kind(kind), _table(kind, source_id, same)) for kind, same in kinds.items()))


def read(folder: Path, name: str) -> pa.Table:
    """A table by its name. Raises RegisterError when it is absent or no longer what its name says."""
    content = _intact(folder, name)
    if content is None:
        raise RegisterError(
            f"clean table {name} is absent or damaged",
            user_message=f"la table propre {name} est absente ou abîmée.",
            mend="relancez l'import, qui la refait : jalon sources import.",
        )
    return pq.read_table(io.BytesIO(content))


def intact(folder: Path, names: Iterable[str]) -> bool:
    """Whether every named table is there and unchanged."""
    return all(_intact(folder, name) is not None for name in names)


def kind_of(name: str) -> str:
    return name.partition("-")[0]


def _intact(folder: Path, name: str) -> bytes | None:
    found = NAME.fullmatch(name)
    path = folder / name
    if found is None or not path.is_file():
        return None
    content = path.read_bytes()
    return content if hashlib.sha256(content).hexdigest() == found["sha256"] else None


def _write(folder: Path, kind: str, table: pa.Table) -> str:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    content = buffer.getvalue()
    name = f"{kind}-{hashlib.sha256(content).hexdigest()}.parquet"
    if not intact(folder, [name]):
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{name}.{os.getpid()}"
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(folder / name)
        finally:
            beside.unlink(missing_ok=True)
    return name


def _kind(kind: type) -> str:
    return EDITION_TABLES.get(kind, kind.__name__.removesuffix("Row").lower())


def _table(kind: type, source_id: str, rows: Sequence[Row]) -> pa.Table:
    """The columns of the edition's table that rows give, and their source; every field where no edition has it."""
    if kind not in EDITION_TABLES:
        return _columns(rows, _schema(kind))
    schema = TABLES[EDITION_TABLES[kind]].schema
    taken = _columns(rows, pa.schema([field for field in schema if field.name not in GIVEN_BY_SOURCE]))
    return taken.append_column(schema.field("source_id"), pa.repeat(source_id, len(rows)))


def _columns(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    columns = zip(*map(attrgetter(*schema.names), rows), strict=True)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _schema(kind: type) -> pa.Schema:
    hints = get_type_hints(kind)
    return pa.schema([pa.field(field.name, _type(hints[field.name])) for field in fields(kind)])


def _type(hint: Any) -> pa.DataType:
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    return TYPES[getattr(hint, "__origin__", hint)]

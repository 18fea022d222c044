"""Rows to Arrow, column by column."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jalon.editions.tables import EUROS, TEXT, Table

Columns = Any
"""A pyarrow table, or its columns in the order of its schema; an empty text is unknown where that is allowed."""
HUNDREDTH = pa.scalar(Decimal("0.01"))


def transposed(rows: Iterable[Sequence], width: int) -> list[Sequence]:
    """The columns of rows of `width` values."""
    return list(zip(*rows, strict=True)) or [()] * width


def made(table: Table, given: Columns) -> pa.Table:
    """The table with its exact schema, sorted by its key."""
    if isinstance(given, pa.Table):
        rows = given.select(table.schema.names).cast(table.schema)
    else:
        arrays = [_array(field, values) for field, values in zip(table.schema, given, strict=True)]
        rows = pa.Table.from_arrays(arrays, schema=table.schema)
    order = pc.sort_indices(rows, [(name, "ascending") for name in table.key])
    return rows.take(order).combine_chunks()


def _array(field: pa.Field, values: Any) -> pa.Array:
    """Text unknown as "" in the register is null here; integers in an amount are cents."""
    if field.type == EUROS:
        return _euros(pa.array(values, pa.int64()))
    array = pa.array(values, field.type)
    if field.type == TEXT and field.nullable:
        return pc.if_else(pc.equal(array, ""), pa.scalar(None, TEXT), array)
    return array


def _euros(cents: pa.Array) -> pa.Array:
    return pc.multiply(cents.cast(pa.decimal128(19, 0)), HUNDREDTH).cast(EUROS)

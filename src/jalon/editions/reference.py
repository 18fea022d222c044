"""The reference page of the tables, written from their declaration: `python -m jalon.editions.reference`."""

from pathlib import Path

import pyarrow as pa

from jalon.editions.tables import TABLES, Column, Table

PAGE = Path("docs/reference/edition-tables.md")
_HEAD = """# The tables of an edition

Written from `src/jalon/editions/tables.py` by `python -m jalon.editions.reference`; do not edit by hand.

An edition holds one Parquet file a table, with exactly these columns, rows sorted by key. Amounts are euros with two
decimals, rates are shares between 0 and 1. A column marked *may be unknown* holds NULL where nothing is known: never 0,
never an empty text.
"""
_NAMES = {pa.string(): "text", pa.date32(): "day", pa.bool_(): "yes or no", pa.float64(): "number"}


def reference() -> str:
    """The page, in Markdown."""
    return "\n".join([_HEAD, *(_table(table) for table in TABLES.values())])


def _table(table: Table) -> str:
    rows = "\n".join(_row(table, column) for column in table.columns)
    return f"## {table.name}\n\n{table.says}.\n\n| column | type | |\n| --- | --- | --- |\n{rows}\n"


def _row(table: Table, column: Column) -> str:
    mark = ", key" if column.name in table.key else ""
    unknown = " (*may be unknown*)" if column.nullable else ""
    return f"| `{column.name}` | {_type(column.type)}{mark} | {column.says}{unknown} |"


def _type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return "euros"
    return "whole number" if pa.types.is_integer(kind) else _NAMES[kind]


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")

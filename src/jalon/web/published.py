"""What the site reads: the published edition, its rows as typed records."""

from typing import Any, TypeVar

import duckdb

from jalon.editions import Edition, current
from jalon.editions.shelf import current_id
from jalon.errors import EditionDamaged, JalonError, UnknownEdition
from jalon.home import home

Row = TypeVar("Row")


def published() -> Edition:
    """The edition served. Raises NoEdition or EditionDamaged, which the site shows as a page.

    A published edition whose folder is gone is damage (503: someone can mend it), not an unknown address (404).
    """
    try:
        return current(home())
    except UnknownEdition as error:
        raise EditionDamaged(str(error), user_message=error.user_message, mend=error.mend) from error


def stamp() -> str:
    """What changes whenever a page may change: the published edition, or the set of editions kept beside it."""
    here = home()
    try:
        return f"{current_id(here)}@{here.editions.stat().st_mtime_ns}"
    except (JalonError, OSError):
        return "none"


def fetch(kind: type[Row], cursor: duckdb.DuckDBPyConnection, sql: str, params: Any = ()) -> list[Row]:
    """Rows of a SELECT whose columns stand in the order of the fields of `kind`."""
    return [kind(*row) for row in cursor.execute(sql, params).fetchall()]


def pairs(cursor: duckdb.DuckDBPyConnection, sql: str, params: Any = ()) -> dict[Any, Any]:
    """A two-column SELECT as a mapping."""
    return dict(cursor.execute(sql, params).fetchall())

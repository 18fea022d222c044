"""Every table of an edition, as the register, the clean tables and the reference data stand now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pyarrow as pa
from django.db import connection, transaction

from jalon.editions.tables import DERIVED, TABLES
from jalon.register.health import told_plainly
from jalon.register.snapshot import actions, funding, links, programmes, reference, sources
from jalon.register.snapshot.arrow import made


def tables(as_of: date | None = None) -> dict[str, pa.Table]:
    """The tables of `editions.tables` but the derived ones, each with its schema, sorted by key.

    With `as_of`, only what was known on that day: later actions, counts, human decisions and values of series are left
    out, and a later signature is unknown. Withdrawn actions are never there. Raises RegisterError when the register or
    a clean table cannot be read.
    """
    known_until = as_of or date.max
    with told_plainly(), _one_moment():
        columns = {
            **programmes.columns(known_until),
            **actions.columns(known_until),
            **links.columns(known_until),
            **funding.columns(known_until),
            **reference.columns(),
            **sources.columns(known_until),
        }
    return {name: made(TABLES[name], columns[name]) for name in TABLES if name not in DERIVED}


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads see the register at the same moment, whatever an import writes meanwhile."""
    outer = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not outer:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield

"""The tables of an edition that are computed from its others."""

from collections.abc import Mapping

import pyarrow as pa
from threadpoolctl import threadpool_limits

from jalon.editions.tables import DERIVED, TABLES


def emptied(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables given, the derived ones without rows."""
    return {**tables, **{name: TABLES[name].schema.empty_table() for name in DERIVED}}


def complete(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables given, sound and conform, with the derived ones computed.

    On one thread: the products of matrices are too small to share, and threads that wait for each other cost more.
    """
    from jalon.indicators.estimates import estimates
    from jalon.network.readiness import readiness

    with threadpool_limits(1):
        rows = {"estimates": estimates(tables), "fibre_readiness": readiness(tables)}
    return {**tables, **{name: pa.Table.from_pylist(rows[name], schema=TABLES[name].schema) for name in DERIVED}}

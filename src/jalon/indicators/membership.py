"""Since when each commune benefits from a programme, as the figures of the ledger count them."""

import re
from collections.abc import Mapping
from datetime import date

import pyarrow as pa

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def entered(programme: str, tables: Mapping[str, pa.Table]) -> dict[str, date]:
    """Communes of a programme, each with its first day: that of the launch for those of the first published list (or of
    no list); for later ones, the signature of their agreement or, if earlier, the month of the first list naming them.

    `tables`: `programmes`, `memberships` and `agreements` of an edition.
    """
    launched = next(row["launched_on"] for row in tables["programmes"].to_pylist() if row["programme"] == programme)
    signed = {
        row["group_id"]: row["signed_on"]
        for row in tables["agreements"].to_pylist()
        if row["programme"] == programme and row["signed_on"]
    }
    members = [
        row
        for row in tables["memberships"].to_pylist()
        if row["programme"] == programme and row["territory_kind"] == "commune"
    ]
    days = {row["listed_in"]: _listed_on(row["listed_in"]) for row in members if row["listed_in"]}
    first = min((day for day in days.values() if day), default=None)
    return {
        row["territory_code"]: _entered(days.get(row["listed_in"]), first, signed.get(row["group_id"]), launched)
        for row in members
    }


def _entered(listed: date | None, first: date | None, signed: date | None, launched: date) -> date:
    if listed is None or listed == first:
        return launched
    return max(launched, min(listed, signed or listed))


def _listed_on(listed_in: str) -> date | None:
    """The month of the first list that names the commune; None when its name holds no month."""
    found = _MONTH.search(listed_in.split("|")[0])
    return date(int(found[1]), int(found[2]), 1) if found else None

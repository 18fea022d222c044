"""A check read back from the JSON that `as_json` made: what was decided is shown as it was, never computed again."""

from datetime import date
from typing import Any

from jalon.claims.claim import Check, Claim, Proof, Reference


def from_json(kept: dict[str, Any]) -> Check:
    """The check that `as_json` gave; raises KeyError when the JSON is not one."""
    return Check(
        edition=kept["edition"],
        as_of=date.fromisoformat(kept["as_of"]),
        dated_by=kept["dated_by"],
        text=kept["text"],
        claims=tuple(_claim(row) for row in kept["claims"]),
    )


def _claim(row: dict[str, Any]) -> Claim:
    return Claim(
        text=row["text"],
        start=row["start"],
        end=row["end"],
        value=row["value"],
        unit=row["unit"],
        verdict=row["verdict"],
        reason=row["reason"],
        expected=row["expected"],
        figure=None if row["figure"] is None else _reference(row["figure"]),
        evidence=tuple(_proof(dict(proof)) for proof in row["evidence"]),
    )


def _reference(row: dict[str, Any]) -> Reference:
    return Reference(
        id=row["id"],
        label=row["label"],
        params=tuple(row["params"].items()),
        as_of=date.fromisoformat(row["as_of"]),
        edition=row["edition"],
        display=row["value"],
    )


def _proof(row: dict[str, Any]) -> Proof:
    return Proof(row.pop("kind"), tuple(row.items()))

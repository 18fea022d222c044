"""Figures of the public ledger, evaluated on the edition."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.editions import Edition
from jalon.figures import (
    Definition,
    Evidence,
    Figure,
    corrections,
    evaluate,
    evidence,
    ledger,
    published_here,
)
from jalon.figures.facts import stated_facts
from jalon.geography.names import fold
from jalon.home import home
from jalon.web.api import known
from jalon.web.api.errors import absent, refused
from jalon.web.api.params import FigureFilter, FigureParams


def matching(edition: Edition, asked: FigureFilter) -> list[Definition]:
    """Definitions that the filters keep, in the order of the ledger. Raises BadParameter."""
    known.check(edition, "programme", asked.programme)
    words = fold(asked.q)
    return [
        definition
        for definition in ledger(edition).values()
        if (not asked.programme or definition.programme in asked.programme)
        and asked.kind in (None, definition.kind)
        and words in fold(f"{definition.id} {definition.label} {definition.definition}")
    ]


def definition(edition: Edition, given: str) -> Definition:
    """One definition. Raises NotHere."""
    found = ledger(edition).get(given)
    if found is None:
        raise absent("chiffre", given, "/api/v1/figures les liste.")
    return found


def arguments(edition: Edition, wanted: Definition, asked: FigureParams) -> dict[str, Any]:
    """Parameters as `evaluate` takes them. Raises BadParameter for one that the figure has not, or an unknown value."""
    given = {name: value for name in ("programme", "territory", "theme", "year") if (value := getattr(asked, name))}
    for name, value in given.items():
        if name != "programme" and name not in wanted.parameters:
            accepted = ", ".join(["as_of", "programme", *wanted.parameters])
            raise refused(name, "ce chiffre ne le prend pas", f"paramètres acceptés : {accepted}.")
        if name in ("programme", "theme"):
            known.check(edition, name, [value])
    if "territory" in given:
        given["territory"] = ":".join(known.territory(edition, given["territory"]))
    return given


def shown(wanted: Definition, edition: Edition, as_of: date | None, **params: Any) -> dict[str, Any]:
    """A figure as `schemas.Figure`."""
    figure: Figure = evaluate(wanted, edition, as_of=as_of, **params)
    return {
        "id": figure.id,
        "kind": figure.kind,
        "programme": wanted.programme,
        "label": figure.label,
        "value": plain(figure.value),
        "unit": figure.unit,
        "display": figure.display,
        "as_of": figure.as_of,
        "edition": figure.edition,
        "interval": list(figure.interval) if figure.interval else None,
        "hedge": figure.hedge,
        "unknown_reason": figure.unknown_reason,
        "columns": [column.model_dump() for column in figure.columns],
        "rows": _dicts([column.name for column in figure.columns], figure.rows),
        "definition": wanted.definition,
        "excludes": wanted.excludes,
        "parameters": list(wanted.parameters),
        "sql": wanted.value.strip(),
        "evidence_sql": wanted.evidence.strip(),
        "standing": figure.standing.state,
        "standing_reason": figure.standing.reason,
        "declared": [
            {name: getattr(fact, name) for name in type(fact).__slots__ if name != "__weakref__"}
            for fact in figure.declared
        ],
    }


def behind(
    wanted: Definition, edition: Edition, as_of: date | None, limit: int | None, offset: int, **params: Any
) -> tuple[Evidence, list[dict[str, Any]]]:
    """A slice of the rows behind a figure, and the same as plain dicts."""
    found = evidence(wanted, edition, as_of=as_of, limit=limit, offset=offset, **params)
    return found, _dicts([column.name for column in found.columns], found.rows)


def _dicts(names: list[str], found: tuple[tuple[Any, ...], ...]) -> list[dict[str, Any]]:
    return [{name: plain(value) for name, value in zip(names, row, strict=True)} for row in found]


def plain(value: Any) -> int | float | str | None:
    """A value for JSON: days as ISO text, amounts as numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value if isinstance(value, int | float | str | None) else str(value)


def stated(edition: Edition) -> list[dict[str, Any]]:
    """Every declared fact as `schemas.StatedFact`."""
    return [asdict(fact) for fact in stated_facts(edition)]


def corrected() -> list[dict[str, Any]]:
    """The log of corrections as `schemas.Correction`."""
    found = []
    for one in corrections(published_here(home())):
        change, moves = one.evolution, one.evolution.moves
        found.append({
            "figure": change.figure, "label": change.label, "was": change.was, "now": change.now,
            "since": one.since.isoformat(), "corrected_at": one.at.isoformat(), "reason": change.reason,
            "before": change.before.id, "after": change.after.id,
            "came": moves.came if moves else None, "left": moves.left if moves else None,
            "moved": moves.moved if moves else None,
        })  # fmt: skip
    return found

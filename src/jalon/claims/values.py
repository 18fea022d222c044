"""Values of figures in the unit of what is claimed, at any day, and the evidence behind them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from jalon.claims.claim import Proof
from jalon.editions import Edition
from jalon.figures import Definition, Evidence, Figure, evaluate, evidence
from jalon.figures.evaluate import arguments_of, bare_value

SHOWN = 5
MOST_DAYS = 120
_DAYS = {
    "agreements": "SELECT DISTINCT signed_on FROM agreements WHERE signed_on IS NOT NULL",
    "coverage": "SELECT DISTINCT quarter FROM coverage",
    "actions": "SELECT DISTINCT known_on FROM actions",
    "action_counts": "SELECT DISTINCT counted_on FROM action_counts",
}


def in_unit(value: Any, definition: Definition) -> float | None:
    """A value in the unit of claims: per cent for a share, the ordinal of a day; None for what is no number."""
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, date):
        return float(value.toordinal())
    number = float(value)
    return 100 * number if definition.format == "percent" else number


def figure_value(figure: Figure, definition: Definition, column: str, year: int | None) -> float | None:
    """The value of a figure; of a table by year, that of `column` in the row of the year, 0 when it has no row."""
    if not figure.known:
        return None
    if not figure.is_table:
        return in_unit(figure.value, definition)
    names = [one.name for one in figure.columns]
    for row in figure.rows:
        if str(row[0]) == str(year):
            return in_unit(row[names.index(column)], definition)
    return 0.0


def look(definition: Definition, edition: Edition, as_of: date, params: dict[str, Any]) -> Figure:
    return evaluate(definition, edition, as_of=as_of, **params)


def value_on(definition: Definition, edition: Edition, day: date, params: dict[str, Any]) -> float | None:
    """The bare value of a scalar computed figure on a day, without its standing; kept with the edition."""
    key = ("claims.value", definition.id, day, *sorted(params.items()))
    if key in edition.memo:
        return edition.memo[key]  # type: ignore[no-any-return]
    bound = ("claims.arguments", definition.id, *sorted(params.items()))
    if bound not in edition.memo:
        edition.remember(bound, arguments_of(definition, edition, day, params))
    arguments = edition.memo[bound] | {"as_of": day}
    value = in_unit(bare_value(definition, edition, arguments), definition)
    edition.remember(key, value)
    return value


def days_of_change(definition: Definition, edition: Edition, until: date) -> list[date]:
    """The days on which the value may have changed, latest first: those of the tables its query reads."""
    days: set[date] = set()
    for table, sql in _DAYS.items():
        if f"FROM {table}" in definition.value or f"JOIN {table}" in definition.value:
            key = ("claims.days", table)
            if key not in edition.memo:
                edition.remember(key, [day for (day,) in edition.query(sql)])
            days.update(edition.memo[key])
    return sorted((day for day in days if day <= until), reverse=True)[:MOST_DAYS]


def observed(proof: Evidence) -> date | None:
    """The latest day that the rows of evidence say they were counted on; None when they say none."""
    names = [column.name for column in proof.columns]
    dated = [names.index(name) for name in ("quarter", "counted_on") if name in names]
    seen = (row[place] for row in proof.rows for place in dated)
    return max((day for day in seen if isinstance(day, date)), default=None)


def proofs(
    figure: Figure, definition: Definition, edition: Edition, params: dict[str, Any]
) -> tuple[Evidence, tuple[Proof, ...]]:
    """The evidence of a computed figure, some rows of it as proofs; then the declared facts beside."""
    key = ("claims.evidence", definition.id, figure.as_of, *sorted(params.items()))
    if key not in edition.memo:
        edition.remember(key, evidence(definition, edition, as_of=figure.as_of, limit=SHOWN, **params))
    shown: Evidence = edition.memo[key]
    rows = shown.rows if definition.kind == "computed" else ()
    names = [column.name for column in shown.columns]
    kept = [Proof("row", tuple((name, plain(value)) for name, value in zip(names, row, strict=True))) for row in rows]
    return shown, (*kept, *facts(figure))


def facts(figure: Figure) -> Iterator[Proof]:
    for fact in figure.declared:
        yield Proof(
            "fact",
            (
                ("fact_id", fact.fact_id), ("statement", fact.statement), ("publisher", fact.publisher),
                ("url", fact.url), ("date", fact.as_of), ("independent", fact.independent), ("note", fact.note),
            ),
        )  # fmt: skip


def plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value

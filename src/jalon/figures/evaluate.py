"""The value of a figure on an edition, as of a date, for given parameters; and its evidence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb

from jalon.editions import Edition
from jalon.errors import FigureError
from jalon.figures.columns import evidence_column
from jalon.figures.declared import facts_beside
from jalon.figures.definition import Definition, used
from jalon.figures.figure import Evidence, Figure
from jalon.figures.format import format_day
from jalon.figures.ledger import ledger
from jalon.figures.standing import NOT_COMPARED, judge, judge_declared

Arguments = dict[str, Any]
DATED_BY = ("quarter", "counted_on", "year")
"""Columns of evidence that say when the published value was true, the first found counting."""
_FACTS = """
SELECT fact_id, statement, value, unit, hedge, as_of, published, publisher, title, url, independent
FROM declared_facts WHERE fact_id IN (SELECT unnest($facts)) ORDER BY list_position($facts, fact_id)
"""


def evaluate(definition: Definition, edition: Edition, *, as_of: date | None = None, **params: Any) -> Figure:
    """The figure as of a day (that of the edition by default).

    `params`: `programme` (id), and those the definition declares: `territory` ("region:76", "commune:43157"…),
    `theme` (id), `year` (int). Unknown is a state of the figure; FigureError is for parameters that do not exist.
    """
    arguments = arguments_of(definition, edition, as_of, params)
    key = (definition, *sorted(arguments.items()))
    figure: Figure | None = edition.memo.get(key)
    if figure is None:
        figure = _evaluated(definition, edition, arguments)
        edition.remember(key, figure)
    return figure


def _evaluated(definition: Definition, edition: Edition, arguments: Arguments) -> Figure:
    if definition.kind == "declared":
        return _declared(definition, edition, arguments)
    figure = _computed(definition, edition, arguments)
    return judge(figure, definition, lambda day: _computed(definition, edition, arguments | {"as_of": day}))


def evidence(
    definition: Definition,
    edition: Edition,
    *,
    as_of: date | None = None,
    limit: int | None = None,
    offset: int = 0,
    **params: Any,
) -> Evidence:
    """The rows behind a figure, `limit` of them from `offset`; for a declared figure, the facts."""
    arguments = arguments_of(definition, edition, as_of, params)
    sql = definition.evidence
    if definition.kind == "declared":
        sql, arguments = _FACTS, {"facts": [fact.id for fact in definition.facts]}
    cursor = _run(definition, edition, f"{sql}\nLIMIT {limit or 'ALL'} OFFSET {offset:d}", arguments)
    names = [column[0] for column in cursor.description]
    rows = tuple(cursor.fetchall())
    total = offset + len(rows)
    if limit is not None and (len(rows) == limit or not rows):
        total = _one(_run(definition, edition, f"SELECT count(*) FROM ({sql})", arguments))[0]  # noqa: S608
    return Evidence(tuple(evidence_column(name) for name in names), rows, total)


def arguments_of(definition: Definition, edition: Edition, as_of: date | None, params: Mapping[str, Any]) -> Arguments:
    """Every parameter of the definition with its value, checked against the edition. Raises FigureError."""
    strange = sorted(set(params) - {"programme", *definition.parameters})
    if strange:
        raise _refused(definition, f"il n'a pas de paramètre {', '.join(strange)}")
    arguments: Arguments = {name: params.get(name) for name in definition.parameters}
    arguments |= {"as_of": as_of or edition.as_of, "programme": params.get("programme") or definition.programme}
    for name, (sql, says) in _EXISTS.items():
        given = arguments.get(name)
        if given is not None and not edition.query(sql, {"given": given}):
            raise _refused(definition, f"{says} « {str(given)[:60]} » n'existe pas dans l'édition {edition.id}")
    year = arguments.get("year")
    if year is not None and (not isinstance(year, int) or not 1900 <= year <= 2200):
        raise _refused(definition, f"« {str(year)[:20]} » n'est pas une année")
    return arguments


_EXISTS = {
    "programme": ("SELECT 1 FROM programmes WHERE programme = $given::VARCHAR", "le programme"),
    "theme": ("SELECT 1 FROM themes WHERE theme = $given::VARCHAR", "le thème"),
    "territory": (
        "SELECT 1 FROM territories WHERE kind = split_part($given::VARCHAR, ':', 1) "
        "AND code = split_part($given::VARCHAR, ':', 2)",
        "le territoire",
    ),
}


def _computed(definition: Definition, edition: Edition, arguments: Arguments) -> Figure:
    """The figure without its standing."""
    figure = _blank(definition, edition, arguments)
    if arguments["as_of"] > edition.as_of:
        return replace(figure, unknown_reason=f"L’édition s’arrête au {format_day(edition.as_of)}.")
    rows = tuple(_run(definition, edition, definition.value, arguments).fetchall())
    if definition.shape == "table":
        return replace(figure, rows=rows, unknown_reason=None if rows else definition.unknown)
    value = rows[0][0] if rows else None
    if value is None:
        return replace(figure, unknown_reason=definition.unknown)
    return replace(
        figure,
        value=value,
        interval=_interval(definition, edition, arguments),
        moment=_moment(definition, edition, arguments),
    )


def _moment(definition: Definition, edition: Edition, arguments: Arguments) -> str:
    """The last quarter, count or year among the rows behind a figure, "" when they carry none."""
    columns = _run(definition, edition, f"{definition.evidence}\nLIMIT 0", arguments).description
    dated = next((name for name in DATED_BY if name in {column[0] for column in columns}), None)
    if dated is None:
        return ""
    latest = _one(_run(definition, edition, f"SELECT max({dated}) FROM ({definition.evidence})", arguments))[0]  # noqa: S608
    return "" if latest is None else str(latest)


def _interval(definition: Definition, edition: Edition, arguments: Arguments) -> tuple[float, float] | None:
    if not definition.interval:
        return None
    low, high = _one(_run(definition, edition, definition.interval, arguments))
    return None if low is None or high is None else (float(low), float(high))


def _declared(definition: Definition, edition: Edition, arguments: Arguments) -> Figure:
    """The first fact that was known that day gives the value, its hedge included; the others stand beside."""
    figure = _blank(definition, edition, arguments)
    beside = facts_beside(edition, definition.facts, arguments["as_of"])
    stated = next((fact for fact in beside if fact.fact_id == definition.facts[0].id), None)
    if stated is None:
        return replace(figure, declared=beside, unknown_reason=_not_stated(definition, arguments["as_of"]))
    value = int(stated.value) if definition.format == "integer" else stated.value
    figure = replace(figure, value=value, hedge=stated.hedge, declared=beside, moment=stated.as_of)
    other = ledger(edition).get(definition.against)
    if other is None:
        return judge_declared(figure, definition, None)
    kept: Arguments = {name: arguments[name] for name in other.parameters if name in arguments}
    beside_it = arguments_of(other, edition, arguments["as_of"], kept)
    return judge_declared(figure, definition, lambda day: _computed(other, edition, beside_it | {"as_of": day}))


def _not_stated(definition: Definition, as_of: date) -> str:
    return f"Aucune publication connue au {format_day(as_of)} ne le déclare (fait {definition.facts[0].id})."


def _blank(definition: Definition, edition: Edition, arguments: Arguments) -> Figure:
    return Figure(
        id=definition.id,
        kind=definition.kind,
        label=definition.label,
        unit=definition.unit,
        format=definition.format,
        counts=definition.counts,
        edition=edition.id,
        as_of=arguments["as_of"],
        parameters=tuple(sorted((name, value) for name, value in arguments.items() if name != "as_of")),
        value=None,
        columns=tuple(definition.columns),
        rows=(),
        interval=None,
        moment="",
        hedge=definition.hedge,
        unknown_reason=None,
        declared=facts_beside(edition, definition.facts, arguments["as_of"]) if definition.kind == "computed" else (),
        standing=NOT_COMPARED,
    )


def _run(definition: Definition, edition: Edition, sql: str, arguments: Arguments) -> duckdb.DuckDBPyConnection:
    needed = used(sql)
    try:
        return edition.connect().execute(sql, {name: value for name, value in arguments.items() if name in needed})
    except duckdb.Error as error:
        raise _refused(definition, f"sa requête ne s'exécute pas : {error}") from error


def _one(cursor: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    row: tuple[Any, ...] = cursor.fetchone()
    return row


def _refused(definition: Definition, what: str) -> FigureError:
    return FigureError(
        f"{definition.id}: {what}",
        user_message=f"chiffre {definition.id} : {what}.",
        mend=f"« jalon figure show {definition.id} » donne sa définition et ses paramètres.",
    )

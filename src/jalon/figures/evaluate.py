"""The value of a figure on an edition, as of a date, for given parameters; and its evidence."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb

from jalon.editions import Edition
from jalon.editions.edition import select_only
from jalon.editions.watchdog import at_most
from jalon.errors import EditionError, FigureError
from jalon.figures.columns import evidence_column
from jalon.figures.declared import facts_beside
from jalon.figures.definition import Definition, used
from jalon.figures.figure import Evidence, Figure
from jalon.figures.format import format_day
from jalon.figures.ledger import ledger
from jalon.figures.standing import NOT_COMPARED, judge, judge_declared

Arguments = dict[str, Any]
SECONDS = 20.0
"""Time allowed to one query of a definition, in a build as on a page; those of the product take milliseconds."""
MOST_ROWS = 200_000
"""Rows of one query of a definition; the largest of the product proves a figure with some 51,000."""
LONGEST_CELL = 20_000
"""Characters of one text of a row."""
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
    names, rows = _run(definition, edition, f"{sql}\nLIMIT {limit or 'ALL'} OFFSET {offset:d}", arguments)
    total = offset + len(rows)
    if limit is not None and (len(rows) == limit or not rows):
        total = _run(definition, edition, f"SELECT count(*) FROM ({sql})", arguments).rows[0][0]  # noqa: S608
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
    rows = _run(definition, edition, definition.value, arguments).rows
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


def bare_value(definition: Definition, edition: Edition, arguments: Arguments) -> Any:
    """The first cell of a computed figure, without moment nor standing; `arguments` as `arguments_of` gives them."""
    rows = _run(definition, edition, definition.value, arguments).rows
    return rows[0][0] if rows else None


def _moment(definition: Definition, edition: Edition, arguments: Arguments) -> str:
    """The last quarter, count or year among the rows behind a figure, "" when they carry none."""
    columns = _run(definition, edition, f"{definition.evidence}\nLIMIT 0", arguments).columns
    dated = next((name for name in DATED_BY if name in columns), None)
    if dated is None:
        return ""
    sql = f"SELECT max({dated}) FROM ({definition.evidence})"  # noqa: S608
    latest = _run(definition, edition, sql, arguments).rows[0][0]
    return "" if latest is None else str(latest)


def _interval(definition: Definition, edition: Edition, arguments: Arguments) -> tuple[float, float] | None:
    if not definition.interval:
        return None
    rows = _run(definition, edition, definition.interval, arguments).rows
    try:
        ((low, high),) = rows
        return None if low is None or high is None else (float(low), float(high))
    except (TypeError, ValueError) as error:
        raise _refused(definition, "« interval » doit donner une ligne de deux nombres") from error


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


class _Answer(NamedTuple):
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def _run(definition: Definition, edition: Edition, sql: str, arguments: Arguments) -> _Answer:
    """All rows of one SELECT of a definition, had in `SECONDS` at most. Raises FigureError, EditionDamaged."""
    _check_select(definition, sql)
    needed = used(sql)
    cursor = edition.connect()
    try:
        with at_most(SECONDS, cursor):
            cursor.execute(sql, {name: value for name, value in arguments.items() if name in needed})
            names, rows = tuple(column[0] for column in cursor.description), cursor.fetchmany(MOST_ROWS + 1)
    except TimeoutError as error:
        raise _refused(definition, f"sa requête dure plus de {SECONDS:g} secondes ; elle a été arrêtée") from error
    except duckdb.Error as error:
        raise _refused(definition, f"sa requête ne s'exécute pas : {error}") from error
    if len(rows) > MOST_ROWS:
        raise _refused(definition, f"sa requête donne plus de {MOST_ROWS} lignes")
    return _Answer(names, tuple(tuple(_cell(definition, cell) for cell in row) for row in rows))


def _cell(definition: Definition, cell: Any) -> Any:
    """A cell that pages and JSON can carry. Raises FigureError for another type, or a text that is too long."""
    if cell is None or isinstance(cell, (bool, int, Decimal, date)):
        return cell
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    if isinstance(cell, str) and len(cell) <= LONGEST_CELL:
        return cell
    long = isinstance(cell, str)
    kind = f"un texte de {len(cell)} caractères" if long else f"une valeur de type {type(cell).__name__}"
    raise _refused(definition, f"sa requête donne {kind}")


def _check_select(definition: Definition, sql: str) -> None:
    try:
        select_only(sql)
    except EditionError as error:
        raise _refused(definition, error.user_message.rstrip(".")) from error


def _refused(definition: Definition, what: str) -> FigureError:
    return FigureError(
        f"{definition.id}: {what}",
        user_message=f"chiffre {definition.id} : {what}.",
        mend=f"« jalon figure show {definition.id} » donne sa définition et ses paramètres.",
    )

"""Columns of the rows behind a figure, and of a figure that is itself a table."""

from collections.abc import Callable

from jalon.editions import Edition
from jalon.figures import Column as FigureColumn
from jalon.figures import Evidence, Figure
from jalon.web import places
from jalon.web.queries import names
from jalon.web.tables import Column, Kind

KINDS: dict[str, Kind] = {
    "integer": "number",
    "decimal": "decimal",
    "percent": "share",
    "euros": "euros",
    "date": "day",
    "text": "text",
    "population": "population",
}
Row = tuple


def evidence_columns(proof: Evidence) -> tuple[Column[Row], ...]:
    """Each value that names an action, a source, a territory or a publication leads to its page."""
    ranks = {column.name: rank for rank, column in enumerate(proof.columns)}
    return tuple(_column(column, rank, _link(column.name, ranks)) for rank, column in enumerate(proof.columns))


def _column(column: FigureColumn, rank: int, link: Callable[[Row], str | None] | None) -> Column[Row]:
    kind: Kind = "code" if column.name.endswith(("_id", "_code")) or column.name == "code" else KINDS[column.format]
    return Column(column.label, lambda row: row[rank], kind, link=link)


def _link(name: str, ranks: dict[str, int]) -> Callable[[Row], str | None] | None:
    if name == "action_id":
        return lambda row: f"/actions/{row[ranks[name]]}"
    if name == "source_id":
        return lambda row: f"/sources/{row[ranks[name]]}/"
    if name == "url":
        return lambda row: row[ranks[name]] if str(row[ranks[name]]).startswith(("http://", "https://")) else None
    if name in ("code", "territory_code"):
        return lambda row: _territory(row, ranks, str(row[ranks[name]]))
    return None


def _territory(row: Row, ranks: dict[str, int], code: str) -> str | None:
    if "territory_kind" in ranks:
        return places.url(str(row[ranks["territory_kind"]]), code)
    parsed = places.parse(code)
    return places.url(*parsed) if parsed else None


def table_columns(edition: Edition, figure: Figure) -> tuple[Column[Row], ...]:
    """Columns of a figure of shape table; the identifier of a theme gives way to its label."""
    labelled = any(column.name == "label" for column in figure.columns)
    kept = ((rank, one) for rank, one in enumerate(figure.columns) if not (labelled and one.name == "theme"))
    return tuple(_named(edition, column, rank) for rank, column in kept)


def _named(edition: Edition, column: FigureColumn, rank: int) -> Column[Row]:
    if column.name != "theme":
        return Column(column.label, lambda row: row[rank], KINDS[column.format])
    labels = names.themes(edition)
    return Column(column.label, lambda row: labels[row[rank]].label if row[rank] in labels else row[rank])

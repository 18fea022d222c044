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
PLACES = {"departement_code": "departement", "region_code": "region"}
WHOLE = {"smart_city": "Ville intelligente"}
Row = tuple


def evidence_columns(edition: Edition, proof: Evidence) -> tuple[Column[Row], ...]:
    """Each value that names an action, a source, a territory or a publication leads to its page.

    The page shows the names of themes, départements and régions; the file keeps their codes.
    """
    ranks = {column.name: rank for rank, column in enumerate(proof.columns)}
    heads = _headings(proof)
    return tuple(
        shown
        for rank, column in enumerate(proof.columns)
        for shown in _columns(edition, column, rank, heads[rank], _link(column.name, ranks))
    )


def _headings(proof: Evidence) -> list[str]:
    """The labels of the columns; one that stands twice tells its code apart, or its rank."""
    labels = [column.label for column in proof.columns]
    told: list[str] = []
    for column in proof.columns:
        label = f"{column.label} (code)" if labels.count(column.label) > 1 and _is_code(column) else column.label
        told.append(f"{label} {told.count(label) + 1}" if label in told else label)
    return told


def _columns(
    edition: Edition, column: FigureColumn, rank: int, heading: str, link: Callable[[Row], str | None] | None
) -> tuple[Column[Row], ...]:
    kind: Kind = "code" if _is_code(column) else KINDS[column.format]
    if column.name == "theme":
        return (
            Column(heading, lambda row: theme_label(edition, row[rank]), where="page"),
            Column(heading, lambda row: row[rank], where="file"),
        )
    place = PLACES.get(column.name)
    if place is None:
        return (Column(heading, lambda row: row[rank], kind, link=link),)
    return (Column(heading, lambda row: row[rank], kind, note=lambda row: names.place(edition, place, row[rank])),)


def _is_code(column: FigureColumn) -> bool:
    return column.name.endswith(("_id", "_code")) or column.name == "code"


def theme_label(edition: Edition, theme: str) -> str:
    """The French name of a theme, or of the smart city as a whole."""
    known = names.themes(edition).get(theme)
    return known.label if known else WHOLE.get(theme, theme)


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
    return Column(column.label, lambda row: theme_label(edition, row[rank]))

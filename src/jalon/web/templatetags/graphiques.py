"""The table twin of a chart in templates."""

from django import template

from jalon.web.charts import Chart
from jalon.web.tables import Cell

register = template.Library()


@register.filter
def chart_rows(chart: Chart) -> list[list[Cell]]:
    """Rows of cells; an address makes a link of the first cell."""
    address = next((rank for rank, column in enumerate(chart.columns) if column.kind == "link"), None)
    kept = [rank for rank in range(len(chart.columns)) if rank != address]
    shown = zip(chart.rows, chart.shown_rows(), strict=True)
    return [
        [_cell(chart, rank, texts[rank], row[address] if address is not None and rank == 0 else None) for rank in kept]
        for row, texts in shown
    ]


@register.filter
def chart_heads(chart: Chart) -> list[tuple[str, str]]:
    return [(c.label, "num" if c.numeric else "text") for c in chart.columns if c.kind != "link"]


def _cell(chart: Chart, rank: int, text: str, href: object) -> Cell:
    column = chart.columns[rank]
    return Cell(column.label, text, str(href) if href else None, "", (), "num" if column.numeric else "text")

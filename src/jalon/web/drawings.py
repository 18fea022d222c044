"""A chart inside a page: the picture for wide and narrow screens, its table twin, its files."""

from dataclasses import dataclass

from jalon.editions import Edition
from jalon.web.charts import Chart, ChartError, render


@dataclass(frozen=True, slots=True)
class Drawing:
    """Context of `_chart.html`."""

    wide: Chart
    narrow: Chart


def drawing(name: str, edition: Edition, **params: str) -> Drawing | None:
    """None when the edition holds nothing to draw."""
    try:
        return Drawing(render(name, edition, **params), render(name, edition, **params, largeur="etroite"))
    except ChartError:
        return None

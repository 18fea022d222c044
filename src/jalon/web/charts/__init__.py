"""Charts and maps of an edition: one Vega-Lite specification gives the SVG of the page, the files, the live version.

chart = render("carte", edition, programme="acv", indicateur="fibre")
chart.title, chart.svg, chart.columns, chart.rows, chart.png_url
"""

from jalon.web.charts.catalog import NAMES, defaults, render, warm
from jalon.web.charts.errors import ChartError, NothingToDraw, UnknownChart
from jalon.web.charts.indicators import INDICATORS
from jalon.web.charts.model import Chart, Column, Params

__all__ = [
    "INDICATORS",
    "NAMES",
    "Chart",
    "ChartError",
    "Column",
    "NothingToDraw",
    "Params",
    "UnknownChart",
    "defaults",
    "render",
    "warm",
]

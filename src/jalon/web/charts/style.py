"""How every chart looks: sizes, colours, French locale."""

from typing import Any

import altair as alt

from jalon.web.charts.french import LOCALE

FONT = "Marianne, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
WIDTHS = {"large": 720, "etroite": 340}

INK, SOFT_INK, GRID, LAND, BORDER = "#161616", "#5b5b5b", "#dddddd", "#f3f3f3", "#b8b8b8"
MAIN, PALE, SECOND, MISSING = "#000091", "#8585c4", "#b34000", "#6a6a6a"
SCALES = {
    1: ("#27547e",),
    2: ("#f0d951", "#27547e"),
    3: ("#f7e26b", "#9b9476", "#00224e"),
    4: ("#fde737", "#b9a96d", "#6d6e72", "#00224e"),
    5: ("#fde737", "#cbba69", "#948e77", "#575d6d", "#00224e"),
}
"""Cividis cut in n classes, light to dark: even steps of lightness, whatever the reader's colour vision."""


def config(narrow: bool) -> dict[str, Any]:
    """Vega-Lite configuration; text stays above 12 px at the width it is drawn for."""
    size = 12 if narrow else 13
    return {
        "background": "transparent",
        "font": FONT,
        "locale": LOCALE,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": size, "titleFontSize": size, "labelColor": INK, "titleColor": SOFT_INK,
            "titleFontWeight": "normal", "gridColor": GRID, "domainColor": BORDER, "tickColor": BORDER,
            "labelLimit": 260,
        },
        "legend": {
            "labelFontSize": size, "titleFontSize": size, "labelColor": INK, "titleColor": SOFT_INK,
            "titleFontWeight": "normal", "labelLimit": 320, "titleLimit": 320, "symbolStrokeWidth": 1.2,
        },
        "text": {"fontSize": size, "color": INK},
        "bar": {"color": MAIN},
        "title": {"anchor": "start", "fontSize": size + 3, "color": INK, "subtitleColor": SOFT_INK},
    }  # fmt: skip


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters, cut at spaces (no-break spaces hold)."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def days(name: str, narrow: bool) -> alt.X:
    """A time axis with French months; days are days, whatever the time zone of the machine."""
    axis = alt.Axis(title=None, format="%b %Y", tickCount=3 if narrow else 6, labelOverlap=True, grid=False)
    return alt.X(f"{name}:T", axis=axis, scale=alt.Scale(type="utc"))


def dated(values: list[dict[str, Any]], name: str) -> alt.InlineData:
    """Data whose column `name` holds ISO days."""
    return alt.InlineData(values=values, format={"type": "json", "parse": {name: "utc:'%Y-%m-%d'"}})


def finished(
    chart: alt.LayerChart | alt.FacetChart,
    *,
    narrow: bool,
    width: float,
    height: float | dict[str, int],
    padding: int = 2,
) -> dict[str, Any]:
    """The specification of a chart, with its size and our configuration, as plain data."""
    size = {"width": width, "height": height, "padding": padding}
    return dict(chart.to_dict(validate=False)) | size | {"config": config(narrow)}

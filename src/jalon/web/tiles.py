"""A figure as a tile: value, unit, what it counts, when, interval, trend, source."""

from dataclasses import dataclass
from datetime import date

from jalon.editions import Edition
from jalon.errors import UnknownFigure
from jalon.figures import Figure, format_value
from jalon.figures.format import HEDGES
from jalon.programmes import programmes as folders
from jalon.web import typography
from jalon.web.queries import figures

TILES = 6
WIDTH, HEIGHT = 120, 28


@dataclass(frozen=True, slots=True)
class Tile:
    """`trend` is the `points` of an SVG polyline; `trend_says` tells the same in words."""

    id: str
    hedge: str
    value: str
    unit: str
    label: str
    counts: str
    as_of: date
    latest: str
    interval: str
    unknown: str
    trend: str
    trend_says: str
    href: str


def tile(edition: Edition, figure_id: str, asked: Figure | None = None) -> Tile:
    """The tile of a figure as published, or of the same figure asked otherwise (as of a day, for a territory)."""
    figure = asked or figures.value(edition, figure_id)
    points = figures.trend(edition, figure_id) if figure.kind == "computed" and not figure.is_table else ()
    return Tile(
        id=figure.id,
        hedge=HEDGES.get(figure.hedge, "") if figure.known else "",
        value=bare(figure),
        unit=figure.unit if figure.format in ("integer", "decimal", "percent") and figure.unit != "€" else "",
        label=figure.label,
        counts=figure.counts,
        as_of=figure.as_of,
        latest=figure.latest,
        interval=interval(figure),
        unknown=figure.unknown_reason or "",
        trend=polyline([value for _, value in points]),
        trend_says=_said(points, figure),
        href=f"/chiffres/{figure.id}",
    )


def bare(figure: Figure) -> str:
    """The value without its unit, which the tile writes smaller."""
    return format_value(figure.value, figure.format)


def interval(figure: Figure) -> str:
    if figure.interval is None:
        return ""
    low, high = (format_value(bound, figure.format) for bound in figure.interval)
    return f"entre {low} et {high}" if low != high else ""


def polyline(values: list[float]) -> str:
    """The points of a small line, from left to right, zero at the foot."""
    if len(values) < 2:
        return ""
    top = max(values) or 1
    step = (WIDTH - 2) / (len(values) - 1)
    return " ".join(f"{1 + i * step:.1f},{HEIGHT - 2 - v / top * (HEIGHT - 4):.1f}" for i, v in enumerate(values))


def _said(points: tuple[tuple[date, float], ...], figure: Figure) -> str:
    if not points:
        return ""
    first, last = points[0], points[-1]
    from_, to = (format_value(value, figure.format) for value in (first[1], last[1]))
    return f"De {from_} le {typography.day(first[0])} à {to} le {typography.day(last[0])}"


def home_figures(edition: Edition, programme: str) -> list[str]:
    """Those that the programme's folder names, then the first computed ones of the ledger, six in all."""
    known = figures.definitions(edition)
    named = [key for key in _named(programme) if key in known]
    own = [
        key for key, one in known.items()
        if one.programme == programme and one.shape == "scalar" and one.format in ("integer", "percent", "euros")
    ]  # fmt: skip
    return list(dict.fromkeys([*named, *own]))[:TILES]


def beneficiaries(programme: str) -> str:
    """What its folder calls those who benefit: villes, territoires…"""
    folder = folders().get(programme)
    return folder.words.beneficiaries if folder else "territoires"


def _named(programme: str) -> tuple[str, ...]:
    folder = folders().get(programme)
    return folder.home_figures if folder else ()


def known_figure(edition: Edition, figure_id: str) -> Figure | None:
    """A figure with a known value, or None: for a sentence that does without it."""
    try:
        figure = figures.value(edition, figure_id)
    except UnknownFigure:
        return None
    return figure if figure.known and not figure.is_table else None

"""From degrees to the pixels of the map: Lambert 93 for the mainland and Corsica, an inset for each overseas part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from math import atanh, cos, exp, log, radians, sin
from typing import Any

from jalon.geography.outlines import outlines

Point = tuple[float, float]
Ring = list[Point]
Projector = Callable[[float, float], Point]

_E = 0.0818191910428158
_LON0, _LAT0, _LAT1, _LAT2 = radians(3), radians(46.5), radians(44), radians(49)
MARGIN, GAP, LABEL = 6.0, 6.0, 18.0
GRID = 2
"""Pixels between two possible vertices of an outline: the map stays light, its shapes recognisable."""
OVERSEAS = ("97", "98")


def _isometric(lat: float) -> float:
    return atanh(sin(lat)) - _E * atanh(_E * sin(lat))


def _small_normal(lat: float) -> float:
    return float(cos(lat) / (1 - (_E * sin(lat)) ** 2) ** 0.5)


_N = log(_small_normal(_LAT1) / _small_normal(_LAT2)) / (_isometric(_LAT2) - _isometric(_LAT1))
_C = _small_normal(_LAT1) * exp(_N * _isometric(_LAT1)) / _N
_R0 = _C * exp(-_N * _isometric(_LAT0))


def lambert93(lon: float, lat: float) -> Point:
    """Easting and northing in radii of the GRS80 ellipsoid from (3° E, 46.5° N), northing growing south as on screens.

    Source: IGN, ALG0003, ALG0004 and ALG0054 (conformal conic, parallels 44° and 49°).
    """
    rho, theta = _C * exp(-_N * _isometric(radians(lat))), _N * (radians(lon) - _LON0)
    return rho * sin(theta), rho * cos(theta) - _R0


def local(lat0: float) -> Projector:
    """Equirectangular projection true at `lat0`: enough for an island or Guyane."""
    stretch = cos(radians(lat0))
    return lambda lon, lat: (radians(lon) * stretch, -radians(lat))


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the map, in pixels, and how degrees fall in it. `code` is "" for the mainland."""

    code: str
    label: str
    x: float
    y: float
    width: float
    height: float
    rings: tuple[tuple[Point, ...], ...]
    _place: Projector

    def place(self, lon: float, lat: float) -> Point:
        """Pixels of a point, held inside the frame (a displaced published point stays visible)."""
        x, y = self._place(lon, lat)
        return min(max(x, self.x), self.x + self.width), min(max(y, self.y), self.y + self.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole map: its size in pixels, the mainland first, then the insets from west to east."""

    width: float
    height: float
    frames: tuple[Frame, ...]

    def frame(self, departement: str | None) -> Frame:
        """The frame of a département; the mainland when it has no inset."""
        return next((f for f in self.frames if f.code and f.code == departement), self.frames[0])


def is_overseas(departement: str) -> bool:
    return departement.startswith(OVERSEAS)


@cache
def layout(width: int, places: tuple[tuple[str, str, tuple[Point, ...]], ...] = ()) -> Layout:
    """The map `width` pixels wide. `places` adds an inset, without outline, for each (code, name, points in degrees) of
    a collectivity that the outlines do not hold."""
    drawn = [(f["properties"]["code"], f["properties"]["name"], _rings(f["geometry"])) for f in outlines()["features"]]
    mainland = [ring for code, _, rings in drawn if not is_overseas(code) for ring in rings]
    insets = [(code, name, rings) for code, name, rings in drawn if is_overseas(code)]
    known = {code for code, _, _ in insets}
    insets += [(code, name, [list(points)]) for code, name, points in places if code not in known]
    main = _frame("", "", mainland, lambert93, (MARGIN, MARGIN, width - 2 * MARGIN, None))
    side = (width - 2 * MARGIN - GAP * (len(insets) - 1)) / max(len(insets), 1)
    top = main.y + main.height + GAP
    lat = {code: sum(y for ring in rings for _, y in ring) / sum(map(len, rings)) for code, _, rings in insets}
    frames = [
        _frame(
            code, name, rings, local(lat[code]), (MARGIN + i * (side + GAP), top, side, side), bare=code not in known
        )
        for i, (code, name, rings) in enumerate(insets)
    ]
    return Layout(width, top + (side + LABEL if frames else 0) + MARGIN, (main, *frames))


def _frame(
    code: str,
    name: str,
    rings: list[Ring],
    project: Projector,
    box: tuple[float, float, float, float | None],
    *,
    bare: bool = False,
) -> Frame:
    x, y, width, height = box
    flat = [[project(*point) for point in ring] for ring in rings]
    left, right = _span(p[0] for ring in flat for p in ring)
    top, bottom = _span(p[1] for ring in flat for p in ring)
    inner = MARGIN if code else 0.0
    scale = (width - 2 * inner) / (right - left)
    if height is None:
        height = (bottom - top) * scale
    else:
        scale = min(scale, (height - 2 * inner) / (bottom - top))
    dx = x + (width - (right - left) * scale) / 2 - left * scale
    dy = y + (height - (bottom - top) * scale) / 2 - top * scale

    def place(lon: float, lat: float) -> Point:
        px, py = project(lon, lat)
        return px * scale + dx, py * scale + dy

    kept = [] if bare else [_snapped([place(*point) for point in ring]) for ring in rings]
    return Frame(code, name, x, y, width, height, tuple(tuple(ring) for ring in kept if len(ring) > 3), place)


def _span(values: Iterable[float]) -> Point:
    """Least and greatest, never closer than a hundredth of a degree."""
    found = list(values)
    low, high = min(found), max(found)
    least = radians(0.01)
    return (low, high) if high - low >= least else ((low + high - least) / 2, (low + high + least) / 2)


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    """Exterior and interior rings of a Polygon or MultiPolygon, in degrees."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(lon, lat) for lon, lat, *_ in ring] for polygon in polygons for ring in polygon]


def _snapped(ring: Ring) -> Ring:
    """The ring on the grid, repeated and aligned points left out: neighbours keep the same common border."""
    kept: Ring = []
    for x, y in ring:
        point = (float(round(x / GRID) * GRID), float(round(y / GRID) * GRID))
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and _aligned(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept


def _aligned(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])

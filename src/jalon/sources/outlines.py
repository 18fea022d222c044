"""ANCT, outlines of départements and régions with overseas in insets: to draw, never to situate."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jalon.geography import Place, distance_km
from jalon.sources.catalog import Source, SourceFile
from jalon.sources.defects import Defects
from jalon.sources.features import features
from jalon.sources.parts import Part, unreadable
from jalon.sources.rows import OutlineRow
from jalon.sources.tables import Columns
from jalon.sources.zones import check_label, departement, region

FARTHEST_KM = 400.0
LAYERS = {
    "dep": (departement, Columns(("insee_dep", "lib_dep"), ("insee_reg",))),
    "reg": (region, Columns(("insee_reg", "lib_reg"))),
}


def read(source: Source, folder: Path) -> list[Part]:
    """One OutlineRow a territory."""
    return [_layer(source, file, folder / file.file) for file in source.files]


def _layer(source: Source, file: SourceFile, path: Path) -> Part:
    layer = path.stem.rpartition("-")[2]
    if layer not in LAYERS:
        raise unreadable(path, f"couche inconnue « {layer} »")
    zone, columns = LAYERS[layer]
    defects = Defects(source.id, file.file)
    rows, read = [], 0
    for read, (code, label), geometry in features(path, columns, defects):
        place = zone(code, defects, read, columns.read[0])
        points = list(_points(geometry))
        if place is None:
            continue
        check_label(label, place, defects, read, columns.read[1])
        if not points:
            defects.row(read, "geometry", "", "no-outline", "aucun contour lisible")
            continue
        displaced = _displaced(place, points, defects, read)
        rows.append(OutlineRow(place.kind, place.code, place.name, _compact(geometry), displaced, read))
    return Part(file, rows, defects, read)


def _points(geometry: Any) -> Iterator[tuple[float, float]]:
    """Every vertex of a Polygon or MultiPolygon; nothing for what is not one."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return
    rings: Any = geometry.get("coordinates")
    polygons: Any = rings if geometry["type"] == "MultiPolygon" else [rings]
    try:
        for polygon in polygons:
            for ring in polygon:
                for lon, lat, *_ in ring:
                    yield float(lon), float(lat)
    except (TypeError, ValueError):
        return


def _displaced(place: Place, points: list[tuple[float, float]], defects: Defects, row: int) -> bool:
    """The middle of the outline stands far from the territory's chief town."""
    lons, lats = zip(*points, strict=True)
    middle = place._replace(lon=(min(lons) + max(lons)) / 2, lat=(min(lats) + max(lats)) / 2)
    away = distance_km(place, middle)
    if away is None or away <= FARTHEST_KM:
        return False
    reason = f"contour à {away:.0f} km de {place.name} (cartouche) : bon pour une carte, jamais pour une position"
    defects.field(row, "geometry", f"{middle.lon:.3f} {middle.lat:.3f}", "displaced-outline", reason)
    return True


def _compact(geometry: Any) -> str:
    return json.dumps({"type": geometry["type"], "coordinates": geometry["coordinates"]}, separators=(",", ":"))

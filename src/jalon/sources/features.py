"""GeoJSON features, bare or wrapped in a JavaScript assignment as the agencies' maps publish them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jalon.sources.defects import Defects
from jalon.sources.parts import decoded, unreadable
from jalon.sources.tables import Columns

ASSIGNMENT = re.compile(r"\s*(?:(?:var|let|const)\s+)?[\w$.]{1,80}\s*=\s*(?=\{)")
Value = str | int | float | None
Properties = tuple[Value, ...]


def features(path: Path, columns: Columns, defects: Defects) -> Iterator[tuple[int, Properties, Any]]:
    """(1-based record, properties in declared order, geometry) of a FeatureCollection.

    A feature without one of the properties, or with a list or an object in it, is refused alone.
    """
    found = _collection(path)
    known = dict.fromkeys(name for feature in found for name in feature["properties"])
    columns.places(path, list(known), defects, 0)
    for number, feature in enumerate(found, 1):
        properties = feature["properties"]
        values = tuple(properties.get(name) for name in columns.read)
        missing = [name for name in columns.read if name not in properties]
        strange = [name for name, value in zip(columns.read, values, strict=True) if not _plain(value)]
        if missing or strange:
            name = (missing + strange)[0]
            reason = "attribut absent de cette entité" if missing else "ni un texte ni un nombre"
            defects.row(number, name, properties.get(name), "bad-property", reason)
        else:
            yield number, values, feature.get("geometry")


def _plain(value: object) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _collection(path: Path) -> list[dict[str, Any]]:
    text = decoded(path)
    wrapper = ASSIGNMENT.match(text)
    bare = text[wrapper.end() :].rstrip().rstrip(";") if wrapper else text
    try:
        whole = json.loads(bare, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise unreadable(path, f"ce n'est pas du GeoJSON entier ({_where(error)})") from error
    found = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(found, list) or not all(_is_feature(f) for f in found):
        raise unreadable(path, "ce n'est pas une collection d'entités GeoJSON (« features » avec « properties »)")
    if not found:
        raise unreadable(path, "la collection ne contient aucune entité")
    return found


def _is_feature(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("properties"), dict)


def _where(error: Exception) -> str:
    return f"ligne {error.lineno}" if isinstance(error, json.JSONDecodeError) else "structure impossible"


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def position(geometry: Any) -> tuple[float, float] | None:
    """(longitude, latitude) of a Point; None for anything else."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    numbers = geometry.get("coordinates")
    if not isinstance(numbers, list) or len(numbers) < 2 or not all(isinstance(n, int | float) for n in numbers[:2]):
        return None
    return float(numbers[0]), float(numbers[1])

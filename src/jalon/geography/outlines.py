"""The outlines of the 101 départements, simplified together so that common borders stay common."""

import json
from functools import cache
from typing import Any

from jalon.geography.places import HERE


@cache
def outlines() -> dict[str, Any]:
    """A GeoJSON FeatureCollection in WGS84 degrees, overseas at its real place; properties `code`, `name`, `region`.

    Exterior rings run clockwise, as d3 and Vega need to fill the inside. Do not change what is returned: it is shared.
    """
    collection: dict[str, Any] = json.loads((HERE / "departements.geojson").read_text("utf-8"))
    return collection

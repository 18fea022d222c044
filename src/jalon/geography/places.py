"""Every place of the official code, read once from the table that scripts/build_geography.py compiles."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet

HERE = Path(__file__).resolve().parent
EARTH_RADIUS_KM = 6371.0088


class Place(NamedTuple):
    """One place; a named tuple, since 36,000 are made when the geography opens.

    `kind` is commune, epci, departement, region or collectivite (overseas collectivities: 975, 977, 978, 984, 986 to
    989). A commune of a collectivity has its code as `departement_code` and no région. `population` is municipal, None
    where unknown. `lon` and `lat` (WGS84 degrees) are the town hall of the commune, of the chief town, or of the EPCI's
    most populous commune; the middle of the commune where its town hall is unknown.
    """

    kind: str
    code: str
    name: str
    departement_code: str | None
    region_code: str | None
    epci_code: str | None
    population: int | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Former:
    """A code that names no commune of today: merged, déléguée, associée, arrondissement of a city, renumbered."""

    code: str
    name: str | None
    successor: str


@dataclass(frozen=True, slots=True)
class Geography:
    communes: dict[str, Place]
    epcis: dict[str, Place]
    departements: dict[str, Place]
    regions: dict[str, Place]
    collectivites: dict[str, Place]
    former: dict[str, Former]

    def place(self, kind: str, code: str) -> Place | None:
        """The place of this kind; "pays" has one, whose code is FR. None when unknown."""
        if kind == "pays":
            return FRANCE if code == FRANCE.code else None
        return self._of(kind).get(code)

    def successor(self, code: str) -> str | None:
        """The commune of today for a commune code of any year since 1943; None when unknown."""
        if code in self.communes:
            return code
        former = self.former.get(code)
        return former.successor if former else None

    def departement_of(self, code: str) -> Place | None:
        """The département, or the overseas collectivity of the same rank."""
        return self.departements.get(code) or self.collectivites.get(code)

    def places(self) -> Iterator[Place]:
        """All of them, largest kinds last."""
        for places in (self.regions, self.departements, self.collectivites, self.epcis, self.communes):
            yield from places.values()

    def _of(self, kind: str) -> dict[str, Place]:
        return {
            "commune": self.communes,
            "epci": self.epcis,
            "departement": self.departements,
            "region": self.regions,
            "collectivite": self.collectivites,
        }.get(kind, {})


FRANCE = Place("pays", "FR", "France", None, None, None, None, None, None)


@cache
def geography() -> Geography:
    """The official geography of 1 January 2026, with the codes of communes that vanished since 1943."""
    table = pyarrow.parquet.ParquetFile(HERE / "places.parquet").read()
    columns = [column.to_pylist() for column in table.columns]
    kinds: dict[str, dict[str, Place]] = {
        kind: {} for kind in ("commune", "epci", "departement", "region", "collectivite")
    }
    former = {}
    for *fields, successor in zip(*columns, strict=True):
        if successor is None:
            kinds[fields[0]][fields[1]] = Place._make(fields)
        else:
            former[fields[1]] = Former(fields[1], fields[2], successor)
    return Geography(
        kinds["commune"], kinds["epci"], kinds["departement"], kinds["region"], kinds["collectivite"], former
    )


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres by the haversine formula; None when a position is unknown."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return None
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    chord = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))

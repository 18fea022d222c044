"""Every place of the official code, read once from the table that scripts/build_geography.py compiles."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet

HERE = Path(__file__).resolve().parent
KINDS = ("commune", "epci", "departement", "region", "collectivite")
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
    """A code that names no place of today: a commune merged, déléguée, associée, an arrondissement of a city, an EPCI
    whose communes now all stand in one other.
    """

    code: str
    name: str
    successor: str


@dataclass(frozen=True, slots=True)
class Geography:
    communes: dict[str, Place]
    epcis: dict[str, Place]
    departements: dict[str, Place]
    regions: dict[str, Place]
    collectivites: dict[str, Place]
    former_communes: dict[str, Former]
    former_epcis: dict[str, Former]

    def place(self, kind: str, code: str) -> Place | None:
        """The place of this kind; "pays" has one, whose code is FR. None when unknown."""
        if kind == "pays":
            return FRANCE if code == FRANCE.code else None
        return self._of(kind).get(code)

    def successor(self, code: str) -> str | None:
        """The commune of today for a commune code of any year since 1943; None when unknown."""
        return _last(code, self.communes, self.former_communes)

    def epci_successor(self, siren: str) -> str | None:
        """The EPCI of today for the SIREN of one of 2019 or later; None when unknown, or when it was split."""
        return _last(siren, self.epcis, self.former_epcis)

    def departement_of(self, code: str) -> Place | None:
        """The département, or the overseas collectivity of the same rank."""
        return self.departements.get(code) or self.collectivites.get(code)

    def places(self) -> Iterator[Place]:
        """All of them, largest kinds last."""
        for places in (self.regions, self.departements, self.collectivites, self.epcis, self.communes):
            yield from places.values()

    def _of(self, kind: str) -> dict[str, Place]:
        ordered = (self.communes, self.epcis, self.departements, self.regions, self.collectivites)
        return dict(zip(KINDS, ordered, strict=True)).get(kind, {})


def _last(code: str, current: dict[str, Place], former: dict[str, Former]) -> str | None:
    if code in current:
        return code
    return former[code].successor if code in former else None


FRANCE = Place("pays", "FR", "France", None, None, None, None, None, None)


@cache
def geography() -> Geography:
    """The official geography of 1 January 2026, with the codes that vanished before (communes since 1943)."""
    table = pyarrow.parquet.ParquetFile(HERE / "places.parquet").read()
    *columns, successors = (column.to_pylist() for column in table.columns)
    kinds: dict[str, dict[str, Place]] = {kind: {} for kind in KINDS}
    former: dict[str, dict[str, Former]] = {kind: {} for kind in ("commune", "epci")}
    for place, successor in zip(map(Place._make, zip(*columns, strict=True)), successors, strict=True):
        if successor is None:
            kinds[place.kind][place.code] = place
        else:
            former[place.kind][place.code] = Former(place.code, place.name, successor)
    return Geography(
        communes=kinds["commune"],
        epcis=kinds["epci"],
        departements=kinds["departement"],
        regions=kinds["region"],
        collectivites=kinds["collectivite"],
        former_communes=former["commune"],
        former_epcis=former["epci"],
    )


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in kilometres by the haversine formula; None when a position is unknown."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return None
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    chord = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))

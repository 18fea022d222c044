"""The outlines of the 101 départements: valid, sharing their borders, each around its towns."""

import json

import pytest
import shapely

from jalon.geography import geography, outlines

SHAPES = {f["properties"]["code"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in outlines()["features"]}


def test_one_outline_a_departement_with_its_name_and_region() -> None:
    assert set(SHAPES) == set(geography().departements)
    for feature in outlines()["features"]:
        place = geography().departements[feature["properties"]["code"]]
        assert (feature["properties"]["name"], feature["properties"]["region"]) == (place.name, place.region_code)


def test_borders_are_shared_without_gap_or_overlap() -> None:
    shapes = list(SHAPES.values())
    assert all(shape.is_valid for shape in shapes)
    assert shapely.coverage_is_valid(shapes)
    assert not [part for part in shapely.get_parts(shapely.union_all(shapes)) if part.interiors]


@pytest.mark.parametrize(("code", "enclave"), [("26", "84"), ("64", "65")])
def test_real_enclaves_are_kept(code: str, enclave: str) -> None:
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(SHAPES[code]) for ring in part.interiors]
    assert holes
    assert all(SHAPES[enclave].contains(hole.representative_point()) for hole in holes)


def test_towns_stand_in_their_departement() -> None:
    """Within three kilometres, since coasts are simplified; Île-de-Sein is smaller than the simplification."""
    astray = [
        place.name
        for place in geography().communes.values()
        if place.lon is not None
        and place.departement_code in SHAPES
        and SHAPES[place.departement_code].distance(shapely.Point(place.lon, place.lat)) > 0.03
    ]
    assert astray == ["Île-de-Sein"]


def test_exterior_rings_run_clockwise_for_d3() -> None:
    rings = [part.exterior for shape in SHAPES.values() for part in shapely.get_parts(shape)]
    assert not any(ring.is_ccw for ring in rings)


def test_outlines_stay_small() -> None:
    assert len(json.dumps(outlines())) < 600_000

"""Where degrees fall on the map."""

from itertools import pairwise
from math import hypot

import pytest

from jalon.geography import outlines
from jalon.web.charts.projection import is_overseas, lambert93, layout

RADIUS = 6378137.0
# Published Lambert 93 coordinates (metres) of places whose WGS84 position is published too.
KNOWN = [(2.3522, 48.8566, 652469, 6862035), (3.0, 46.5, 700000, 6600000)]


@pytest.mark.parametrize(("lon", "lat", "east", "north"), KNOWN)
def test_lambert93(lon: float, lat: float, east: float, north: float) -> None:
    x, y = lambert93(lon, lat)
    assert hypot(x * RADIUS + 700_000 - east, 6_600_000 - y * RADIUS - north) < 2


@pytest.mark.parametrize("width", [340, 600])
def test_every_overseas_departement_has_its_frame(width: int) -> None:
    plan = layout(width)
    overseas = {f["properties"]["code"] for f in outlines()["features"] if is_overseas(f["properties"]["code"])}
    assert {frame.code for frame in plan.frames[1:]} == overseas >= {"971", "972", "973", "974", "976"}
    for frame in plan.frames:
        assert frame.rings
        assert 0 <= frame.x < frame.x + frame.width <= width
        assert frame.y + frame.height <= plan.height
        for x, y in (point for ring in frame.rings for point in ring):
            assert frame.x - 2 <= x <= frame.x + frame.width + 2
            assert frame.y - 2 <= y <= frame.y + frame.height + 2


def test_frames_do_not_overlap() -> None:
    insets = layout(600).frames[1:]
    assert all(one.x + one.width < two.x for one, two in pairwise(insets))
    assert all(frame.y > layout(600).frames[0].y + layout(600).frames[0].height for frame in insets)


def test_a_collectivity_without_outline_gets_a_frame_and_a_displaced_point_stays_in_it() -> None:
    plan = layout(600, (("975", "Saint-Pierre-et-Miquelon", ((-56.17, 46.78),)),))
    frame = plan.frame("975")
    assert frame.label == "Saint-Pierre-et-Miquelon"
    for lon, lat in ((-56.17, 46.78), (2.0, 46.0)):
        x, y = frame.place(lon, lat)
        assert frame.x <= x <= frame.x + frame.width
        assert frame.y <= y <= frame.y + frame.height


def test_brest_is_west_of_strasbourg_and_lille_north_of_perpignan() -> None:
    france = layout(600).frame("29")
    brest, strasbourg = france.place(-4.49, 48.39), france.place(7.75, 48.58)
    lille, perpignan = france.place(3.06, 50.63), france.place(2.90, 42.70)
    assert brest[0] < strasbourg[0]
    assert lille[1] < perpignan[1]

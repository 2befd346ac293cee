import math

import numpy as np
import pytest
from shapely import from_wkt
from shapely.geometry import GeometryCollection, LineString, Point, Polygon

from geo_app.domain.errors import BadArgument, BadCoordinates, BadGeometry
from geo_app.spatial.index import SpatialIndex

ONE = SpatialIndex(["a"], [Point(126.8, 35.1)])
BOW_TIE = Polygon([(126.7, 35.1), (126.8, 35.2), (126.8, 35.1), (126.7, 35.2)])
NOWHERE = Point(126.8, math.nan)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "missing"),
        ("POINT (126.8 35.1)", "not-a-geometry"),
        (Point(), "empty"),
        (Polygon(), "empty"),
        (GeometryCollection([Point(126.8, 35.1), LineString([(126.8, 35.1), (126.9, 35.1)])]), "collection"),
        (BOW_TIE, "invalid"),
    ],
)
def test_a_geometry_that_cannot_be_indexed_is_refused_by_id_and_as_a_question(geometry, reason):
    with pytest.raises(BadGeometry) as fault:
        SpatialIndex(["a", "b"], [Point(126.8, 35.1), geometry])
    assert (fault.value.values["reason"], fault.value.values["id"]) == (reason, "b")
    for ask in (ONE.intersecting, ONE.contained_in):
        with pytest.raises(BadGeometry) as fault:
            ask(geometry)
        assert fault.value.values["reason"] == reason


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        (math.nan, 35.1, "not-finite"),
        (126.8, -math.inf, "not-finite"),
        (35.1, 126.8, "swapped"),
        (200.0, 35.1, "off-globe"),
        (200.0, 126.8, "off-globe"),
        ("east", 35.1, "not-a-number"),
        (None, 35.1, "not-a-number"),
    ],
)
def test_bad_coordinates_are_refused_at_every_door(lon, lat, reason):
    questions = (
        lambda: ONE.nearest(lon, lat, 1),
        lambda: ONE.within(lon, lat, 10.0),
        lambda: ONE.containing(lon, lat),
        lambda: ONE.window(lon, lat, 127.0, 36.0),
        lambda: ONE.window(126.0, 35.0, lon, lat),
    )
    for ask in questions:
        with pytest.raises(BadCoordinates) as fault:
            ask()
        assert fault.value.values["reason"] == reason


def test_bad_coordinates_are_refused_in_arrays_and_geometries():
    swapped = np.array([[126.8, 35.1], [35.1, 126.8]])
    line = LineString(swapped)
    questions = (
        lambda: SpatialIndex(["a", "b"], swapped),
        lambda: SpatialIndex(["a", "b"], [Point(126.8, 35.1), line]),
        lambda: SpatialIndex(["a", "b"], [Point(pair) for pair in swapped]),
        lambda: ONE.nearest_many(swapped, 1),
        lambda: ONE.containing_many(swapped),
        lambda: ONE.intersecting(line),
        lambda: ONE.window_many(np.array([[35.1, 126.8, 35.2, 126.9]])),
    )
    for ask in questions:
        with pytest.raises(BadCoordinates) as fault:
            ask()
        assert fault.value.values["reason"] == "swapped"


def test_a_point_without_a_latitude_is_no_place():
    with pytest.raises((BadGeometry, BadCoordinates)):
        SpatialIndex(["a"], [NOWHERE])


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda: ONE.nearest(126.8, 35.1, -1), "k"),
        (lambda: ONE.nearest(126.8, 35.1, 1.5), "k"),
        (lambda: ONE.nearest_many(np.zeros((1, 2)), -2), "k"),
        (lambda: ONE.nearest(126.8, 35.1, 1, within_m=-1.0), "within_m"),
        (lambda: ONE.nearest(126.8, 35.1, 1, within_m=math.nan), "within_m"),
        (lambda: ONE.within(126.8, 35.1, math.inf), "radius_m"),
        (lambda: ONE.within(126.8, 35.1, "far"), "radius_m"),
        (lambda: ONE.window(126.9, 35.1, 126.8, 35.2), "min_lon"),
        (lambda: ONE.window(126.8, 35.3, 126.9, 35.2), "min_lat"),
        (lambda: ONE.window_many(np.array([[126.8, 35.1, 126.9, 35.2], [126.8, 35.3, 126.9, 35.2]])), "min_lat"),
        (lambda: SpatialIndex(["a", "b", "a"], np.zeros((3, 2))), "ids"),
        (lambda: SpatialIndex([1, 2], np.zeros((2, 2))), "ids"),
        (lambda: SpatialIndex("ab", np.zeros((2, 2))), "ids"),
        (lambda: SpatialIndex(["a"], np.zeros((2, 2))), "geometries_lonlat"),
        (lambda: SpatialIndex(["a"], np.zeros((1, 3))), "geometries_lonlat"),
        (lambda: SpatialIndex(["a", "b"], [Point(126.8, 35.1)]), "geometries_lonlat"),
    ],
)
def test_an_argument_outside_its_range_is_named(ask, name):
    with pytest.raises(BadArgument) as fault:
        ask()
    assert fault.value.values["name"] == name


def test_the_id_that_comes_twice_is_named():
    with pytest.raises(BadArgument) as fault:
        SpatialIndex(["a", "b", "c", "b"], np.zeros((4, 2)))
    assert fault.value.values["value"] == "b"


def test_heights_are_dropped_and_the_caller_s_geometry_stays_as_it_was():
    high = from_wkt("LINESTRING Z (126.8 35.1 20, 126.9 35.1 30)")
    index = SpatialIndex(["a"], [high])
    assert index.containing(126.85, 35.1) == ["a"]
    assert high.has_z
    array = np.array([[126.8, 35.1]])
    points = SpatialIndex(["a"], array)
    array[:] = 0.0
    assert points.containing(126.8, 35.1) == ["a"]

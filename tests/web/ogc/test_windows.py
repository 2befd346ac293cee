"""A box in any system: the window holds all of it, and the exact test after is that of the box as drawn."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo_app.finder.cql import parse_filter_text
from geo_app.finder.items import ItemField, ItemsQuestion, find_items, table_of_features
from geo_app.web.ogc.systems import CRS84, SYSTEMS, system_of
from geo_app.web.ogc.windows import Box, touching

METRES = [system for system in SYSTEMS if not system.is_geographic]
SCHEMA = (ItemField("geometry", "geometry"), ItemField("name", "string"))


def features():
    chance = np.random.default_rng(7)
    places = np.column_stack((chance.uniform(126.5, 127.1, 300), chance.uniform(34.9, 35.4, 300)))
    points = [{"type": "Point", "coordinates": place.tolist()} for place in places]
    squares = [shapely.geometry.mapping(shapely.box(*place, *(place + 0.02))) for place in places[:40]]
    shapes = [*points, *squares, None, None]
    return [
        {"type": "Feature", "id": f"f-{number:03d}", "geometry": shape, "properties": {"name": f"n{number % 7}"}}
        for number, shape in enumerate(shapes)
    ]


FEATURES = features()
TABLE = table_of_features("made-up", FEATURES, SCHEMA)


def drawn(system):
    """The shapes in a system, x first, by PROJ itself."""
    to_system = Transformer.from_crs("EPSG:4326", system.uri.rpartition("/")[2].join(("EPSG:", "")), always_xy=True)
    turn = lambda xy: np.column_stack(to_system.transform(xy[:, 0], xy[:, 1]))  # noqa: E731 a second witness in one line
    return [None if item["geometry"] is None else shapely.transform(shapely.geometry.shape(item["geometry"]), turn) for item in FEATURES]


DRAWN = {system.uri: drawn(system) for system in METRES}


@pytest.mark.parametrize("system", METRES, ids=lambda system: system.uri[-4:])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_box_in_metres_finds_what_a_slow_test_in_that_system_finds(system, data):
    shapes = DRAWN[system.uri]
    bounds = shapely.total_bounds([shape for shape in shapes if shape is not None])
    x = sorted(data.draw(st.tuples(*[st.floats(bounds[0] - 9e3, bounds[2] + 9e3)] * 2)))
    y = sorted(data.draw(st.tuples(*[st.floats(bounds[1] - 9e3, bounds[3] + 9e3)] * 2)))
    corners = (x[0], y[0], x[1], y[1])
    expected = [position for position, shape in enumerate(shapes) if shape is None or shape.intersects(shapely.box(*corners))]
    box = Box(corners, system)
    found = find_items(TABLE, ItemsQuestion(window_lonlat=box.window(), filter=touching(box, None), limit=1000))
    # The millimetre to which answers are rounded may decide on a border that runs between two of them.
    edge = shapely.box(*corners).exterior
    differing = set(expected) ^ set(found.positions)
    assert all(shapes[position].distance(edge) < 2e-3 for position in differing)


@pytest.mark.parametrize("system", METRES, ids=lambda system: system.uri[-4:])
def test_a_box_of_the_whole_world_finds_everything(system):
    box = Box((-9e8, -9e8, 9e8, 9e8), system)
    found = find_items(TABLE, ItemsQuestion(window_lonlat=box.window(), filter=touching(box, None), limit=1000))
    assert found.matched_count == len(FEATURES)


def test_a_box_and_a_filter_hold_together():
    system = system_of("http://www.opengis.net/def/crs/EPSG/0/5186")
    x, y = system.written([(126.8, 35.15)])[0][::-1]
    box = Box((x - 15_000, y - 15_000, x + 15_000, y + 15_000), system)
    asked = parse_filter_text("name = 'n3'", SCHEMA)
    both = find_items(TABLE, ItemsQuestion(window_lonlat=box.window(), filter=touching(box, asked), limit=1000))
    alone = find_items(TABLE, ItemsQuestion(window_lonlat=box.window(), filter=touching(box, None), limit=1000))
    assert both.positions == [position for position in alone.positions if FEATURES[position]["properties"]["name"] == "n3"]
    assert 0 < both.matched_count < alone.matched_count


def test_a_box_of_degrees_is_its_own_window_and_may_be_a_point():
    assert Box((170, -10, -170, 10), CRS84).window() == (170, -10, -170, 10)
    place = FEATURES[5]["geometry"]["coordinates"]
    found = find_items(TABLE, ItemsQuestion(window_lonlat=Box((*place, *place), CRS84).window(), limit=1000))
    assert 5 in found.positions


@pytest.mark.parametrize("system", METRES, ids=lambda system: system.uri[-4:])
def test_the_window_holds_the_box_as_proj_sees_it(system):
    first, second = system.written([(126.7, 35.1)])[0], system.written([(126.9, 35.25)])[0]
    low, high = (pair[::-1] if system.is_north_first else pair for pair in (first, second))
    west, south, east, north = Box((*low, *high), system).window()
    inside = np.random.default_rng(3).uniform(low, high, (500, 2))
    lonlat = system.read(inside[:, ::-1] if system.is_north_first else inside)
    assert ((lonlat >= (west, south)) & (lonlat <= (east, north))).all()
    assert (east - west, north - south) == pytest.approx((0.2, 0.15), abs=0.012)

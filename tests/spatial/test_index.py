import copy
import math
import pickle

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box

from geo_app.spatial.index import Hit, SpatialIndex

GEOD = Geod(ellps="GRS80")
# Coarse steps make ties and points on one spot; fine ones decide by parts per million; Korea and the globe try the frame.
DISTRICT = st.tuples(st.integers(0, 6).map(lambda n: 126.7 + n / 100), st.integers(0, 6).map(lambda n: 35.1 + n / 100))
FINE = st.tuples(st.floats(126.65, 126.90), st.floats(35.05, 35.25))
KOREA = st.tuples(st.floats(124, 132), st.floats(33, 39))
GLOBE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
EDGES = st.sampled_from(
    [(180.0, 0.0), (-180.0, 0.0), (0.0, 90.0), (0.0, -90.0), (-53.0, -38.0), (127.0, 60.0), (152.0, 0.0), (127.0, 38.0)]
)
PLACES = st.one_of(
    st.lists(DISTRICT, max_size=60),
    st.lists(FINE, max_size=60),
    st.lists(KOREA, max_size=60),
    st.lists(st.one_of(GLOBE, EDGES, KOREA), max_size=40),
)
QUERIES = st.one_of(DISTRICT, FINE, KOREA, GLOBE, EDGES)


def build(places):
    # Ids run against the positions, so that an order by position cannot pass for one by id.
    ids = [f"sh-{999 - position:03d}" for position in range(len(places))]
    return SpatialIndex(ids, np.array(places, dtype=float).reshape(-1, 2))


def by_brute_force(index, places, lon, lat):
    metres = [GEOD.inv(lon, lat, *place)[2] for place in places]
    return [Hit(*row) for row in sorted(zip(index.ids, metres, range(len(places)), strict=True), key=lambda row: (row[1], row[0]))]


@settings(max_examples=200, deadline=None)
@given(PLACES, QUERIES, st.integers(0, 70))
@example([(126.8, 35.1)] * 20, (126.8, 35.1), 3)
@example([(126.8, 35.1)] * 20, (126.7, 35.1), 1)
@example([(-53.0, -38.0), (126.8, 35.1)], (127.0, 38.0), 1)
@example([], (126.8, 35.1), 5)
def test_nearest_is_what_brute_force_finds_in_order(places, query, k):
    index = build(places)
    assert index.nearest(*query, k) == by_brute_force(index, places, *query)[:k]


@settings(max_examples=150, deadline=None)
@given(PLACES, QUERIES, st.integers(1, 70), st.one_of(st.sampled_from([0.0, 1113.2, 3e6, 2.1e7]), st.floats(0, 30_000)))
def test_a_limit_and_a_radius_leave_out_just_what_is_farther(places, query, k, limit_m):
    index = build(places)
    expected = [hit for hit in by_brute_force(index, places, *query) if hit.distance_m <= limit_m]
    assert index.nearest(*query, k, within_m=limit_m) == expected[:k]
    assert index.within(*query, limit_m) == expected


@given(st.lists(FINE, min_size=1, max_size=40), FINE, st.integers(0, 39))
def test_a_place_exactly_at_the_radius_is_within_it(places, query, pick):
    index = build(places)
    ordered = by_brute_force(index, places, *query)
    radius_m = ordered[pick % len(ordered)].distance_m
    assert index.within(*query, radius_m) == [hit for hit in ordered if hit.distance_m <= radius_m]


@settings(max_examples=200, deadline=None)
@given(PLACES, QUERIES, QUERIES)
@example([(126.7, 35.1), (126.7, 35.100001)], (126.7, 35.1), (126.7, 35.1))
@example([(124.0, 38.9), (131.9, 38.9), (128.0, 39.0)], (124.0, 33.0), (132.0, 39.0))
def test_a_window_holds_its_border_and_nothing_else(places, corner, other):
    index = build(places)
    (west, east), (south, north) = sorted((corner[0], other[0])), sorted((corner[1], other[1]))
    expected = [(west <= lon <= east and south <= lat <= north) for lon, lat in places]
    assert index.window(west, south, east, north) == sorted(item_id for item_id, inside in zip(index.ids, expected, strict=True) if inside)
    assert index.window_positions(west, south, east, north).tolist() == np.flatnonzero(expected).tolist()


@settings(max_examples=100, deadline=None)
@given(PLACES, st.lists(QUERIES, min_size=3, max_size=12))
def test_points_in_an_area_are_those_that_shapely_finds_one_by_one(places, corners):
    index = build(places)
    area = MultiPoint(corners).convex_hull
    expected = sorted(item_id for item_id, place in zip(index.ids, places, strict=True) if area.intersects(Point(place)))
    assert index.intersecting(area) == expected
    assert index.contained_in(area) == expected


def test_a_hole_is_not_inside_but_its_rim_is():
    ring = box(126.70, 35.10, 126.80, 35.20).difference(box(126.74, 35.14, 126.76, 35.16))
    index = build([(126.75, 35.15), (126.74, 35.15), (126.71, 35.11), (126.70, 35.10), (126.69, 35.10)])
    assert index.contained_in(ring) == sorted(index.ids[1:4])
    assert index.intersecting(LineString([(126.69, 35.10), (126.75, 35.10)])) == sorted(index.ids[3:5])


@pytest.mark.parametrize("query", [(126.8, 35.1), (2.35, 48.85), (-53.2, -35.1), (0.0, 90.0), (180.0, 0.0)])
def test_an_index_of_one_answers_from_anywhere(query):
    index = build([(126.8, 35.1)])
    expected = [Hit("sh-999", GEOD.inv(*query, 126.8, 35.1)[2], 0)]
    assert index.nearest(*query, 3) == expected
    assert index.within(*query, 2.1e7) == expected


def test_an_empty_index_answers_every_question_with_nothing():
    index = SpatialIndex([], [])
    area = box(126, 35, 127, 36)
    assert len(index) == 0
    answers = [index.nearest(126.8, 35.1, 5), index.within(126.8, 35.1, 1e6), index.window(124, 33, 132, 39), index.intersecting(area)]
    assert [*answers, index.contained_in(area), index.containing(126.8, 35.1)] == [[]] * 6


def test_the_far_side_of_the_frame_is_still_answered_rightly_when_planar_metres_are_stretched():
    rng = np.random.default_rng(5)
    places = np.column_stack((rng.uniform(110, 145, 500), rng.uniform(20, 50, 500)))
    index = build(places)
    for query in np.column_stack((rng.uniform(100, 155, 60), rng.uniform(5, 59, 60))):
        assert index.nearest(*query, 7) == by_brute_force(index, places.tolist(), *query)[:7]


def test_nearest_by_degrees_would_have_been_wrong():
    # A hundredth of a degree of longitude is 911 m here, one of latitude 1,109 m.
    index = SpatialIndex(["east", "north"], np.array([[126.811, 35.1], [126.8, 35.11]]))
    assert [hit.id for hit in index.nearest(126.8, 35.1, 2)] == ["east", "north"]


@pytest.mark.parametrize("places", [[Point(126.8, 35.1), Point(126.81, 35.1)], [box(126.8, 35.1, 126.9, 35.2), Point(126.7, 35.1)]])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda index: pickle.loads(pickle.dumps(index))])  # noqa: S301 - our own bytes
def test_a_copy_and_an_unpickled_index_answer_as_the_first_does(places, copied):
    index = SpatialIndex(["a", "b"], places)
    other = copied(index)
    assert other.nearest(126.6, 35.1, 2) == index.nearest(126.6, 35.1, 2)
    assert [hit.id for hit in other.nearest(126.6, 35.1, 2)] == (["a", "b"] if places[1].x > 126.8 else ["b", "a"])
    assert other.window(126.0, 35.0, 127.0, 36.0) == ["a", "b"]


def test_an_index_cannot_be_changed_after_it_is_built():
    index = build([(126.8, 35.1)])
    with pytest.raises(AttributeError):
        index.colour = "red"
    with pytest.raises(ValueError, match="read-only"):
        index._places[0, 0] = 0.0


def test_shapely_points_and_an_array_of_points_are_the_same_index():
    pairs = np.random.default_rng(3).uniform((126.65, 35.05), (126.9, 35.25), (200, 2))
    ids = [f"id{n}" for n in range(200)]
    of_array, of_points = SpatialIndex(ids, pairs), SpatialIndex(ids, shapely.points(pairs))
    assert of_array.nearest(126.8, 35.1, 9) == of_points.nearest(126.8, 35.1, 9)
    assert len(of_array) == len(of_points) == 200


TRIANGLES = (
    st.lists(st.one_of(DISTRICT, FINE), min_size=3, max_size=3, unique=True)
    .map(Polygon)
    .filter(lambda area: area.is_valid and area.area > 1e-9)
)
LINES = st.lists(st.one_of(DISTRICT, FINE), min_size=2, max_size=4, unique=True).map(LineString)
RINGS = st.tuples(DISTRICT, st.sampled_from([0.01, 0.02])).map(
    lambda made: box(made[0][0], made[0][1], made[0][0] + 3 * made[1], made[0][1] + 3 * made[1]).difference(
        box(made[0][0] + made[1], made[0][1] + made[1], made[0][0] + 2 * made[1], made[0][1] + 2 * made[1])
    )
)
TWO_PARTS = DISTRICT.map(
    lambda at: MultiPolygon([box(at[0], at[1], at[0] + 0.01, at[1] + 0.01), box(at[0] + 0.02, at[1], at[0] + 0.03, at[1] + 0.01)])
)
SHAPES = st.lists(
    st.one_of(TRIANGLES, LINES, RINGS, TWO_PARTS, DISTRICT.map(Point), st.lists(FINE, min_size=1, max_size=3).map(MultiPoint)), max_size=12
)


def shape_index(shapes):
    return SpatialIndex([f"ic-{99 - position:02d}" for position in range(len(shapes))], shapes)


def far_m(shape, lon, lat):
    """The second witness: the outline walked in steps of about a metre, each measured on the ellipsoid."""
    if shape.intersects(Point(lon, lat)):
        return 0.0
    outline = shape.boundary if shape.area else shape
    sites = shapely.get_coordinates(shapely.segmentize(outline, 1e-5))
    return float(np.min(GEOD.inv(np.full(len(sites), lon), np.full(len(sites), lat), sites[:, 0], sites[:, 1])[2]))


@settings(max_examples=60, deadline=None)
@given(SHAPES, st.one_of(DISTRICT, FINE), st.integers(0, 14))
def test_nearest_lines_and_areas_are_those_that_a_walk_along_the_outlines_finds(shapes, query, k):
    index = shape_index(shapes)
    expected = {item_id: far_m(shape, *query) for item_id, shape in zip(index.ids, shapes, strict=True)}
    hits = index.nearest(*query, k)
    assert [(hit.distance_m, hit.id) for hit in hits] == sorted((hit.distance_m, hit.id) for hit in hits)
    assert [hit.distance_m for hit in hits] == pytest.approx(sorted(expected.values())[:k], abs=0.6)
    assert [hit.distance_m for hit in hits] == pytest.approx([expected[hit.id] for hit in hits], abs=0.6)
    assert [hit.distance_m for hit in hits] == pytest.approx([hit.distance_m for hit in index.within(*query, 1e5)][:k], abs=0)


@settings(max_examples=120, deadline=None)
@given(SHAPES, st.one_of(TRIANGLES, LINES, RINGS, TWO_PARTS), st.one_of(DISTRICT, FINE))
def test_lines_and_areas_touch_lie_inside_and_hold_as_shapely_says(shapes, area, query):
    index = shape_index(shapes)
    named = dict(zip(index.ids, shapes, strict=True))
    assert index.intersecting(area) == sorted(item_id for item_id, shape in named.items() if area.intersects(shape))
    assert index.contained_in(area) == sorted(item_id for item_id, shape in named.items() if area.covers(shape))
    assert index.containing(*query) == sorted(item_id for item_id, shape in named.items() if shape.intersects(Point(query)))
    west, south, east, north = area.bounds
    assert index.window(west, south, east, north) == sorted(item_id for item_id, shape in named.items() if area.envelope.intersects(shape))


def test_nested_areas_all_hold_the_point_and_touching_ones_share_their_border():
    whole, left, right = box(126.7, 35.1, 126.9, 35.2), box(126.7, 35.1, 126.8, 35.2), box(126.8, 35.1, 126.9, 35.2)
    index = SpatialIndex(["whole", "left", "right"], [whole, left, right])
    assert index.containing(126.75, 35.15) == ["left", "whole"]
    assert index.containing(126.80, 35.15) == ["left", "right", "whole"]
    assert index.contained_in(left) == ["left"]
    assert index.intersecting(left) == ["left", "right", "whole"]
    assert [hit.id for hit in index.nearest(126.8, 35.15, 2)] == ["left", "right"]


@pytest.mark.parametrize("query", [(2.35, 48.85), (-53.2, -35.1), (139.7, 35.7), (126.8, -70.0), (-179.9, 35.0)])
def test_an_area_is_measured_from_the_far_side_of_the_globe_too(query):
    areas = [box(126.7, 35.1, 126.8, 35.2), box(126.85, 35.1, 126.9, 35.2)]
    index = SpatialIndex(["a", "b"], areas)
    expected = sorted((far_m(area, *query), name) for area, name in zip(areas, "ab", strict=True))
    hits = index.nearest(*query, 2)
    assert [hit.id for hit in hits] == [name for _, name in expected]
    assert [hit.distance_m for hit in hits] == pytest.approx([metres for metres, _ in expected], rel=1e-6)


def test_an_area_that_leaves_the_frame_stands_beside_the_tree():
    world, france, near = box(-180, -90, 180, 90), box(-4, 43, 7, 50), box(126.7, 35.1, 126.8, 35.2)
    index = SpatialIndex(["world", "france", "near"], [world, france, near])
    assert [(hit.id, hit.distance_m) for hit in index.nearest(126.75, 35.15, 2)] == [("near", 0.0), ("world", 0.0)]
    assert [hit.id for hit in index.nearest(126.75, 35.15, 3)] == ["near", "world", "france"]
    assert index.window(126.0, 35.0, 127.0, 36.0) == ["near", "world"]
    assert index.containing(2.35, 48.85) == ["france", "world"]
    assert index.intersecting(box(-10, 34, 130, 51)) == ["france", "near", "world"]


def test_the_border_of_an_area_is_distance_nought_and_a_step_off_it_is_a_step():
    index = SpatialIndex(["a"], [box(126.7, 35.1, 126.8, 35.2)])
    assert index.nearest(126.8, 35.15, 1)[0].distance_m == 0.0
    metre = 1 / (math.cos(math.radians(35.15)) * 111_412.0)
    assert index.nearest(126.8 + metre, 35.15, 1)[0].distance_m == pytest.approx(1.0, abs=0.01)


def test_a_border_along_a_parallel_that_sags_below_its_chord_in_the_plane_is_still_met():
    # Two centimetres south of the straight line between the corners in EPSG:5186.
    index = SpatialIndex(["a", "b"], [box(126.996, 35.1, 127.004, 35.2), box(126.996, 35.0, 127.004, 35.0999)])
    assert index.containing(127.0, 35.1) == ["a"]
    assert index.nearest(127.0, 35.1, 1) == [Hit("a", 0.0, 0)]
    assert index.containing_many(np.array([[127.0, 35.1]]))[1].tolist() == [0]

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from geo_app.spatial.bulk import rank_ids
from geo_app.spatial.index import SpatialIndex

DISTRICT = st.tuples(st.integers(0, 5).map(lambda n: 126.7 + n / 100), st.integers(0, 5).map(lambda n: 35.1 + n / 100))
FINE = st.tuples(st.floats(126.65, 126.90), st.floats(35.05, 35.25))
GLOBE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
MANY = st.one_of(st.lists(DISTRICT, max_size=80), st.lists(FINE, max_size=80), st.lists(st.one_of(GLOBE, FINE), max_size=40))


def build(places):
    return SpatialIndex([f"sh-{999 - n:03d}" for n in range(len(places))], np.array(places, dtype=float).reshape(-1, 2))


def pairs_of(rows, positions):
    return list(zip(rows.tolist(), positions.tolist(), strict=True))


@settings(max_examples=120, deadline=None)
@given(MANY, MANY, st.integers(0, 12))
def test_many_nearest_are_the_single_ones_padded(places, queries, k):
    index = build(places)
    positions, distances = index.nearest_many(np.array(queries, dtype=float).reshape(-1, 2), k)
    assert positions.shape == distances.shape == (len(queries), k)
    for row, query in enumerate(queries):
        hits = index.nearest(*query, k)
        padding = k - len(hits)
        assert positions[row].tolist() == [hit.position for hit in hits] + [-1] * padding
        assert distances[row].tolist() == [hit.distance_m for hit in hits] + [np.inf] * padding


def test_more_points_on_one_spot_than_any_round_looks_at_are_still_ordered_by_id():
    index = build([(126.8, 35.1)] * 300)
    positions, distances = index.nearest_many(np.array([[126.8, 35.1], [126.7, 35.1]]), 4)
    assert positions.tolist() == [[299, 298, 297, 296]] * 2
    assert distances[0].tolist() == [0.0] * 4


def test_ten_thousand_points_on_one_spot_do_not_stall_the_search():
    index = build([(126.8, 35.1)] * 10_000)
    assert index.nearest(126.8, 35.1, 2)[0].distance_m == 0.0
    assert index.nearest_many(np.array([[126.8, 35.1]]), 1)[1].tolist() == [[0.0]]


@settings(max_examples=80, deadline=None)
@given(MANY, st.lists(st.tuples(st.one_of(DISTRICT, FINE, GLOBE), st.one_of(DISTRICT, FINE, GLOBE)), max_size=8))
def test_many_windows_are_the_single_ones(places, corners):
    index = build(places)
    windows = [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in corners]
    found = pairs_of(*index.window_many(np.array(windows, dtype=float).reshape(-1, 4)))
    expected = [
        (row, position)
        for row, (west, south, east, north) in enumerate(windows)
        for position, (lon, lat) in enumerate(places)
        if west <= lon <= east and south <= lat <= north
    ]
    assert found == expected


def test_many_points_in_areas_are_those_that_shapely_finds():
    rng = np.random.default_rng(11)
    corners = rng.uniform((126.65, 35.05), (126.85, 35.20), (40, 2))
    areas = [box(lon, lat, lon + 0.03, lat + 0.02) for lon, lat in corners]
    areas += [box(-180, -90, 180, 90), box(-4, 43, 7, 50)]
    queries = np.vstack((rng.uniform((126.65, 35.05), (126.90, 35.25), (400, 2)), corners, [[2.35, 48.85], [-53.0, -38.0]]))
    index = SpatialIndex([f"ic-{n}" for n in range(len(areas))], areas)
    expected = [(row, n) for row, query in enumerate(queries) for n, area in enumerate(areas) if area.intersects(Point(query))]
    assert pairs_of(*index.containing_many(queries)) == expected
    windows = np.column_stack((queries, np.minimum(queries + 0.01, (180, 90))))
    met = [(row, n) for row, window in enumerate(windows) for n, area in enumerate(areas) if area.intersects(box(*window))]
    assert pairs_of(*index.window_many(windows)) == met


def test_lines_and_areas_are_asked_one_by_one_with_the_same_answer():
    areas = [box(126.7, 35.1, 126.75, 35.15), shapely.LineString([(126.8, 35.1), (126.8, 35.2)])]
    index = SpatialIndex(["a", "b"], areas)
    positions, distances = index.nearest_many(np.array([[126.72, 35.12], [126.79, 35.12]]), 3)
    assert positions.tolist() == [[0, 1, -1], [1, 0, -1]]
    assert distances[0, 0] == 0.0
    assert distances[1, 0] == index.nearest(126.79, 35.12, 1)[0].distance_m
    assert np.isinf(distances[:, 2]).all()


@given(st.lists(st.text(max_size=4), unique=True, max_size=20))
def test_ranks_are_places_in_the_sorted_list(ids):
    assert rank_ids(ids).tolist() == [sorted(ids).index(item_id) for item_id in ids]


def test_no_windows_and_no_points_give_no_pairs():
    index = build([(126.8, 35.1)])
    assert pairs_of(*index.window_many(np.empty((0, 4)))) == []
    assert pairs_of(*index.containing_many(np.empty((0, 2)))) == []
    assert index.nearest_many(np.empty((0, 2)), 2)[0].shape == (0, 2)
    assert pairs_of(*SpatialIndex([], []).containing_many(np.array([[126.8, 35.1]]))) == []


@pytest.mark.parametrize("k", [1, 3])
def test_a_thousand_points_over_korea_are_confirmed_against_brute_force(k):
    rng = np.random.default_rng(21)
    places, queries = (rng.uniform((124, 33), (132, 39), (size, 2)) for size in (300, 1000))
    index = build(places)
    positions, distances = index.nearest_many(queries, k)
    for query, found, metres in zip(queries, positions, distances, strict=True):
        expected = index.within(*query, 2e6)[:k]
        assert found.tolist() == [hit.position for hit in expected]
        assert metres.tolist() == [hit.distance_m for hit in expected]

"""Outlines of chosen points, against unions of the regions that GEOS draws."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPoint, MultiPolygon

from geo_app.travel.regions import Regions

# Where a degree of longitude is as long as one of latitude nearly, so that both draw the same regions.
LOW, HIGH = 0.0, 0.01
AXIS = np.linspace(-HIGH, 2 * HIGH, 7)
RING = np.array([(x, y) for x in AXIS for y in AXIS if not (0 <= x <= HIGH and 0 <= y <= HIGH)])


def squares(side):
    axis = np.linspace(0.1, 0.9, side) * HIGH
    return np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def drawn_by_geos(points, chosen):
    cells = shapely.voronoi_polygons(MultiPoint(np.concatenate((points, RING))), ordered=True)
    return shapely.union_all(np.array(cells.geoms)[chosen])


def check(points, chosen):
    outline = Regions(points, RING).outline(np.asarray(chosen, dtype=np.int64))
    assert isinstance(outline, MultiPolygon)
    assert outline.is_valid
    is_chosen = np.zeros(len(points), dtype=bool)
    is_chosen[chosen] = True
    np.testing.assert_array_equal(shapely.intersects_xy(outline, points[:, 0], points[:, 1]), is_chosen)
    expected = drawn_by_geos(points, chosen)
    assert outline.symmetric_difference(expected).area < 1e-6 * HIGH**2
    return outline


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), share=st.floats(0, 1))
def test_any_choice_among_scattered_points_is_outlined(seed, share):
    chance = np.random.default_rng(seed)
    points = chance.uniform(LOW, HIGH, (60, 2))
    check(points, np.flatnonzero(chance.random(60) < share))


@settings(max_examples=40, deadline=None)
@given(chosen=st.sets(st.integers(0, 35)))
def test_any_choice_among_squares_is_outlined_though_corners_touch(chosen):
    check(squares(6), sorted(chosen))


def test_a_chess_board_is_as_many_parts_as_black_squares():
    outline = check(squares(6), [row * 6 + column for row in range(6) for column in range(6) if (row + column) % 2])
    assert len(outline.geoms) == 18


def test_a_ring_of_squares_has_a_hole_and_a_square_in_the_hole_is_a_part_of_its_own():
    ring = [row * 5 + column for row in range(5) for column in range(5) if row in {0, 4} or column in {0, 4}]
    outline = check(squares(5), [*ring, 12])
    assert sorted(len(part.interiors) for part in outline.geoms) == [0, 1]


def test_two_rings_keep_their_own_holes():
    board = squares(7)
    corners = [(0, 0), (0, 4), (4, 0)]
    cells = [(row + i) * 7 + column + j for row, column in corners for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    assert [len(part.interiors) for part in check(board, cells).geoms] == [1, 1, 1]


def test_a_ring_that_is_closed_by_a_corner_alone_has_no_hole_there():
    pinched = [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0), (2, 1), (1, 2)]  # (2, 2) is missing: (2, 1) and (1, 2) touch in a corner
    outline = check(squares(6), [row * 6 + column for row, column in pinched])
    assert shapely.get_num_geometries(outline) == 1


def test_nothing_chosen_is_an_empty_outline():
    assert check(squares(3), []).is_empty


def test_points_in_one_place_are_in_only_together():
    points = np.concatenate((squares(3), squares(3)[:1], squares(3)[4:5] + 1e-8))
    regions = Regions(points, RING)
    assert regions.outline(np.array([0, 1])).area == pytest.approx(regions.outline(np.array([1])).area)
    assert regions.outline(np.array([0, 9])).area > 0
    assert regions.outline(np.array([4])).is_empty
    assert regions.outline(np.array([4, 10])).area > 0
    assert regions.outline(np.array([4, 10, 10, 4])).equals(regions.outline(np.array([4, 10])))

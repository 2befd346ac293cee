import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.spatial.frame import Box
from geo_app.spatial.tree import BoxTree

GRID = st.integers(-6, 6).map(lambda step: step * 1000.0)
BOXES = st.lists(st.tuples(GRID, GRID, st.sampled_from([0.0, 500.0, 3000.0]), st.sampled_from([0.0, 700.0])), max_size=90)


def build(rows):
    array = np.array(rows, dtype=float).reshape(-1, 4)
    return BoxTree(array[:, :2].copy(), array[:, :2] + array[:, 2:]), array


@given(BOXES, GRID, GRID, st.integers(0, 100))
def test_the_nearest_come_in_order_and_leave_none_nearer_behind(rows, x, y, count):
    tree, array = build(rows)
    found = tree.nearest(x, y, count)
    steps = np.maximum(np.maximum(array[:, :2] - (x, y), (x, y) - (array[:, :2] + array[:, 2:])), 0)
    away = np.hypot(steps[:, 0], steps[:, 1]).tolist()
    assert [tree.distance_m(position, x, y) for position in range(len(tree))] == pytest.approx(away, rel=1e-14)
    assert len(set(found)) == len(found) >= min(count, len(tree))
    assert [away[position] for position in found] == pytest.approx(sorted(away)[: len(found)], rel=1e-14)
    if found:
        assert {position for position in range(len(tree)) if away[position] <= away[found[-1]] * (1 + 1e-14)} == set(found)


@given(BOXES, st.lists(st.tuples(GRID, GRID, st.sampled_from([0.0, 2500.0])), max_size=6))
def test_touching_boxes_are_those_that_a_comparison_finds(rows, questions):
    tree, array = build(rows)
    mins, maxs = array[:, :2], array[:, :2] + array[:, 2:]
    asked = np.array([(x, y, x + width, y + width) for x, y, width in questions], dtype=float).reshape(-1, 4)
    expected = [np.flatnonzero((mins <= box[2:]).all(axis=1) & (maxs >= box[:2]).all(axis=1)).tolist() for box in asked]
    assert [sorted(tree.touching(Box(*box)).tolist()) for box in asked] == expected
    in_rows, positions = tree.touching_many(asked[:, :2], asked[:, 2:])
    assert [sorted(positions[in_rows == row].tolist()) for row in range(len(asked))] == expected


def test_an_empty_tree_answers_with_nothing():
    tree, _ = build([])
    assert tree.nearest(0.0, 0.0, 3) == []
    assert tree.touching(Box(0, 0, 1, 1)).tolist() == []
    assert [part.tolist() for part in tree.touching_many(np.zeros((2, 2)), np.ones((2, 2)))] == [[], []]


def test_the_share_of_the_extent_in_a_box_is_of_its_area():
    tree, _ = build([(0, 0, 0, 0), (4000, 1000, 0, 1000)])
    assert tree.covered_share(Box(-9, -9, 1000, 9999)) == 0.25
    assert tree.covered_share(Box(5000, 0, 6000, 2000)) == 0
    assert build([])[0].covered_share(Box(0, 0, 1, 1)) == build([(1, 1, 0, 0)])[0].covered_share(Box(0, 0, 2, 2)) == 0

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.cartography.picture_groups import group_marks

POINTS = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), max_size=60)


@settings(deadline=None)
@given(POINTS)
def test_each_place_is_in_one_group_and_no_two_groups_touch(points):
    xy = np.array(points, dtype=np.float64).reshape(-1, 2)
    groups = group_marks(xy, 26.0)
    assert sorted(member for group in groups for member in group.members) == list(range(len(points)))
    for one, other in combinations(groups, 2):
        assert np.hypot(one.x_px - other.x_px, one.y_px - other.y_px) >= 26.0
    for group in groups:
        assert np.allclose(xy[list(group.members)].mean(axis=0), (group.x_px, group.y_px))


def test_places_far_apart_stay_alone_and_keep_their_place():
    groups = group_marks(np.array([[10.0, 10.0], [300.0, 10.0], [10.0, 200.0]]), 26.0)
    assert [(group.x_px, group.y_px, group.members) for group in groups] == [(10, 10, (0,)), (300, 10, (1,)), (10, 200, (2,))]


def test_ten_thousand_places_are_grouped_at_once():
    import time

    xy = np.random.default_rng(1).uniform((0, 0), (1600, 1200), (10_000, 2))
    before = time.process_time()
    groups = group_marks(xy, 32.0)
    assert time.process_time() - before < 2
    assert sum(len(group.members) for group in groups) == 10_000

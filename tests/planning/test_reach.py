"""Minutes on the way, and which are short enough."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo_app.planning.reach import limit_of, make_reach


@given(st.floats(0.001, 120), st.floats(0, 130, width=32))
def test_a_way_is_short_enough_in_float32_exactly_where_it_is_in_truth(limit, minutes):
    assert bool(np.float32(minutes) <= limit_of(limit)) == (minutes <= limit)


def test_arrival_is_the_next_whole_minute():
    reach = make_reach(np.asarray([[0, 0.01, 1, 1.5, np.inf]], dtype=np.float32))
    assert reach.delay_min.tolist() == [[0, 1, 1, 2, 0]]


@given(st.lists(st.lists(st.floats(0, 2000, width=32), min_size=3, max_size=3), max_size=5), st.integers(1, 4))
def test_the_nth_nearest_is_the_nth_of_all_in_order(rows, nth):
    reach = make_reach(np.asarray(rows, dtype=np.float32).reshape(-1, 3))
    expected = [[*sorted(row[cell] if row[cell] <= 1440 else np.inf for row in rows), *[np.inf] * nth][nth - 1] for cell in range(3)]
    assert reach.nth_min(nth).tolist() == expected

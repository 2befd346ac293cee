"""Estimates go out and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.travel.speeds import Mode, estimated_travel_min, straight_reach_m


@given(minutes=st.floats(0, 600), mode=st.sampled_from(list(Mode)))
def test_the_reach_of_some_minutes_takes_those_minutes(minutes, mode):
    assert estimated_travel_min(straight_reach_m(minutes, mode), mode) == pytest.approx(minutes)


def test_five_and_ten_minutes_on_foot_are_the_rings_of_the_map():
    assert round(straight_reach_m(5, Mode.WALK)) == 256
    assert round(straight_reach_m(10, Mode.WALK)) == 513

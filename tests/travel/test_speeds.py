"""Estimates go out and come back; speeds by class and hour."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.travel.speeds import MOTORBIKE_SPEED_KMH, Mode, SpeedPeriod, edge_speed_kmh, estimated_travel_min, period_of, straight_reach_m
from geo_app.travel.streets import RoadClass

CLASSES = np.array(list(RoadClass), dtype=np.uint8)
NO_LIMIT = np.zeros(len(CLASSES), dtype=np.uint8)


def speed_kmh(mode, period, road_class, limit_kmh=0):
    return edge_speed_kmh(mode, period, np.array([road_class], dtype=np.uint8), np.array([limit_kmh], dtype=np.uint8))[0]


@given(minutes=st.floats(0, 600), mode=st.sampled_from(list(Mode)))
def test_the_reach_of_some_minutes_takes_those_minutes(minutes, mode):
    assert estimated_travel_min(straight_reach_m(minutes, mode), mode) == pytest.approx(minutes)


def test_five_and_ten_minutes_on_foot_are_the_rings_of_the_map():
    assert round(straight_reach_m(5, Mode.WALK)) == 256
    assert round(straight_reach_m(10, Mode.WALK)) == 513


def test_a_week_of_a_motorbike_has_its_peaks_and_nights():
    week = [period_of(Mode.MOTORBIKE, hour) for hour in range(168)]
    assert [hour for hour in range(24) if week[hour] is SpeedPeriod.PEAK] == [7, 8, 18, 19]
    assert [hour for hour in range(24) if week[hour] is SpeedPeriod.NIGHT] == [0, 1, 2, 3, 4, 5, 23]
    assert week.count(SpeedPeriod.PEAK) == 20
    assert week.count(SpeedPeriod.NIGHT) == 49
    assert SpeedPeriod.PEAK not in week[5 * 24 :]


@pytest.mark.parametrize("mode", [Mode.WALK, Mode.BICYCLE])
def test_feet_and_bicycles_know_no_hours(mode):
    assert {period_of(mode, hour) for hour in range(168)} == {SpeedPeriod.DAY}


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("period", list(SpeedPeriod))
def test_everybody_gets_along_on_every_class(mode, period):
    speeds = edge_speed_kmh(mode, period, CLASSES, NO_LIMIT)
    assert (speeds > 0).all()
    assert (speeds <= 80).all()


def test_a_motorbike_on_a_town_road_by_day_keeps_the_estimates_speed():
    assert speed_kmh(Mode.MOTORBIKE, SpeedPeriod.DAY, RoadClass.SECONDARY) == MOTORBIKE_SPEED_KMH


def test_a_peak_hour_is_slower_and_a_night_faster_on_roads_with_lights_only():
    peak, day, night = (edge_speed_kmh(Mode.MOTORBIKE, period, CLASSES, NO_LIMIT) for period in SpeedPeriod)
    with_lights = CLASSES <= RoadClass.TERTIARY
    assert ((peak < day) & (day < night))[with_lights].all()
    assert ((peak == day) & (day == night))[~with_lights].all()


def test_a_stated_limit_moves_a_motorbike_and_nobody_else():
    assert speed_kmh(Mode.MOTORBIKE, SpeedPeriod.DAY, RoadClass.SECONDARY, 30) == 15
    assert speed_kmh(Mode.WALK, SpeedPeriod.DAY, RoadClass.SECONDARY, 30) == speed_kmh(Mode.WALK, SpeedPeriod.DAY, RoadClass.SECONDARY)
    assert speed_kmh(Mode.BICYCLE, SpeedPeriod.DAY, RoadClass.TRUNK, 30) == 14


def test_stairs_are_slow_for_all():
    assert speed_kmh(Mode.WALK, SpeedPeriod.DAY, RoadClass.STEPS) == speed_kmh(Mode.BICYCLE, SpeedPeriod.DAY, RoadClass.STEPS) == 2

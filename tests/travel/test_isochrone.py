"""Reach areas hold everybody who arrives in time and nobody else."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from travel.lattice import GEOD, make_lattice, make_streets
from travel.made_up import random_places, random_streets

from geo_app.domain.errors import BadArgument
from geo_app.travel.isochrone import Isochrones
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.streets import Access

DAY = SpeedPeriod.DAY


def area_of(streets, target, minutes, mode=Mode.WALK, extra=None):
    router = StreetRouter(streets)
    extra = np.empty((0, 2)) if extra is None else np.asarray(extra, dtype=float)
    return Isochrones(router, mode, extra).area(router.place([target], mode), minutes, DAY)


def is_inside(area, lonlat):
    lonlat = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    return shapely.intersects_xy(area, lonlat[:, 0], lonlat[:, 1])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), mode=st.sampled_from(list(Mode)), period=st.sampled_from(list(SpeedPeriod)), minutes=st.floats(0.1, 40))
def test_an_area_is_sound_and_complete(seed, mode, period, minutes):
    streets = random_streets(seed, 40, spread_deg=0.02)
    router, extra = StreetRouter(streets), random_places(seed + 1, 60, spread_deg=0.02)
    targets, placed = router.place(random_places(seed + 2, 4, spread_deg=0.02), mode), router.place(extra, mode)
    isochrones = Isochrones(router, mode, extra)
    for row in range(len(targets)):
        area = isochrones.area(targets.row(row), minutes, period)
        assert area.is_valid
        reached = router.node_minutes_to(targets.row(row), mode, period) <= minutes
        extra_min = router.minutes_to(targets.row(row), placed, mode, period)
        held, extra_held = is_inside(area, streets.node_lonlat), is_inside(area, extra)
        assert not held[~reached].any()
        assert not extra_held[extra_min > minutes * (1 + 1e-6)].any()
        # The first node and the last stand in one place; where only one of them arrives, neither is inside.
        complete = reached.copy()
        complete[[0, -1]] = reached[0] and reached[-1]
        np.testing.assert_array_equal(held, complete)
        assert extra_held[extra_min < minutes * (1 - 1e-6)].all()


def test_more_minutes_never_make_an_area_smaller():
    streets = make_lattice(rows=9, columns=9)
    areas = [area_of(streets, streets.node_lonlat[40], minutes) for minutes in (1, 2, 4, 8)]
    assert all(late.covers(early) for early, late in pairwise(areas))
    assert areas[0].area < areas[1].area < areas[2].area < areas[3].area


def test_on_a_lattice_the_area_is_a_diamond_of_streets():
    streets = make_lattice(rows=9, columns=9)
    inside = is_inside(area_of(streets, streets.node_lonlat[40], 3.1), streets.node_lonlat).reshape(9, 9)
    expected = [[abs(row - 4) + abs(column - 4) <= 2 for column in range(9)] for row in range(9)]
    assert inside.tolist() == expected


def test_an_area_ends_half_way_along_a_long_street():
    streets = make_streets([(126.79, 35.14), GEOD.fwd(126.79, 35.14, 90, 2000)[:2]], [(0, 1)])
    target = GEOD.fwd(126.79, 35.14, 90, 1000)[:2]
    area = area_of(streets, target, 5.0)
    metres = np.array([0, 600, 750, 950, 1050, 1250, 1400, 2000])
    along = [GEOD.fwd(126.79, 35.14, 90, far)[:2] for far in metres]
    assert is_inside(area, along).tolist() == [False, False, True, True, True, True, False, False]


def test_a_one_way_street_is_reached_from_behind_only():
    one_way = Access.BICYCLE_FORWARD
    streets = make_streets([(126.79, 35.14), GEOD.fwd(126.79, 35.14, 90, 2000)[:2]], [(0, 1)], access=one_way)
    target = GEOD.fwd(126.79, 35.14, 90, 1000)[:2]
    area = area_of(streets, target, 3.0, Mode.BICYCLE)
    along = [GEOD.fwd(126.79, 35.14, 90, far)[:2] for far in (500, 900, 1150, 1500)]
    assert is_inside(area, along).tolist() == [True, True, False, False]


def test_fields_far_from_every_street_are_never_inside():
    streets = make_lattice(rows=2, columns=2, spacing_m=2000)
    middle = streets.node_lonlat.mean(axis=0)
    area = area_of(streets, streets.node_lonlat[0], 500)
    assert is_inside(area, streets.node_lonlat).all()
    assert not is_inside(area, middle).any()
    assert len(area.geoms) == 1
    assert len(area.geoms[0].interiors) == 1


def test_a_place_without_a_street_is_reached_from_nowhere():
    streets = make_lattice()
    assert area_of(streets, (126.7, 35.0), 60).is_empty


def test_a_mode_without_streets_has_empty_areas():
    streets = make_lattice(access=Access.WALK_FORWARD | Access.WALK_BACK)
    assert area_of(streets, streets.node_lonlat[0], 60, Mode.MOTORBIKE, streets.node_lonlat).is_empty


@pytest.mark.parametrize("minutes", [-1.0, float("inf"), float("nan")])
def test_minutes_that_are_no_limit_are_refused(minutes):
    streets = make_lattice()
    with pytest.raises(BadArgument):
        area_of(streets, streets.node_lonlat[0], minutes)

"""Minutes along streets, against networkx on networks that are cut at every place, and by hand where a case has a name."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from travel.lattice import EVERYBODY, GEOD, make_lattice, make_streets
from travel.made_up import WALK_MIN_PER_M, random_places, random_streets, witness_graph, witness_minutes

from geo_app.domain.errors import BadArgument
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.streets import Access, RoadClass

DAY = SpeedPeriod.DAY
ONE_WAY = Access.WALK_FORWARD | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD
METRES_PER_MIN = 4000 / 60


def asked(seed, mode, n_nodes=20):
    streets = random_streets(seed, n_nodes)
    router = StreetRouter(streets)
    origins = np.concatenate((random_places(seed + 2, 20), streets.node_lonlat[:5]))
    return router, router.place(random_places(seed + 1, 5), mode), router.place(origins, mode)


def minutes(streets, target, origin, mode=Mode.WALK, period=DAY):
    router = StreetRouter(streets)
    return float(router.minutes_to(router.place([target], mode), router.place([origin], mode), mode, period)[0])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), mode=st.sampled_from(list(Mode)), period=st.sampled_from(list(SpeedPeriod)))
def test_minutes_are_those_of_networkx(seed, mode, period):
    router, targets, origins = asked(seed, mode)
    graph = witness_graph(router.streets, mode, period, {"targets": targets, "origins": origins})
    places = [("place", "origins", row) for row in range(len(origins))]
    expected = np.array([witness_minutes(graph, ("targets", row), places) for row in range(5)])
    table = np.array([router.minutes_to(targets.row(row), origins, mode, period) for row in range(5)])
    assert table.dtype == np.float32
    np.testing.assert_allclose(table, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(router.nearest_minutes(targets, origins, mode, period), expected.min(axis=0), rtol=1e-5, atol=1e-6)
    for nth in (1, 2, 5):
        np.testing.assert_array_equal(router.nth_minutes(targets, origins, nth, mode, period), np.sort(table, axis=0)[nth - 1])
    assert np.isinf(router.nth_minutes(targets, origins, 6, mode, period)).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), mode=st.sampled_from(list(Mode)), limit_min=st.floats(0, 20))
def test_minutes_of_nodes_are_those_of_networkx_and_end_at_the_limit(seed, mode, limit_min):
    router, targets, _ = asked(seed, mode)
    graph = witness_graph(router.streets, mode, DAY, {"targets": targets})
    nodes = range(router.streets.n_nodes)
    for row in range(len(targets)):
        found = router.node_minutes_to(targets.row(row), mode, DAY)
        np.testing.assert_allclose(found, witness_minutes(graph, ("targets", row), nodes), rtol=1e-6, atol=1e-9)
        limited = router.node_minutes_to(targets.row(row), mode, DAY, limit_min=limit_min)
        np.testing.assert_array_equal(limited, np.where(found <= limit_min, found, np.inf))
    nearest = router.nearest_minutes(targets, None, mode, DAY)
    each = [router.node_minutes_to(targets.row(row), mode, DAY) for row in range(len(targets))]
    np.testing.assert_allclose(nearest, np.min(each, axis=0), rtol=1e-6)


def test_two_places_on_one_street_go_straight_along_it():
    street = [(126.79, 35.14), (126.80, 35.14)]
    streets = make_streets(street, [(0, 1)])
    metres = GEOD.inv(126.792, 35.14, 126.797, 35.14)[2]
    assert minutes(streets, (126.792, 35.14), (126.797, 35.14)) == pytest.approx(metres / METRES_PER_MIN, rel=1e-4)
    assert minutes(streets, (126.797, 35.14), (126.792, 35.14)) == pytest.approx(metres / METRES_PER_MIN, rel=1e-4)


def test_against_a_one_way_the_way_leads_around_the_block():
    lattice = make_lattice(rows=2, columns=2)
    streets = make_streets(lattice.node_lonlat, [(0, 1), (2, 3), (0, 2), (1, 3)], access=[ONE_WAY, EVERYBODY, EVERYBODY, EVERYBODY])
    begin, end = lattice.node_lonlat[:2]
    early, late = begin + (end - begin) * 0.25, begin + (end - begin) * 0.75
    assert minutes(streets, late, early) == pytest.approx(50 / METRES_PER_MIN, rel=1e-3)
    assert minutes(streets, early, late) == pytest.approx((25 + 300 + 25) / METRES_PER_MIN, rel=1e-3)


def test_against_a_one_way_without_another_way_there_is_none():
    lattice = make_lattice(rows=1, columns=2, access=ONE_WAY)
    begin, end = lattice.node_lonlat
    early, late = begin + (end - begin) * 0.25, begin + (end - begin) * 0.75
    assert minutes(lattice, late, early) == pytest.approx(50 / METRES_PER_MIN, rel=1e-3)
    assert minutes(lattice, early, late) == np.inf
    assert minutes(lattice, late, late) == pytest.approx(0, abs=1e-3)


def test_a_one_way_island_lets_people_in_but_not_out():
    streets = make_lattice(rows=1, columns=3)
    streets = make_streets(streets.node_lonlat, [(0, 1), (1, 2)], access=[EVERYBODY, ONE_WAY])
    ends = streets.node_lonlat[[0, 2]]
    assert minutes(streets, ends[1], ends[0]) == pytest.approx(200 / METRES_PER_MIN, rel=1e-3)
    assert minutes(streets, ends[0], ends[1]) == np.inf


def test_a_place_at_a_junction_may_leave_by_any_street_there():
    lattice = make_lattice(rows=1, columns=3)
    # The first street, on which the junction is placed, only leads away from the target.
    streets = make_streets(lattice.node_lonlat, [(1, 0), (1, 2)], access=[ONE_WAY, EVERYBODY])
    assert StreetRouter(streets).place([lattice.node_lonlat[1]], Mode.WALK).edge.tolist() == [0]
    assert minutes(streets, lattice.node_lonlat[2], lattice.node_lonlat[1]) == pytest.approx(100 / METRES_PER_MIN, rel=1e-3)
    assert minutes(streets, lattice.node_lonlat[1], lattice.node_lonlat[2]) == pytest.approx(100 / METRES_PER_MIN, rel=1e-3)


def test_an_island_is_reached_from_itself_only():
    streets = make_streets([(126.79, 35.14), (126.791, 35.14), (126.79, 35.16), (126.791, 35.16)], [(0, 1), (2, 3)])
    assert minutes(streets, (126.79, 35.16), (126.79, 35.14)) == np.inf
    assert minutes(streets, (126.79, 35.16), (126.791, 35.16)) < 2


def test_a_place_without_a_street_is_never_reached_and_reaches_nothing():
    streets = make_lattice()
    assert minutes(streets, (126.7, 35.0), streets.node_lonlat[0]) == np.inf
    assert minutes(streets, streets.node_lonlat[0], (126.7, 35.0)) == np.inf
    assert minutes(streets, (126.7, 35.0), (126.7, 35.0)) == np.inf


def test_the_way_to_and_from_the_street_is_walked_whatever_the_mode():
    streets = make_streets([(126.79, 35.14), (126.80, 35.14)], [(0, 1)], road_class=RoadClass.RESIDENTIAL)
    beside = GEOD.fwd(126.795, 35.14, 0.0, 200.0)[:2]
    along = GEOD.inv(126.795, 35.14, 126.798, 35.14)[2]
    riding = along / (30 * 0.6 * 1000 / 60)
    assert minutes(streets, (126.798, 35.14), beside, Mode.MOTORBIKE) == pytest.approx(200 * WALK_MIN_PER_M + riding, rel=1e-3)


def test_a_motorway_is_no_way_for_walkers_even_if_it_is_shorter():
    lattice = make_lattice(rows=2, columns=2)
    access = [Access.MOTORBIKE_FORWARD | Access.MOTORBIKE_BACK, EVERYBODY, EVERYBODY, EVERYBODY]
    streets = make_streets(lattice.node_lonlat, [(0, 1), (2, 3), (0, 2), (1, 3)], access=access)
    assert minutes(streets, lattice.node_lonlat[1], lattice.node_lonlat[0]) == pytest.approx(300 / METRES_PER_MIN, rel=1e-3)


def test_a_peak_hour_costs_a_motorbike_time():
    streets = make_lattice(road_class=RoadClass.SECONDARY)
    ends = streets.node_lonlat[[0, 24]]
    peak, day, night = (minutes(streets, ends[0], ends[1], Mode.MOTORBIKE, period) for period in SpeedPeriod)
    assert day == pytest.approx(0.8 / 25 * 60, rel=1e-3)
    assert peak == pytest.approx(day * 0.5 / 0.4, rel=1e-3)
    assert night == pytest.approx(day * 0.5 / 0.65, rel=1e-3)


def test_no_target_no_origin_and_no_nth():
    router = StreetRouter(make_lattice())
    nothing, something = router.place(np.empty((0, 2)), Mode.WALK), router.place(router.streets.node_lonlat, Mode.WALK)
    assert np.isinf(router.nearest_minutes(nothing, something, Mode.WALK, DAY)).all()
    assert router.nearest_minutes(something, nothing, Mode.WALK, DAY).shape == (0,)
    assert np.isinf(router.nth_minutes(nothing, something, 1, Mode.WALK, DAY)).all()
    with pytest.raises(BadArgument):
        router.nth_minutes(something, something, 0, Mode.WALK, DAY)


def test_many_threads_get_the_same_minutes_from_the_first_question_on():
    streets = random_streets(8, 200, spread_deg=0.05)
    targets, origins = random_places(1, 16, spread_deg=0.05), random_places(2, 300, spread_deg=0.05)

    def ask(router, mode):
        placed = router.place(origins, mode)
        return [router.minutes_to(router.place(target[None], mode).row(0), placed, mode, DAY) for target in targets]

    expected = {mode: ask(StreetRouter(streets), mode) for mode in Mode}
    shared, wrong, start = StreetRouter(streets), [], threading.Barrier(12)

    def work(mode):
        start.wait()
        wrong.extend(mode for _ in range(3) if not np.array_equal(ask(shared, mode), expected[mode]))

    threads = [threading.Thread(target=work, args=(mode,)) for mode in list(Mode) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong

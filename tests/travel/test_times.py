"""What planning asks, with streets and without."""

import threading

import numpy as np
import pytest
import shapely
from travel.lattice import GEOD, make_lattice
from travel.made_up import random_places, random_streets

from geo_app.domain.errors import BadArgument, BadCoordinates
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.times import open_times

DAY = SpeedPeriod.DAY
ORIGINS = random_places(1, 30)
TARGETS = random_places(2, 6)


def both_kinds():
    return [open_times(None, ORIGINS), open_times(random_streets(4), ORIGINS)]


def test_figures_say_whether_they_are_estimates():
    assert [times.kind for times in both_kinds()] == ["estimate", "network"]


def test_the_estimate_is_the_geodesic_distance_times_the_detour_at_the_stated_speed():
    table = open_times(None, ORIGINS).table(Mode.WALK, DAY, TARGETS)
    expected = [[GEOD.inv(*origin, *target)[2] * 1.3 / (4000 / 60) for origin in ORIGINS] for target in TARGETS]
    assert table.dtype == np.float32
    np.testing.assert_allclose(table, expected, rtol=1e-6)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_table_over_streets_is_the_routers(mode):
    streets = random_streets(4)
    router = StreetRouter(streets)
    placed = router.place(ORIGINS, mode)
    expected = [router.minutes_to(router.place([target], mode), placed, mode, DAY) for target in TARGETS]
    np.testing.assert_array_equal(open_times(streets, ORIGINS).table(mode, DAY, TARGETS), expected)


@pytest.mark.parametrize("times", both_kinds(), ids=["estimate", "network"])
def test_the_table_has_a_row_a_target_in_their_order(times):
    whole = times.table(Mode.BICYCLE, DAY, TARGETS)
    assert whole.shape == (6, 30)
    np.testing.assert_array_equal(times.table(Mode.BICYCLE, DAY, TARGETS[::-1]), whole[::-1])
    np.testing.assert_array_equal(times.table(Mode.BICYCLE, DAY, TARGETS[[2, 2]]), whole[[2, 2]])
    assert times.table(Mode.BICYCLE, DAY, np.empty((0, 2))).shape == (0, 30)


@pytest.mark.parametrize("times", both_kinds(), ids=["estimate", "network"])
def test_a_table_may_be_written_to_without_harm(times):
    before = times.table(Mode.WALK, DAY, TARGETS)
    kept = before.copy()
    before[:] = 0
    np.testing.assert_array_equal(times.table(Mode.WALK, DAY, TARGETS), kept)


def test_one_changed_target_costs_one_search(monkeypatch):
    times, searches = open_times(make_lattice(), ORIGINS), []
    search = StreetRouter.minutes_to
    monkeypatch.setattr(StreetRouter, "minutes_to", lambda *asked: searches.append(1) or search(*asked))
    times.table(Mode.WALK, DAY, TARGETS)
    moved = TARGETS.copy()
    moved[3] += 0.0001
    times.table(Mode.WALK, DAY, moved)
    assert len(searches) == len(TARGETS) + 1


def test_modes_and_periods_do_not_share_rows():
    times = open_times(random_streets(4), ORIGINS)
    tables = [times.table(Mode.MOTORBIKE, period, TARGETS) for period in SpeedPeriod]
    reached = np.isfinite(tables[0])
    assert reached.any()
    assert not np.array_equal(tables[0], tables[1])
    assert not np.array_equal(tables[1], tables[2])
    assert (tables[0] >= tables[2])[reached].all()


def test_only_streets_know_hours():
    straight, streets = both_kinds()
    assert {straight.period(mode, hour) for mode in Mode for hour in range(168)} == {DAY}
    assert streets.period(Mode.MOTORBIKE, 8) is SpeedPeriod.PEAK


def test_the_estimated_area_is_a_geodesic_circle():
    times, target = open_times(None, ORIGINS), (126.795, 35.145)
    area = times.area(Mode.WALK, DAY, target, 10)
    assert area.is_valid
    assert area.geoms[0].exterior.is_ccw
    metres = [GEOD.inv(*target, *corner)[2] for corner in area.geoms[0].exterior.coords]
    assert metres == pytest.approx([512.82] * len(metres), abs=0.01)
    assert abs(GEOD.geometry_area_perimeter(area)[0]) == pytest.approx(np.pi * 512.82**2, rel=2e-4)
    assert times.area(Mode.WALK, DAY, target, 0).is_empty


def test_the_area_over_streets_holds_the_origins_that_arrive_and_no_others():
    times = open_times(random_streets(4), ORIGINS)
    for target, row in zip(TARGETS, times.table(Mode.WALK, DAY, TARGETS), strict=True):
        minutes = float(np.median(row[np.isfinite(row)])) + 1e-4 if np.isfinite(row).any() else 60.0
        area = times.area(Mode.WALK, DAY, target, minutes)
        np.testing.assert_array_equal(shapely.intersects_xy(area, ORIGINS[:, 0], ORIGINS[:, 1]), row <= minutes)


@pytest.mark.parametrize("times", both_kinds(), ids=["estimate", "network"])
def test_bad_questions_are_refused(times):
    with pytest.raises(BadCoordinates):
        times.table(Mode.WALK, DAY, [(35.14, 126.79)])
    with pytest.raises(BadArgument):
        times.area(Mode.WALK, DAY, TARGETS, 10)
    for minutes in (-1.0, float("nan"), float("inf")):
        with pytest.raises(BadArgument):
            times.area(Mode.WALK, DAY, TARGETS[0], minutes)


def test_no_origins_have_empty_tables():
    for streets in (None, make_lattice()):
        assert open_times(streets, np.empty((0, 2))).table(Mode.WALK, DAY, TARGETS).shape == (6, 0)


def test_many_threads_get_the_same_tables_and_areas_from_the_first_question_on():
    streets = random_streets(9, 120, spread_deg=0.04)
    origins, targets = random_places(5, 80, spread_deg=0.04), random_places(6, 12, spread_deg=0.04)
    alone, shared = open_times(streets, origins), open_times(streets, origins)
    table, areas = alone.table(Mode.WALK, DAY, targets), [alone.area(Mode.WALK, DAY, target, 20) for target in targets]
    wrong, start = [], threading.Barrier(8)

    def work(seed):
        start.wait()
        for row in np.random.default_rng(seed).permutation(len(targets)).tolist():
            if not np.array_equal(shared.table(Mode.WALK, DAY, targets[row])[0], table[row]):
                wrong.append(("table", row))
            if not shared.area(Mode.WALK, DAY, targets[row], 20).equals_exact(areas[row], tolerance=0):
                wrong.append(("area", row))

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert sum(not area.is_empty for area in areas) > 3

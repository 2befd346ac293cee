"""Figures of one slice: who is served, by dong, job, complex and group."""

import json
import math
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning.oracle import leaving
from planning.small_world import CELL_COUNT, MONDAY, complex_record, lonlat, shelter, small_world, square

from geo_app.domain.demand import DemandUnit, UnknownDemand, curves_record
from geo_app.domain.errors import UnknownSite
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.day_kind import DayKind
from geo_app.planning.default_curves import list_default_curves
from geo_app.planning.edits import Edit, EditKind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.week import ask_week

NOON = 12 * 60


def ask(minute=NOON, **changes):
    return CoverageQuestion(at=leaving(MONDAY, minute), **changes)


def test_the_share_is_that_of_the_people_in_covered_cells(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [5.0] * 7 + [math.inf] * 13})
    answer = ask_coverage(world, ask())
    weights = world.cells.sum_by_cell(world.demand("residents").weights(0))
    assert answer.demand_total == pytest.approx(1300)
    assert answer.covered == pytest.approx(math.fsum(weights[:7]))
    assert answer.share == pytest.approx(math.fsum(weights[:7]) / 1300)
    assert answer.uncovered == pytest.approx(math.fsum(weights[7:]))


def test_dongs_add_up_to_the_whole_and_the_worst_is_told(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [5.0] * 7 + [math.inf] * 13})
    answer = ask_coverage(world, ask())
    assert [area.name for area in answer.by_dong] == ["가동", "나동", "다동"]
    assert math.fsum(area.demand for area in answer.by_dong) == pytest.approx(answer.demand_total)
    assert math.fsum(area.covered for area in answer.by_dong) == pytest.approx(answer.covered)
    assert answer.by_dong[2].share is None  # nobody lives there: not 0 %, and not the worst either
    assert answer.worst_dong.share == min(area.share for area in answer.by_dong[:2])


def test_of_two_dongs_as_bad_the_one_with_more_people_is_the_worst(tmp_path):
    answer = ask_coverage(small_world(tmp_path, [], {}), ask())
    assert (answer.worst_dong.name, answer.worst_dong.share, answer.worst_dong.uncovered) == ("가동", 0.0, pytest.approx(1000))


def test_an_hour_in_which_every_door_is_shut_has_share_0_beside_a_nominal_1(tmp_path):
    records = [shelter(1, "Mo-Fr 09:00-18:00"), shelter(2, "Tu 00:00-24:00")]
    world = small_world(tmp_path, records, {record["id"]: [1.0] * CELL_COUNT for record in records})
    answer = ask_coverage(world, ask(2 * 60))
    assert (answer.share, answer.covered, answer.nominal_share, answer.sites.open_now) == (0.0, 0.0, 1.0, 0)
    assert np.isinf(answer.cell_travel_min).all()
    assert {(area.share, area.mean_travel_min, area.median_travel_min) for area in answer.by_dong[:2]} == {(0.0, None, None)}
    assert ask_week(world, ask()).shares[2] == 0.0


def test_without_any_place_nothing_is_covered_and_nothing_nominally(tmp_path):
    answer = ask_coverage(small_world(tmp_path, [], {}), ask())
    assert (answer.share, answer.nominal_share, answer.sites.counted) == (0.0, 0.0, 0)


def test_without_demand_there_is_no_share(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [1.0] * CELL_COUNT}, people=0)
    answer, week = ask_coverage(world, ask()), ask_week(world, ask())
    assert (answer.demand_total, answer.share, answer.nominal_share, answer.worst_dong) == (0.0, None, None, None)
    assert week.nominal_share is None
    assert np.isnan(week.shares).all()


def test_who_arrives_after_opening_is_served_and_who_arrives_at_closing_is_not(tmp_path):
    world = small_world(tmp_path, [shelter(1, "Mo-Su 12:00-18:00")], {"sh-000001": [0.0, 4.0, 4.2, 5.0] + [math.inf] * 16})
    assert ask_coverage(world, ask(NOON - 5)).cell_covered[:4].tolist() == [False, False, True, True]
    assert ask_coverage(world, ask(18 * 60 - 5)).cell_covered[:4].tolist() == [True, True, False, False]


def test_a_shelter_open_past_midnight_counts_for_the_next_day_and_for_the_next_week(tmp_path):
    world = small_world(tmp_path, [shelter(1, "Su 18:00-04:00")], {"sh-000001": [3.0] * CELL_COUNT})
    assert ask_coverage(world, ask(6 * 1440 + 23 * 60 + 59)).share == 1.0
    assert ask_coverage(world, ask(3 * 60)).share == 1.0  # the tail of the Sunday before
    assert ask_coverage(world, ask(3 * 60 + 57)).share == 0.0


def test_a_holiday_week_shuts_who_is_closed_on_holidays_even_in_the_night_after_its_eve(tmp_path):
    world = small_world(tmp_path, [shelter(1, "Mo-Su 18:00-04:00", on_holidays="closed")], {"sh-000001": [3.0] * CELL_COUNT})
    assert [ask_coverage(world, ask(3 * 60, day=day)).share for day in (DayKind.ORDINARY, DayKind.HOLIDAY)] == [1.0, 0.0]


def test_sites_are_counted_by_what_can_be_said_of_them(tmp_path):
    outside = {"type": "Point", "coordinates": list(lonlat(-300, 100))}
    records = [
        shelter(1), shelter(2, "Tu 09:00-18:00"), shelter(3, statements=[]), shelter(4, attributes={"entry": "card"}),
        shelter(5, status="sample"), shelter(6, geometry=outside), shelter(7, precision="dong"), shelter(8, precision="none"),
    ]  # fmt: skip
    world = small_world(tmp_path, records, {record["id"]: [1.0] * CELL_COUNT for record in records})
    told = ask_coverage(world, ask()).sites
    assert (told.counted, told.open_now, told.unknown_hours, told.registered_only) == (6, 3, 1, 1)
    assert (told.samples, told.neighbours, told.rough, told.unplaced, told.closed, told.planned) == (1, 1, 1, 1, 0, 0)
    assert ask_coverage(world, ask(neighbours=False)).sites.counted == 5
    assert ask_coverage(world, ask(registered=True)).sites.open_now == 4


def test_only_the_named_places_count_or_all_but_some(tmp_path):
    rows = {"sh-000001": [1.0] * CELL_COUNT, "sh-000002": [math.inf] * CELL_COUNT}
    world = small_world(tmp_path, [shelter(1), shelter(2)], rows)
    assert [ask_coverage(world, ask(**chosen)).share for chosen in ({"sites": ("sh-000002",)}, {"without": ("sh-000001",)}, {})] == [
        0,
        0,
        1,
    ]
    with pytest.raises(UnknownSite):
        ask_coverage(world, ask(sites=("sh-000009",)))
    with pytest.raises(UnknownSite):
        ask_coverage(world, ask(without=("sh-000009",)))


def test_a_demand_that_nobody_knows_is_refused(tmp_path):
    with pytest.raises(UnknownDemand):
        ask_coverage(small_world(tmp_path, [], {}), ask(demand="martians"))


def test_jobs_have_shares_of_their_own_hours_whatever_the_demand(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [5.0] * 7 + [math.inf] * 13})
    by_job = ask_coverage(world, ask()).by_job
    assert [area.key for area in by_job] == [part.job for part in world.demand("jobs").parts]
    assert len(by_job) >= 3
    for area, part in zip(by_job, world.demand("jobs").parts, strict=True):
        weight = part.weights(12)
        if weight.sum() > 0:
            assert area.share == pytest.approx(math.fsum(weight[world.cells.piece_cell < 7]) / math.fsum(weight))


def test_a_job_counts_beside_the_others_what_it_counts_alone(tmp_path):
    record = curves_record(list_default_curves())
    courier = next(item for item in record if item["id"] == "courier")
    courier |= {"people": 1234, "people_source": "구청 2026 조사"}
    rows = {"sh-000001": [5.0] * 7 + [math.inf] * 13}
    world = small_world(tmp_path, [shelter(1)], rows, documents={"curves": json.dumps(record)})
    at = 24 * 60 + 10 * 60
    for row in ask_coverage(world, ask(at)).by_job:
        alone = ask_coverage(world, ask(at, demand=f"job:{row.key}"))
        assert (row.demand, row.covered, row.uncovered) == pytest.approx((alone.demand_total, alone.covered, alone.uncovered))
        assert (row.share, row.unit) == (alone.share and pytest.approx(alone.share), alone.demand_info.unit)
        assert row.unit is (DemandUnit.PEOPLE if row.key == "courier" else DemandUnit.INDEX)
    mixed = world.demand("jobs")
    assert mixed.info.unit is DemandUnit.INDEX
    assert {round(part.base.sum(), 6) for part in mixed.parts} <= {0.0, 1_000 / len(mixed.parts)}


def test_a_complex_is_judged_by_its_own_ground_and_workers(tmp_path):
    layer = [complex_record(1, square(0, 0, 500, 600), 1000), complex_record(2, square(500, 0, 1000, 600), None)]
    rows = {"sh-000001": [0.0] * CELL_COUNT}
    world = small_world(tmp_path, [shelter(1)], rows, industrial_complexes=layer)
    west = np.isin(np.arange(CELL_COUNT), world.cells.piece_cell[world.cells.piece_dong == 0])
    only_west = small_world(tmp_path, [shelter(1)], {"sh-000001": np.where(west, 1.0, math.inf)}, industrial_complexes=layer)
    first, second = ask_coverage(only_west, ask()).by_complex
    assert (first.demand, first.covered, first.share) == (pytest.approx(1000), pytest.approx(1000), pytest.approx(1))
    assert (second.demand, second.covered, second.uncovered) == (None, None, None)
    assert 0 < second.share < 1


def test_groups_of_the_office_are_sums_of_their_dongs(tmp_path):
    district = {
        "code": "29200", "names": {"ko": "광산구"}, "province_names": [], "bounds_lonlat": [126, 35, 127, 36],
        "focus_lonlat": [126.5, 35.5], "focus_names": {"ko": "청"},
        "groups": [{"scheme": "권역", "name": "서부", "dongs": ["가동", "다동"]}],
    }  # fmt: skip
    rows = {"sh-000001": [5.0] * 7 + [math.inf] * 13}
    answer = ask_coverage(small_world(tmp_path, [shelter(1)], rows, documents={"district": json.dumps(district)}), ask())
    (group,) = answer.by_group
    parts = [area for area in answer.by_dong if area.name in ("가동", "다동")]
    assert (group.scheme, group.name) == ("권역", "서부")
    assert group.covered == pytest.approx(math.fsum(area.covered for area in parts))
    assert group.demand == pytest.approx(1000)


def test_minutes_of_an_area_are_weighed_by_its_people(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [float(cell) for cell in range(CELL_COUNT)]})
    for area, dong in zip(ask_coverage(world, ask()).by_dong[:2], range(2), strict=True):
        pieces = np.flatnonzero(world.cells.piece_dong == dong)
        weights, minutes = world.demand("residents").weights(0)[pieces], world.cells.piece_cell[pieces]
        assert area.mean_travel_min == pytest.approx(np.average(minutes, weights=weights))
        below, above = weights[minutes < area.median_travel_min].sum(), weights[minutes > area.median_travel_min].sum()
        assert max(below, above) <= weights.sum() / 2 + 1e-9


def test_where_more_than_half_reach_nothing_there_is_no_median(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [5.0] + [math.inf] * 19})
    reached = [area for area in ask_coverage(world, ask()).by_dong if area.mean_travel_min is not None]
    assert {(area.mean_travel_min, area.median_travel_min) for area in reached} == {(5.0, None)}


def test_a_scenario_changes_the_places_that_count(tmp_path):
    rows = {"sh-000001": [math.inf] * CELL_COUNT}
    world = small_world(tmp_path, [shelter(1)], rows)
    world.times.rows[126.5, 35.5] = np.full(CELL_COUNT, 3.0)
    opened = (Edit(EditKind.OPEN, name="새 쉼터", lon=126.5, lat=35.5, hours="Mo-Su 09:00-18:00"),)
    assert [ask_coverage(world, ask(), edits).share for edits in ((), opened)] == [0.0, 1.0]
    assert ask_coverage(world, ask(sites=("sh-000001",)), opened).share == 1.0
    assert ask_coverage(world, ask(3 * 60), opened).share == 0.0
    assert ask_coverage(world, ask(), (*opened, Edit(EditKind.CLOSE, site_id="sh-000001"))).sites.counted == 1


def test_the_order_of_places_does_not_matter(tmp_path):
    rows = {"sh-000001": [5.0] * 7 + [math.inf] * 13, "sh-000002": [math.inf] * 5 + [9.0] * 15}
    swapped = {"sh-000001": rows["sh-000002"], "sh-000002": rows["sh-000001"]}
    one = ask_coverage(small_world(tmp_path, [shelter(1), shelter(2, "Mo 09:00-18:00")], rows), ask())
    other = ask_coverage(small_world(tmp_path, [shelter(1, "Mo 09:00-18:00"), shelter(2)], swapped), ask())
    assert (one.share, one.by_dong) == (other.share, other.by_dong)
    assert one.cell_travel_min.tolist() == other.cell_travel_min.tolist()


ways = st.lists(st.sampled_from([0.0, 3.0, 9.9, 10.0, 10.1, 45.0, math.inf]), min_size=CELL_COUNT, max_size=CELL_COUNT)
doors = st.tuples(st.sampled_from(["24/7", "Mo-Su 18:00-04:00", "Mo-Fr 09:00-18:00", "Sa,Su 10:00-12:05"]), ways)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites=st.lists(doors, max_size=4), one_more=doors, nth=st.integers(1, 2), demand=st.sampled_from(["residents", "jobs"]))
def test_one_more_place_lowers_no_share_and_the_nominal_share_is_never_below_the_real(sites, one_more, nth, demand):
    records = [shelter(number, hours) for number, (hours, _) in enumerate([*sites, one_more], start=1)]
    rows = {record["id"]: row for record, (_, row) in zip(records, [*sites, one_more], strict=True)}
    with tempfile.TemporaryDirectory() as folder:
        world = small_world(Path(folder), records, rows)
    more = ask(nth=nth, demand=demand)
    less = replace(more, without=(records[-1]["id"],))
    weeks = [ask_week(world, question) for question in (less, more)]
    assert np.all((weeks[0].shares <= weeks[1].shares) | np.isnan(weeks[0].shares))
    assert np.all((weeks[0].by_dong <= weeks[1].by_dong) | np.isnan(weeks[0].by_dong))
    slices = [ask_coverage(world, question) for question in (less, more)]
    for part in ("by_dong", "by_job"):
        before, after = ([area.share or 0.0 for area in getattr(answer, part)] for answer in slices)
        assert all(one <= other for one, other in zip(before, after, strict=True))
    for week in weeks:
        assert np.all((week.shares <= week.nominal_shares) | np.isnan(week.shares))
    assert all((answer.share or 0) <= (answer.nominal_share or 0) for answer in slices)

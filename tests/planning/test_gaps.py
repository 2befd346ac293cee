"""Gaps: every lost hour of every cell once, in places and spans with a name."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from planning.oracle import leaving
from planning.small_world import CELL_COUNT, MONDAY, complex_record, shelter, small_world, square

from geo_app.planning import grouping
from geo_app.planning.day_kind import DayKind
from geo_app.planning.gaps import GapCause, find_gaps
from geo_app.planning.grouping import MOST_JOINED_CELLS
from geo_app.planning.hour_spans import HourSpan, expand
from geo_app.planning.naming import GapPlace, Wind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.slices import cover_week
from geo_app.planning.week import ask_week

ALL = 10_000


def ask(**changes):
    return CoverageQuestion(at=leaving(MONDAY, 0), **changes)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    records = [shelter(1, "Mo-Su 09:00-21:00"), shelter(2, "24/7"), shelter(3, "Mo-Fr 10:00-22:00")]
    chance = np.random.default_rng(5)
    rows = {record["id"]: chance.choice([4.0, 9.0, 11.0, math.inf], CELL_COUNT) for record in records}
    layer = [complex_record(1, square(0, 0, 500, 500), 1000)]
    return small_world(tmp_path_factory.mktemp("gaps"), records, rows, industrial_complexes=layer)


@pytest.mark.parametrize("demand", ["residents", "job:rider", "jobs"])
def test_every_lost_hour_of_every_cell_lies_in_exactly_one_gap(world, demand):
    gaps = find_gaps(world, ask(demand=demand), most=ALL).gaps
    week = ask_week(world, ask(demand=demand))
    assert math.fsum(gap.people_hours for gap in gaps) == pytest.approx(math.fsum(week.uncovered))
    cells = [cell for gap in gaps for cell in gap.cells]
    assert len(cells) == len(set(cells))


def test_a_gap_says_who_is_lost_in_a_mean_hour_of_its_span(world):
    covered = cover_week(world, ask()).covered
    weights = world.cells.sum_by_cell(world.demand("residents").weights(0))
    for gap in find_gaps(world, ask(), most=ALL).gaps:
        lost = {(hour, cell) for hour in range(168) for cell in gap.cells if not covered[hour, cell]}
        assert set(gap.hours) == {hour for hour, _ in lost} == expand(gap.spans)
        assert gap.people_hours == pytest.approx(math.fsum(weights[cell] for _, cell in lost))
        assert gap.people == pytest.approx(gap.people_hours / len(gap.hours))


def test_the_cells_of_a_gap_hang_together_and_are_its_geometry(world):
    for gap in find_gaps(world, ask(), most=ALL).gaps:
        reached, corners = {gap.cells[0]}, world.cells.corner_xy
        for _ in gap.cells:
            reached |= {cell for cell in gap.cells if any(np.abs(corners[cell] - corners[other]).max() <= 250 for other in reached)}
        assert reached == set(gap.cells)
        squares = shapely.polygons(world.cells.corners_lonlat[list(gap.cells)])
        assert gap.geometry.area == pytest.approx(shapely.area(squares).sum())
        assert shapely.covers(gap.geometry.buffer(1e-9), shapely.Point(gap.lon, gap.lat))


def test_gaps_are_ranked_by_people_hours_and_only_the_worst_are_given(world):
    gaps = find_gaps(world, ask(), most=ALL).gaps
    assert [gap.rank for gap in gaps] == list(range(1, len(gaps) + 1))
    assert [gap.people_hours for gap in gaps] == sorted((gap.people_hours for gap in gaps), reverse=True)


@pytest.mark.parametrize("most", [1, 2, 5, 12])
@pytest.mark.parametrize("cause", [None, *GapCause])
def test_a_rank_is_that_among_all_gaps_of_the_week_however_many_are_asked_for(world, monkeypatch, most, cause):
    monkeypatch.setattr(grouping, "MOST_JOINED_CELLS", 0)
    everything = find_gaps(world, ask(), most=ALL)
    told = find_gaps(world, ask(), most=most, cause=cause)
    expected = [(gap.rank, gap.cells) for gap in everything.gaps if cause in (None, gap.cause)][:most]
    assert [(gap.rank, gap.cells) for gap in told.gaps] == expected
    assert (told.total, told.far_count, told.shut_count) == (len(everything.gaps), everything.far_count, everything.shut_count)
    assert told.count(GapCause.FAR) == sum(gap.cause is GapCause.FAR for gap in everything.gaps) > 0


def test_no_two_gaps_of_a_week_bear_one_name(tmp_path):
    layer = [complex_record(1, square(0, 0, 1000, 900), 1000)]
    served = small_world(tmp_path, [shelter(1)], {"sh-000001": [0.0] * CELL_COUNT}, industrial_complexes=layer)
    corners, zone, dong = served.cells.corner_xy, served.cell_names.zone, served.cells.cell_dong
    one, other = next(
        pair for pair in itertools.combinations(np.flatnonzero(served.cells.sum_by_cell(served.demand("residents").weights(0)) > 0), 2)
        if np.abs(corners[pair[0]] - corners[pair[1]]).max() > 250 and len({(zone[cell], dong[cell]) for cell in pair}) == 1
    )  # fmt: skip
    minutes = [11.0 if cell in (one, other) else 0.0 for cell in range(CELL_COUNT)]
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": minutes}, industrial_complexes=layer)
    places = [gap.place for gap in find_gaps(world, ask()).gaps]
    assert [place.number for place in places] == [1, 2]
    assert replace(places[0], number=None) == replace(places[1], number=None)


def test_neighbours_of_one_landmark_with_the_same_hours_and_cause_are_one_gap_unless_too_large(world):
    gaps = find_gaps(world, ask(), most=ALL).gaps
    corners, names = world.cells.corner_xy, world.cell_names
    for one, other in itertools.combinations(gaps, 2):
        if (one.hours, one.cause) == (other.hours, other.cause) and len(one.cells) + len(other.cells) <= MOST_JOINED_CELLS:
            for cell, beside in itertools.product(one.cells, other.cells):
                is_touching = np.abs(corners[cell] - corners[beside]).max() <= 250
                assert not (is_touching and names.landmark[cell] == names.landmark[beside])


def test_far_is_what_no_place_is_near_enough_to_whatever_its_hours(world):
    nominal = cover_week(world, ask()).nominal.any(axis=0)
    gaps = find_gaps(world, ask(), most=ALL).gaps
    assert {gap.cause for gap in gaps} == set(GapCause)
    for gap in gaps:
        assert {bool(nominal[cell]) for cell in gap.cells} == {gap.cause is GapCause.SHUT}


def test_who_is_always_lost_is_not_told_together_with_who_is_served_at_times(tmp_path):
    one_hour = small_world(tmp_path, [shelter(1, "We 03:00-04:00")], {"sh-000001": [0.0, 11.0] * 10})
    gaps = find_gaps(one_hour, ask(day=DayKind.ORDINARY, minutes=11.0, nth=1), most=ALL).gaps
    assert {len(gap.hours) for gap in gaps} == {167}
    gaps = find_gaps(one_hour, ask(day=DayKind.ORDINARY), most=ALL).gaps
    assert {(gap.cause, len(gap.hours)) for gap in gaps} == {(GapCause.FAR, 168), (GapCause.SHUT, 167)}


def test_a_whole_dong_without_cover_at_night_is_named_with_its_hours(tmp_path):
    world = small_world(tmp_path, [shelter(1, "Mo-Su 06:00-22:00")], {"sh-000001": [0.0] * CELL_COUNT})
    for gap in find_gaps(world, ask(day=DayKind.ORDINARY), most=ALL).gaps:
        assert gap.spans == (HourSpan((0, 1, 2, 3, 4, 5, 6), 22, 30),)
        assert gap.place.kind == "dong"
        assert gap.place.dongs[0] == gap.place.landmark


def test_a_complex_gives_its_name_to_the_cells_in_it_and_beside_it(world):
    places = {gap.place for gap in find_gaps(world, ask(), most=ALL).gaps}
    assert {place.landmark for place in places} == {"1산단"}
    named = {world.cell_names.place(np.asarray([cell]), np.ones(CELL_COUNT), ("가동",)) for cell in range(CELL_COUNT)}
    assert GapPlace(("가동",), "1산단", "complex") in named
    assert {place.wind for place in places} <= {None, *Wind}


def test_nothing_is_lost_where_everybody_is_served_always(tmp_path):
    assert find_gaps(small_world(tmp_path, [shelter(1)], {"sh-000001": [0.0] * CELL_COUNT}), ask()).total == 0
    assert find_gaps(small_world(tmp_path, [], {}, people=0), ask()).gaps == ()

"""Places that nobody reaches: told apart, never among those usable, whatever their door says."""

import math
from datetime import timedelta

import numpy as np
import pytest
from planning.oracle import Oracle, leaving
from planning.small_world import CALENDAR, CELL_COUNT, MONDAY, lonlat, shelter, small_snapshot, small_world
from travel.lattice import make_lattice

from geo_app.exports.coverage_json import list_notes
from geo_app.planning.cells import build_cells
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.reach_areas import list_reach_areas, list_standings
from geo_app.planning.scenario import edited_ids, parse_edits
from geo_app.planning.week import ask_week
from geo_app.planning.world import PlanningWorld
from geo_app.travel.speeds import Mode
from geo_app.travel.times import StreetTimes

NOWHERE = [math.inf] * CELL_COUNT
RECORDS = [shelter(1), shelter(2), shelter(3, "Mo-Fr 09:00-18:00"), shelter(4, statements=[]), shelter(5)]
ROWS = {
    "sh-000001": [5.0] * 7 + [math.inf] * 13,
    "sh-000002": NOWHERE,
    "sh-000003": [math.inf] * 19 + [119.0],
    "sh-000004": NOWHERE,
    "sh-000005": [1440.5] * CELL_COUNT,  # longer on the way than a day
}
FAR_M = 2_500  # east of the last street of `streets`


def noon(**changes):
    return CoverageQuestion(at=leaving(MONDAY, 12 * 60), **changes)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("unreached"), RECORDS, ROWS)


@pytest.fixture(scope="module")
def streets(tmp_path_factory):
    """A lattice over the small district; the second shelter stands far behind its last street."""
    west, south = lonlat(0, 0)
    snapshot = small_snapshot(tmp_path_factory.mktemp("streets"), [shelter(1, x_m=500), shelter(2, x_m=1_000 + FAR_M)])
    return PlanningWorld(snapshot, StreetTimes(make_lattice(west, south, 10, 11), build_cells(snapshot).point_lonlat))


def test_a_place_that_nobody_reaches_is_counted_and_told_but_never_usable(world):
    answer = ask_coverage(world, noon())
    assert (answer.sites.counted, answer.sites.open_now, answer.sites.unreached, answer.sites.unknown_hours) == (5, 2, 3, 1)
    assert answer.unreached == ("sh-000002", "sh-000004", "sh-000005")
    assert "unreached-places" in list_notes(answer)
    assert "unreached-places" not in list_notes(ask_coverage(world, noon(without=answer.unreached)))


def test_open_counts_of_the_week_are_those_of_the_oracle(world):
    minutes = {(site_id, cell): way for site_id, row in ROWS.items() for cell, way in enumerate(row)}
    oracle = Oracle(RECORDS, minutes, CALENDAR, MONDAY)
    hours = [leaving(MONDAY, 0) + timedelta(hours=hour) for hour in range(168)]
    expected = [sum(oracle.is_reached(record) and oracle.is_usable_at_door(record, hour) for record in RECORDS) for hour in hours]
    assert ask_week(world, noon()).open_counts.tolist() == expected
    assert set(expected) == {1, 2}


def test_only_places_of_which_nothing_else_is_usable_make_nothing_open(world):
    assert "nothing-open" in list_notes(ask_coverage(world, noon(sites=("sh-000002",))))


@pytest.mark.parametrize("mode", [*Mode])
def test_a_place_far_from_every_street_is_reached_by_nobody(streets, mode):
    question = noon(mode=mode)
    assert ask_coverage(streets, question).unreached == ("sh-000002",)
    near, far = list_standings(streets, question)
    assert [(item.is_usable, item.is_reached, item.state.value) for item in (near, far)] == [(True, True, "open"), (False, False, "open")]
    assert [area.site.id for area in list_reach_areas(streets, question)] == ["sh-000001"]
    (area,) = list_reach_areas(streets, question, site_id="sh-000002")
    assert (area.is_usable, area.is_reached, area.area.is_empty) == (False, False, True)


def test_opening_a_place_where_no_street_is_changes_nothing_and_is_told(streets):
    far = ",".join(f"{value:.6f}" for value in lonlat(1_000 + FAR_M, 500))
    near = ",".join(f"{value:.6f}" for value in lonlat(200, 500))
    edits = parse_edits(f"open:{near},24/7;close:sh-000002;open:{far},24/7;move:sh-000001,{far}")
    before, after = ask_coverage(streets, noon()), ask_coverage(streets, noon(), edits)
    assert edited_ids(edits) == ("new-1", "sh-000002", "new-2", "sh-000001")
    assert after.unreached == ("sh-000001", "new-2")
    assert (before.sites.open_now, after.sites.open_now) == (1, 1)
    one = ask_coverage(streets, noon(), parse_edits(f"open:{far},24/7"))
    assert np.array_equal(before.cell_travel_min, one.cell_travel_min)
    assert (one.sites.open_now, one.share) == (before.sites.open_now, before.share)

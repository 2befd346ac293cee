"""The strip of the week."""

import math
from datetime import timedelta

import numpy as np
import pytest
from planning.oracle import leaving
from planning.small_world import CELL_COUNT, MONDAY, shelter, small_world

from geo_app.planning.coverage import ask_coverage
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.week import ask_week

RECORDS = [shelter(1, "Mo-Su 18:00-04:00"), shelter(2, "Mo-Fr 09:00-18:00", on_holidays="closed"), shelter(3, "24/7", status="sample")]
ROWS = {
    "sh-000001": [float(cell) for cell in range(CELL_COUNT)],
    "sh-000002": [float(CELL_COUNT - cell) for cell in range(CELL_COUNT)],
    "sh-000003": [1.0, 2.0] + [math.inf] * 18,
}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("week"), RECORDS, ROWS)


@pytest.mark.parametrize("demand", ["residents", "job:rider", "jobs", "establishments"])
def test_every_slice_is_the_answer_of_its_hour(world, demand):
    week = ask_week(world, CoverageQuestion(at=leaving(MONDAY, 4000), demand=demand))
    for hour in range(168):
        one = ask_coverage(world, CoverageQuestion(at=leaving(MONDAY, hour * 60), demand=demand))
        assert week.demand[hour] == pytest.approx(one.demand_total)
        assert week.uncovered[hour] == pytest.approx(one.uncovered)
        assert week.open_counts[hour] == one.sites.open_now
        shares = {area.key: area.share for area in one.by_dong}
        told = [None if math.isnan(share) else pytest.approx(share) for share in week.by_dong[hour].tolist()]
        assert [shares[dong] for dong in week.dong_ids] == told
        if one.share is not None:
            assert (week.shares[hour], week.nominal_shares[hour]) == (pytest.approx(one.share), pytest.approx(one.nominal_share))


def test_all_times_of_a_week_have_the_same_week(world):
    weeks = [ask_week(world, CoverageQuestion(at=leaving(MONDAY, minute))).shares.tobytes() for minute in (0, 10079)]
    assert weeks[0] == weeks[1]


def test_the_week_after_a_holiday_is_another_one(world):
    this, following = (ask_week(world, CoverageQuestion(at=leaving(MONDAY, 0) + timedelta(days=days))).shares for days in (0, 14))
    assert np.flatnonzero(this != following).tolist() == [2 * 24 + hour for hour in range(9, 18)]


def test_the_nominal_share_is_that_of_the_whole_week(world):
    week = ask_week(world, CoverageQuestion(at=leaving(MONDAY, 0), demand="job:rider"))
    held = week.demand > 0
    assert week.nominal_share == pytest.approx(np.average(week.nominal_shares[held], weights=week.demand[held]))

"""One more place, quickly: the same gain as asking all anew."""

import math

import numpy as np
import pytest
from planning.oracle import leaving
from planning.small_world import CELL_COUNT, MONDAY, shelter, small_world

from geo_app.planning.coverage import ask_coverage
from geo_app.planning.edits import Edit, EditKind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.whatif import gain_of

RECORDS = [shelter(1, "Mo-Su 18:00-04:00"), shelter(2, "24/7"), shelter(3, "Mo-Fr 09:00-18:00")]
SPOTS = {(126.7, 35.2): "Mo-Su 18:00-04:00", (126.71, 35.2): "24/7", (126.72, 35.2): "Tu 12:00-13:05"}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    chance = np.random.default_rng(3)
    rows = {record["id"]: chance.choice([4.0, 9.5, 10.5, math.inf], CELL_COUNT) for record in RECORDS}
    made = small_world(tmp_path_factory.mktemp("whatif"), RECORDS, rows)
    made.times.rows.update({spot: chance.choice([0.0, 6.2, 10.0, 11.0, math.inf], CELL_COUNT) for spot in SPOTS})
    return made


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("nth", [1, 2, 4])
@pytest.mark.parametrize("demand", ["residents", "job:rider"])
@pytest.mark.parametrize("stay_min", [0, 30])
def test_the_gain_is_that_of_the_scenario_that_opens_it(world, spot, nth, demand, stay_min):
    edit = Edit(EditKind.OPEN, lon=spot[0], lat=spot[1], hours=SPOTS[spot])
    for minute in (130, 1440 + 12 * 60 - 5, 1440 + 13 * 60, 3 * 1440 + 1079):
        question = CoverageQuestion(at=leaving(MONDAY, minute), nth=nth, demand=demand, stay_min=stay_min)
        before, after = (ask_coverage(world, question, edits) for edits in ((), (edit,)))
        told = gain_of(world, question, *spot, SPOTS[spot])
        assert told.covered_gain == pytest.approx(after.covered - before.covered, abs=1e-9)
        assert told.share == pytest.approx(after.share)


def test_a_gain_stands_on_the_scenario_so_far(world):
    question = CoverageQuestion(at=leaving(MONDAY, 600))
    spot = (126.71, 35.2)
    opened = (Edit(EditKind.OPEN, lon=spot[0], lat=spot[1], hours="24/7"),)
    assert gain_of(world, question, *spot, "24/7").covered_gain > 0
    assert gain_of(world, question, *spot, "24/7", opened).covered_gain == 0


def test_without_demand_there_is_no_share_to_gain(tmp_path):
    empty = small_world(tmp_path, [], {}, people=0)
    empty.times.rows[126.7, 35.2] = np.zeros(CELL_COUNT)
    told = gain_of(empty, CoverageQuestion(at=leaving(MONDAY, 0)), 126.7, 35.2, "24/7")
    assert (told.covered_gain, told.share) == (0.0, None)

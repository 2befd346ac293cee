"""The demo district, and streets: sampled slices against the oracle, minutes worked out anew."""

from datetime import date, timedelta

import numpy as np
import pytest
from planning.oracle import Oracle, leaving
from pyproj import Geod
from travel.lattice import make_lattice

from geo_app.planning.coverage import ask_coverage
from geo_app.planning.day_kind import DayKind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.slices import cover_week
from geo_app.planning.world import PlanningWorld, get_world
from geo_app.travel.times import open_times

MONDAY = date(2026, 9, 21)  # the week of 추석
GRS80 = Geod(ellps="GRS80")


@pytest.fixture(scope="module")
def snapshot(demo_workspace):
    return demo_workspace.keeper.current


def records_of(snapshot):
    layer = snapshot.layers["shelters"]
    for position in range(len(layer)):
        feature = layer.feature(position)
        said = feature["properties"]
        record = {"id": feature["id"], "attributes": said, "provenance": said, **said}
        yield {**record, "geometry": feature["geometry"]} if feature["geometry"] else record


def oracle_of(snapshot, cells, question):
    records = list(records_of(snapshot))
    points = get_world(snapshot).cells.point_lonlat[cells]
    minutes = {}
    for record in records:
        if "geometry" in record:
            lon, lat = record["geometry"]["coordinates"]
            metres = GRS80.inv(points[:, 0], points[:, 1], [lon] * len(cells), [lat] * len(cells))[2]
            ways = np.float32(np.asarray(metres) * 1.3 / (4000 / 60))
            minutes.update({(record["id"], cell): float(way) for cell, way in zip(cells, ways, strict=True)})
    return Oracle(
        records, minutes, snapshot.calendar, question.monday, day=question.day.value, registered=question.registered,
        checked=question.checked, stay_min=question.stay_min, limit=question.minutes,
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [{"minutes": 30.0}, {"minutes": 120.0, "checked": True, "stay_min": 20}, {"minutes": 45.0, "day": DayKind.HOLIDAY, "registered": True}],
    ids=str,
)
def test_sampled_slices_of_the_demo_are_those_of_the_oracle(snapshot, changes):
    world, chance = get_world(snapshot), np.random.default_rng(7)
    question = CoverageQuestion(at=leaving(MONDAY, 130), **changes)
    cells = sorted(chance.choice(len(world.cells), 60, replace=False).tolist())
    oracle, covered = oracle_of(snapshot, cells, question), cover_week(world, question).covered
    for hour in chance.choice(168, 24, replace=False).tolist():
        assert [oracle.is_covered(cell, leaving(MONDAY, hour * 60)) for cell in cells] == covered[hour, cells].tolist(), hour
    answer = ask_coverage(world, question)
    assert answer.distance_kind == "estimate"
    nearest = [next(iter(oracle.travel(cell, question.at)), np.inf) for cell in cells]
    assert answer.cell_travel_min[cells].tolist() == pytest.approx(nearest, rel=1e-5)


def test_the_same_question_has_the_same_answer_in_another_worker(snapshot):
    question = CoverageQuestion(at=leaving(MONDAY, 130), demand="jobs")
    one, other = (ask_coverage(PlanningWorld(snapshot), question) for _ in range(2))
    assert (one.share, one.by_dong, one.by_complex, one.by_job) == (other.share, other.by_dong, other.by_complex, other.by_job)
    assert one.cell_travel_min.tobytes() == other.cell_travel_min.tobytes()


def test_over_streets_who_is_far_from_any_street_is_never_covered(snapshot):
    cells = get_world(snapshot).cells
    shelter = next(record for record in records_of(snapshot) if record["precision"] in ("address", "street"))
    middle = np.asarray(shelter["geometry"]["coordinates"])
    streets = make_lattice(*(middle - 0.01).tolist(), 12, 12, 200.0)
    world = PlanningWorld(snapshot, open_times(streets, cells.point_lonlat))
    answer = ask_coverage(world, CoverageQuestion(at=leaving(MONDAY, 12 * 60), minutes=120.0))
    assert answer.distance_kind == "network"
    away = np.abs(cells.point_lonlat - middle).max(axis=1) > 0.05
    assert np.isinf(answer.cell_travel_min[away]).all()
    assert not answer.cell_covered[away].any()
    assert answer.cell_weight[away].sum() > 0
    assert answer.nominal_share > 0


def test_a_week_later_the_feast_is_over(snapshot):
    question = CoverageQuestion(at=leaving(MONDAY, 0))
    later = CoverageQuestion(at=leaving(MONDAY, 0) + timedelta(days=7))
    world = get_world(snapshot)
    assert (cover_week(world, question).covered.sum(axis=1) != cover_week(world, later).covered.sum(axis=1)).any()

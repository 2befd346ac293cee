"""Every slice against the oracle's plain loops."""

import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planning.oracle import Oracle, leaving
from planning.small_world import CALENDAR, CELL_COUNT, MONDAY, shelter, small_world

from geo_app.planning.coverage import ask_coverage
from geo_app.planning.day_kind import DayKind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.slices import cover_week
from geo_app.travel.speeds import Mode

HOURS = (
    "24/7",
    "Mo-Su 18:00-04:00",
    "Mo-Fr 09:00-18:00; Sa 10:00-15:00",
    "Mo-Su 08:05-23:55",
    "Tu-Su 11:00-14:30,17:00-22:00",
    "Su 22:00-03:00",
    "Mo-Su 00:00-24:00; We off",
)
AS_OF = [{"text": "24/7", "opening_hours": "24/7", "on_holidays": "usual", "as_of": "2026-05-29"}]
DISTINCT_CELLS = 10  # the ways repeat from there on
RICH = [
    shelter(1, "Mo-Su 18:00-04:00"),
    shelter(2, "Mo-Fr 09:00-18:00", on_holidays="closed"),
    shelter(3, "24/7", attributes={"entry": "registration"}),
    shelter(4, "Tu-Su 11:00-14:30,17:00-22:00", on_holidays=None),
    shelter(5, "Mo-Su 08:05-23:55", closures=[{"first": "2026-11-24", "last": "2026-11-24"}]),
    shelter(6, "24/7", attributes={"entry": None}, dated_hours=[{"first": "2026-11-27", "last": "2026-11-27", "times": "13:00-26:00"}]),
    shelter(7, statements=[]),
    shelter(8, statements=AS_OF, provenance={"source": "test"}),  # its hours grow old in the middle of the week, on Thursday
    shelter(9, "24/7", precision="dong"),
    shelter(10, "24/7", status="closed"),
    shelter(
        11,
        statements=[
            {"text": "a", "opening_hours": "Mo-Su 09:00-18:00", "on_holidays": "usual", "source": "a"},
            {"text": "b", "opening_hours": "Mo-Su 07:00-20:00", "on_holidays": "usual", "source": "a", "alert": "cold-wave"},
        ],
    ),
]
ROWS = {
    record["id"]: [[5, 10, 10.01, 0, math.inf, 59.5, 61, 1439.5, 1441, 119][(number * 7 + cell) % 10] for cell in range(CELL_COUNT)]
    for number, record in enumerate(RICH)
}


def ask(**changes):
    return CoverageQuestion(at=leaving(MONDAY, 0), **changes)


def oracle_for(records, rows, question, factor=1.0):
    minutes = {(site_id, cell): float(np.float32(way * factor)) for site_id, row in rows.items() for cell, way in enumerate(row)}
    return Oracle(
        records, minutes, CALENDAR, MONDAY, day=question.day.value, registered=question.registered, checked=question.checked,
        stay_min=question.stay_min, nth=question.nth, limit=question.minutes,
    )  # fmt: skip


def differing(world, records, rows, question):
    """(hour, cell) of the week in which covered cells are not those of the oracle."""
    covered = cover_week(world, question).covered
    oracle = oracle_for(records, rows, question)
    return [
        (hour, cell)
        for hour in range(168)
        for cell in range(DISTINCT_CELLS)
        if oracle.is_covered(cell, leaving(MONDAY, hour * 60)) != covered[hour, cell]
    ]


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    return small_world(tmp_path_factory.mktemp("rich"), RICH, ROWS)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"minutes": 60},
        {"minutes": 120, "nth": 2},
        {"registered": True, "nth": 3, "minutes": 59.5},
        {"checked": True},
        {"checked": True, "registered": True, "stay_min": 45, "minutes": 119},
        {"stay_min": 600, "minutes": 61},
        {"day": "ordinary", "minutes": 60},
        {"day": "holiday", "minutes": 60},
        {"day": "heat-wave"},
        {"day": "cold-wave", "minutes": 62},
        {"minutes": 0.5},
    ],
    ids=str,
)
def test_all_168_slices_are_those_of_the_oracle(rich, changes):
    question = ask(**{**changes, "day": DayKind(changes.get("day", "calendar"))})
    assert differing(rich, RICH, ROWS, question) == []


@pytest.mark.parametrize("minute", [0, 130, 2 * 1440 + 1079, 3 * 1440 + 600, 5 * 1440 + 1081, 6 * 1440 + 1439])
@pytest.mark.parametrize("nth", [1, 2, 9])
@pytest.mark.parametrize("checked", [False, True])
def test_minutes_to_the_nearest_and_nth_usable_place_are_those_of_the_oracle(rich, minute, nth, checked):
    question = CoverageQuestion(at=leaving(MONDAY, minute), nth=nth, checked=checked)
    answer = ask_coverage(rich, question)
    oracle = oracle_for(RICH, ROWS, question)
    ways = [[*oracle.travel(cell, question.at), *[math.inf] * 12] for cell in range(CELL_COUNT)]
    assert answer.cell_travel_min.tolist() == [way[0] for way in ways]
    assert answer.cell_nth_min.tolist() == [way[nth - 1] for way in ways]
    assert answer.cell_covered.tolist() == [way[nth - 1] <= 10 for way in ways]


def test_a_motorbike_is_slower_in_hours_that_have_other_speeds(tmp_path):
    rows = {RICH[0]["id"]: [6.0] * CELL_COUNT}
    world = small_world(tmp_path, [shelter(1)], rows, night=2.0)
    covered = cover_week(world, ask(mode=Mode.MOTORBIKE)).covered.any(axis=1)
    assert [hour for hour in range(24) if not covered[hour]] == [0, 1, 2, 3, 4, 5, 23]


ways = st.one_of(st.floats(0, 130, width=32), st.sampled_from([0.0, 10.0, 60.0, 1440.0, math.inf]))
places = st.tuples(
    st.sampled_from(HOURS), st.sampled_from(["usual", "closed", "sunday", None]), st.sampled_from(["open-door", "card", None]),
    st.sampled_from(["2026-11-20", "2026-05-30", None]), st.lists(ways, min_size=4, max_size=4),
)  # fmt: skip
questions = st.fixed_dictionaries(
    {
        "minutes": st.sampled_from([0.3, 10.0, 14.9, 60.0, 120.0]),
        "nth": st.integers(1, 3),
        "stay_min": st.sampled_from([0, 1, 2, 61, 1440]),
        "registered": st.booleans(),
        "checked": st.booleans(),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places=st.lists(places, min_size=0, max_size=4), asked=questions)
def test_slices_of_any_week_are_those_of_the_oracle(places, asked):
    records, rows = [], {}
    for number, (hours, on_holidays, entry, checked_on, row) in enumerate(places, start=1):
        provenance = {"source": "test", **({"checked_on": checked_on} if checked_on else {})}
        records.append(shelter(number, hours, on_holidays=on_holidays, attributes={"entry": entry}, provenance=provenance))
        rows[records[-1]["id"]] = (row * CELL_COUNT)[:CELL_COUNT]
    with tempfile.TemporaryDirectory() as folder:
        world = small_world(Path(folder), records, rows)
        covered = cover_week(world, ask(**asked)).covered
    oracle = oracle_for(records, rows, ask(**asked))
    for hour in range(168):
        expected = [oracle.is_covered(cell, leaving(MONDAY, hour * 60)) for cell in range(4)]
        assert (expected * CELL_COUNT)[:CELL_COUNT] == covered[hour].tolist(), hour

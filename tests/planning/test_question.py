"""What may be asked."""

from datetime import UTC, date, datetime

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import BadArgument, UnknownLayer
from geo_app.planning.question import CoverageQuestion

AT = datetime(2026, 11, 24, 2, 10, 59, tzinfo=SEOUL)


def test_a_time_is_kept_in_seoul_in_whole_minutes():
    asked = CoverageQuestion(at=datetime(2026, 11, 23, 17, 10, 59, 7, tzinfo=UTC))
    assert (asked.at.isoformat(), asked.monday, asked.week_min, asked.hour_of_week) == (
        "2026-11-24T02:10:00+09:00", date(2026, 11, 23), 1440 + 130, 26,
    )  # fmt: skip


@pytest.mark.parametrize(("day", "hour"), [(23, 0), (29, 167)])
def test_the_week_runs_from_monday_midnight_to_sunday(day, hour):
    at = datetime(2026, 11, day, 23 if hour else 0, 59, tzinfo=SEOUL)
    assert (CoverageQuestion(at=at).monday, CoverageQuestion(at=at).hour_of_week) == (date(2026, 11, 23), hour)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 120.1}, "minutes"),
        ({"minutes": float("nan")}, "minutes"),
        ({"nth": 0}, "nth"),
        ({"nth": 11}, "nth"),
        ({"stay_min": -1}, "stay_min"),
        ({"stay_min": 1441}, "stay_min"),
        ({"layer": "improved-companies"}, "layer"),
        ({"at": AT.replace(tzinfo=None)}, "at"),
        ({"at": AT.replace(year=1)}, "at"),
        ({"at": AT.replace(year=9999)}, "at"),
    ],
)
def test_what_no_answer_could_be_given_to_is_refused_by_name(changes, name):
    with pytest.raises(BadArgument) as fault:
        CoverageQuestion(**{"at": AT, **changes})
    assert fault.value.values["name"] == name


def test_a_layer_that_does_not_exist_is_named():
    with pytest.raises(UnknownLayer):
        CoverageQuestion(at=AT, layer="cafes")


def test_equal_questions_are_one_key():
    assert {CoverageQuestion(at=AT), CoverageQuestion(at=AT.astimezone(UTC))} == {CoverageQuestion(at=AT.replace(second=0))}

"""Wishes on the desk: one standing for each reporter, place, hour and day; limits; leaving by age, with the marks of each day."""

from collections import Counter
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.desk.report_tidying import cut_log, erase_reporters
from geo_app.desk.reports import Outcome
from geo_app.desk.store import open_desk
from geo_app.desk.wishes import count_wishes, file_wish, tidy_wishes
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import Limit
from geo_app.domain.wish import WISHES_AN_HOUR, WISHES_KEPT, DayBand, WishTime, parse_wish_time, told_count, wish_time_of

AT = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)
TODAY = date(2026, 11, 21)
NIGHT = WishTime(DayBand.WEEKDAY, 2)
PLACE = "dg-000003"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.sqlite"


@pytest.fixture
def desk(path):
    with closing(open_desk(path)) as opened:
        yield opened


def wish(desk, tag="a", *, place=PLACE, time=NIGHT, at=AT, day=TODAY):
    return file_wish(desk, place, time, at=at, tag=tag, day=day)


def test_the_same_wish_of_the_same_day_stands_once(desk):
    outcomes = [wish(desk).outcome, wish(desk).outcome, wish(desk, "b").outcome]
    assert outcomes == [Outcome.ADDED, Outcome.REPLACED, Outcome.ADDED]
    assert list(count_wishes(desk)) == [(PLACE, NIGHT, 2)]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from(["dg-1", "dg-2"]), st.sampled_from(DayBand), st.integers(0, 1), st.integers(0, 1)),
        max_size=12,
    )
)
def test_counts_are_those_of_distinct_wishes(tmp_path_factory, pressed):
    with closing(open_desk(tmp_path_factory.mktemp("d") / "desk.sqlite")) as desk:
        for tag, place, days, hour, later in pressed:
            day = TODAY + timedelta(days=later)
            wish(desk, tag, place=place, time=WishTime(days, hour), day=day, at=AT + timedelta(days=later))
        expected = Counter((place, WishTime(days, hour)) for _, place, days, hour, _ in set(pressed))
        assert {(place, time): count for place, time, count in count_wishes(desk)} == expected


@pytest.mark.parametrize("limit", list(WISHES_AN_HOUR))
def test_a_limit_is_told_with_the_wait_and_ends_by_itself(desk, limit, monkeypatch):
    monkeypatch.setattr("geo_app.desk.wishes.WISHES_AN_HOUR", {limit: 2})
    for number in range(2):
        tag = "a" if limit is Limit.REPORTER else str(number)
        wish(desk, tag, time=WishTime(DayBand.SUNDAY, number), at=AT + timedelta(minutes=number))
    full = wish(desk, "a", time=WishTime(DayBand.SUNDAY, 9), at=AT + timedelta(minutes=10))
    assert (full.outcome, full.limit, full.retry_after_s) == (Outcome.LIMITED, limit, 50 * 60)
    assert wish(desk, "a", time=WishTime(DayBand.SUNDAY, 9), at=AT + timedelta(minutes=60)).outcome is Outcome.ADDED


def test_wishes_leave_by_age_and_marks_with_their_day(desk):
    wish(desk, "old", day=TODAY - WISHES_KEPT, at=AT - WISHES_KEPT)
    wish(desk, "new", place="dg-000004", day=TODAY - WISHES_KEPT + timedelta(days=1))
    wish(desk, "today")
    assert tidy_wishes(desk, at=AT, day=TODAY)
    assert list(count_wishes(desk)) == [(PLACE, NIGHT, 1), ("dg-000004", NIGHT, 1)]
    with desk.lend() as connection:
        assert [row[0] for row in connection.execute("SELECT tag FROM wishes ORDER BY id")] == [None, "today"]
    assert tidy_wishes(desk, at=AT + timedelta(hours=2), day=TODAY)  # the tap of the day is an hour old
    assert not tidy_wishes(desk, at=AT + timedelta(hours=2), day=TODAY)


def test_no_mark_is_left_in_the_file_or_in_a_copy_of_it(desk, path, tmp_path):
    wish(desk, "mark-of-a-reporter")
    copy = tmp_path / "copy.sqlite"
    desk.backup(copy)
    erase_reporters(copy)
    assert b"mark-of-a-reporter" not in copy.read_bytes()
    tidy_wishes(desk, at=AT + timedelta(days=1), day=TODAY + timedelta(days=1))
    assert cut_log(desk)
    assert not any(b"mark-of-a-reporter" in found.read_bytes() for found in path.parent.glob("desk.sqlite*"))
    assert list(count_wishes(desk)) == [(PLACE, NIGHT, 1)]


def test_the_hour_of_a_wish_is_seouls():
    assert wish_time_of(datetime(2026, 11, 22, 23, 59, tzinfo=SEOUL)) == WishTime(DayBand.SUNDAY, 23)
    assert wish_time_of(datetime.fromisoformat("2026-11-22T15:00:00+00:00")) == WishTime(DayBand.WEEKDAY, 0)


@given(st.sampled_from(DayBand), st.integers(0, 23))
def test_a_time_is_read_as_it_is_written(days, hour):
    assert parse_wish_time(str(WishTime(days, hour))) == WishTime(days, hour)


@pytest.mark.parametrize("text", ["", "now", "weekday", "weekday-24", "weekday-2", "weekday-٠٢", "monday-02", "weekday-02-03"])
def test_another_text_is_no_time(text):
    assert parse_wish_time(text) is None


def test_small_numbers_are_not_told():
    assert [told_count(count) for count in (1, 2, 3, 4)] == [None, None, 3, 4]

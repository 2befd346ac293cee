"""How single parameters of a question about features are read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.web.ogc.readers import MAX_LIMIT, boxed, corners, count, order_by, some_of, times
from geo_app.web.ogc.systems import CRS84, system_of
from geo_app.web.parameters import Unreadable

LAT_LON = system_of("http://www.opengis.net/def/crs/EPSG/0/4326")
METRES = system_of("http://www.opengis.net/def/crs/EPSG/0/5186")


def test_a_box_of_six_numbers_loses_its_heights():
    assert corners("126.7,35.1,-5,126.9,35.2,900") == corners("126.7,35.1,126.9,35.2") == (126.7, 35.1, 126.9, 35.2)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "1,2,3,4,5", "1,2,3,x", "1,2,3,nan", "1,2,3,inf", "1,2,3,4e300", "1,,3,4", "1 ,2,3,4", "1,2,9,3,4,8"]
)
def test_what_is_no_box_is_refused(text):
    with pytest.raises(Unreadable):
        corners(text)


def test_a_box_comes_with_longitude_first_whatever_the_order_of_axes():
    assert boxed((35.1, 126.7, 35.2, 126.9), LAT_LON) == (126.7, 35.1, 126.9, 35.2) == boxed((126.7, 35.1, 126.9, 35.2), CRS84)


def test_only_degrees_may_run_over_the_dateline():
    assert boxed((170, -10, -170, 10), CRS84) == (170, -10, -170, 10)
    assert boxed((-10, 170, 10, -170), LAT_LON) == (170, -10, -170, 10)
    with pytest.raises(Unreadable):
        boxed((0, 300_000, 10, 100_000), METRES)


@pytest.mark.parametrize(
    ("numbers", "system"), [((1, 5, 2, 4), CRS84), ((-181, 0, 0, 1), CRS84), ((0, 0, 1, 91), CRS84), ((-91, 0, 0, 1), LAT_LON)]
)
def test_a_box_off_the_globe_or_upside_down_is_refused(numbers, system):
    with pytest.raises(Unreadable):
        boxed(numbers, system)


def test_times_are_days_instants_and_intervals_with_one_open_end():
    assert times("2026-01-13") == (date(2026, 1, 13), date(2026, 1, 13))
    assert times("2026-01-13T02:10:00Z") == (datetime(2026, 1, 13, 2, 10, tzinfo=UTC),) * 2
    assert times("2026-01-01/..") == (date(2026, 1, 1), None) == times("2026-01-01/")
    assert times("../2026-01-01") == (None, date(2026, 1, 1)) == times("/2026-01-01")
    assert times("2026-01-13/2026-01-13T02:00:00+09:00")[1].utcoffset() == timedelta(hours=9)


def test_a_plus_that_arrived_as_a_space_is_a_plus():
    assert times("2026-01-13T02:10:00 09:00") == times("2026-01-13T02:10:00+09:00")


@pytest.mark.parametrize(
    "text",
    ["", "..", "../..", "/", "now", "2026", "2026-13-01", "2026-02-30", "2026-01-13T02:10", "2026-01-13T02:10:00", "2026-01-13T25:00:00Z",
     "2026-01-02/2026-01-01", "2026-01-01/2026-01-02/2026-01-03", "2026-01-02T00:00:01Z/2026-01-02T00:00:00Z", "٢٠٢٦-01-13", "2026-W03-2"],
)  # fmt: skip
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Unreadable):
        times(text)


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text):
    for read in (corners, times, count, order_by(["a", "b"]), some_of(["a", "b"])):
        try:
            read(text)
        except Unreadable:
            continue


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_as_it_was_written(at):
    assert times(at.isoformat(timespec="microseconds").replace("+00:00", "z"))[0] == at


def test_more_than_the_maximum_means_the_maximum():
    assert count("7") == 7
    assert count("99999999") == count("9" * 40) == count("9" * 9_000) == MAX_LIMIT
    assert count("0" * 40 + "7") == 7


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "ten", "", "+5", "1_0", "٣", "0" * 40, "9" * 40 + "x"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(Unreadable):
        count(text)


def test_an_order_names_fields_and_their_direction():
    read = order_by(("name", "seats"))
    assert read("seats,-name") == (("seats", False), ("name", True))
    assert read("+seats") == read(" seats") == (("seats", False),)


@pytest.mark.parametrize("text", ["", "-", "kind", "name,name", "name,-name", "--name", "+-name", "name,", "name seats"])
def test_an_order_by_what_cannot_be_sorted_is_refused(text):
    with pytest.raises(Unreadable):
        order_by(("name", "seats"))(text)


def test_some_of_the_properties_are_named_once_each():
    assert some_of(("name", "kind", "seats"))("seats,name") == {"name", "seats"}
    for text in ("", "name,name", "nose"):
        with pytest.raises(Unreadable):
            some_of(("name", "kind"))(text)

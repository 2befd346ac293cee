"""The calendar of opening hours, read back by the library and compared minute by minute with the engine."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar as ICalendar

from geo_app.domain.calendar import SEOUL, Calendar, Holiday
from geo_app.domain.hours import State, list_intervals
from geo_app.domain.site import Closure, DatedHours, HoursStatement
from geo_app.exports.ics import CALENDAR_DAYS, DoorHours, hours_calendar
from geo_app.wording.catalogue import get_words

URL = "https://www.gwangsan.go.kr/shelter/sites/shelters/sh-000001"
MADE_AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIRST = date(2026, 12, 1)
HOLIDAYS = Calendar(
    (Holiday(date(2026, 12, 25), "기독탄신일"), Holiday(date(2027, 1, 1), "신정")), date(2026, 1, 1), date(2027, 12, 31)
)  # fmt: skip
MINUTE = timedelta(minutes=1)


def feature(**properties):
    told = {"name": "하남 별빛카페", "status": "confirmed", "precision": "address", "address": "광산구 하남대로 100", **properties}
    return {"type": "Feature", "id": "sh-000001", "geometry": {"type": "Point", "coordinates": [126.8, 35.15]}, "properties": told}


def door(*statements, closures=(), dated_hours=()):
    return DoorHours(tuple(statements), tuple(closures), tuple(dated_hours), HOLIDAYS)


def statement(text, on_holidays="closed"):
    return HoursStatement(text, text, on_holidays)


def write(hours, *, first_day=FIRST, lang="ko", **properties):
    return hours_calendar(
        feature(**properties), hours, first_day=first_day, page_url=URL, made_at=MADE_AT, words=get_words(lang)
    )  # fmt: skip


def events(data):
    return list(ICalendar.from_ical(data).walk("VEVENT"))


def bounds(event):
    start, end = event.decoded("dtstart"), event.decoded("dtend")
    if not isinstance(start, datetime):
        start, end = (datetime(day.year, day.month, day.day, tzinfo=SEOUL) for day in (start, end))
    return start, end


def minutes_of(data, status, *, first_day=FIRST, day_count=CALENDAR_DAYS):
    begin = datetime(first_day.year, first_day.month, first_day.day, tzinfo=SEOUL)
    found = set()
    for event in events(data):
        if event["status"] == status:
            start, end = bounds(event)
            found |= set(range(max(0, (start - begin) // MINUTE), min(day_count * 1440, (end - begin) // MINUTE)))
    return found


def judged(hours, state, *, first_day=FIRST, day_count=CALENDAR_DAYS):
    begin = datetime(first_day.year, first_day.month, first_day.day, tzinfo=SEOUL)
    found = set()
    for item in list_intervals(
        hours.statements,
        closures=hours.closures,
        dated_hours=hours.dated_hours,
        calendar=HOLIDAYS,
        first_day=first_day,
        day_count=day_count,
    ):
        if item.state is state:
            found |= set(range((item.start - begin) // MINUTE, (item.end - begin) // MINUTE))
    return found


CASES = {
    "weekdays": door(statement("Mo-Fr 09:00-18:00; Sa 10:00-14:00")),
    "past midnight": door(statement("Mo-Su 18:00-04:00")),
    "always": door(statement("24/7", "usual")),
    "two sittings": door(statement("Mo-Su 08:00-14:00,15:00-24:00", "sunday")),
    "holidays not told": door(statement("Mo-Su 18:00-04:00", None)),
    "second Sunday": door(statement("Mo-Su 09:00-21:00; Su[2,4] off", "usual")),
    "full turns": door(statement("Mo,We 09:00-33:00")),
    "sources differ": door(statement("24/7", "usual"), statement("Mo-Su 16:00-06:00", "usual")),
    "closure": door(statement("24/7"), closures=[Closure(date(2026, 12, 10), date(2026, 12, 12), "수리")]),
    "dated hours": door(statement("Mo-Fr 09:00-18:00"), dated_hours=[DatedHours(date(2026, 12, 24), date(2026, 12, 25), "10:00-15:00")]),
    "nobody said": door(),
    "not understood": door(HoursStatement("사장님 마음대로")),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("first_day", [FIRST, date(2026, 12, 25), date(2026, 12, 26)])
def test_every_minute_comes_back_as_the_engine_judged_it(name, first_day):
    data = write(CASES[name], first_day=first_day)
    assert minutes_of(data, "CONFIRMED", first_day=first_day) == judged(CASES[name], State.OPEN, first_day=first_day)
    assert minutes_of(data, "TENTATIVE", first_day=first_day) == judged(CASES[name], State.UNKNOWN, first_day=first_day)


@pytest.mark.parametrize("name", CASES)
def test_ids_are_unique_and_a_shift_keeps_its_own_from_day_to_day(name):
    today, tomorrow = (
        {event["uid"]: bounds(event) for event in events(write(CASES[name], first_day=day)) if event["status"] == "CONFIRMED"}
        for day in (FIRST, FIRST + timedelta(days=1))
    )
    assert len(today) == len([event for event in events(write(CASES[name])) if event["status"] == "CONFIRMED"])
    shared = today.keys() & tomorrow.keys()
    assert {uid: today[uid] for uid in shared} == {uid: tomorrow[uid] for uid in shared}
    assert len(today) - len(shared) <= 2  # the shifts of the day gone by
    ids_of_today = {told: uid for uid, told in today.items()}
    assert all(ids_of_today.get(told, uid) == uid for uid, told in tomorrow.items())
    assert all(uid.endswith("@www.gwangsan.go.kr") for uid in today)


def test_no_event_of_an_open_door_is_longer_than_a_day():
    spans = [end - start for start, end in map(bounds, events(write(CASES["always"])))]
    assert max(spans) <= timedelta(days=1)
    assert len(spans) == CALENDAR_DAYS


def test_the_shift_that_began_on_the_eve_is_there_whole():
    first = min(map(bounds, events(write(CASES["past midnight"]))))
    assert first == (datetime(2026, 11, 30, 18, tzinfo=SEOUL), datetime(2026, 12, 1, 4, tzinfo=SEOUL))


def test_unknown_hours_are_one_tentative_event_over_all_days():
    (event,) = events(write(CASES["nobody said"]))
    assert (event["status"], event["transp"], event["summary"]) == ("TENTATIVE", "TRANSPARENT", "영업시간 미확인 · 하남 별빛카페")
    assert event.decoded("dtstart") == FIRST
    assert event.decoded("dtend") == FIRST + timedelta(days=CALENDAR_DAYS)


def test_an_event_tells_what_where_and_the_page():
    event = events(write(CASES["weekdays"], entry="ask-staff", entry_note="2층, 계단; 오른쪽\\문\n초인종"))[0]
    assert event["summary"] == "열림 · 하남 별빛카페"
    assert (event["location"], event["url"]) == ("광산구 하남대로 100", URL)
    assert event["description"] == f"점원에게 말씀하세요 · 안 사도 돼요\n2층, 계단; 오른쪽\\문 초인종\n{URL}"
    assert (event["geo"].latitude, event["geo"].longitude) == (35.15, 126.8)
    assert event.decoded("dtstamp") == MADE_AT


def test_hours_in_doubt_are_tentative_named_so_and_say_why():
    why = "영업시간 확인 2026-04-01"
    hours = replace(CASES["weekdays"], doubt=why)
    told, plain = events(write(hours)), events(write(CASES["weekdays"]))
    assert {event["status"] for event in told} == {"TENTATIVE"}
    assert {event["summary"] for event in told} == {"열려 있을 수 있음 · 하남 별빛카페"}
    assert all(event["description"].split("\n")[0] == why for event in told)
    assert [(event["uid"], bounds(event)) for event in told] == [(event["uid"], bounds(event)) for event in plain]


def test_a_subscriber_is_told_to_ask_again_each_day():
    data = write(CASES["weekdays"])
    assert b"\r\nX-PUBLISHED-TTL:P1D\r\n" in data
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:P1D\r\n" in data


def test_a_place_known_only_to_its_dong_has_no_point():
    assert "geo" not in events(write(CASES["weekdays"], precision="dong"))[0]


def test_a_sample_says_in_each_event_that_it_does_not_exist():
    told = events(write(CASES["weekdays"], status="sample", name="예시 카페"))
    assert told
    assert all(event["description"].startswith("예시: 실제로 없는 곳입니다") for event in told)


def test_a_name_cannot_break_out_of_its_line():
    data = write(CASES["weekdays"], name="카페\r\nEND:VEVENT\r\nBEGIN:VALARM;,\\\x00\x1b", entry_note="\u0085\x0b")
    names = {event["summary"] for event in events(data)}
    assert names == {"열림 · 카페 END:VEVENT BEGIN:VALARM;,\\"}
    assert not ICalendar.from_ical(data).walk("VALARM")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_times_stand_in_seoul_whose_zone_the_file_explains():
    data = write(CASES["weekdays"])
    (zone,) = ICalendar.from_ical(data).walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Seoul"
    assert b"DTSTART;TZID=Asia/Seoul:20261201T090000" in data
    assert datetime(2026, 12, 1, 9, tzinfo=zone.to_tz()).utcoffset() == timedelta(hours=9)


def test_the_same_inputs_are_the_same_bytes():
    assert write(CASES["past midnight"]) == write(CASES["past midnight"])
    assert write(CASES["past midnight"], lang="en") != write(CASES["past midnight"])

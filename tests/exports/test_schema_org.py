"""schema.org hours, read back by a small reader of the vocabulary and compared minute by minute."""

import json
from datetime import date, timedelta

import pytest

from geo_app.domain.calendar import Calendar, Holiday
from geo_app.domain.hours import State, build_timeline, list_exceptions
from geo_app.domain.site import Closure, HoursStatement
from geo_app.exports.schema_org import WEEKDAYS, find_agreed_week, json_ld_script, site_json_ld

URL = "https://www.gwangsan.go.kr/shelter/sites/shelters/sh-000001"
FIRST = date(2026, 12, 21)  # a Monday; 25 December is a Friday
DAYS = 14
HOLIDAYS = Calendar(
    (Holiday(date(2026, 12, 25), "기독탄신일"), Holiday(date(2027, 1, 1), "신정")), date(2026, 1, 1), date(2027, 12, 31)
)  # fmt: skip


def feature(**properties):
    told = {"name": "하남 별빛카페", "kind": "cafe", "status": "confirmed", "precision": "address", "address": "하남대로 100", **properties}
    return {"type": "Feature", "id": "sh-000001", "geometry": {"type": "Point", "coordinates": [126.8, 35.15]}, "properties": told}


def document(*statements, closures=(), **properties):
    return site_json_ld(
        feature(**properties),
        page_url=URL,
        week=find_agreed_week(statements, day=FIRST),
        exceptions=list_exceptions(statements, closures=closures, calendar=HOLIDAYS, first_day=FIRST, day_count=DAYS),
        first_day=FIRST,
    )


def said(text, on_holidays="closed"):
    return HoursStatement(text, text, on_holidays)


def minute(text):
    hour, rest = text.split(":")
    return int(hour) * 60 + int(rest)


def opened(told):
    """Minutes after the first day that a reader of the document takes for open, shift by shift; None where it tells no hours."""
    if "openingHoursSpecification" not in told:
        return None
    found = set()
    special = told.get("specialOpeningHoursSpecification", [])
    for offset in range(DAYS):
        day = (FIRST + timedelta(days=offset)).isoformat()
        name = f"https://schema.org/{WEEKDAYS[(FIRST + timedelta(days=offset)).weekday()]}"
        held = [item for item in special if item["validFrom"] <= day <= item["validThrough"]] or [
            item
            for item in told["openingHoursSpecification"]
            if name in item["dayOfWeek"] and item.get("validFrom", day) <= day <= item.get("validThrough", day)
        ]
        for item in held:
            opens, closes = minute(item["opens"]), minute(item["closes"])
            if opens != closes:
                found |= set(range(offset * 1440 + opens, offset * 1440 + closes + (1440 if closes < opens else 0)))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
        "Mo-Su 18:00-04:00",
        "Mo-Su 08:00-14:00,15:00-24:00",
        "Tu-Su 22:00-06:00; Su[4] off",
        "Mo-Th 00:00-06:00",
    ],
)
@pytest.mark.parametrize("on_holidays", ["closed", "usual", "sunday", "closed-seollal-chuseok", "hours:10:00-16:00"])
def test_a_reader_of_the_document_sees_the_hours_of_the_engine(text, on_holidays):
    statement = said(text, on_holidays)
    closures = [Closure(date(2026, 12, 29), date(2026, 12, 30))]
    timeline = build_timeline([statement], closures=closures, calendar=HOLIDAYS, first_day=FIRST, day_count=DAYS)
    read = opened(document(statement, closures=closures))
    expected = {step for step in range(DAYS * 1440) if timeline.state_at(step) is State.OPEN}
    tail = {step for step in expected if step < 12 * 60}  # what the eve of the first day left open is nobody's day of these
    assert {step for step in read if step < DAYS * 1440} - tail == expected - tail


@pytest.mark.parametrize(("text", "short_min"), [("24/7", 1), ("Mo-Su 09:00-33:00", 1)])
def test_a_full_turn_is_told_a_minute_short_and_never_as_closed(text, short_min):
    read = opened(document(said(text, "usual")))
    whole = set(range(1440, DAYS * 1440))
    assert len(whole - read) == short_min * (DAYS - 1)


def test_closed_days_are_said_to_be_closed():
    told = document(said("Mo-Fr 09:00-18:00"))
    shut = [item for item in told["openingHoursSpecification"] if item["opens"] == item["closes"] == "00:00"]
    assert [item["dayOfWeek"] for item in shut] == [["https://schema.org/Saturday", "https://schema.org/Sunday"]]
    assert {item["validFrom"] for item in told["specialOpeningHoursSpecification"]} == {"2026-12-25", "2027-01-01"}


@pytest.mark.parametrize("statements", [(), (HoursStatement("사장님 마음대로"),), (said("24/7"), said("Mo-Su 16:00-06:00"))])
def test_unknown_hours_are_absent(statements):
    told = document(*statements)
    assert opened(told) is None
    assert "specialOpeningHoursSpecification" not in told
    assert told["name"] == "하남 별빛카페"


def test_hours_are_told_only_up_to_a_day_that_is_not_known():
    told = document(said("Mo-Su 10:00-22:00", None))  # nobody said what holds on Christmas day
    assert {item["validThrough"] for item in told["openingHoursSpecification"]} == {"2026-12-24"}
    assert max(opened(told)) < 4 * 1440


def test_no_hours_are_told_when_today_itself_is_not_known():
    statements = (said("Mo-Su 10:00-22:00", None),)
    today = date(2026, 12, 25)
    told = site_json_ld(
        feature(),
        page_url=URL,
        week=find_agreed_week(statements, day=today),
        exceptions=list_exceptions(statements, calendar=HOLIDAYS, first_day=today, day_count=DAYS),
        first_day=today,
    )
    assert opened(told) is None


@pytest.mark.parametrize("status", ["sample", "closed", "planned"])
def test_a_place_that_is_not_there_is_never_told(status):
    assert document(said("24/7", "usual"), status=status) is None


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("cafe", "CafeOrCoffeeShop"), ("convenience_store", "ConvenienceStore"), ("public", "CivicStructure"), ("other", "CivicStructure")],
)
def test_the_type_follows_the_kind(kind, expected):
    assert document(said("24/7"), kind=kind)["@type"] == expected


def test_a_rough_place_has_no_point_and_an_unknown_one_no_address():
    told = document(said("24/7"), precision="dong", address=None)
    assert "geo" not in told
    assert "address" not in told
    assert document(said("24/7"))["geo"] == {"@type": "GeoCoordinates", "latitude": 35.15, "longitude": 126.8}


def test_a_name_cannot_end_the_script_it_stands_in():
    hostile = "</script><script>alert(1)</script><!-- \u2028 & 카페"
    script = json_ld_script(document(said("24/7"), name=hostile))
    assert not set("<>&\u2028") & set(script)
    assert json.loads(script)["name"] == hostile

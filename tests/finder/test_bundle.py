"""The bundle: small enough for a basement, the same facts as the snapshot, nothing that is not public."""

import gzip
import json
from datetime import date, datetime, timedelta

import orjson
import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import State
from geo_app.domain.report import ReportSummary
from geo_app.finder.bundle import LETTERS, build_bundle
from geo_app.finder.bundle_scene import read_bundle
from geo_app.finder.standing import DAY_COUNT

MAX_GZIP_BYTES = 30 * 1024
RULES = ("24/7", "Mo-Su 10:00-02:00", "Mo-Fr 07:30-20:00; Sa 09:00-18:00", "Mo-Su 08:00-14:00,15:00-22:00", "Mo-Su 18:00-04:00", None)
AMENITIES = ["toilet", "charging", "water", "heating", "cooling", "seats"]


@pytest.fixture
def sixty(make_snapshot, record):
    """Sixty shelters that all differ: no two have the same hours but for their rule."""

    def one(number):
        rule = RULES[number % len(RULES)]
        spread = f"Mo-Su {6 + number % 5:02}:{number % 60:02}-{19 + number % 4:02}:30" if number % 2 else rule
        hours = [{"text": f"{number}", "opening_hours": spread, "on_holidays": "closed"}]
        attributes = {
            "amenities": AMENITIES[number % 4 :],
            "entry_note": f"{number}층 문을 두드려 주세요",
            "phone": f"062-951-{1000 + number}",
        }
        address = f"광주광역시 광산구 하남대로 {number}번길 {number * 7 % 90} (하남동)"
        name = f"동네 카페 {number * 137 % 997}호점"
        return record(
            number, 126.75 + number / 937, 35.13 + number / 1213, name=name, hours=hours, attributes=attributes,
            address=address,
        )  # fmt: skip

    return make_snapshot(shelters=[one(number) for number in range(60)])


def test_sixty_shelters_fit_into_thirty_kilobytes(sixty, at):
    bundle = build_bundle(sixty, at, {})
    assert len(bundle["sites"]) == 60
    assert len(bundle["schedules"]) > 20
    assert len(gzip.compress(orjson.dumps(bundle), 5)) <= MAX_GZIP_BYTES


def test_schedules_cover_the_days_and_say_what_the_engine_says(sixty, at):
    bundle = build_bundle(sixty, at, {})
    layer, states = sixty.layers["shelters"], {letter: state for state, letter in LETTERS.items()}
    for site in bundle["sites"]:
        letters, starts = bundle["schedules"][site["schedule"]]
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        assert starts[-1] < DAY_COUNT * 1440
        assert len(letters) == len(starts)
        for letter, start in zip(letters, starts, strict=True):
            moment = datetime(2026, 11, 21, tzinfo=SEOUL) + timedelta(minutes=start)
            assert layer.opening.answer(layer.find_position(site["id"]), moment, sixty.calendar).state is states[letter]


def test_the_bundle_has_the_stated_form(demo, at):
    bundle = build_bundle(
        demo, at, {"sh-000010": ReportSummary(2, at, at - timedelta(days=1), at - timedelta(days=2)), "sh-000011": ReportSummary()}
    )
    assert set(bundle) == {
        "format", "revision", "made_at", "first_day", "day_count", "speeds_kmh", "detour", "reach_min", "stale_days", "far_limit",
        "schedules", "sites", "unplaced", "warm", "places", "outline", "holidays", "emergency", "samples",
    }  # fmt: skip
    assert (bundle["format"], bundle["first_day"], bundle["day_count"], bundle["made_at"]) == (
        1,
        "2026-11-21",
        16,
        "2026-11-21T12:00:00+09:00",
    )
    assert (bundle["unplaced"], bundle["samples"]) == (4, 46)
    assert [row["number"] for row in bundle["emergency"]] == ["119", "112", "1345", "1577-1366"]
    assert all(set(row["name"]) == {"ko", "en", "vi", "zh", "ru", "uz"} for row in bundle["emergency"])
    sites = {row["id"]: row for row in bundle["sites"]}
    assert sites["sh-000010"]["reports"] == {
        "closed": 2,
        "closed_at": "2026-11-21T12:00+09:00",
        "opened_at": "2026-11-20T12:00+09:00",
        "checked_at": "2026-11-19T12:00+09:00",
    }
    assert "reports" not in sites["sh-000011"]
    known = {
        "id", "name", "latin", "kind", "lon", "lat", "radius_m", "area", "area_latin", "dong", "address", "entry", "entry_note",
        "amenities", "schedule", "checked_on", "phone", "is_sample", "is_neighbour", "reports",
    }  # fmt: skip
    for row in bundle["sites"]:
        assert set(row) <= known
        assert not [name for name, value in row.items() if value in (None, "", []) or value is False]
    assert json.loads(json.dumps(bundle, allow_nan=False)) == bundle


def test_a_rough_and_an_unplaced_shelter_are_told_as_such(demo, at):
    sites = {row["name"]: row for row in build_bundle(demo, at, {})["sites"]}
    rough = sites["이동노동자 쉼터 쉬소"]
    assert (rough["area"], rough["area_latin"]) == ("월계동", "Wolgye-dong")
    assert sites["이동노동자 쉼터 쉬소"]["radius_m"] > 500
    assert "벌크커피 하남공단점" not in sites


def test_holidays_of_the_days_are_told(demo):
    bundle = build_bundle(demo, datetime(2027, 2, 1, 9, 0, tzinfo=SEOUL), {})
    days = [date.fromisoformat(row["day"]) for row in bundle["holidays"]]
    assert days
    assert all(date(2027, 2, 1) <= day < date(2027, 2, 1) + timedelta(days=DAY_COUNT) for day in days)
    assert "설날" in {row["name"] for row in bundle["holidays"]}


def test_only_warm_rooms_that_open_in_these_days_travel_along(make_snapshot, record, at):
    def facility(number, kind, rule):
        hours = [{"text": "", "opening_hours": rule, "on_holidays": "usual"}] if rule else []
        return {**record(number), "layer": "public-facilities", "id": f"pf-{number:06d}", "kind": kind, "hours": hours}

    rows = [
        facility(1, "toilet", "24/7"),
        facility(2, "laundry", "24/7"),
        facility(3, "other", None),
        facility(4, "other", "Jul 10:00-12:00"),
    ]
    bundle = build_bundle(make_snapshot(public_facilities=rows), at, {})
    assert [row["id"] for row in bundle["warm"]] == ["pf-000002"]


def test_a_bundle_read_back_is_the_scene_it_was_made_of(sixty, at):
    reports = {"sh-000003": ReportSummary(1, at, None)}
    scene = read_bundle(orjson.loads(orjson.dumps(build_bundle(sixty, at, reports))))
    assert scene.reports == reports
    assert scene.window.first_day == date(2026, 11, 21)
    assert [timeline.states[0] for timeline in scene.shelter_timelines[:1]] == [State.OPEN]
    assert len(scene.dongs) == 21
    assert [candidate.id for candidate in scene.shelters.candidates] == sixty.layers["shelters"].ids

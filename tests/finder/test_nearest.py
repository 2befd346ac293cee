"""Nearest, filtered and ranked, against an enumeration of the whole layer; what is told of a place against the finder's own answer."""

import math
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import State
from geo_app.domain.report import ReportSummary
from geo_app.finder.lineup import shelter_lineup
from geo_app.finder.nearest import NearestQuestion, Order, find_nearest, nearby_properties
from geo_app.finder.ranked import FinderQuestion
from geo_app.finder.standing import Standing, rank_shelters
from geo_app.travel.speeds import Mode, estimated_travel_min

GEOD = Geod(ellps="GRS80")
LONS, LATS = st.floats(126.6, 126.9), st.floats(35.05, 35.28)
TIMES = st.integers(0, 60 * 24 * 14).map(lambda minutes: datetime(2026, 11, 21, tzinfo=SEOUL) + timedelta(minutes=minutes))


def enumerate_all(snapshot, question):
    layer = snapshot.layers[question.layer]
    candidates = {candidate.position: candidate for candidate in shelter_lineup(snapshot).candidates}
    rows = []
    for position in range(len(layer)):
        feature = layer.feature(position)
        if feature["geometry"] is None:
            continue
        metres = GEOD.inv(question.lon, question.lat, *feature["geometry"]["coordinates"])[2]
        travel_min = estimated_travel_min(metres + candidates[position].extent.radius_m, question.mode)
        arrives_at = question.at + timedelta(minutes=math.ceil(travel_min))
        answer = layer.opening.answer(position, arrives_at, snapshot.calendar)
        rows.append((metres, feature["id"], position, answer, arrives_at, feature["properties"]))
    return sorted(rows, key=lambda row: row[:2])


def seems_doubtful(properties, at):
    days = [properties.get("checked_on"), *(item.get("as_of") for item in properties.get("hours", ()))]
    newest = max(filter(None, days), default=None)
    return newest is None or at.date() - date.fromisoformat(newest) > timedelta(days=180) or "entry" not in properties


@settings(max_examples=80, deadline=None)
@given(lon=LONS, lat=LATS, at=TIMES, limit=st.integers(1, 60), within_m=st.none() | st.floats(0, 20_000), mode=st.sampled_from(list(Mode)))
def test_plain_nearness_is_the_enumeration(demo_workspace, lon, lat, at, limit, within_m, mode):
    snapshot = demo_workspace.keeper.current
    question = NearestQuestion(lon, lat, at, limit=limit, within_m=within_m, mode=mode)
    expected = [row[2] for row in enumerate_all(snapshot, question) if within_m is None or row[0] <= within_m][:limit]
    assert [item.position for item in find_nearest(snapshot, question, {})] == expected


@settings(max_examples=80, deadline=None)
@given(
    lon=LONS, lat=LATS, at=TIMES, limit=st.integers(1, 12), only_open=st.booleans(), stay_min=st.sampled_from([0, 20, 300]),
    amenities=st.lists(st.sampled_from(["toilet", "charging", "water"]), unique=True, max_size=2), order=st.sampled_from(list(Order)),
)  # fmt: skip
def test_filters_and_ranking_are_the_enumeration(demo_workspace, lon, lat, at, limit, only_open, stay_min, amenities, order):
    snapshot = demo_workspace.keeper.current
    question = NearestQuestion(lon, lat, at, limit=limit, only_open=only_open, stay_min=stay_min, amenities=tuple(amenities), order=order)
    rows = [row for row in enumerate_all(snapshot, question) if set(amenities) <= set(row[5].get("amenities", ()))]
    if only_open or stay_min:
        rows = [row for row in rows if row[3].state is State.OPEN]
        rows = [row for row in rows if row[3].until is None or (row[3].until - row[4]).total_seconds() // 60 >= stay_min]
    if order is Order.ARRIVAL:
        rank = {State.OPEN: 0, State.UNKNOWN: 2, State.CLOSED: 3}
        rows.sort(key=lambda row: (rank[row[3].state] + (row[3].state is State.OPEN and seems_doubtful(row[5], at)), row[0], row[2]))
    assert [item.position for item in find_nearest(snapshot, question, {})] == [row[2] for row in rows[:limit]]


def test_what_is_told_of_the_door_is_the_engines_answer(demo_workspace):
    snapshot = demo_workspace.keeper.current
    layer = snapshot.layers["shelters"]
    for hours in range(0, 24 * 40, 7):
        at = datetime(2026, 12, 20, tzinfo=SEOUL) + timedelta(hours=hours)
        for item in find_nearest(snapshot, NearestQuestion(126.79, 35.14, at, limit=100), {}):
            assert item.now_answer == layer.opening.answer(item.position, at, snapshot.calendar)
            on_arrival = layer.opening.answer(item.position, item.arrives_at, snapshot.calendar)
            assert item.arrival.state is on_arrival.state
            left = None if on_arrival.state is not State.OPEN or on_arrival.until is None else on_arrival.until - item.arrives_at
            assert item.open_left_min == (None if left is None else left.total_seconds() // 60)


def test_weeks_on_foot_end_at_a_door_nobody_knows(demo_workspace):
    snapshot = demo_workspace.keeper.current
    far = find_nearest(snapshot, NearestQuestion(-70, -33, datetime(2026, 11, 24, 2, tzinfo=SEOUL), limit=1), {})[0]
    assert far.arrival.state is State.UNKNOWN


def ask(snapshot, at, reports, **changes):
    found = find_nearest(snapshot, NearestQuestion(126.7937, 35.1396, at, **{"limit": 100, **changes}), reports)
    return {snapshot.layers["shelters"].ids[item.position]: item for item in found}


@pytest.mark.parametrize("seconds", [0, 59])
def test_the_machine_door_tells_of_a_shelter_what_the_finder_tells(demo, seconds):
    at = datetime(2026, 11, 24, 2, 10, seconds, tzinfo=SEOUL)
    reports = {"sh-000001": ReportSummary(2, at - timedelta(hours=1)), "sh-000009": ReportSummary(last_check_at=at - timedelta(days=1))}
    question = FinderQuestion(126.7937, 35.1396, at, is_registered=True)
    answer = rank_shelters(demo, question, reports)
    told = ask(demo, at, reports)
    assert {item.is_exact for item in (*answer.near, *answer.far, *answer.rough)} == {True, False}
    for item in (*answer.near, *answer.far, *answer.rough):
        own = told[item.id]
        assert (own.arrives_at, own.arrival, own.now, own.open_left_min) == (item.arrives_at, item.arrival, item.now, item.open_left_min)
        assert (own.radius_m, own.travel_min) == (item.candidate.extent.radius_m, pytest.approx(item.travel_min, abs=1e-6))
        assert (own.vouched.checked_on, own.vouched.is_stale) == (item.checked_on, item.is_stale)
        if item.arrival.state is State.OPEN:
            assert own.is_doubtful == (item.standing is Standing.DOUBTFUL)


def test_old_hours_reports_and_a_missing_rule_are_told_of_an_open_door(make_snapshot, record, at):
    snapshot = make_snapshot(
        shelters=[
            record(1),
            record(2, provenance={"source": "test", "checked_on": "2026-03-21"}),
            record(3),
            record(4, attributes={"entry": None}),
            record(5, provenance={"source": "test"}),
            record(6, provenance={"source": "test"}),
        ]
    )
    seen_open = datetime(2026, 11, 20, 23, 0, tzinfo=SEOUL)
    reports = {
        "sh-000003": ReportSummary(2, at),
        "sh-000006": ReportSummary(1, seen_open, last_open_at=seen_open, last_check_at=seen_open),
    }
    told = {site_id: nearby_properties(item) for site_id, item in ask(snapshot, at, reports).items()}
    rows = {site_id: (row["is_doubtful"], row["is_stale"], row["hours_checked_on"], row["closed_reports"]) for site_id, row in told.items()}
    assert rows == {
        "sh-000001": (False, False, "2026-11-20", 0),
        "sh-000002": (True, True, "2026-03-21", 0),
        "sh-000003": (True, False, "2026-11-20", 2),
        "sh-000004": (True, False, "2026-11-20", 0),
        "sh-000005": (True, True, None, 0),
        "sh-000006": (False, False, "2026-11-20", 1),
    }
    assert {row["is_open"] for row in told.values()} == {True}


def test_by_arrival_a_doubtful_door_stands_behind_a_certain_one_that_is_farther(make_snapshot, record, at):
    old = {"source": "test", "checked_on": "2026-03-21"}
    snapshot = make_snapshot(shelters=[record(1, provenance=old), record(2, lon=126.80)])
    assert list(ask(snapshot, at, {}, order=Order.ARRIVAL)) == ["sh-000002", "sh-000001"]
    assert list(ask(snapshot, at, {})) == ["sh-000001", "sh-000002"]


def test_a_place_known_to_its_dong_only_says_how_far_it_may_really_be(make_snapshot, record, at):
    snapshot = make_snapshot(shelters=[record(1, precision="dong"), record(2)])
    told = {site_id: nearby_properties(item) for site_id, item in ask(snapshot, at, {}).items()}
    assert told["sh-000002"]["radius_m"] == 0
    rough = told["sh-000001"]
    assert (rough["distance_m"], rough["distance_kind"]) == (told["sh-000002"]["distance_m"], "geodesic")
    assert rough["radius_m"] > 500
    assert rough["travel_min"] == pytest.approx(estimated_travel_min(rough["radius_m"], Mode.WALK), abs=0.06)


def test_a_layer_without_hours_has_none_to_doubt(demo, at):
    found = find_nearest(demo, NearestQuestion(126.79, 35.14, at, layer="industrial-complexes", limit=3), {})
    for item in map(nearby_properties, found):
        assert (item["is_doubtful"], item["is_stale"], item["hours_checked_on"], item["radius_m"]) == (None, None, None, 0)

"""Nearest, filtered and ranked, against an enumeration of the whole layer."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import State
from geo_app.finder.nearest import NearestQuestion, Order, find_nearest
from geo_app.travel.speeds import Mode, estimated_travel_min

GEOD = Geod(ellps="GRS80")
LONS, LATS = st.floats(126.6, 126.9), st.floats(35.05, 35.28)
TIMES = st.integers(0, 60 * 24 * 14).map(lambda minutes: datetime(2026, 11, 21, tzinfo=SEOUL) + timedelta(minutes=minutes))


def enumerate_all(snapshot, question):
    layer = snapshot.layers[question.layer]
    rows = []
    for position in range(len(layer)):
        feature = layer.feature(position)
        if feature["geometry"] is None:
            continue
        metres = GEOD.inv(question.lon, question.lat, *feature["geometry"]["coordinates"])[2]
        arrives_at = question.at + timedelta(minutes=estimated_travel_min(metres, question.mode))
        answer = layer.opening.answer(position, arrives_at, snapshot.calendar)
        rows.append((metres, feature["id"], position, answer, arrives_at, feature["properties"]))
    return sorted(rows, key=lambda row: row[:2])


@settings(max_examples=80, deadline=None)
@given(lon=LONS, lat=LATS, at=TIMES, limit=st.integers(1, 60), within_m=st.none() | st.floats(0, 20_000), mode=st.sampled_from(list(Mode)))
def test_plain_nearness_is_the_enumeration(demo_workspace, lon, lat, at, limit, within_m, mode):
    snapshot = demo_workspace.keeper.current
    question = NearestQuestion(lon, lat, at, limit=limit, within_m=within_m, mode=mode)
    expected = [row[2] for row in enumerate_all(snapshot, question) if within_m is None or row[0] <= within_m][:limit]
    assert [item.position for item in find_nearest(snapshot, question)] == expected


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
        rank = {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}
        rows.sort(key=lambda row: (rank[row[3].state], row[0], row[2]))
    assert [item.position for item in find_nearest(snapshot, question)] == [row[2] for row in rows[:limit]]


def test_what_is_told_of_the_door_is_the_engines_answer(demo_workspace):
    snapshot = demo_workspace.keeper.current
    layer = snapshot.layers["shelters"]
    for hours in range(0, 24 * 40, 7):
        at = datetime(2026, 12, 20, tzinfo=SEOUL) + timedelta(hours=hours)
        for item in find_nearest(snapshot, NearestQuestion(126.79, 35.14, at, limit=100)):
            assert item.now_answer == layer.opening.answer(item.position, at, snapshot.calendar)
            on_arrival = layer.opening.answer(item.position, item.arrives_at, snapshot.calendar)
            assert item.arrival.state is on_arrival.state
            left = None if on_arrival.state is not State.OPEN or on_arrival.until is None else on_arrival.until - item.arrives_at
            assert item.open_left_min == (None if left is None else left.total_seconds() // 60)


def test_weeks_on_foot_end_at_a_door_nobody_knows(demo_workspace):
    snapshot = demo_workspace.keeper.current
    far = find_nearest(snapshot, NearestQuestion(-70, -33, datetime(2026, 11, 24, 2, tzinfo=SEOUL), limit=1))[0]
    assert far.arrival.state is State.UNKNOWN

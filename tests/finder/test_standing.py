"""The answer of a snapshot: what its own engine, its bundle and a plain reading of the rules say too."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import BadCoordinates
from geo_app.domain.hours import State
from geo_app.domain.report import ReportSummary
from geo_app.finder import areas, lineup
from geo_app.finder.bundle import build_bundle
from geo_app.finder.bundle_scene import read_bundle
from geo_app.finder.nearest import NearestQuestion, find_nearest
from geo_app.finder.standing import DAY_COUNT, FAR_LIMIT, LONGEST_OFFER_MIN, REACH_MIN, FinderQuestion, Standing, answer, rank_shelters
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.travel.speeds import Mode, straight_reach_m

GEOD = Geod(ellps="GRS80")
TIMES = st.integers(0, 60 * 24 * 14).map(lambda minutes: datetime(2026, 11, 21, tzinfo=SEOUL) + timedelta(minutes=minutes))
QUESTIONS = st.builds(
    FinderQuestion, lon=st.floats(126.6, 126.9), lat=st.floats(35.05, 35.28), at=TIMES, mode=st.sampled_from(list(Mode)),
    stay_min=st.sampled_from([0, 20, 120]), amenities=st.lists(st.sampled_from(["toilet", "water"]), unique=True).map(tuple),
    is_registered=st.booleans(),
)  # fmt: skip
CLOSED_TWICE = ReportSummary(2, datetime(2026, 11, 21, 11, 0, tzinfo=SEOUL))


def ids(items):
    return [item.id for item in items]


def plain(answer):
    groups = [
        [(item.id, item.standing, item.arrival_min, item.open_left_min) for item in group]
        for group in (answer.near, answer.far, answer.rough)
    ]
    empty = answer.empty
    told = (
        None
        if empty is None
        else (ids(empty.maybe), ids(empty.usable), ids(empty.next_open), ids(empty.warm), [row.number for row in empty.emergency])
    )
    return groups, told, answer.is_outside, [place.id for place in answer.nearest_dongs]


@settings(max_examples=60, deadline=None)
@given(question=QUESTIONS)
def test_a_phone_with_the_bundle_answers_as_the_server_does(demo, question):
    reports = {demo.layers["shelters"].ids[7]: ReportSummary(2, question.at - timedelta(minutes=90), question.at - timedelta(days=1))}
    scene = read_bundle(build_bundle(demo, question.at, reports))
    assert plain(answer(scene, question)) == plain(rank_shelters(demo, question, reports))


@settings(max_examples=60, deadline=None)
@given(question=QUESTIONS)
def test_every_pin_is_told_once_in_order_and_its_door_is_the_engines(demo, question):
    layer = demo.layers["shelters"]
    told = rank_shelters(demo, question, {})
    wanted = set(question.amenities)
    offering = [item for item in layer.ids if wanted <= set(layer.get_feature(item)["properties"].get("amenities", ()))]
    pins = {item for item in offering if layer.get_feature(item)["geometry"] is not None}
    exact = [*told.near, *told.far]
    if told.is_outside and not exact and not told.rough:
        # The nearest of all, at its far end, is beyond an hour's way, or none offers what is wanted.
        places = zip(lineup.shelter_lineup(demo).candidates, lineup.shelter_lineup(demo).lonlat, strict=True)
        metres = [GEOD.inv(question.lon, question.lat, *point)[2] + one.extent.radius_m for one, point in places if one.id in pins]
        assert all(far_m > straight_reach_m(LONGEST_OFFER_MIN, question.mode) for far_m in metres)
        assert told.empty is not None
        assert told.empty.usable == told.empty.warm == ()
        return
    assert len({*ids(exact), *ids(told.rough)}) == len(exact) + len(told.rough)
    assert {*ids(exact), *ids(told.rough)} <= pins
    assert len(told.far) == FAR_LIMIT or {*ids(exact), *ids(told.rough)} == pins
    for group in (told.near, told.far, told.rough):
        assert [item.sort_key for item in group] == sorted(item.sort_key for item in group)
    for item in [*exact, *told.rough]:
        assert item.now_answer.state is layer.opening.answer(item.position, question.at, demo.calendar).state
        on_arrival = layer.opening.answer(item.position, item.arrives_at, demo.calendar)
        assert item.arrival_answer.state is on_arrival.state
        if item.open_left_min is not None and on_arrival.until is not None:
            assert item.arrives_at + timedelta(minutes=item.open_left_min) == on_arrival.until
        assert item.is_in_reach == (item.far_m <= straight_reach_m(REACH_MIN, question.mode))
    assert (told.empty is None) == any(item.standing is Standing.USABLE for item in told.near)


def test_a_place_for_registered_people_stands_last_for_others(make_snapshot, record, at):
    snapshot = make_snapshot(shelters=[record(1, attributes={"entry": "card"}), record(2, 126.798), record(3, 126.799, hours=[])])
    question = FinderQuestion(126.7937, 35.1396, at)
    assert ids(rank_shelters(snapshot, question, {}).near) == ["sh-000002", "sh-000003", "sh-000001"]
    registered = FinderQuestion(126.7937, 35.1396, at, is_registered=True)
    assert ids(rank_shelters(snapshot, registered, {}).near) == ["sh-000001", "sh-000002", "sh-000003"]


def test_reports_and_age_make_an_open_door_doubtful_and_hide_nothing(make_snapshot, record, at):
    old = {"source": "test", "checked_on": "2026-05-24"}  # 181 days before
    snapshot = make_snapshot(shelters=[record(1), record(2, provenance=old), record(3, provenance={"source": "test"})])
    seen = {"sh-000001": CLOSED_TWICE, "sh-000002": ReportSummary(last_open_at=at, last_check_at=at - timedelta(days=2))}
    told = {item.id: item for item in rank_shelters(snapshot, FinderQuestion(126.79, 35.14, at), seen).near}
    assert {site_id: item.standing for site_id, item in told.items()} == {
        "sh-000001": Standing.DOUBTFUL, "sh-000002": Standing.USABLE, "sh-000003": Standing.DOUBTFUL,
    }  # fmt: skip
    assert told["sh-000002"].checked_on == (at - timedelta(days=2)).date()
    assert told["sh-000003"].is_stale
    a_day_later = FinderQuestion(126.79, 35.14, at + timedelta(days=1))
    assert rank_shelters(snapshot, a_day_later, seen).near[0].standing is Standing.USABLE


def test_a_statement_of_a_day_vouches_for_its_hours(make_snapshot, record, at):
    hours = [{"text": "24시간", "opening_hours": "24/7", "on_holidays": "usual", "as_of": "2026-10-01"}]
    snapshot = make_snapshot(shelters=[record(1, hours=hours, provenance={"source": "test", "checked_on": "2025-01-01"})])
    near = rank_shelters(snapshot, FinderQuestion(126.79, 35.14, at), {}).near
    assert (near[0].standing, near[0].checked_on.isoformat()) == (Standing.USABLE, "2026-10-01")


def test_a_rough_place_tells_its_range_and_never_stands_first(make_snapshot, record, at):
    rough = record(1, precision="dong", address="광산구 송정동")
    in_complex = record(2, 126.8057, 35.1995, precision="complex", attributes={"complex": "하남일반산업단지"})
    snapshot = make_snapshot(shelters=[rough, in_complex, record(3, 126.7937, 35.139, hours=[])])
    told = rank_shelters(snapshot, FinderQuestion(126.7937, 35.1396, at), {})
    assert ids(told.near) == ["sh-000003"]
    assert ids(told.rough) == ["sh-000001", "sh-000002"]
    first, second = told.rough
    assert (first.candidate.extent.name, second.candidate.extent.name) == ("송정동", "하남일반산업단지")
    assert second.candidate.extent.radius_m == 1376  # √(5,944,000 m² ÷ π) = 1,375.5 m
    assert (first.near_m, first.far_m) == (0, first.distance_m + first.candidate.extent.radius_m)
    assert first.arrives_at > at + timedelta(minutes=first.candidate.extent.radius_m * 1.3 / 4000 * 60)
    assert told.empty is not None
    assert [(item.id, item.travel_min < LONGEST_OFFER_MIN) for item in told.rough] == [("sh-000001", True), ("sh-000002", False)]
    assert ids(told.empty.usable) == ["sh-000001"]


def test_a_shelter_beyond_the_border_is_a_neighbour_and_ranked_like_others(make_snapshot, record, at):
    snapshot = make_snapshot(shelters=[record(1, 126.87, 35.14), record(2, 126.7937, 35.139)])
    told = rank_shelters(snapshot, FinderQuestion(126.868, 35.14, at), {})
    assert [(item.id, item.candidate.is_neighbour) for item in told.near] == [("sh-000001", True)]
    assert told.is_outside
    assert len(told.nearest_dongs) == 5
    assert [(item.id, item.candidate.is_neighbour) for item in told.far] == [("sh-000002", False)]


def test_the_empty_answer_offers_warm_rooms_and_numbers(make_snapshot, record, at):
    def facility(number, kind, lon):
        return {**record(number, lon), "layer": "public-facilities", "id": f"pf-{number:06d}", "kind": kind}

    snapshot = make_snapshot(
        shelters=[record(1, hours=[])],
        public_facilities=[facility(1, "toilet", 126.7937), facility(2, "dong-office", 126.795), facility(3, "laundry", 126.794)],
    )
    empty = rank_shelters(snapshot, FinderQuestion(126.7937, 35.1396, at), {}).empty
    assert empty is not None
    assert ids(empty.warm) == ["pf-000003", "pf-000002"]
    assert [row.number for row in empty.emergency] == ["119", "112", "1345", "1577-1366"]
    assert empty.emergency[0].name("ru") == "Пожарная и скорая помощь"
    assert empty.usable == empty.next_open == ()


def test_a_district_without_any_layer_still_answers(demo, at):
    bare = type(demo)(1, at, {}, {})
    told = rank_shelters(bare, FinderQuestion(126.79, 35.14, at), {})
    assert (told.near, told.far, told.rough, told.is_outside, told.nearest_dongs) == ((), (), (), False, ())
    assert build_bundle(bare, at, {})["sites"] == []


def test_features_are_read_once_a_layer_and_not_at_each_question(make_snapshot, record, at, monkeypatch):
    snapshot = make_snapshot(shelters=[record(number, 126.75 + number / 1000) for number in range(40)])
    question = FinderQuestion(126.79, 35.14, at)
    first = rank_shelters(snapshot, question, {})

    def refuse(layer, position):
        raise AssertionError(layer.name)

    monkeypatch.setattr(LayerSnapshot, "feature", refuse)
    assert rank_shelters(snapshot, question, {}) == first


def test_another_ground_makes_the_lineup_anew(make_snapshot, record):
    snapshot = make_snapshot(shelters=[record(1, precision="dong")])
    before = lineup.shelter_lineup(snapshot)
    assert lineup.shelter_lineup(snapshot) is before
    bare = type(snapshot)(9, snapshot.made_at, {"shelters": snapshot.layers["shelters"]}, {})
    assert lineup.shelter_lineup(bare).candidates[0].extent == areas.Extent(areas.UNKNOWN_REACH_M)
    assert lineup.shelter_lineup(bare).candidates[0].is_neighbour is False


def test_a_question_from_nowhere_is_refused(at):
    with pytest.raises(BadCoordinates):
        FinderQuestion(35.14, 126.79, at)


def test_in_another_city_one_is_told_where_to_look_and_whom_to_call(make_snapshot, record, at):
    snapshot = make_snapshot(shelters=[record(1), record(2, precision="dong")])
    seoul = rank_shelters(snapshot, FinderQuestion(126.978, 37.566, at), {})
    assert seoul.near == seoul.far == seoul.rough == ()
    assert seoul.is_outside
    assert len(seoul.nearest_dongs) == 5
    assert seoul.empty is not None
    assert seoul.empty.maybe == seoul.empty.usable == seoul.empty.next_open == seoul.empty.warm == ()
    assert [row.number for row in seoul.empty.emergency][:2] == ["119", "112"]


def test_a_shop_that_shuts_at_once_is_no_rest_but_is_named_after_those_that_are(make_snapshot, record, at):
    soon = [{"text": "", "opening_hours": "Mo-Su 08:00-12:05", "on_holidays": "usual"}]
    snapshot = make_snapshot(shelters=[record(1, hours=soon), record(2, 126.823), record(3, 126.7937, 35.1397, precision="dong")])
    told = rank_shelters(snapshot, FinderQuestion(126.7937, 35.1396, at), {})
    assert [(item.id, item.standing) for item in told.near] == [("sh-000001", Standing.SHORT)]
    assert told.empty is not None
    assert ids(told.empty.usable) == ["sh-000002", "sh-000003", "sh-000001"]


def test_a_door_that_may_be_open_within_reach_is_offered_before_those_an_hour_away(make_snapshot, record, at):
    never = {"source": "test"}
    snapshot = make_snapshot(shelters=[record(1, provenance=never), record(2, 126.823), record(3, 126.87), record(4, provenance=never)])
    told = rank_shelters(snapshot, FinderQuestion(126.7937, 35.1396, at), {})
    assert told.empty is not None
    assert (ids(told.empty.maybe), ids(told.empty.usable)) == (["sh-000001", "sh-000004"], ["sh-000002"])
    assert ids(told.far) == ["sh-000002", "sh-000003"]


def test_who_is_expected_to_buy_something_is_not_found_under_buying_nothing(make_snapshot, record, at):
    both = {"entry": "purchase-expected", "amenities": ["no-purchase", "toilet"]}
    snapshot = make_snapshot(shelters=[record(1, attributes=both), record(2, attributes={**both, "entry": "ask-staff"})])
    for wanted, found in ((("no-purchase",), ["sh-000002"]), (("toilet",), ["sh-000001", "sh-000002"])):
        assert ids(rank_shelters(snapshot, FinderQuestion(126.79, 35.14, at, amenities=wanted), {}).near) == found
        nearest = find_nearest(snapshot, NearestQuestion(126.79, 35.14, at, amenities=wanted), {})
        assert [snapshot.layers["shelters"].ids[item.position] for item in nearest] == found


def test_one_open_door_among_closed_ones_vouches_for_nothing(make_snapshot, record, at):
    snapshot = make_snapshot(shelters=[record(1)])
    seen = {"sh-000001": ReportSummary(2, at - timedelta(hours=1), at, at)}
    item = rank_shelters(snapshot, FinderQuestion(126.79, 35.14, at), seen).near[0]
    assert (item.standing, item.checked_on.isoformat()) == (Standing.DOUBTFUL, "2026-11-20")
    later = rank_shelters(snapshot, FinderQuestion(126.79, 35.14, at + timedelta(days=1)), seen).near[0]
    assert (later.standing, later.checked_on) == (Standing.USABLE, at.date())


def test_the_phone_answers_the_last_of_its_days_as_the_server_does(demo, at):
    scene = read_bundle(build_bundle(demo, at, {}))
    last = (at + timedelta(days=DAY_COUNT - 2)).replace(hour=23, minute=40)
    for mode in Mode:
        question = FinderQuestion(126.79, 35.14, last, mode, stay_min=120)
        own, server = answer(scene, question), rank_shelters(demo, question, {})
        assert [[(item.id, item.standing) for item in group] for group in (own.near, own.far, own.rough)] == [
            [(item.id, item.standing) for item in group] for group in (server.near, server.far, server.rough)
        ]


def test_a_walk_of_weeks_ends_at_a_door_nobody_knows(demo, make_snapshot, record, at):
    snapshot = make_snapshot(shelters=[record(1)])
    # Without dongs there is no border to stand outside of.
    bare = type(demo)(9, snapshot.made_at, {"shelters": snapshot.layers["shelters"]}, {})
    item = rank_shelters(bare, FinderQuestion(-70, -33, at), {}).far[0]
    assert item.arrival.state is State.UNKNOWN
    assert item.standing is Standing.UNKNOWN

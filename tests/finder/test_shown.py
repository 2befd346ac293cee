"""What a frame or a picture shows: which places, in which order, with which doors."""

import pytest
from shapely.geometry import shape

from geo_app.domain.errors import UnknownLayer, UnknownSite
from geo_app.domain.hours import State
from geo_app.domain.layers import LAYERS
from geo_app.domain.report import ReportSummary
from geo_app.finder import vouching
from geo_app.finder.shown import list_shown, rank_of

SHUT = [{"text": "월 10시~11시", "opening_hours": "Mo 10:00-11:00", "on_holidays": "usual"}]
SHOWN_LAYERS = tuple(name for name, layer in LAYERS.items() if not layer.is_reference)


def shown(snapshot, at, *, layers=("shelters",), area_id="", only_open=False, reports=None):
    return list_shown(snapshot, layers=layers, area_id=area_id, at=at, only_open=only_open, reports=reports or {})


@pytest.fixture
def mixed(make_snapshot, record):
    """Each kind of door once; names run against the order wanted."""
    return make_snapshot(
        shelters=[
            record(1, name="하 닫힘", hours=SHUT),
            record(2, name="가 모름", hours=[]),
            record(3, name="나 의심", provenance={"source": "test"}),
            record(4, name="다 열림"),
            record(5, name="라 폐업", status="closed"),
            record(6, name="나 열림"),
            record(7, name="가 예정", status="planned"),
            record(8, name="가 자리 없음", precision="none", geometry=None),
        ]
    )


def test_open_doors_come_first_then_doubtful_unknown_and_closed_ones_and_by_name_within(mixed, at):
    found = shown(mixed, at)
    assert [place.name for place in found] == ["가 자리 없음", "나 열림", "다 열림", "나 의심", "가 모름", "가 예정", "하 닫힘"]
    assert [rank_of(place) for place in found] == [0, 0, 0, 1, 2, 3, 3]
    assert [place.is_doubtful for place in found] == [False] * 3 + [True] + [False] * 3


def test_places_that_closed_for_good_are_left_out(mixed, at):
    assert "sh-000005" not in {place.id for place in shown(mixed, at)}


def test_only_open_ones_hide_every_door_that_is_not(mixed, at):
    found = shown(mixed, at, only_open=True)
    assert {place.name for place in found} == {"가 자리 없음", "나 열림", "다 열림", "나 의심"}
    assert all(place.answer.state is State.OPEN for place in found)


def test_a_layer_without_hours_stands_last_and_is_never_hidden_by_the_hour(demo, at):
    found = shown(demo, at, layers=("shelters", "industrial-complexes"), only_open=True)
    doorless = [place for place in found if place.answer is None]
    assert {place.layer for place in doorless} == {"industrial-complexes"}
    assert found[-len(doorless) :] == doorless
    assert {place.layer for place in found[: -len(doorless)]} == {"shelters"}


def test_riders_who_found_it_closed_put_a_door_in_doubt(mixed, at):
    before = {place.id: place.is_doubtful for place in shown(mixed, at)}
    after = {place.id: place.is_doubtful for place in shown(mixed, at, reports={"sh-000004": ReportSummary(2, at)})}
    assert {site_id for site_id in before if before[site_id] != after[site_id]} == {"sh-000004"}


def test_what_vouches_for_a_layers_hours_is_looked_up_once_however_many_places_it_has(demo, at, monkeypatch):
    before = shown(demo, at)
    asked = []
    genuine = vouching._said.get
    monkeypatch.setattr(vouching._said, "get", lambda *given: asked.append(given[0].name) or genuine(*given))
    assert shown(demo, at) == before
    assert sum(place.answer.state is State.OPEN for place in before) > 10
    assert asked == ["shelters"]


def test_a_place_nobody_can_point_at_is_listed_without_a_point(mixed, at):
    place = next(place for place in shown(mixed, at) if place.id == "sh-000008")
    assert (place.lon, place.lat) == (None, None)


def test_each_dong_shows_exactly_what_lies_in_it(demo, at):
    dongs = demo.layers["dongs"]
    for position in range(len(dongs)):
        dong = dongs.feature(position)
        area = shape(dong["geometry"])
        expected = {
            (name, feature["id"])
            for name in SHOWN_LAYERS
            for feature in map(demo.layers[name].feature, range(len(demo.layers[name])))
            if feature["properties"]["status"] != "closed" and feature["geometry"] and area.intersects(shape(feature["geometry"]))
        }
        assert {(place.layer, place.id) for place in shown(demo, at, layers=SHOWN_LAYERS, area_id=dong["id"])} == expected


def test_a_point_lies_inside_what_it_stands_for(demo, at):
    for place in shown(demo, at, layers=SHOWN_LAYERS):
        geometry = demo.layers[place.layer].feature(place.position)["geometry"]
        assert (geometry is None) == (place.lon is None)
        if geometry is not None:
            assert shape(geometry).distance(shape({"type": "Point", "coordinates": (place.lon, place.lat)})) < 1e-9


def test_the_order_does_not_hang_on_the_order_of_the_layers(demo, at):
    assert shown(demo, at, layers=SHOWN_LAYERS[::-1]) == shown(demo, at, layers=SHOWN_LAYERS)


def test_no_place_is_shown_twice_and_the_answers_are_those_of_the_opening_book(demo, at):
    found = shown(demo, at, layers=SHOWN_LAYERS)
    assert len({place.id for place in found}) == len(found)
    for place in found:
        layer = demo.layers[place.layer]
        assert place.answer == (layer.opening.answer(place.position, at, demo.calendar) if LAYERS[place.layer].has_hours else None)


@pytest.mark.parametrize("area_id", ["dg-999999", "ld-000001", "sh-000001", "x"])
def test_an_area_that_is_no_dong_is_refused(demo, at, area_id):
    with pytest.raises(UnknownSite):
        shown(demo, at, area_id=area_id)


def test_an_unknown_layer_is_refused(demo, at):
    with pytest.raises(UnknownLayer):
        shown(demo, at, layers=("no-such-layer",))


def test_an_empty_layer_shows_nothing(make_snapshot, at):
    assert shown(make_snapshot(shelters=[]), at) == []
    assert shown(make_snapshot(shelters=[]), at, area_id="dg-000001") == []

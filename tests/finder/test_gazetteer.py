"""The gazetteer: everything a reader may start from, once, with a point that is where she means."""

import json
from dataclasses import replace

import pytest
from shapely.geometry import Point

from geo_app.domain.errors import BadRecord
from geo_app.finder.areas import list_dongs
from geo_app.finder.gazetteer import PlaceKind, find_place, list_places


def of_kind(snapshot, kind):
    return [place for place in list_places(snapshot) if place.kind is kind]


def test_the_demo_district_has_each_kind(demo):
    counts = {kind: len(of_kind(demo, kind)) for kind in PlaceKind}
    assert counts == {PlaceKind.DONG: 21, PlaceKind.COMPLEX: 6, PlaceKind.STATION: 3, PlaceKind.OFFICE: 21, PlaceKind.SITE: 46}
    kinds = [place.kind for place in list_places(demo)]
    assert kinds == sorted(kinds, key=list(PlaceKind).index)


def test_ids_are_unique_and_found_again(demo):
    places = list_places(demo)
    assert len({place.id for place in places}) == len(places)
    assert all(find_place(demo, place.id) is place for place in places)
    assert find_place(demo, "dg-999999") is None


def test_each_dongs_point_lies_in_it_and_names_have_latin_letters(demo):
    areas = {dong.id: dong.area for dong in list_dongs(demo.layers["dongs"])}
    for place in of_kind(demo, PlaceKind.DONG):
        assert areas[place.id].covers(Point(place.lon, place.lat))
    assert not [place for place in list_places(demo) if any("가" <= letter <= "힣" for letter in place.latin)]


def test_a_dong_begins_at_its_own_office(demo):
    offices = {place.name: place for place in of_kind(demo, PlaceKind.OFFICE)}
    suwan = next(place for place in of_kind(demo, PlaceKind.DONG) if place.name == "수완동")
    office = offices["수완동 행정복지센터"]
    assert (suwan.lon, suwan.lat) == (office.lon, office.lat)


def test_a_rough_shelter_is_nowhere_to_start_from(make_snapshot, record):
    snapshot = make_snapshot(shelters=[record(1), record(2, precision="dong"), record(3, precision="none")])
    assert [place.id for place in of_kind(snapshot, PlaceKind.SITE)] == ["sh-000001"]


def test_another_document_of_stations_is_read_anew(demo):
    assert [place.name for place in of_kind(demo, PlaceKind.STATION)] == ["공항역", "광주송정역", "도산역"]
    without = replace(demo, documents={name: text for name, text in demo.documents.items() if name != "stations"})
    assert of_kind(without, PlaceKind.STATION) == []
    assert len(of_kind(demo, PlaceKind.STATION)) == 3


@pytest.mark.parametrize("change", [{"lon": "x"}, {"id": "pf-1"}, {"lat": 135.0}, {"as_of": "yesterday"}, {"name": None, "lon": None}])
def test_a_station_without_its_form_is_told(demo, change):
    rows = json.loads(demo.documents["stations"])
    broken = replace(demo, documents={**demo.documents, "stations": json.dumps([{**rows[0], **change}])})
    with pytest.raises(BadRecord):
        list_places(broken)


def test_each_station_lies_in_the_district(demo):
    areas = [dong.area for dong in list_dongs(demo.layers["dongs"])]
    for place in of_kind(demo, PlaceKind.STATION):
        assert any(area.covers(Point(place.lon, place.lat)) for area in areas)

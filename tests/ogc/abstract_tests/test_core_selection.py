"""OGC API – Features Part 1 (17-069r4), Core: limit, bbox and datetime choose features. One check a requirement, named after it."""

import pytest
from ogc.asking import Door
from ogc.definition import items_path, parameter
from shapely import box
from shapely.geometry import shape

WINDOW = (126.76, 35.13, 126.83, 35.20)


def test_req_core_fc_limit_definition(api):
    found = parameter(api, items_path(api), "limit")
    assert (found["in"], found.get("required", False), found["style"], found["explode"]) == ("query", False, "form", False)
    assert found["schema"] == {**found["schema"], "type": "integer", "minimum": 1, "maximum": 10_000, "default": 10}


def test_req_core_fc_limit_response_1(door: Door):
    for limit in (1, 7, 50):
        assert len(door.items("legal-dongs", limit=limit).ids()) == limit
    assert len(door.items("legal-dongs").ids()) == 10
    # More than the most is not an error: the server takes its most.
    assert len(door.items("coverage-cells", limit=1_000_000).ids()) == door.items("coverage-cells").json()["numberMatched"]


def test_req_core_fc_bbox_definition(api):
    found = parameter(api, items_path(api), "bbox")
    assert (found["in"], found.get("required", False), found["style"], found["explode"]) == ("query", False, "form", False)
    schema = found["schema"]
    counts = [(part["minItems"], part["maxItems"]) for part in schema.get("oneOf", [schema])]
    assert counts in ([(4, 4), (6, 6)], [(4, 6)])
    # As the standard writes it, what the numbers are stands once, beside the two counts.
    assert all({**schema, **part}["items"]["type"] == "number" for part in schema.get("oneOf", [schema]))


@pytest.mark.parametrize("collection", ["shelters", "industrial-complexes", "public-facilities", "dongs", "legal-dongs"])
@pytest.mark.parametrize("window", [WINDOW, (126.79, 35.19, 126.80, 35.20), (126.0, 34.0, 128.0, 36.0), (126.8, 35.15, 126.8, 35.15)])
def test_req_core_fc_bbox_response(door: Door, collection, window):
    """What has no geometry matches every box (requirement C), and what touches its border does. Second witness: shapely over the layer."""
    frame = box(*window)
    expected = [item["id"] for item in door.layer(collection) if not item["geometry"] or shape(item["geometry"]).intersects(frame)]
    found = door.items(collection, bbox=",".join(map(str, window)), limit=1000)
    assert sorted(found.ids()) == sorted(expected)
    assert found.json()["numberMatched"] == len(expected)


def test_req_core_fc_bbox_response_in_three_dimensions(door: Door):
    flat = door.items("shelters", bbox=",".join(map(str, WINDOW)), limit=100).ids()
    west, south, east, north = WINDOW
    assert flat
    assert door.items("shelters", bbox=f"{west},{south},-10,{east},{north},100", limit=100).ids() == flat


def test_req_core_fc_bbox_response_over_the_dateline(door: Door):
    layer = door.layer("shelters")
    nowhere = [item["id"] for item in layer if not item["geometry"]]
    west_or_nowhere = [item["id"] for item in layer if not item["geometry"] or item["geometry"]["coordinates"][0] <= 126.8]
    assert door.items("shelters", bbox="170,-90,-170,90", limit=1000).ids() == nowhere
    assert door.items("shelters", bbox="120,34,-170,36", limit=1000).ids() == [item["id"] for item in layer]
    assert 0 < len(nowhere) < len(west_or_nowhere) < len(layer)
    assert door.items("shelters", bbox="126.9,34,126.8,36", limit=1000).ids() == west_or_nowhere


def test_req_core_fc_bbox_response_keeps_what_has_no_geometry(door: Door):
    assert door.items("indicators", bbox="0,0,1,1").json()["numberMatched"] == door.items("indicators").json()["numberMatched"]
    nowhere = [item["id"] for item in door.layer("shelters") if not item["geometry"]]
    assert nowhere
    assert door.items("shelters", bbox="0,0,1,1", limit=100).ids() == nowhere


def test_req_core_fc_time_definition(api):
    found = parameter(api, items_path(api), "datetime")
    assert (found["in"], found.get("required", False), found["style"], found["explode"]) == ("query", False, "form", False)
    assert found["schema"]["type"] == "string"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2026-11-21", "2026-11-21", "2026-11-21"),
        ("2026-01-18", "2026-01-18", "2026-01-18"),
        ("2026-01-01/2026-11-20", "2026-01-01", "2026-11-20"),
        ("../2026-11-20", "0000", "2026-11-20"),
        ("/2026-11-20", "0000", "2026-11-20"),
        ("2026-11-21/..", "2026-11-21", "9999"),
        ("2026-11-21/", "2026-11-21", "9999"),
        ("1999-01-01/1999-12-31", "1999-01-01", "1999-12-31"),
    ],
)
@pytest.mark.parametrize("collection", ["shelters", "public-facilities", "dongs"])
def test_req_core_fc_time_response(door: Door, collection, asked, first, last):
    """The time of a record is the day it was checked, else the day it is of; one without either is kept."""
    expected = []
    for item in door.layer(collection):
        day = item["properties"].get("checked_on") or item["properties"].get("as_of")
        if day is None or first <= day <= last:
            expected.append(item["id"])
    assert door.items(collection, datetime=asked, limit=1000).ids() == expected


def test_req_core_fc_time_response_instants(door: Door):
    by_day = door.items("shelters", datetime="2026-11-21", limit=1000).ids()
    span = door.items("shelters", datetime="2026-11-20T00:00:00Z/2026-11-22T23:59:59Z", limit=1000).ids()
    assert by_day
    assert set(by_day) <= set(span)
    assert door.items("shelters", datetime="1999-01-01T00:00:00+09:00/1999-01-02T00:00:00.5Z").ids() == []


def test_a_collection_without_times_keeps_all_whatever_is_asked(door: Door):
    everything = door.items("coverage-gaps").json()["numberMatched"]
    assert door.items("coverage-gaps", datetime="1999-01-01").json()["numberMatched"] == everything


def test_req_core_fc_response(door: Door):
    """Box, time and a property at once: all of them hold."""
    frame = box(*WINDOW)
    expected = [
        item["id"]
        for item in door.layer("shelters")
        if (not item["geometry"] or shape(item["geometry"]).intersects(frame)) and item["properties"]["kind"] == "cafe"
    ]
    found = door.items("shelters", bbox=",".join(map(str, WINDOW)), datetime="2020-01-01/..", kind="cafe", limit=1000).ids()
    assert expected
    assert found == expected

"""What the tags of OpenStreetMap mean for somebody who walks, cycles or rides here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.ingest.roads.tags import BICYCLE, EVERYBODY, HIGHWAYS, MOTORBIKE, NOBODY, WALK, read_speed_kmh, read_tags
from geo_app.travel.streets import Access, RoadClass

WORDS = st.sampled_from(["yes", "no", "private", "designated", "-1", "unknown", "opposite_lane", "roundabout", "permissive", ""])
KEYS = st.sampled_from(
    ["access", "foot", "vehicle", "motor_vehicle", "bicycle", "motorcycle", "oneway", "oneway:bicycle", "motorroad", "cycleway", "junction"]
)


def access(**tags):
    rule = read_tags({name.replace("__", ":"): value for name, value in tags.items()})
    return None if rule is None else rule.access


@pytest.mark.parametrize("highway", ["motorway", "motorway_link"])
def test_nobody_of_ours_uses_a_motorway_whatever_its_tags_say(highway):
    rule = read_tags({"highway": highway, "foot": "yes", "bicycle": "designated", "motorcycle": "yes"})
    assert (rule.road_class, rule.access) == (RoadClass.MOTORWAY, NOBODY)


def test_a_road_for_cars_only_is_closed_to_walkers_bicycles_and_motorbikes_but_drawn():
    assert access(highway="trunk", motorroad="yes") == NOBODY
    assert access(highway="trunk") == EVERYBODY
    assert access(highway="trunk", motorroad="yes", foot="yes") == WALK


def test_one_way_streets_bind_wheels_and_not_feet():
    assert access(highway="residential", oneway="yes") == WALK | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD
    assert access(highway="residential", oneway="-1") == WALK | Access.BICYCLE_BACK | Access.MOTORBIKE_BACK
    assert access(highway="residential", junction="roundabout") == WALK | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD
    assert access(highway="residential", junction="roundabout", oneway="no") == EVERYBODY


def test_bicycles_may_go_against_a_one_way_street_where_a_sign_says_so():
    against = WALK | BICYCLE | Access.MOTORBIKE_FORWARD
    assert access(highway="residential", oneway="yes", oneway__bicycle="no") == against
    assert access(highway="residential", oneway="yes", cycleway="opposite_lane") == against
    assert access(highway="residential", oneway="yes", cycleway__left__oneway="-1") == against
    assert access(highway="cycleway", oneway="yes") == WALK | Access.BICYCLE_FORWARD


def test_an_escalator_carries_one_way():
    assert access(highway="steps", conveying="backward") == Access.WALK_BACK
    assert access(highway="steps") == WALK


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "service", "access": "private"}, None),
        ({"highway": "service", "access": "no", "foot": "yes"}, WALK),
        ({"highway": "service", "access": "private", "motor_vehicle": "yes"}, MOTORBIKE),
        ({"highway": "residential", "vehicle": "no"}, WALK),
        ({"highway": "residential", "motor_vehicle": "no"}, WALK | BICYCLE),
        ({"highway": "residential", "motor_vehicle": "no", "motorcycle": "yes"}, EVERYBODY),
        ({"highway": "residential", "bicycle": "dismount"}, WALK | MOTORBIKE),
        ({"highway": "footway"}, WALK),
        ({"highway": "footway", "bicycle": "designated"}, WALK | BICYCLE),
        ({"highway": "footway", "access": "yes"}, WALK),
        ({"highway": "path", "foot": "no"}, BICYCLE),
        ({"highway": "construction"}, None),
        ({"highway": "proposed", "foot": "yes"}, None),
        ({"railway": "rail"}, None),
        ({}, None),
    ],
)
def test_the_most_particular_tag_decides(tags, expected):
    rule = read_tags(tags)
    assert (None if rule is None else rule.access) == expected


def test_a_tunnel_is_told_from_a_passage_through_a_house():
    assert read_tags({"highway": "primary", "tunnel": "yes"}).is_tunnel
    assert not read_tags({"highway": "footway", "tunnel": "building_passage"}).is_tunnel
    assert not read_tags({"highway": "footway"}).is_tunnel


@pytest.mark.parametrize(
    ("text", "speed_kmh"),
    [("50", 50), ("60 km/h", 60), ("30mph", 48), ("", 0), ("none", 0), ("walk", 0), ("50;60", 0), ("999", 0), ("-30", 0), ("٣٠", 0)],
)
def test_a_speed_is_a_number_or_unknown(text, speed_kmh):
    assert read_speed_kmh(text) == speed_kmh


@given(highway=st.sampled_from(sorted(HIGHWAYS)), said=st.dictionaries(KEYS, WORDS))
def test_whatever_the_tags_say_a_rule_holds_or_there_is_no_street(highway, said):
    rule = read_tags({"highway": highway, **said})
    if rule is None:
        return
    assert rule.road_class is HIGHWAYS[highway][0]
    assert rule.access in EVERYBODY
    if said.get("foot") == "no" or (said.get("access") == "private" and said.get("foot") in (None, "unknown")):
        assert not rule.access & WALK
    if "oneway" not in said and "junction" not in said and "oneway:bicycle" not in said:
        assert [bool(rule.access & bit) for bit in list(Access)[::2]] == [bool(rule.access & bit) for bit in list(Access)[1::2]]

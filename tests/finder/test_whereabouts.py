"""Text locations, walked back: from the landmark, in the wind's direction, one comes near the place again."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo_app.finder.areas import list_dongs
from geo_app.finder.gazetteer import PlaceKind, list_places
from geo_app.finder.whereabouts import HELPFUL_WITHIN_M, Direction, direction_of, locate_in_words

GEOD = Geod(ellps="GRS80")
WINDS = list(Direction)
HALF_TURN_OF_A_WIND = math.radians(22.5)


def test_north_of_the_dong_office(demo):
    found = locate_in_words(demo, 126.8000112, 35.1827)
    assert (found.landmark.name, found.direction, round(found.distance_m)) == ("하남동 행정복지센터", Direction.NORTH, 350)


def test_the_place_itself_is_no_landmark(demo):
    office = next(place for place in list_places(demo) if place.name == "하남동 행정복지센터")
    assert locate_in_words(demo, office.lon, office.lat).distance_m == 0
    assert locate_in_words(demo, office.lon, office.lat, but=office.id).landmark.id != office.id


def test_far_from_every_door_the_dong_is_told(demo):
    found = locate_in_words(demo, 126.70, 35.20)
    assert (found.landmark.kind, found.landmark.name, found.direction, found.distance_m) == (PlaceKind.DONG, "본량동", None, None)


def test_outside_the_district_the_nearest_of_all_is_told(demo):
    found = locate_in_words(demo, 126.60, 35.30)
    assert found.direction is Direction.NORTH_WEST
    assert found.distance_m > HELPFUL_WITHIN_M


@settings(max_examples=80, deadline=None)
@given(lon=st.floats(126.65, 126.86), lat=st.floats(35.08, 35.25))
def test_walked_back_it_ends_near_the_place(demo, lon, lat):
    found = locate_in_words(demo, lon, lat)
    if found.direction is None:
        assert next(dong for dong in list_dongs(demo.layers["dongs"]) if dong.id == found.landmark.id).holds(lon, lat)
        return
    azimuth = 45 * WINDS.index(found.direction)
    back = GEOD.fwd(found.landmark.lon, found.landmark.lat, azimuth, found.distance_m)
    assert GEOD.inv(*back[:2], lon, lat)[2] <= 2 * found.distance_m * math.sin(HALF_TURN_OF_A_WIND / 2) + 0.01


def test_the_eight_winds():
    around = {(0, 1): "n", (1, 1): "ne", (1, 0): "e", (1, -1): "se", (0, -1): "s", (-1, -1): "sw", (-1, 0): "w", (-1, 1): "nw", (0, 0): "n"}
    for (east, north), wind in around.items():
        lon, lat = 126.79 + east * 0.011, 35.14 + north * 0.009
        assert direction_of(126.79, 35.14, lon, lat) == wind

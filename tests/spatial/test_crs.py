import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.domain.errors import BadCoordinates, UnknownCrs
from geo_app.spatial.crs import (
    ANSWERED_CRS,
    check_lonlat,
    lonlat_asked,
    lonlat_from,
    metric_point,
    to_grid,
    to_lonlat,
    to_metric,
    xy_answered,
)


@given(st.floats(124, 132), st.floats(33, 39))
def test_a_point_of_korea_comes_back_from_metres(lon, lat):
    there = to_metric(check_lonlat((lon, lat)))
    assert metric_point(lon, lat) == pytest.approx(tuple(there[0]), abs=1e-8)
    assert to_lonlat(there)[0] == pytest.approx((lon, lat), abs=1e-11)


def test_the_origin_of_epsg_5186_has_its_official_false_easting_and_northing():
    assert metric_point(127.0, 38.0) == pytest.approx((200_000.0, 600_000.0), abs=1e-6)


def test_5186_read_as_5181_lands_100_km_north():
    lon, lat = lonlat_from([[200_000.0, 300_000.0]], "EPSG:5186")[0]
    misread = lonlat_from([[200_000.0, 300_000.0]], "EPSG:5181")[0]
    assert metric_point(*misread)[1] - metric_point(lon, lat)[1] == pytest.approx(100_000.0, abs=1e-3)


def test_an_unknown_system_is_named():
    with pytest.raises(UnknownCrs) as fault:
        lonlat_from([[0.0, 0.0]], "EPSG:2097")
    assert fault.value.values["crs"] == "EPSG:2097"


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        ((math.nan, 35.1), "not-finite"),
        ((126.8, math.inf), "not-finite"),
        ((35.1, 126.8), "swapped"),
        ((181.0, 35.1), "off-globe"),
        ((126.8, -90.5), "off-globe"),
    ],
)
def test_bad_pairs_are_refused_with_a_reason(pair, reason):
    with pytest.raises(BadCoordinates) as fault:
        check_lonlat(np.array([(126.8, 35.1), pair]))
    assert fault.value.values["reason"] == reason
    assert fault.value.values["lon"] == pytest.approx(pair[0], nan_ok=True)


@pytest.mark.parametrize("crs", ANSWERED_CRS)
@given(st.floats(124, 132), st.floats(33, 39))
def test_a_point_of_korea_comes_back_from_every_system_of_answers(crs, lon, lat):
    assert lonlat_asked(xy_answered([(lon, lat)], crs), crs)[0] == pytest.approx((lon, lat), abs=1e-9)


def test_answers_in_the_korean_systems_are_those_of_the_measures():
    place = check_lonlat((126.7937, 35.1396))
    assert np.array_equal(xy_answered(place, "EPSG:5186"), to_metric(place))
    assert np.array_equal(xy_answered(place, "EPSG:5179"), to_grid(place))


def test_web_mercator_is_the_spherical_formula():
    lon, lat, radius = 126.7937, 35.1396, 6_378_137.0
    x, y = math.radians(lon) * radius, math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * radius
    assert xy_answered([(lon, lat)], "EPSG:3857")[0] == pytest.approx((x, y), abs=1e-6)


def test_answers_in_a_system_that_only_files_use_are_refused():
    with pytest.raises(UnknownCrs):
        xy_answered([(126.8, 35.1)], "EPSG:5174")
    with pytest.raises(UnknownCrs):
        lonlat_asked([(0.0, 0.0)], "EPSG:5174")

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.spatial.geodesy import distance_m, distances_from_m, paired_distances_m, polar_xy

GRS80_A_M, GRS80_F = 6_378_137.0, 1 / 298.257222101
LONS, LATS = st.floats(-180, 180), st.floats(-90, 90)


def vincenty_m(lon1, lat1, lon2, lat2):
    """Vincenty (1975), Survey Review 23: the second witness, another formula than Karney's."""
    a, f = GRS80_A_M, GRS80_F
    b = a * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(lat))) for lat in (lat1, lat2))
    big_l = lam = math.radians(lon2 - lon1)
    for _ in range(50):
        s = math.hypot(math.cos(u2) * math.sin(lam), math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam))
        c = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        if s == 0:
            return 0.0
        sigma, sin_alpha = math.atan2(s, c), math.cos(u1) * math.cos(u2) * math.sin(lam) / s
        cos2 = 1 - sin_alpha**2
        mid = c - 2 * math.sin(u1) * math.sin(u2) / cos2
        k = f / 16 * cos2 * (4 + f * (4 - 3 * cos2))
        lam = big_l + (1 - k) * f * sin_alpha * (sigma + k * s * (mid + k * c * (2 * mid**2 - 1)))
    u_sq = cos2 * (a**2 - b**2) / b**2
    big_a = 1 + u_sq / 16384 * (4096 + u_sq * (-768 + u_sq * (320 - 175 * u_sq)))
    big_b = u_sq / 1024 * (256 + u_sq * (-128 + u_sq * (74 - 47 * u_sq)))
    tail = c * (2 * mid**2 - 1) - big_b / 6 * mid * (4 * s**2 - 3) * (4 * mid**2 - 3)
    return b * big_a * (sigma - big_b * s * (mid + big_b / 4 * tail))


@given(st.floats(124, 132), st.floats(33, 39), st.floats(124, 132), st.floats(33, 39))
def test_distances_agree_with_vincenty_to_a_tenth_of_a_millimetre(lon1, lat1, lon2, lat2):
    assert distance_m(lon1, lat1, lon2, lat2) == pytest.approx(vincenty_m(lon1, lat1, lon2, lat2), abs=1e-4)


@given(LONS, LATS, st.lists(st.tuples(LONS, LATS), max_size=30))
def test_one_by_one_and_in_arrays_give_the_same_metres(lon, lat, others):
    sites = np.array(others, dtype=float).reshape(-1, 2)
    expected = [distance_m(lon, lat, *site) for site in others]
    assert distances_from_m(lon, lat, sites) == expected
    assert paired_distances_m(np.full(len(sites), lon), np.full(len(sites), lat), sites[:, 0], sites[:, 1]).tolist() == expected


@given(LONS, st.floats(-89, 89), LONS, LATS)
def test_the_polar_plane_keeps_distances_from_its_origin(lon, lat, to_lon, to_lat):
    x, y = polar_xy(lon, lat, np.array([[to_lon, to_lat]]))[0]
    assert math.hypot(x, y) == pytest.approx(distance_m(lon, lat, to_lon, to_lat), rel=1e-12, abs=1e-9)


def test_the_polar_plane_has_east_to_the_right_and_north_up():
    (east_x, east_y), (north_x, north_y) = polar_xy(126.8, 35.1, np.array([[126.81, 35.1], [126.8, 35.11]])).tolist()
    assert east_x > 900
    assert abs(east_y) < 1
    assert north_y > 1100
    assert abs(north_x) < 1e-6

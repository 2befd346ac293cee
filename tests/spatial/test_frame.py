import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod, Proj

from geo_app.spatial.crs import check_lonlat, metric_point, to_lonlat, to_metric
from geo_app.spatial.frame import (
    FALSE_EASTING_M,
    MIN_RADIUS_M,
    REACH_M,
    Window,
    build_metric_boxes,
    build_metric_spots,
    find_metric_box,
    in_frame,
    is_in_frame,
    planar_bound_m,
    planar_bounds_m,
)
from geo_app.spatial.geodesy import distance_m

LONS, LATS = st.floats(-180, 180), st.floats(-90, 90)
WIDE_LONS, WIDE_LATS = st.floats(98, 156), st.floats(-62, 62)


def frame_grid():
    lon, lat = np.meshgrid(np.arange(127 - 75, 127 + 75.1, 0.5), np.arange(-60, 60.1, 0.5))
    lonlat = check_lonlat(np.column_stack((np.where(lon > 180, lon - 360, lon).ravel(), lat.ravel())))
    xy = to_metric(lonlat)
    inside = in_frame(lonlat, xy)
    return lonlat[inside], xy[inside]


def test_the_scale_of_proj_itself_never_passes_the_bound():
    lonlat, xy = frame_grid()
    factors = Proj("EPSG:5186").get_factors(lonlat[:, 0], lonlat[:, 1])
    bound = np.cosh((xy[:, 0] - FALSE_EASTING_M) / MIN_RADIUS_M)
    assert len(lonlat) > 20_000
    for scale in (factors.meridional_scale, factors.parallel_scale):
        assert (np.asarray(scale) <= bound * (1 + 1e-10)).all()
        assert (np.asarray(scale) >= 1 - 1e-10).all()


def test_the_projection_is_true_to_a_micrometre_all_over_the_frame():
    lonlat, xy = frame_grid()
    back = to_lonlat(xy)
    turned = (back - lonlat + 180) % 360 - 180
    assert np.abs(turned).max() < 1e-11


def test_the_frame_ends_at_its_reach_before_the_cut_in_longitude_matters():
    _, xy = frame_grid()
    assert np.abs(xy[:, 0] - FALSE_EASTING_M).max() <= REACH_M
    for lat in np.arange(-60, 60.1, 0.5):
        for lon in (127 - 75, 127 + 75 - 360):
            assert not abs(metric_point(lon, lat)[0] - FALSE_EASTING_M) <= REACH_M


@given(WIDE_LONS, WIDE_LATS, st.floats(0, 360), st.floats(0, 3e6))
def test_whatever_lies_within_a_radius_lies_within_the_planar_bound(lon, lat, bearing, away_m):
    x, y = metric_point(lon, lat)
    assume(is_in_frame(lon, lat, x))
    to_lon, to_lat, _ = Geod(ellps="GRS80").fwd(lon, lat, bearing, away_m)
    radius_m = distance_m(lon, lat, to_lon, to_lat)
    bound_m = planar_bound_m(x, lat, radius_m)
    to_x, to_y = metric_point(to_lon, to_lat)
    assert bound_m == pytest.approx(planar_bounds_m(np.array([x]), np.array([lat]), np.array([radius_m]))[0], rel=1e-14)
    if math.isfinite(bound_m):
        assert is_in_frame(to_lon, to_lat, to_x)
        assert math.hypot(to_x - x, to_y - y) <= bound_m


def test_in_the_district_the_bound_is_tight():
    x, _ = metric_point(126.79, 35.14)
    assert planar_bound_m(x, 35.14, 1_000.0) < 1_000.02
    assert planar_bound_m(x, 35.14, math.inf) == math.inf


@given(st.tuples(WIDE_LONS, WIDE_LATS), st.tuples(WIDE_LONS, WIDE_LATS), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8))
def test_a_metric_box_holds_its_whole_window(corner, other, shares):
    window = Window(min(corner[0], other[0]), min(corner[1], other[1]), max(corner[0], other[0]), max(corner[1], other[1]))
    box = find_metric_box(window)
    rows = build_metric_boxes(np.array([window]))
    assert (box is None and np.isnan(rows).all()) or tuple(rows[0]) == box
    if box is not None:
        # The outline half-way between the followed points is where it bends most.
        for u, v in [*shares, (0.5, 0.0), (0.5, 1.0), (0.0, 0.5), (1.0, 0.5), (0.48, 1.0), (0.52, 0.0)]:
            lon, lat = (window.min_lon + u * (window.max_lon - window.min_lon), window.min_lat + v * (window.max_lat - window.min_lat))
            x, y = metric_point(min(lon, window.max_lon), min(lat, window.max_lat))
            assert box.min_x <= x <= box.max_x
            assert box.min_y <= y <= box.max_y


def test_a_district_window_is_hardly_widened():
    box = find_metric_box(Window(126.65, 35.05, 126.90, 35.25))
    x, y = metric_point(126.65, 35.05)
    assert box is not None
    assert x - box.min_x < 120
    assert y - box.min_y < 120


@pytest.mark.parametrize("window", [Window(-180, -90, 180, 90), Window(126, 35, 127, 61), Window(50, 0, 51, 1), Window(126, 0, 154, 1)])
def test_a_window_that_leaves_the_frame_has_no_box(window):
    assert find_metric_box(window) is None


@given(LONS, LATS)
def test_one_point_and_many_points_agree_on_the_frame(lon, lat):
    lonlat = check_lonlat((lon, lat))
    xy = to_metric(lonlat)
    assert is_in_frame(lon, lat, metric_point(lon, lat)[0]) == in_frame(lonlat, xy)[0]
    spot = build_metric_spots(lonlat)[0]
    assert in_frame(lonlat, xy)[0] == (spot[0] <= xy[0, 0] <= spot[2])


def test_the_middle_of_a_southern_edge_sags_below_its_corners_and_is_held():
    box = find_metric_box(Window(126.9, 35.0, 127.1, 35.2))
    corner_y, middle_y = metric_point(126.9, 35.0)[1], metric_point(127.0, 35.0)[1]
    assert box is not None
    assert box.min_y < middle_y < corner_y - 3

"""How far planar metres of EPSG:5186 can be trusted: bounds that turn a planar search into an exact geodesic one.

EPSG:5186 is a transverse Mercator with scale 1 on 127° E. Its scale grows away from that meridian like cosh(x / R), never more
than with the smallest radius of the ellipsoid for R (Snyder 1987, USGS PP 1395, eq. 8-11; the tests compare with PROJ's own factors).
The path from a point to all that lies within r geodesic metres stays in a disc, so it is at most r × (largest scale in the disc) long in
the plane. Whatever is farther off in the plane is farther off than r on the ground.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo_app.spatial.crs import FloatArray, LonLat, metric_point, to_metric

CENTRAL_LON: Final = 127.0
FALSE_EASTING_M: Final = 200_000.0
MIN_RADIUS_M: Final = 6_335_439.0  # GRS 80, radius of the meridian at the equator: the ellipsoid's smallest
# The frame: within 3,000 km of the central meridian and 60° of the equator. There PROJ's series is exact to far below a millimetre and
# the projection is one to one. MAX_LON_OFFSET only cuts off the other half of the globe: up to 60° of latitude, REACH_M ends before it.
REACH_M: Final = 3_000_000.0
MAX_LAT: Final = 60.0
MAX_LON_OFFSET: Final = 75.0
MAX_SCALE: Final = math.cosh(REACH_M / MIN_RADIUS_M)
# Items outside the frame stand in the tree at this easting and northing, farther off than all others: a search that reaches them has seen
# the whole frame, and a box of the frame never meets them.
UNFRAMED_M: Final = 1e12
# Rounding: coordinates reach 7e6 m in float64 (1e-9 m), the scale bound is checked to 1e-10.
_SCALE_SLACK: Final = 1.0 + 1e-9
_SLACK_M: Final = 1e-6

_STEP_DEG: Final = 0.25  # a window's outline is followed in steps of at most this
_METRES_PER_DEG: Final = 111_700.0  # the longest degree on GRS 80, at the pole


class Box(NamedTuple):
    """A box in EPSG:5186 metres, borders included."""

    min_x: float
    min_y: float
    max_x: float
    max_y: float


class Window(NamedTuple):
    """A box in EPSG:4326 degrees, longitude first, borders included."""

    min_lon: float
    min_lat: float
    max_lon: float
    max_lat: float


def in_frame(lonlat: LonLat, xy: FloatArray, reach_m: float = REACH_M) -> NDArray[np.bool_]:
    """(n,) true where a point lies in the frame, or in one that ends at `reach_m`; `xy` are its EPSG:5186 metres, inf far outside."""
    offset = np.abs((lonlat[:, 0] - CENTRAL_LON + 180.0) % 360.0 - 180.0)
    near: NDArray[np.bool_] = (
        (offset <= MAX_LON_OFFSET) & (np.abs(lonlat[:, 1]) <= MAX_LAT) & (np.abs(xy[:, 0] - FALSE_EASTING_M) <= reach_m)
    )
    return near


def is_in_frame(lon: float, lat: float, x: float) -> bool:
    """`in_frame` for one point."""
    offset = abs((lon - CENTRAL_LON + 180.0) % 360.0 - 180.0)
    return offset <= MAX_LON_OFFSET and abs(lat) <= MAX_LAT and abs(x - FALSE_EASTING_M) <= REACH_M


def planar_bound_m(x: float, lat: float, radius_m: float) -> float:
    """Planar metres that hold everything within `radius_m` geodesic metres of a point in the frame.

    `x` is the point's EPSG:5186 easting. inf where the disc leaves the frame: then the plane promises nothing.
    """
    far_m = abs(x - FALSE_EASTING_M) + MAX_SCALE * radius_m
    if far_m > REACH_M or abs(lat) + math.degrees(radius_m / MIN_RADIUS_M) > MAX_LAT:
        return math.inf
    return radius_m * math.cosh(far_m / MIN_RADIUS_M) * _SCALE_SLACK + _SLACK_M


def planar_bounds_m(x: FloatArray, lat: FloatArray, radius_m: FloatArray) -> FloatArray:
    """`planar_bound_m` for (n,) arrays."""
    far_m = np.abs(x - FALSE_EASTING_M) + MAX_SCALE * radius_m
    outside = (far_m > REACH_M) | (np.abs(lat) + np.degrees(radius_m / MIN_RADIUS_M) > MAX_LAT)
    bounds = radius_m * np.cosh(np.minimum(far_m, REACH_M) / MIN_RADIUS_M) * _SCALE_SLACK + _SLACK_M
    return np.where(outside, np.inf, bounds)


def find_metric_box(window: Window) -> Box | None:
    """A box in EPSG:5186 that holds a whole window of degrees, or None where the window leaves the frame.

    The outline is followed point by point. Between two points it bends away from the chord by at most curvature × length² / 8; its
    curvature in the plane is at most that of a parallel (tan φ / N) plus that from the change of scale (tanh(x / R) / R < 0.5 / R).
    """
    width, height = window.max_lon - window.min_lon, window.max_lat - window.min_lat
    if not _holds_window(window):
        return None
    columns, rows = max(1, math.ceil(width / _STEP_DEG)), max(1, math.ceil(height / _STEP_DEG))
    lons = [window.min_lon + width * step / columns for step in range(columns + 1)]
    lats = [window.min_lat + height * step / rows for step in range(rows + 1)]
    outline = [metric_point(lon, lat) for lon in lons for lat in (window.min_lat, window.max_lat)]
    outline += [metric_point(lon, lat) for lat in lats[1:-1] for lon in (window.min_lon, window.max_lon)]
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    if not (abs(min(xs) - FALSE_EASTING_M) <= REACH_M and abs(max(xs) - FALSE_EASTING_M) <= REACH_M):
        return None
    length_m = max(width / columns, height / rows) * _METRES_PER_DEG * MAX_SCALE
    curvature = (math.tan(math.radians(max(abs(window.min_lat), abs(window.max_lat)))) + 0.5) / MIN_RADIUS_M
    bend_m = 1.1 * curvature * length_m**2 / 8.0 + _SLACK_M
    return Box(min(xs) - bend_m, min(ys) - bend_m, max(xs) + bend_m, max(ys) + bend_m)


def build_metric_boxes(windows: FloatArray) -> FloatArray:
    """`find_metric_box` for (m, 4) windows of degrees → (m, 4) metres in EPSG:5186, NaN where a window leaves the frame."""
    nowhere = (math.nan, math.nan, math.nan, math.nan)
    boxes = [find_metric_box(Window(*window)) or nowhere for window in windows.tolist()]
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)


def build_metric_spots(lonlat: LonLat) -> FloatArray:
    """(m, 4) boxes in EPSG:5186 around (m, 2) points; one outside the frame gets a box where no item stands."""
    xy = to_metric(lonlat)
    xy[~in_frame(lonlat, xy)] = -UNFRAMED_M
    return np.column_stack((xy - _SLACK_M, xy + _SLACK_M))


def _holds_window(window: Window) -> bool:
    # A window that crosses 180° is not asked for (its west would be greater than its east), so offsets need no wrapping here.
    lon_fits = window.min_lon >= CENTRAL_LON - MAX_LON_OFFSET and window.max_lon <= CENTRAL_LON + MAX_LON_OFFSET
    return lon_fits and window.min_lat >= -MAX_LAT and window.max_lat <= MAX_LAT

"""Coordinate systems: the only place that calls a transformer. Axis order is always x (east), y (north)."""

from functools import lru_cache
from typing import NewType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

from geo_app.domain.errors import BadCoordinates, UnknownCrs

FloatArray = NDArray[np.float64]
LonLat = NewType("LonLat", FloatArray)  # (n, 2) degrees, EPSG:4326, longitude first
MetricXY = NewType("MetricXY", FloatArray)  # (n, 2) metres, EPSG:5186
GridXY = NewType("GridXY", FloatArray)  # (n, 2) metres, EPSG:5179, the national grid

MAX_LON_DEG = 180.0
MAX_LAT_DEG = 90.0
GEOGRAPHIC = "EPSG:4326"
METRIC = "EPSG:5186"
GRID = "EPSG:5179"
# What files from outside may use (FGDC/NGII names): 5179 UTM-K, 5181 and 5186 central belt, 5174 the old Bessel central belt.
READABLE_CRS = (GEOGRAPHIC, GRID, "EPSG:5181", METRIC, "EPSG:5174")
# What a program may ask for its answers in, and may ask questions in: 3857 is what web maps draw in. No file is read as 3857.
WEB_MERCATOR = "EPSG:3857"
ANSWERED_CRS = (GEOGRAPHIC, WEB_MERCATOR, GRID, METRIC)


@lru_cache(maxsize=16)
def _transformer(source: str, target: str) -> Transformer:
    # The official axis order of the Korean systems is north, east; always_xy keeps ours east, north.
    return Transformer.from_crs(source, target, always_xy=True)


def check_lonlat(lonlat: ArrayLike) -> LonLat:
    """Coordinates as a (n, 2) float64 array in EPSG:4326. Raises `BadCoordinates` naming the first bad pair and why.

    `reason` is `not-finite`, `swapped` (the pair would be right the other way round for Korea) or `off-globe`.
    """
    pairs = np.ascontiguousarray(lonlat, dtype=np.float64).reshape(-1, 2)
    bad: NDArray[np.bool_] = ~np.all(np.isfinite(pairs), axis=1)
    if bad.any():
        _raise_pair(pairs, bad, "not-finite")
    lon, lat = pairs[:, 0], pairs[:, 1]
    swapped = (np.abs(lat) > MAX_LAT_DEG) & (np.abs(lon) <= MAX_LAT_DEG)
    if swapped.any():
        _raise_pair(pairs, swapped, "swapped")
    off_globe = (np.abs(lat) > MAX_LAT_DEG) | (np.abs(lon) > MAX_LON_DEG)
    if off_globe.any():
        _raise_pair(pairs, off_globe, "off-globe")
    return LonLat(pairs)


def to_metric(lonlat: LonLat) -> MetricXY:
    """(n, 2) degrees in EPSG:4326 → (n, 2) metres in EPSG:5186."""
    return MetricXY(_transform(lonlat, GEOGRAPHIC, METRIC))


def to_lonlat(xy: MetricXY) -> LonLat:
    """(n, 2) metres in EPSG:5186 → (n, 2) degrees in EPSG:4326."""
    return LonLat(_transform(xy, METRIC, GEOGRAPHIC))


def to_grid(lonlat: LonLat) -> GridXY:
    """(n, 2) degrees in EPSG:4326 → (n, 2) metres in EPSG:5179, the national grid."""
    return GridXY(_transform(lonlat, GEOGRAPHIC, GRID))


def lonlat_of_grid(xy: GridXY) -> LonLat:
    """(n, 2) metres in EPSG:5179 → (n, 2) degrees in EPSG:4326."""
    return LonLat(_transform(xy, GRID, GEOGRAPHIC))


def lonlat_from(xy: ArrayLike, crs: str) -> LonLat:
    """(n, 2) coordinates in any of `READABLE_CRS` → degrees in EPSG:4326. Raises `UnknownCrs`; a pair that does not transform is inf."""
    if crs not in READABLE_CRS:
        raise UnknownCrs(crs=crs, known=", ".join(READABLE_CRS))
    return LonLat(_transform(np.asarray(xy, dtype=np.float64).reshape(-1, 2), crs, GEOGRAPHIC))


def xy_answered(lonlat: ArrayLike, crs: str) -> FloatArray:
    """(n, 2) degrees in EPSG:4326 → coordinates in any of `ANSWERED_CRS`, x (or longitude) first.

    Raises `UnknownCrs`; a pair that does not transform (a pole in 3857) is inf.
    """
    _check_answered(crs)
    return _transform(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2), GEOGRAPHIC, crs)


def lonlat_asked(xy: ArrayLike, crs: str) -> FloatArray:
    """The way back: (n, 2) coordinates in any of `ANSWERED_CRS` → degrees, longitude first.

    Raises `UnknownCrs`; a pair that does not transform is inf. What lies off the globe is not checked here.
    """
    _check_answered(crs)
    return _transform(np.asarray(xy, dtype=np.float64).reshape(-1, 2), crs, GEOGRAPHIC)


def metric_point(lon: float, lat: float) -> tuple[float, float]:
    """One point, EPSG:4326 → EPSG:5186 metres, without the cost of arrays."""
    x, y = _transformer(GEOGRAPHIC, METRIC).transform(lon, lat)
    return float(x), float(y)


def _check_answered(crs: str) -> None:
    if crs not in ANSWERED_CRS:
        raise UnknownCrs(crs=crs, known=", ".join(ANSWERED_CRS))


def _transform(pairs: FloatArray, source: str, target: str) -> FloatArray:
    if source == target:
        return pairs.copy()
    x, y = _transformer(source, target).transform(pairs[:, 0], pairs[:, 1])
    return np.column_stack((x, y))


def _raise_pair(pairs: FloatArray, bad: NDArray[np.bool_], reason: str) -> None:
    lon, lat = pairs[int(np.argmax(bad))]
    raise BadCoordinates(lon=float(lon), lat=float(lat), reason=reason)

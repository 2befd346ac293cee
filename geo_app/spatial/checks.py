"""What the index lets in: rtree itself accepts NaN, swapped axes and boxes turned inside out, and then answers wrongly."""

import math
import operator
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, SupportsFloat, SupportsIndex

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import BadArgument, BadCoordinates, BadGeometry
from geo_app.spatial.crs import MAX_LAT_DEG, MAX_LON_DEG, FloatArray, check_lonlat
from geo_app.spatial.frame import Window

_READABLE_KINDS: Final = ("Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_POINT_TYPE_ID: Final = 0


def check_point(lon: SupportsFloat, lat: SupportsFloat) -> tuple[float, float]:
    """The pair as floats, degrees in EPSG:4326. Raises `BadCoordinates` (`not-a-number`, else as `crs.check_lonlat`)."""
    try:
        lon, lat = float(lon), float(lat)
    except (TypeError, ValueError) as fault:
        raise BadCoordinates(lon=repr(lon), lat=repr(lat), reason="not-a-number") from fault
    if not (abs(lon) <= MAX_LON_DEG and abs(lat) <= MAX_LAT_DEG):
        check_lonlat((lon, lat))
    return lon, lat


def check_count(name: str, value: SupportsIndex) -> int:
    """A whole number from 0 on. Raises `BadArgument`."""
    try:
        count = operator.index(value)
    except TypeError as fault:
        raise BadArgument(name=name, value=repr(value), expected="a whole number") from fault
    if count < 0:
        raise BadArgument(name=name, value=count, expected="0 or more")
    return count


def check_radius_m(name: str, value: SupportsFloat) -> float:
    """Finite metres from 0 on. Raises `BadArgument`."""
    try:
        radius_m = float(value)
    except (TypeError, ValueError) as fault:
        raise BadArgument(name=name, value=repr(value), expected="metres") from fault
    if not 0.0 <= radius_m < math.inf:
        raise BadArgument(name=name, value=radius_m, expected="0 or more, finite")
    return radius_m


def check_window(min_lon: SupportsFloat, min_lat: SupportsFloat, max_lon: SupportsFloat, max_lat: SupportsFloat) -> Window:
    """A window of degrees in EPSG:4326; it may have no width. Raises `BadCoordinates`, or `BadArgument` where min > max.

    A window across 180° is two windows: ask twice.
    """
    window = Window(*check_point(min_lon, min_lat), *check_point(max_lon, max_lat))
    for name, least, greatest in (("min_lon", window.min_lon, window.max_lon), ("min_lat", window.min_lat, window.max_lat)):
        if least > greatest:
            raise BadArgument(name=name, value=least, expected=f"at most {greatest}")
    return window


def check_windows(windows: ArrayLike) -> FloatArray:
    """(m, 4) windows of degrees in EPSG:4326, each as `check_window` wants it."""
    checked: FloatArray = np.array(windows, dtype=np.float64).reshape(-1, 4)
    check_lonlat(checked)
    for turned in checked[(checked[:, :2] > checked[:, 2:]).any(axis=1)]:
        check_window(*turned.tolist())
    return checked


def check_shape(geometry: Any, item_id: str | None = None) -> BaseGeometry:
    """The same geometry as our own copy in two dimensions. Raises `BadGeometry` (with `id` if given) or `BadCoordinates`.

    `reason` is `missing`, `not-a-geometry`, `empty`, `collection` (a mixed one has no single outline) or `invalid` (`detail` says where).
    """
    known = {} if item_id is None else {"id": item_id}
    if not isinstance(geometry, BaseGeometry):
        raise BadGeometry(reason="missing" if geometry is None else "not-a-geometry", **known)
    if geometry.is_empty:
        raise BadGeometry(reason="empty", **known)
    if geometry.geom_type not in _READABLE_KINDS:
        raise BadGeometry(reason="collection", **known)
    check_lonlat(shapely.get_coordinates(geometry))
    if not geometry.is_valid:
        raise BadGeometry(reason="invalid", detail=shapely.is_valid_reason(geometry), **known)
    # force_2d always makes a new geometry: preparing it leaves the caller's untouched.
    return shapely.force_2d(geometry)


def check_ids(ids: Sequence[str]) -> tuple[str, ...]:
    """The ids as a tuple. Raises `BadArgument` at the first that is not a string or comes twice."""
    checked = tuple(ids)
    if isinstance(ids, str) or not all(isinstance(item_id, str) for item_id in checked):
        raise BadArgument(name="ids", value=repr(ids)[:80], expected="strings")
    if len(set(checked)) < len(checked):
        twice = next(item_id for item_id, count in Counter(checked).items() if count > 1)
        raise BadArgument(name="ids", value=twice, expected="each id once")
    return checked


def check_places(ids: Sequence[str], places: Any) -> NDArray[Any]:
    """Points as (n, 2) float64 degrees where all are points, else (n,) shapely geometries: copies that nobody can write to.

    Raises `BadArgument` (as many places as ids, shape (n, 2)), `BadGeometry` naming the id, `BadCoordinates`.
    """
    is_array = isinstance(places, np.ndarray) and places.dtype != object
    if is_array and (places.ndim != 2 or places.shape[1] != 2):  # noqa: PLR2004 - longitude and latitude
        raise BadArgument(name="geometries_lonlat", value=str(places.shape), expected="(n, 2)")
    if len(places) != len(ids):
        raise BadArgument(name="geometries_lonlat", value=len(places), expected=f"{len(ids)}, as many as ids")
    checked: NDArray[Any] = check_lonlat(np.array(places, dtype=np.float64)) if is_array else _check_geometries(ids, places)
    checked.flags.writeable = False
    return checked


def _check_geometries(ids: Sequence[str], geometries: Sequence[Any]) -> NDArray[Any]:
    shapes = np.empty(len(geometries), dtype=object)
    shapes[:] = list(geometries)
    # A million points are read in one go; only what is not a filled point is looked at one by one.
    are_geometries = all(isinstance(shape, BaseGeometry) for shape in shapes)
    if are_geometries and ((shapely.get_type_id(shapes) == _POINT_TYPE_ID) & ~shapely.is_empty(shapes)).all():
        return check_lonlat(shapely.get_coordinates(shapes))
    shapes[:] = [check_shape(shape, item_id) for item_id, shape in zip(ids, shapes, strict=True)]
    return shapes

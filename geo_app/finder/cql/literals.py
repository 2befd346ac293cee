"""Literals of a filter: times, intervals, geometries, each checked once."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import BadCoordinates
from geo_app.finder.cql.faults import BadFilter
from geo_app.finder.cql.tree import Instant
from geo_app.finder.item_columns import day_us, instant_us
from geo_app.spatial.crs import check_lonlat

Transform = Callable[[NDArray[np.float64]], NDArray[np.float64]]

MAX_POSITIONS: Final = 5_000
MAX_COLLECTIONS: Final = 4  # within each other
_DATELINE_DEG: Final = 180.0
_BOX_STEPS: Final = 16  # a box in metres has bent sides in degrees: each is followed in this many steps
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DEPTHS: Final = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
_AXES: Final = (2, 3)


def read_instant(value: object) -> Instant:
    """The day or the time that a text says. Raises `BadFilter`."""
    is_day = isinstance(value, str) and _DAY.fullmatch(value) is not None
    return read_day(value) if is_day else read_timestamp(value)


def read_day(value: object) -> Instant:
    """The day `2026-11-21`. Raises `BadFilter`."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise BadFilter(value, "2026-11-21")
    try:
        return Instant(day_us(date.fromisoformat(value)), is_day=True)
    except ValueError:
        raise BadFilter(value, "2026-11-21") from None


def read_timestamp(value: object) -> Instant:
    """The time `2026-11-21T02:10:00Z`, or with another offset. Raises `BadFilter`."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise BadFilter(value, "2026-11-21T02:10:00Z")
    try:
        return Instant(instant_us(datetime.fromisoformat(value)), is_day=False)
    except ValueError:
        raise BadFilter(value, "2026-11-21T02:10:00Z") from None


def read_geometry(document: dict[str, Any], transform: Transform | None) -> BaseGeometry:
    """The geometry of a GeoJSON object in EPSG:4326, in two dimensions. Raises `BadFilter`."""
    shown = document.get("type")
    if _count_positions(document, 0) > MAX_POSITIONS:
        raise BadFilter(shown, f"at most {MAX_POSITIONS} positions")
    try:
        geometry = _moved(_shape(document), transform)
    except (ShapelyError, ValueError) as fault:
        raise BadFilter(shown, "a valid geometry") from fault
    if geometry.is_empty or not geometry.is_valid:
        raise BadFilter(shown, "a valid geometry")
    return geometry


def read_box(document: dict[str, Any], transform: Transform | None, *, is_planar: bool = False) -> BaseGeometry:
    """The rectangle of a `bbox`; west above east spans the dateline, which a plane (`is_planar`) does not have. Raises `BadFilter`."""
    numbers = document["bbox"]
    if not isinstance(numbers, list) or len(numbers) not in (4, 6) or not all(map(_is_finite, numbers)):
        raise BadFilter("BBOX", "4 or 6 finite numbers")
    half = len(numbers) // 2
    low, high = numbers[:2], numbers[half : half + 2]
    if is_planar:
        return _planar_box(low, high, transform)
    corners = _lonlat(np.array([low, high], dtype=np.float64), transform)
    (west, south), (east, north) = corners.tolist()
    if south > north:
        raise BadFilter("BBOX", "south at most north")
    if west > east:
        halves = [_rectangle((west, south), (_DATELINE_DEG, north)), _rectangle((-_DATELINE_DEG, south), (east, north))]
        return shapely.union_all(halves)
    if transform is None:
        return _rectangle((west, south), (east, north))
    return _followed(low, high, transform)


def _planar_box(low: list[float], high: list[float], transform: Transform | None) -> BaseGeometry:
    # Judged as given: north of a belt is not quite north in degrees, so that the upper right corner may lie west of the lower left one.
    if low[0] > high[0] or low[1] > high[1]:
        raise BadFilter("BBOX", "min at most max")
    box = _followed(low, high, transform)
    if np.abs(np.diff(shapely.get_coordinates(box)[:, 0])).max(initial=0.0) > _DATELINE_DEG:
        raise BadFilter("BBOX", "coordinates on the globe, in the order of filter-crs")
    return box


def _followed(low: list[float], high: list[float], transform: Transform | None) -> BaseGeometry:
    sides = max(abs(high[0] - low[0]), abs(high[1] - low[1]))
    return _moved(shapely.segmentize(_rectangle(low, high), sides / _BOX_STEPS or 1.0), transform)


def _rectangle(low: Any, high: Any) -> BaseGeometry:
    # The envelope of a diagonal is a line or a point where a box would be an invalid area.
    return shapely.envelope(shapely.LineString([low, high]))


def _moved(geometry: BaseGeometry, transform: Transform | None) -> BaseGeometry:
    moved: BaseGeometry = shapely.transform(geometry, lambda pairs: _lonlat(pairs, transform))
    return moved


def _lonlat(pairs: NDArray[np.float64], transform: Transform | None) -> NDArray[np.float64]:
    moved = pairs if transform is None else transform(pairs)
    try:
        return check_lonlat(moved)
    except BadCoordinates as fault:
        shown = ", ".join(f"{value:g}" for value in pairs[_first_bad(moved)].tolist())
        raise BadFilter(shown, "coordinates on the globe, in the order of filter-crs") from fault


def _first_bad(lonlat: NDArray[np.float64]) -> int:
    with np.errstate(invalid="ignore"):
        good = (np.abs(lonlat) <= (180.0, 90.0)).all(axis=1)
    return int(np.argmin(good))


def _shape(document: dict[str, Any]) -> BaseGeometry:
    if document["type"] == "GeometryCollection":
        return shapely.GeometryCollection([_shape(part) for part in document["geometries"]])
    return _MAKERS[document["type"]](_flat(document["coordinates"]))


def _flat(coordinates: Any) -> Any:
    """Positions cut to two numbers."""
    if coordinates and not isinstance(coordinates[0], list):
        return coordinates[:2]
    return [_flat(part) for part in coordinates]


def _polygon(rings: Any) -> shapely.Polygon:
    return shapely.Polygon(rings[0], rings[1:])


_MAKERS: Final[dict[str, Callable[[Any], BaseGeometry]]] = {
    "Point": shapely.Point,
    "MultiPoint": shapely.MultiPoint,
    "LineString": shapely.LineString,
    "MultiLineString": shapely.MultiLineString,
    "Polygon": _polygon,
    "MultiPolygon": lambda polygons: shapely.MultiPolygon([_polygon(rings) for rings in polygons]),
}


def _count_positions(document: Any, depth: int) -> int:
    """How many positions a geometry has. Raises `BadFilter` where it does not have the form of one."""
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "GeometryCollection" and depth < MAX_COLLECTIONS:
        parts = document.get("geometries")
        if not isinstance(parts, list) or not parts:
            raise BadFilter(kind, "geometries")
        return sum(_count_positions(part, depth + 1) for part in parts)
    if not isinstance(kind, str) or kind not in _DEPTHS:
        raise BadFilter(kind, "a geometry")
    return _count(kind, document.get("coordinates"), _DEPTHS[kind])


def _count(kind: str, coordinates: Any, depth: int) -> int:
    if not isinstance(coordinates, list) or not coordinates:
        raise BadFilter(kind, "coordinates")
    if depth:
        return sum(_count(kind, part, depth - 1) for part in coordinates)
    if len(coordinates) not in _AXES or not all(map(_is_finite, coordinates)):
        raise BadFilter(kind, "positions of two or three finite numbers")
    return 1


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf

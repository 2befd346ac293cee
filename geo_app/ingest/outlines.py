"""Geometries of a file in its own coordinates: GeoJSON members and plain well-known text, structure checked before shapely sees it."""

import re
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.coordinates import parse_json_coordinate
from geo_app.ingest.limits import Limits

# Only these, and only digits inside: the parser of GEOS follows nested collections as deep as they go.
_WKT = re.compile(r"(POINT|POLYGON|MULTIPOLYGON)\s*\(([\d\s.,()+\-]*)\)", re.IGNORECASE | re.ASCII)
_POSITION_LENGTHS = (2, 3)
_RING_POINTS = 3


@dataclass(frozen=True, slots=True)
class Outline:
    """A geometry in the file's own coordinates: a point as (x, y, decimals), or an area. `was_open` where a ring had to be closed."""

    x: float = float("nan")
    y: float = float("nan")
    decimals: int = 0
    area: BaseGeometry | None = None
    was_open: bool = False


def read_outline(geometry: Any, limits: Limits) -> Outline:
    """The outline of a GeoJSON geometry member. Raises `BadCell` (`broken-geometry`, `wrong-geometry`, `too-many-vertices` …)."""
    if not isinstance(geometry, dict):
        raise BadCell("broken-geometry", str(geometry), reason="not-an-object")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        return _point(coordinates)
    if kind == "MultiPoint" and isinstance(coordinates, list) and len(coordinates) == 1:
        return _point(coordinates[0])
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadCell("wrong-geometry", str(kind), found=str(kind)[:50])
    polygons = _list([coordinates] if kind == "Polygon" else coordinates)
    _check_vertex_count(polygons, limits)
    rings = [[_ring(ring) for ring in _list(polygon)] for polygon in polygons]
    was_open = any(ring[0] != ring[-1] for polygon in rings for ring in polygon)
    parts = [Polygon(polygon[0], polygon[1:]) for polygon in rings]
    return Outline(area=parts[0] if kind == "Polygon" else MultiPolygon(parts), was_open=was_open)


def read_wkt(text: str, limits: Limits) -> Outline:
    """The outline of a point or an area in well-known text, as our own tables write areas. Raises `BadCell`."""
    if text.count(",") > limits.vertices:
        raise BadCell("too-many-vertices", text, limit=limits.vertices)
    if _WKT.fullmatch(text.strip()) is None:
        raise BadCell("broken-geometry", text, reason="wkt")
    try:
        geometry = shapely.from_wkt(text)
    except shapely.errors.GEOSException as fault:
        raise BadCell("broken-geometry", text, reason="wkt") from fault
    if geometry is None or geometry.is_empty:
        raise BadCell("broken-geometry", text, reason="empty")
    if geometry.geom_type == "Point":
        decimals = max((len(part.partition(".")[2]) for part in re.findall(r"[\d.]+", text)), default=0)
        x, y = shapely.get_coordinates(geometry)[0].tolist()
        return Outline(x, y, decimals)
    return Outline(area=shapely.force_2d(geometry))


def _point(coordinates: Any) -> Outline:
    x, y, decimals = _position(coordinates)
    return Outline(x, y, decimals)


def _position(value: Any) -> tuple[float, float, int]:
    if not isinstance(value, list) or len(value) not in _POSITION_LENGTHS:
        raise BadCell("broken-geometry", str(value)[:100], reason="position")
    (x, x_decimals), (y, y_decimals) = parse_json_coordinate(value[0]), parse_json_coordinate(value[1])
    return x, y, max(x_decimals, y_decimals)


def _ring(value: Any) -> list[tuple[float, float]]:
    ring = [_position(position)[:2] for position in _list(value)]
    if len(set(ring)) < _RING_POINTS:
        raise BadCell("broken-geometry", str(value)[:100], reason="ring")
    return ring


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BadCell("broken-geometry", str(value)[:100], reason="empty")
    return value


def _check_vertex_count(polygons: list[Any], limits: Limits) -> None:
    count = sum(len(ring) for polygon in polygons if isinstance(polygon, list) for ring in polygon if isinstance(ring, list))
    if count > limits.vertices:
        raise BadCell("too-many-vertices", str(count), limit=limits.vertices, count=count)

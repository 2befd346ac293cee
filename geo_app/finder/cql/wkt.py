"""Geometries written in a CQL2 text, as GeoJSON."""

from collections.abc import Callable
from typing import Any, Final

from geo_app.finder.cql.tokens import Cursor

_NAMES: Final = {
    "POINT": "Point",
    "LINESTRING": "LineString",
    "POLYGON": "Polygon",
    "MULTIPOINT": "MultiPoint",
    "MULTILINESTRING": "MultiLineString",
    "MULTIPOLYGON": "MultiPolygon",
}
_COLLECTION: Final = "GEOMETRYCOLLECTION"


def is_geometry(cursor: Cursor) -> bool:
    """True where the next words begin a geometry; a property may have the name of one."""
    return cursor.is_at(*_NAMES, _COLLECTION, "BBOX") and cursor.word_after.keyword in ("(", "Z", "EMPTY")


def read_geometry(cursor: Cursor) -> dict[str, Any]:
    """The geometry that comes next, or the object of a BBOX. Raises `BadFilter`."""
    name = cursor.take().keyword
    if name == "BBOX":
        return {"bbox": _listed(cursor, read_signed)}
    cursor.has_taken("Z")
    if name == _COLLECTION:
        with cursor.deeper():
            return {"type": "GeometryCollection", "geometries": _listed(cursor, _member)}
    return {"type": _NAMES[name], "coordinates": _COORDINATES[name](cursor)}


def read_signed(cursor: Cursor) -> float:
    """A number with or without a sign. Raises `BadFilter`."""
    sign = -1.0 if cursor.is_at("-") else 1.0
    if cursor.is_at("-", "+"):
        cursor.take()
    return sign * cursor.take_number()


def _member(cursor: Cursor) -> dict[str, Any]:
    if not is_geometry(cursor) or cursor.is_at("BBOX"):
        raise cursor.fault("a geometry")
    return read_geometry(cursor)


def _listed(cursor: Cursor, read: Callable[[Cursor], Any]) -> list[Any]:
    cursor.expect("(")
    listed = [read(cursor)]
    while cursor.has_taken(","):
        listed.append(read(cursor))
    cursor.expect(")")
    return listed


def _position(cursor: Cursor) -> list[float]:
    numbers = [read_signed(cursor)]
    while not cursor.is_at(",", ")"):
        numbers.append(read_signed(cursor))
    return numbers


def _point(cursor: Cursor) -> list[float]:
    cursor.expect("(")
    position = _position(cursor)
    cursor.expect(")")
    return position


def _point_of_many(cursor: Cursor) -> list[float]:
    # Both are written: MULTIPOINT((1 2), (3 4)) by the standard, MULTIPOINT(1 2, 3 4) by many programs.
    return _point(cursor) if cursor.is_at("(") else _position(cursor)


def _line(cursor: Cursor) -> list[Any]:
    return _listed(cursor, _position)


def _lines(cursor: Cursor) -> list[Any]:
    return _listed(cursor, _line)


def _polygons(cursor: Cursor) -> list[Any]:
    return _listed(cursor, _lines)


def _points(cursor: Cursor) -> list[Any]:
    return _listed(cursor, _point_of_many)


_COORDINATES: Final[dict[str, Callable[[Cursor], list[Any]]]] = {
    "POINT": _point,
    "LINESTRING": _line,
    "POLYGON": _lines,
    "MULTIPOINT": _points,
    "MULTILINESTRING": _lines,
    "MULTIPOLYGON": _polygons,
}

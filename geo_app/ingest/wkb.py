"""Well-known binary as a GeoJSON member, walked by ourselves: the parser of GEOS follows nested collections as deep as they go."""

import struct
from typing import Any, Final

import numpy as np

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.limits import Limits

_POINT, _POLYGON, _MULTI_POINT, _MULTI_POLYGON = 1, 3, 4, 6
_NAMES: Final = {2: "LineString", 5: "MultiLineString", 7: "GeometryCollection"}
_THOUSANDS: Final = {0: 2, 1: 3, 2: 3, 3: 4}  # ISO: 1001 is a point with height, 2001 one with a measure
_EWKB_Z, _EWKB_M, _EWKB_SRID = 0x8000_0000, 0x4000_0000, 0x2000_0000
_NUMBER_BYTES = 8
_GPKG_HEAD: Final = struct.Struct("<2sBBi")
_GPKG_MAGIC, _EMPTY_FLAG, _ENVELOPE_SHIFT, _ENVELOPE_MASK, _STANDARD = b"GP", 0x10, 1, 0x07, 0x20
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def read_gpkg_geometry(blob: bytes, limits: Limits) -> dict[str, Any] | None:
    """The member of a GeoPackage's geometry, in the file's own coordinates; None where it is empty. Raises `BadCell`."""
    if len(blob) < _GPKG_HEAD.size:
        raise BadCell("broken-geometry", _shown(blob), reason="wkb")
    magic, _, flags, _ = _GPKG_HEAD.unpack_from(blob)
    envelope_bytes = _ENVELOPE_BYTES.get(flags >> _ENVELOPE_SHIFT & _ENVELOPE_MASK)
    if magic != _GPKG_MAGIC or envelope_bytes is None or flags & _STANDARD:
        raise BadCell("broken-geometry", _shown(blob), reason="wkb")
    return None if flags & _EMPTY_FLAG else read_wkb(blob[_GPKG_HEAD.size + envelope_bytes :], limits)


def read_wkb(blob: bytes, limits: Limits) -> dict[str, Any]:
    """A point, a polygon or several as a GeoJSON member, height and measure left out. Raises `BadCell`, with what else it is."""
    try:
        return _Walker(blob, limits).geometry()
    except (struct.error, ValueError) as fault:
        raise BadCell("broken-geometry", _shown(blob), reason="wkb") from fault


class _Walker:
    """A cursor over the bytes of one geometry."""

    def __init__(self, blob: bytes, limits: Limits) -> None:
        self._blob = blob
        self._limits = limits
        self._at = 0
        self._order = "<"
        self._vertices = self._parts = 0

    def geometry(self) -> dict[str, Any]:
        kind, size = self._head()
        if kind == _POINT:
            return {"type": "Point", "coordinates": self._positions(1, size)[0]}
        if kind == _POLYGON:
            return {"type": "Polygon", "coordinates": self._rings(size)}
        if kind == _MULTI_POLYGON:
            return {"type": "MultiPolygon", "coordinates": [self._part(_POLYGON) for _ in range(self._many())]}
        if kind == _MULTI_POINT:
            return {"type": "MultiPoint", "coordinates": [self._part(_POINT) for _ in range(self._many())]}
        name = _NAMES.get(kind, str(kind))
        raise BadCell("wrong-geometry", name, found=name)

    def _part(self, wanted: int) -> Any:
        """One member of a multiple geometry: its parts are of the one kind, so nothing nests any deeper."""
        kind, size = self._head()
        if kind != wanted:
            raise BadCell("broken-geometry", _shown(self._blob), reason="wkb")
        return self._rings(size) if wanted == _POLYGON else self._positions(1, size)[0]

    def _head(self) -> tuple[int, int]:
        """The kind and how many numbers a position has."""
        self._order = {0: ">", 1: "<"}[self._blob[self._at]] if self._blob[self._at : self._at + 1] in (b"\0", b"\1") else "?"
        if self._order == "?":
            raise BadCell("broken-geometry", _shown(self._blob), reason="wkb")
        self._at += 1
        code = self._count()
        size = 2 + bool(code & _EWKB_Z) + bool(code & _EWKB_M)
        if code & _EWKB_SRID:
            self._count()
        bare = code & ~(_EWKB_Z | _EWKB_M | _EWKB_SRID)
        thousands, kind = divmod(bare, 1000)
        if thousands not in _THOUSANDS:
            raise BadCell("wrong-geometry", str(bare), found=str(bare))
        return kind, max(size, _THOUSANDS[thousands])

    def _rings(self, size: int) -> list[list[list[float]]]:
        return [self._positions(self._count(), size) for _ in range(self._many())]

    def _many(self) -> int:
        """How many rings or members follow. Empty ones are work too: there may be no more of them than vertices."""
        count = self._count()
        self._parts += count
        self._require_few(self._parts)
        return count

    def _require_few(self, count: int) -> None:
        if count > self._limits.vertices:
            raise BadCell("too-many-vertices", str(count), limit=self._limits.vertices, count=count)

    def _positions(self, count: int, size: int) -> list[list[float]]:
        self._vertices += count
        self._require_few(self._vertices)
        numbers = np.frombuffer(self._blob, dtype=f"{self._order}f8", count=count * size, offset=self._at)
        self._at += count * size * _NUMBER_BYTES
        positions: list[list[float]] = numbers.reshape(count, size)[:, :2].tolist()
        return positions

    def _count(self) -> int:
        (count,) = struct.unpack_from(f"{self._order}I", self._blob, self._at)
        self._at += 4
        return int(count)


def _shown(blob: bytes) -> str:
    return blob[:20].hex()

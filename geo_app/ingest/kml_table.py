"""KML read by our own parser: placemarks and their data, without entities, and nothing that a link names is fetched."""

from collections.abc import Iterator
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from geo_app.domain.problem import Problem
from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused, shortened
from geo_app.ingest.table import RawRow, Table
from geo_app.ingest.upload import Upload
from geo_app.ingest.workbook_parts import local_name
from geo_app.spatial.crs import GEOGRAPHIC

ROOT, PLACEMARK, LINK = "kml", "Placemark", "NetworkLink"
_CHUNK_BYTES = 1 << 16
# Elements whose text is read: a cell of the schema, the value of a bare one, the title, a list of positions.
_TEXTS: Final = frozenset({"SimpleData", "value", "name", "coordinates"})
_SHAPES: Final = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"})
_SIDES: Final = {"outerBoundaryIs": "outer", "innerBoundaryIs": "inner"}


def read_kml(upload: Upload, limits: Limits) -> Table:
    """The table of a KML file: cells are each placemark's data and its name, the line is where it starts. Read twice, as GeoJSON is.

    Raises `FileRefused` for what concerns the whole file; a link to another document is one such thing.
    """
    headers: dict[str, None] = {}
    for count, row in enumerate(_rows(upload, limits), start=1):
        if count > limits.rows:
            raise FileRefused("too-many-rows", line=row.line, limit=limits.rows)
        headers.update(dict.fromkeys(row.cells))
        if len(headers) > limits.columns:
            raise FileRefused("too-many-columns", line=row.line, limit=limits.columns)
    return Table(_rows(upload, limits), tuple(headers), None, GEOGRAPHIC, has_geometries=True)


def _rows(upload: Upload, limits: Limits) -> Iterator[RawRow]:
    parser = create_parser(forbid_dtd=True)
    handler = _Handler(limits, parser)
    parser.setContentHandler(handler)
    try:
        with upload.open() as stream:
            while piece := stream.read(_CHUNK_BYTES):
                parser.feed(piece)
                yield from handler.drain()
        parser.close()
        yield from handler.drain()
    except DefusedXmlException as fault:
        raise FileRefused("kml-has-entities") from fault
    except (SAXException, LookupError, ValueError) as fault:
        raise FileRefused("broken-kml", line=handler.line(), reason=shortened(str(fault)) or type(fault).__name__) from fault


class _Handler(ContentHandler):
    """Builds one placemark at a time."""

    def __init__(self, limits: Limits, place: Locator) -> None:
        super().__init__()
        self._place = place  # fed piece by piece, the parser tells nobody where it stands unless it is asked
        self._limits = limits
        self._path: list[str] = []
        self._ready: list[RawRow] = []
        self._row: _Placemark | None = None
        self._text: list[str] = []
        self._length = 0
        self._column = ""

    def drain(self) -> list[RawRow]:
        ready, self._ready = self._ready, []
        return ready

    def line(self) -> int:
        return int(self._place.getLineNumber() or 1)

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 (SAX names it)
        name = local_name(name)
        if not self._path and name != ROOT:
            raise FileRefused("not-kml", found=shortened(name) or "")
        if name == LINK:
            raise FileRefused("kml-has-links", line=self.line())
        self._path.append(name)
        if len(self._path) > self._limits.json_depth:
            raise FileRefused("kml-too-deep", line=self.line(), limit=self._limits.json_depth)
        self._text, self._length = [], 0
        if name == PLACEMARK:
            self._row = _Placemark(self.line(), attrs.get("id"))
        elif name in ("SimpleData", "Data"):
            self._column = str(attrs.get("name", ""))
        elif self._row is not None and name in _SHAPES:
            self._row.begin(name)

    def characters(self, content: str) -> None:
        if self._row is None or self._path[-1] not in _TEXTS:
            return
        self._length += len(content)
        limit = self._limits.feature_chars if self._path[-1] == "coordinates" else self._limits.cell_chars
        if self._length > limit:
            raise FileRefused("cell-too-long", line=self.line(), limit=limit)
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX names it)
        name = local_name(name)
        self._path.pop()
        if self._row is None:
            return
        text, parent = "".join(self._text), self._path[-1]
        if name == PLACEMARK:
            self._ready.append(self._row.told())
            self._row = None
        elif name == "SimpleData" or (name == "value" and parent == "Data"):
            self._row.cells.setdefault(self._column, text)
        elif name == "name" and parent == PLACEMARK:
            self._row.title = text
        elif name == "coordinates":
            self._row.add(text, "point" if parent == "Point" else _SIDES.get(self._path[-2], ""), self._limits)
        elif name == "Polygon":
            self._row.end_polygon()


class _Placemark:
    """What one placemark says."""

    def __init__(self, line: int, feature_id: str | None) -> None:
        self._line = line
        self._feature_id = feature_id
        self.cells: dict[str, str] = {}
        self.title = ""
        self._points: list[list[float]] = []
        self._polygons: list[list[list[list[float]]]] = []
        self._rings: dict[str, list[list[list[float]]]] = {}
        self._other = ""
        self._fault: Problem | None = None
        self._vertices = 0

    def begin(self, shape: str) -> None:
        if shape == "Polygon":
            self._rings = {"outer": [], "inner": []}
        elif shape not in ("Point", "LinearRing", "MultiGeometry"):
            self._other = self._other or shape

    def add(self, text: str, side: str, limits: Limits) -> None:
        """The positions of a point or of one ring."""
        parts = text.split()
        self._vertices += len(parts)
        if self._vertices > limits.vertices:
            self._blame("too-many-vertices", str(self._vertices), limit=limits.vertices, count=self._vertices)
            return
        try:
            # An underscore, which float() would take, is taken for what it is: no digit.
            positions = [[float(number) for number in part.replace("_", "?").split(",")] for part in parts]
        except ValueError:
            self._blame("broken-geometry", shortened(text) or "", reason="position")
            return
        if side == "point":
            self._points.extend(positions)
        elif side in self._rings:
            self._rings[side].append(positions)
        else:
            self._other = self._other or "LinearRing"

    def end_polygon(self) -> None:
        if not self._rings:  # a polygon within this one has ended already
            self._other = self._other or "Polygon in Polygon"
            return
        outer, inner = self._rings["outer"], self._rings["inner"]
        # One without an edge, or with two, is no polygon: what reads it on says so.
        self._polygons.append([*outer, *inner] if len(outer) == 1 else [])
        self._rings = {}

    def told(self) -> RawRow:
        if self.title and "name" not in self.cells:
            self.cells["name"] = self.title
        if self._fault is not None:
            return RawRow(self._line, self.cells, fault=self._fault)
        return RawRow(self._line, self.cells, self._geometry(), self._feature_id)

    def _geometry(self) -> dict[str, Any] | None:
        if self._other or (self._points and self._polygons):
            return {"type": self._other or "GeometryCollection"}
        if self._polygons:
            is_one = len(self._polygons) == 1
            return {"type": "Polygon" if is_one else "MultiPolygon", "coordinates": self._polygons[0] if is_one else self._polygons}
        if not self._points:
            return None
        return {
            "type": "MultiPoint" if len(self._points) > 1 else "Point",
            "coordinates": self._points if len(self._points) > 1 else self._points[0],
        }

    def _blame(self, code: str, value: str, **details: str | int) -> None:
        self._fault = self._fault or Problem(code, line=self._line, column="geometry", value=value, details=details)

"""Streets out of a file of OpenStreetMap (`.osm.pbf`, `.osm`), read by osmium, which is an extra: `reading` looks whether it is there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import osmium
from numpy.typing import NDArray

from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads.tags import read_tags
from geo_app.ingest.roads.way import Box, Progress, RoadWay

LICENCE: Final = "ODbL-1.0"
ATTRIBUTION: Final = "© OpenStreetMap contributors"
SOURCE: Final = "OpenStreetMap"
FORMATS: Final = {".osm.pbf": "pbf", ".pbf": "pbf", ".osm": "osm"}
PBF_MARK: Final = b"OSMHeader"
_FAULTS: Final = (RuntimeError, osmium.InvalidLocationError)  # what osmium raises for a damaged file, or for a point that is not there
_HEAD_BYTES = 64
_TOLD_EVERY = 5_000
_WKB_HEAD_BYTES = 9  # byte order, type, number of points
_DATE_CHARS = 10


def find_format(name: str) -> str | None:
    """The format that a file name says, as osmium calls it; None for another kind of file."""
    return next((form for ending, form in FORMATS.items() if name.lower().endswith(ending)), None)


class OsmFile:
    """An OpenStreetMap file that looks like one. Raises `FileRefused`, `OSError`."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
        self._format = find_format(path.name) or "pbf"
        is_right = PBF_MARK in head if self._format == "pbf" else head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
        if not is_right:
            raise FileRefused("roads-not-osm", value=path.name)
        self._path = path
        self.way_count = 0
        self.newest_edit: date | None = None

    def ways(self, box: Box, progress: Progress | None = None) -> Iterator[RoadWay]:
        """The streets that meet the box, in the order of the file. A way that lost points is told in parts. Raises `FileRefused`."""
        try:
            yield from self._ways(box, progress)
        except (*_FAULTS, ValueError, OverflowError) as fault:  # these two: numbers that no id or version can have
            raise FileRefused("roads-broken-file", value=self._path.name, reason=str(fault)) from fault

    def data_date(self) -> date | None:
        """The day the file states, else the newest edit among the streets that were read; None where neither says."""
        with osmium.io.Reader(self._file()) as reader:
            stated = reader.header().get("osmosis_replication_timestamp") or reader.header().get("timestamp")
        try:
            return date.fromisoformat(str(stated)[:_DATE_CHARS])
        except ValueError:
            return self.newest_edit

    def _file(self) -> Any:
        # The format is said, and the path is absolute: osmium would take a name with a scheme for an address to fetch.
        return osmium.io.File(str(self._path.resolve()), self._format)

    def _ways(self, box: Box, progress: Progress | None) -> Iterator[RoadWay]:
        entities: Any = osmium.FileProcessor(self._file()).with_locations("flex_mem")
        entities = entities.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)).with_filter(osmium.filter.KeyFilter("highway"))
        lines = osmium.geom.WKBFactory()
        for way in entities:
            self.way_count += 1
            if progress is not None and self.way_count % _TOLD_EVERY == 0:
                progress(self.way_count)
            rule = None if way.deleted else read_tags(dict(way.tags))
            if rule is not None:
                for nodes, lonlat in _parts(way, lines, box):
                    self.newest_edit = max(filter(None, (self.newest_edit, _edit_day(way))), default=None)
                    yield RoadWay(nodes, lonlat, rule)


def _edit_day(way: Any) -> date | None:
    # Files without the history of edits say 1970.
    day: date = way.timestamp.date()
    return day if day.year > 1970 else None  # noqa: PLR2004


def _parts(way: Any, lines: Any, box: Box) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    try:
        # All points at once in C: a country has twenty million.
        wkb = bytes.fromhex(lines.create_linestring(way, use_nodes=osmium.geom.use_nodes.ALL))
    except _FAULTS:  # a point is missing, or all are one
        for nodes in _located_runs(way):
            lonlat = np.array([(node.lon, node.lat) for node in nodes])
            if box.touches(lonlat):
                yield np.array([node.ref for node in nodes], dtype=np.int64), lonlat
        return
    lonlat = np.frombuffer(wkb, dtype="<f8", offset=_WKB_HEAD_BYTES).reshape(-1, 2)
    if box.touches(lonlat):
        yield np.array([node.ref for node in way.nodes], dtype=np.int64), lonlat


def _located_runs(way: Any) -> Iterator[list[Any]]:
    """Runs of at least two points that the file holds: an extract leaves out what lies beyond its border."""
    run: list[Any] = []
    for node in way.nodes:
        if node.location.valid():
            run.append(node)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run

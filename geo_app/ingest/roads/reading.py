"""A file of streets, of either kind, as one network with what is known of it; or the problems that keep it out."""

import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from math import cos, radians
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, Final, Protocol

from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.limits import MIB
from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads import node_link
from geo_app.ingest.roads.archive import unpack_links
from geo_app.ingest.roads.components import network_facts
from geo_app.ingest.roads.network import build_network
from geo_app.ingest.roads.way import Box, Progress, RoadWay
from geo_app.travel.streets import Streets

OSM, NODE_LINK = "osm", "node-link"
KINDS: Final = (OSM, NODE_LINK)
DEFAULT_MARGIN_M: Final = 2_000.0
MOST_FILE_MB: Final = 2_048  # a country the size of Korea has 0.3 GB
KNOWN_FILES: Final = ".osm.pbf, .osm, .zip"
_OSM_ENDINGS = (".pbf", ".osm")
_BLOCK = 1 << 20
_METRES_PER_DEGREE = 110_500.0  # the least that a degree of latitude measures in Korea, so that the margin is never too narrow
_WELL_JOINED_SHARE = 0.98


class RoadPackagesMissing(GeoAppError):
    """The package that reads OpenStreetMap files is not installed. Values: `missing`, `hint` (what to install)."""

    code: ClassVar[str] = "road-packages-missing"


@dataclass(frozen=True, slots=True)
class RoadReading:
    """What a file of streets holds of the ground asked for. `streets` is None where a problem kept the file out.

    `data_date` is what the file says of its age; `licence` is None where the provider's terms have to be looked up.
    """

    kind: str
    file_sha256: str
    streets: Streets | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    data_date: date | None = None
    source: str = ""
    licence: str | None = None
    attribution: str = ""
    problems: tuple[Problem, ...] = ()


class _RoadFile(Protocol):
    way_count: int

    def ways(self, box: Box, progress: Progress | None = None) -> Iterator[RoadWay]: ...
    def data_date(self) -> date | None: ...


def read_roads(
    path: Path,
    *,
    bounds_lonlat: tuple[float, float, float, float],
    margin_m: float = DEFAULT_MARGIN_M,
    kind: str | None = None,
    progress: Progress | None = None,
) -> RoadReading:
    """The streets of `path` within `bounds_lonlat` (EPSG:4326, least first) and `margin_m` metres around.

    `kind` is one of `KINDS`, by default what the name says. A file that cannot be used is a reading with problems and no streets.
    Raises `RoadPackagesMissing`, `OSError`.
    """
    path = path.parent if path.name.upper() == f"{node_link.LINKS}.SHP" else path
    kind = kind or _find_kind(path)
    sha256 = ""
    try:
        sha256 = _digest(path)
        return _READERS.get(kind, _refuse)(path, sha256, widened(bounds_lonlat, margin_m), progress)
    except FileRefused as refusal:
        return RoadReading(kind, sha256, problems=(refusal.problem,))


def widened(bounds_lonlat: tuple[float, float, float, float], margin_m: float) -> Box:
    """The bounds with at least `margin_m` metres around them."""
    min_lon, min_lat, max_lon, max_lat = bounds_lonlat
    lat_deg = margin_m / _METRES_PER_DEGREE
    lon_deg = lat_deg / cos(radians(max(abs(min_lat), abs(max_lat))))
    return Box(min_lon - lon_deg, min_lat - lat_deg, max_lon + lon_deg, max_lat + lat_deg)


def _refuse(path: Path, _sha256: str, _box: Box, _progress: Progress | None) -> RoadReading:
    raise FileRefused("roads-unknown-kind", value=path.name, known=KNOWN_FILES)


def _read_osm(path: Path, sha256: str, box: Box, progress: Progress | None) -> RoadReading:
    if path.is_dir():
        return _refuse(path, sha256, box, progress)
    if importlib.util.find_spec("osmium") is None:
        raise RoadPackagesMissing(missing="osmium", hint="pip install '.[roads]'")
    from geo_app.ingest.roads import osm  # noqa: PLC0415 an extra that machines without imports of streets lack

    held = RoadReading(OSM, sha256, source=osm.SOURCE, licence=osm.LICENCE, attribution=osm.ATTRIBUTION)
    return _filled(held, osm.OsmFile(path), box, progress, path.name)


def _read_node_link(path: Path, sha256: str, box: Box, progress: Progress | None) -> RoadReading:
    held = RoadReading(NODE_LINK, sha256, source=node_link.SOURCE, attribution=node_link.ATTRIBUTION)
    with _unpacked(path) as folder:
        links = node_link.LinkFolder(folder)
        try:
            filled = _filled(held, links, box, progress, path.name)
        finally:
            links.close()
    return _with(filled, problems=(*links.problems, *filled.problems))


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield path
        return
    with TemporaryDirectory() as folder:
        unpack_links(path, Path(folder))
        yield Path(folder)


def _filled(held: RoadReading, file: _RoadFile, box: Box, progress: Progress | None, name: str) -> RoadReading:
    streets = build_network(file.ways(box, progress), box)
    if streets is not None and not streets.length_m.any():
        raise FileRefused("roads-none", value=name)
    if streets is None or not streets.length_m[streets.access > 0].any():
        where = f"{box.min_lon:.3f}, {box.min_lat:.3f}, {box.max_lon:.3f}, {box.max_lat:.3f}"
        raise FileRefused("roads-none-here" if file.way_count else "roads-none", value=name, count=file.way_count, box=where)
    facts = network_facts(streets)
    return _with(held, streets=streets, facts=facts, data_date=file.data_date(), problems=tuple(_warnings(facts)))


def _warnings(facts: Mapping[str, Any]) -> Iterator[Problem]:
    if facts["largest_share"] < _WELL_JOINED_SHARE:
        share = round(100 * (1 - facts["largest_share"]), 1)
        yield Problem("roads-islands", Severity.WARNING, details={"count": facts["components"] - 1, "percent": share})


def _with(reading: RoadReading, **changes: Any) -> RoadReading:
    return RoadReading(**{name: getattr(reading, name) for name in RoadReading.__slots__} | changes)


def _find_kind(path: Path) -> str:
    if path.is_dir() or path.name.lower().endswith(".zip"):
        return NODE_LINK
    return OSM if path.name.lower().endswith(_OSM_ENDINGS) else ""


def _digest(path: Path) -> str:
    """SHA-256 in hex of a file; of a folder, of the parts of its link file one after another. Raises `FileRefused` for too large a file."""
    digest = hashlib.sha256()
    for part in [node_link.find_part(path, ending) for ending in node_link.PARTS] if path.is_dir() else [path]:
        size_mb = part.stat().st_size / MIB
        if size_mb > MOST_FILE_MB:
            raise FileRefused("roads-too-large", value=part.name, size_mb=round(size_mb), limit_mb=MOST_FILE_MB)
        with part.open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


_READERS: Final[Mapping[str, Callable[[Path, str, Box, Progress | None], RoadReading]]] = {OSM: _read_osm, NODE_LINK: _read_node_link}

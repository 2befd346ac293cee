"""A file from outside, read: drafts with their lines, every problem, and how the file was understood."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from geo_app.domain.layers import GeometryKind, Layer
from geo_app.domain.problem import Problem
from geo_app.ingest.address_checks import list_address_problems
from geo_app.ingest.columns import Columns
from geo_app.ingest.crs_choice import check_crs
from geo_app.ingest.csv_table import read_csv
from geo_app.ingest.drafts import DraftReader, UnplacedRow
from geo_app.ingest.frame import Frame
from geo_app.ingest.geojson_table import read_geojson
from geo_app.ingest.gpkg_table import read_gpkg
from geo_app.ingest.headers import HeaderMap, map_headers
from geo_app.ingest.kml_table import read_kml
from geo_app.ingest.limits import LIMITS, Limits
from geo_app.ingest.placing import Ground, Placer
from geo_app.ingest.refusal import FileRefused, ProblemList
from geo_app.ingest.repeats import drop_repeats
from geo_app.ingest.row import Row
from geo_app.ingest.table import Table
from geo_app.ingest.upload import CSV, GEOJSON, GPKG, KML, XLSX, Upload, get_format
from geo_app.ingest.xlsx_table import read_xlsx

__all__ = ["Frame", "Reading", "Row", "read_bytes", "read_file"]

NO_DEFAULTS: Mapping[str, str] = MappingProxyType({})
_READERS: Mapping[str, Callable[[Upload, Limits], Table]] = MappingProxyType({
    XLSX: read_xlsx, GEOJSON: read_geojson, GPKG: read_gpkg, KML: read_kml,
})  # fmt: skip


@dataclass(slots=True)
class Reading:
    """What a file says. `rows` may come in; `problems` hold every error that kept a row out and every warning.

    `encoding` is empty for a workbook, a GeoPackage and KML. `crs` is empty where the file was refused before that was known.
    `mapping`: column → our field, in the file's order. `row_count` counts all rows, `rejected_count` those kept out. `carried` are the
    fields that the file speaks of. `columns` finds the headers that a problem is about. `is_broken` where reading stopped at a fault of
    the whole file.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""
    crs: str = ""
    crs_guessed: bool = False
    mapping: dict[str, str] = field(default_factory=dict)
    row_count: int = 0
    format: str = ""
    carried: frozenset[str] = frozenset()
    columns: Columns = field(default_factory=Columns)
    is_broken: bool = False

    @property
    def rejected_count(self) -> int:
        """Rows that an error keeps out."""
        return self.row_count - len(self.rows)

    @property
    def is_refused(self) -> bool:
        """True where an error concerns the whole file: nothing of it may be applied, not even the rows without fault."""
        return self.is_broken or any(problem.is_error and problem.line is None for problem in self.problems)

    @property
    def has_errors(self) -> bool:
        """True where anything is kept out."""
        return any(problem.is_error for problem in self.problems)


def read_file(
    path: Path,
    *,
    layer: Layer,
    source: str,
    frame: Frame,
    crs: str | None = None,
    defaults: Mapping[str, str] = NO_DEFAULTS,
    allow_outside: bool = False,
    repair_swapped: bool = False,
    limits: Limits = LIMITS,
) -> Reading:
    """The reading of a CSV, XLSX, GeoJSON, GeoPackage or KML file; `read_bytes` for one that was sent.

    It never raises for what the file holds. `crs` is what the clerk says of the coordinates; without it the file's own word counts,
    then a guess that is said. `defaults` (field → text, such as {"kind": "toilet"}) stand in for columns that the file lacks.
    `allow_outside` lets places outside the district in with a warning; `repair_swapped` puts swapped longitude and latitude right with
    a warning. Raises `OSError` only.
    """
    upload = Upload(path.name, path)
    return _Reader(layer, source, frame, defaults, limits).read(upload, crs, allow_outside=allow_outside, repair_swapped=repair_swapped)


def read_bytes(
    content: bytes,
    name: str,
    *,
    layer: Layer,
    source: str,
    frame: Frame,
    crs: str | None = None,
    defaults: Mapping[str, str] = NO_DEFAULTS,
    allow_outside: bool = False,
    repair_swapped: bool = False,
    limits: Limits = LIMITS,
) -> Reading:
    """The same for a file that was sent: its bytes and the name it was sent with."""
    upload = Upload(name, content)
    return _Reader(layer, source, frame, defaults, limits).read(upload, crs, allow_outside=allow_outside, repair_swapped=repair_swapped)


class _Reader:
    """One file, read once."""

    def __init__(self, layer: Layer, source: str, frame: Frame, defaults: Mapping[str, str], limits: Limits) -> None:
        self._layer = layer
        self._source = source
        self._frame = frame
        self._defaults = defaults
        self._limits = limits
        self._problems = ProblemList(limits.problems_per_code)
        self._reading = Reading()

    def read(self, upload: Upload, crs: str | None, *, allow_outside: bool, repair_swapped: bool) -> Reading:
        reading = self._reading
        try:
            declared = None if crs is None else check_crs(crs)
            reading.format = get_format(upload, self._limits)
            table = self._open(upload)
            headers = self._map(table)
            columns = reading.columns
            ground = Ground(self._layer, self._frame, columns)
            placer = Placer(ground, self._problems, allow_outside=allow_outside, repair_swapped=repair_swapped)
            # The rows are handed on without a name here: they go as soon as they have their places.
            named = declared or headers.crs or table.declared_crs
            placement = placer.place(self._read_rows(table, headers), named, lacks_crs=table.lacks_crs)
            reading.crs, reading.crs_guessed = placement.crs, placement.crs_guessed
            reading.rows = list(drop_repeats(placement.rows, self._problems, columns))
            self._problems.extend(list_address_problems(reading.rows, self._frame, columns.address))
        except FileRefused as refusal:
            reading.rows, reading.is_broken = [], True
            self._problems.add(refusal.problem)
        reading.problems = self._problems.listed()
        return reading

    def _open(self, upload: Upload) -> Table:
        if self._reading.format == CSV:
            table = read_csv(upload, self._limits, lambda headers: len(map_headers(headers, self._layer).mapping))
        else:
            table = _READERS[self._reading.format](upload, self._limits)
        self._reading.encoding = table.encoding or ""
        self._problems.extend(table.problems)
        return table

    def _map(self, table: Table) -> HeaderMap:
        headers = map_headers(table.headers, self._layer)
        if table.has_geometries:
            headers = headers.without_coordinates()
        self._reading.mapping = headers.mapping
        self._reading.columns = Columns(headers.mapping, has_geometries=table.has_geometries)
        self._reading.carried = _carried_fields(headers, has_geometries=table.has_geometries)
        if not table.headers:
            raise FileRefused("no-rows")
        present = ", ".join(table.headers[:50])
        if "name" not in headers.fields:
            raise FileRefused("no-name-column", columns=present)
        places = {"lon", "lat"} <= headers.fields or headers.fields & {"geometry_wkt", "address", "address_lot"} or table.has_geometries
        if self._layer.geometry is GeometryKind.POINT and not places:
            raise FileRefused("no-place-columns", columns=present)
        self._problems.extend(headers.problems())
        return headers

    def _read_rows(self, table: Table, headers: HeaderMap) -> list[UnplacedRow]:
        is_sheet = self._reading.format in (CSV, XLSX)
        reader = DraftReader(self._layer, headers, self._source, self._defaults, self._limits, is_sheet=is_sheet)
        unplaced = []
        for row in table.rows:
            self._reading.row_count += 1
            found, problems = reader.read(row)
            self._problems.extend(problems)
            if found is not None:
                unplaced.append(found)
        if not self._reading.row_count:
            raise FileRefused("no-rows")
        return unplaced


def _carried_fields(headers: HeaderMap, *, has_geometries: bool) -> frozenset[str]:
    """The parts of a record that the file itself speaks of: an import leaves the others as they are.

    What only a default says is not among them: it fills a new record, and never changes the kind of one that another file told.
    """
    carried = {_PART_OF.get(name, name.partition(".")[0]) for name in headers.fields}
    return frozenset(carried | {"geometry"} if has_geometries else carried)


_PART_OF = {
    "lon": "geometry",
    "lat": "geometry",
    "geometry_wkt": "geometry",
    "address_lot": "address",
    "opening_hours": "hours",
    "on_holidays": "hours",
    "hours_source": "hours",
    "hours_source_url": "hours",
    "hours_as_of": "hours",
    "hours_more": "hours",
    "closed_days": "hours",
}

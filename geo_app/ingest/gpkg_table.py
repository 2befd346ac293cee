"""A GeoPackage read by SQLite alone: one plain table, no view, no trigger, no function, and no GDAL near an upload."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused, shortened
from geo_app.ingest.table import RawRow, Table, check_headers
from geo_app.ingest.upload import Upload
from geo_app.ingest.wkb import read_gpkg_geometry
from geo_app.spatial.crs import GEOGRAPHIC

_ROW_NUMBERS: Final = ("fid", "ogc_fid", "rowid")  # keys of the file itself, which say nothing of the place
# What a statement may do here: read columns of tables. SQLite itself refuses functions, recursion and all writing, in views too.
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_STEPS, _MOST_CALLS = 10_000, 100_000  # virtual machine steps between two looks, and looks: some ten seconds of work
_TABLES = "SELECT table_name, data_type FROM gpkg_contents"
_COLUMNS = "PRAGMA table_xinfo({table})"
_CRS = """
    SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys AS known, gpkg_geometry_columns AS shaped
    WHERE shaped.table_name = ? AND known.srs_id = shaped.srs_id
"""


@dataclass(frozen=True, slots=True)
class _Source:
    """The table to read: `columns` are those with cells, `booleans` those of them declared so."""

    name: str
    columns: tuple[str, ...]
    booleans: frozenset[str]
    geometry: str | None
    crs: str | None
    others: tuple[str, ...]


def read_gpkg(upload: Upload, limits: Limits) -> Table:
    """The table of the first plain table that `gpkg_contents` names, one with geometries before others. Raises `FileRefused`."""
    with ExitStack() as opened:
        package = opened.enter_context(_opened(upload, limits))
        source = _guarded(lambda: _find_source(package, limits))
        headers = check_headers(source.columns, limits, 1)
        kept = opened.pop_all()
    ignored = {"read": source.name, "ignored": ", ".join(source.others[:20])}
    problems = [Problem("other-tables-ignored", Severity.WARNING, details=ignored)] if source.others else []
    has_geometries = source.geometry is not None
    rows = _rows(package, source, limits, kept)
    # The format has a place for the system: one that is empty, or names none of EPSG, is no word for longitude and latitude.
    lacks_crs = has_geometries and source.crs is None
    return Table(rows, headers, None, source.crs, has_geometries=has_geometries, lacks_crs=lacks_crs, problems=problems)


@contextmanager
def _opened(upload: Upload, limits: Limits) -> Iterator[sqlite3.Connection]:
    with ExitStack() as held:
        path = upload.content
        if isinstance(path, bytes):
            content, path = path, Path(held.enter_context(tempfile.TemporaryDirectory(prefix="geo-app-gpkg-"))) / "sent.gpkg"
            path.write_bytes(content)
        # Immutable: neither a journal nor a log beside the file is read, and nothing is locked or written.
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        package = held.enter_context(closing(sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)))
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
            package.execute(f"PRAGMA {pragma}")
        package.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, limits.feature_chars)
        package.text_factory = lambda stored: stored.decode(errors="surrogateescape")  # a half character keeps its row out
        calls = iter(range(_MOST_CALLS))
        package.set_authorizer(_judge)
        package.set_progress_handler(lambda: next(calls, None) is None, _STEPS)
        yield package


def _find_source(package: sqlite3.Connection, limits: Limits) -> _Source:
    kinds = dict(package.execute(_TABLES).fetchmany(limits.columns))
    plain = {name for name, sql in package.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'") if _is_plain(sql)}
    named = [name for kind in ("features", "attributes") for name in kinds if kinds[name] == kind and name in plain]
    if not named:
        raise FileRefused("no-gpkg-table", found=shortened(", ".join(map(str, kinds))) or "–")
    name = named[0]
    shaped = "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?"
    geometry = package.execute(shaped, (name,)).fetchone() if kinds[name] == "features" else None
    columns = package.execute(_COLUMNS.format(table=_quoted(name))).fetchall()
    told = [(str(item[1]), str(item[2]).upper()) for item in columns if item[6] == 0 and not _is_row_number(item)]
    place = None if geometry is None else str(geometry[0])
    cells = tuple(column for column, _ in told if column != place)
    crs = None if place is None else _find_crs(package, name)
    return _Source(name, cells, frozenset(column for column, kind in told if kind == "BOOLEAN"), place, crs, tuple(named[1:]))


def _is_plain(sql: object) -> bool:
    return isinstance(sql, str) and not sql.lstrip().upper().startswith("CREATE VIRTUAL")


def _is_row_number(column: Sequence[Any]) -> bool:
    return bool(column[5]) and str(column[1]).lower() in _ROW_NUMBERS


def _find_crs(package: sqlite3.Connection, name: str) -> str | None:
    found = package.execute(_CRS, (name,)).fetchone()
    if found is None or str(found[0]).upper() != "EPSG":
        return None
    code = f"EPSG:{found[1]}"
    return GEOGRAPHIC if code == GEOGRAPHIC else code


def _rows(package: sqlite3.Connection, source: _Source, limits: Limits, opened: ExitStack) -> Iterator[RawRow]:
    wanted = [*source.columns, *([source.geometry] if source.geometry else [])]
    query = f"SELECT {', '.join(map(_quoted, wanted))} FROM {_quoted(source.name)}"  # noqa: S608 names of the file, quoted
    with opened:
        cursor = _guarded(lambda: package.execute(query))
        line = 0
        while (cells := _guarded(cursor.fetchone)) is not None:
            line += 1
            if line > limits.rows:
                raise FileRefused("too-many-rows", line=line, limit=limits.rows)
            yield _row(line, dict(zip(wanted, cells, strict=True)), source, limits)


def _row(line: int, cells: dict[str, Any], source: _Source, limits: Limits) -> RawRow:
    blob = None if source.geometry is None else cells.pop(source.geometry)
    for column, cell in cells.items():
        if isinstance(cell, bytes):
            return RawRow(line, {}, fault=Problem("binary-cell", line=line, column=column))
        if isinstance(cell, str) and len(cell) > limits.cell_chars:
            return RawRow(line, {}, fault=Problem("cell-too-long", line=line, column=column, details={"limit": limits.cell_chars}))
    try:
        geometry = read_gpkg_geometry(blob, limits) if isinstance(blob, bytes) else None
    except BadCell as fault:
        return RawRow(line, {}, fault=Problem(fault.code, line=line, column=source.geometry, value=fault.value, details=fault.details))
    return RawRow(line, _read_cells(cells, source.booleans), geometry)


def _read_cells(cells: Mapping[str, Any], booleans: frozenset[str]) -> dict[str, Any]:
    return {column: bool(cell) if column in booleans and cell in (0, 1) else cell for column, cell in cells.items()}


def _judge(action: int, first: str | None, *_: object) -> int:
    is_allowed = action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first == "table_xinfo")
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def _guarded(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (sqlite3.Error, OverflowError, UnicodeError) as fault:
        raise FileRefused("broken-gpkg", reason=shortened(str(fault)) or type(fault).__name__) from fault


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

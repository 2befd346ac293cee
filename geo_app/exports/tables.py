"""Tables of an analysis as files: the same columns as CSV, XLSX, GeoJSON and GeoPackage, and what was asked beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.domain.problem import Problem
from geo_app.exports.answer_json import geometry_members
from geo_app.exports.clock_stamps import set_clock_of_gpkg, set_clock_of_xlsx
from geo_app.exports.columns import Cell
from geo_app.exports.csv_file import ENCODINGS, write_csv_rows
from geo_app.exports.exporting import choose_format, write_whole
from geo_app.exports.geojson_file import write_geojson
from geo_app.exports.gpkg_file import write_gpkg_rows
from geo_app.exports.xlsx_file import write_xlsx_rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that programs read; `title` is what stands above it for people."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class AnalysisMetadata:
    """What was asked, of which revision. `notes` are further lines by name: the demand's source, how minutes were found, the link."""

    table: str
    revision: int
    made_at: datetime
    notes: Mapping[str, str]

    def members(self) -> dict[str, str | int]:
        """The same by name, as files carry it."""
        return {"table": self.table, "revision": self.revision, "made_at": self.made_at.isoformat(), **self.notes}


@dataclass(frozen=True, slots=True)
class AnalysisTable:
    """Rows of cells by column name. `geometry`: one shapely geometry a row in EPSG:4326, or None; without it nothing is drawn."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Cell]]
    geometry: Sequence[Any] | None
    metadata: AnalysisMetadata


def export_table(
    table: AnalysisTable,
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the word of the doors
    encoding: str = "utf-8",
) -> list[Problem]:
    """Writes the table to `path` and gives what the format could not hold; formats, encodings and errors as `export_features`.

    Equal tables give equal bytes. CSV and XLSX have the titles above their columns, the others the names.
    """
    chosen = choose_format(path, format, encoding)
    names, titles = [column.name for column in table.columns], [column.title for column in table.columns]

    def write(unfinished: Path) -> list[Problem]:
        if chosen == "csv":
            return write_csv_rows(names, table.rows, unfinished, encoding=ENCODINGS[encoding], header=titles)
        if chosen == "xlsx":
            problems = write_xlsx_rows(table.name, names, table.rows, table.metadata, unfinished, header=titles)
            set_clock_of_xlsx(unfinished, table.metadata.made_at)
            return problems
        if chosen == "gpkg":
            write_gpkg_rows(table.name, names, table.rows, _wkb(table), table.metadata, unfinished)
            set_clock_of_gpkg(unfinished, table.metadata.made_at)
        else:
            write_geojson(list_features(table), table.metadata, unfinished)
        return []

    return write_whole(path, f"{table.name}.{chosen}", write)


def list_features(table: AnalysisTable) -> list[dict[str, Any]]:
    """The rows as GeoJSON features, every column a property."""
    names = [column.name for column in table.columns]
    return [
        {
            "type": "Feature",
            "geometry": geometry_members(geometry),
            "properties": {name: row.get(name) for name in names},
        }
        for row, geometry in zip(table.rows, _geometries(table), strict=True)
    ]


def _geometries(table: AnalysisTable) -> Sequence[Any]:
    return [None] * len(table.rows) if table.geometry is None else table.geometry


def _wkb(table: AnalysisTable) -> NDArray[np.object_]:
    geometries = np.empty(len(table.rows), dtype=object)
    geometries[:] = [None if geometry is None else shapely.to_wkb(geometry) for geometry in _geometries(table)]
    return geometries

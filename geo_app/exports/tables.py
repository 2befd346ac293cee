"""Tables of an analysis as files: the same columns as CSV, XLSX, GeoJSON, GeoPackage and KML, and what was asked beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from geo_app.exports.csv_file import CP949, ENCODINGS, write_csv_rows
from geo_app.exports.exporting import choose_format, write_whole
from geo_app.exports.geojson_file import write_geojson
from geo_app.exports.gpkg_file import write_gpkg_rows
from geo_app.exports.kml_file import write_kml_rows
from geo_app.exports.xlsx_file import write_xlsx_rows

# CP949 has neither dash nor minus. In a text they mean what a hyphen means: nobody should be refused a table for "20시–08시".
_PLAIN_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that programs read; `title` is what stands above it for people, `labels` its codes in their words."""

    name: str
    title: str
    labels: Mapping[Cell, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnalysisMetadata:
    """What was asked, of which revision. `notes` are further lines by name: the demand's source, how minutes were found, the link.

    `told`: the same as lines in the reader's words, for a workbook's sheet of notes; without them it has the names.
    """

    table: str
    revision: int
    made_at: datetime
    notes: Mapping[str, str]
    told: Sequence[tuple[str, Cell]] = ()

    def members(self) -> dict[str, str | int]:
        """The same by name, as files carry it."""
        return {"table": self.table, "revision": self.revision, "made_at": self.made_at.isoformat(), **self.notes}


@dataclass(frozen=True, slots=True)
class AnalysisTable:
    """Rows of cells by column name. `geometry`: one shapely geometry a row in EPSG:4326, or None; without it nothing is drawn.

    `basis`: columns that a CSV file has after its own, with the cell that every row has there: it can carry nothing beside its table.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Cell]]
    geometry: Sequence[Any] | None
    metadata: AnalysisMetadata
    basis: Sequence[tuple[Column, Cell]] = ()


def export_table(
    table: AnalysisTable,
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the word of the doors
    encoding: str = "utf-8",
) -> list[Problem]:
    """Writes the table to `path` and gives what the format could not hold; formats, encodings and errors as `export_features`.

    Equal tables give equal bytes. CSV and XLSX are for people: titles above their columns, words instead of codes. The others are for
    programs: names and codes.
    """
    chosen = choose_format(path, format, encoding)

    def write(unfinished: Path) -> list[Problem]:
        if chosen == "csv":
            return _write_csv(table, unfinished, ENCODINGS[encoding])
        if chosen == "xlsx":
            return _write_xlsx(table, unfinished)
        if chosen == "kml":
            return _write_kml(table, unfinished)
        if chosen == "gpkg":
            names = [column.name for column in table.columns]
            write_gpkg_rows(table.name, names, table.rows, _wkb(table), table.metadata, unfinished)
            set_clock_of_gpkg(unfinished, table.metadata.made_at)
        else:
            write_geojson(list_features(table), table.metadata, unfinished)
        return []

    return write_whole(path, f"{table.name}.{chosen}", write)


def _write_csv(table: AnalysisTable, path: Path, encoding: str) -> list[Problem]:
    columns = [*table.columns, *(column for column, _ in table.basis)]
    same = {column.name: cell for column, cell in table.basis}
    rows: list[Mapping[str, Cell]] = [{**row, **same} for row in _told_rows(table)]
    if encoding == CP949:
        rows = [{name: _plain(cell) for name, cell in row.items()} for row in rows]
    header = [item.title for item in columns]
    return write_csv_rows([item.name for item in columns], rows, path, encoding=encoding, header=header)


def _write_xlsx(table: AnalysisTable, path: Path) -> list[Problem]:
    names, titles = [column.name for column in table.columns], [column.title for column in table.columns]
    told = table.metadata.told
    problems = write_xlsx_rows(table.name, names, _told_rows(table), table.metadata, path, header=titles, told=told)
    set_clock_of_xlsx(path, table.metadata.made_at)
    return problems


def _write_kml(table: AnalysisTable, path: Path) -> list[Problem]:
    names, titles = [column.name for column in table.columns], [column.title for column in table.columns]
    geometries = [geometry_members(geometry) for geometry in _geometries(table)]
    return write_kml_rows(table.name, names, table.rows, geometries, table.metadata, path, titles=titles)


def _told_rows(table: AnalysisTable) -> list[Mapping[str, Cell]]:
    """The rows with the columns' words in place of their codes; a code without a word stays."""
    labelled = {column.name: column.labels for column in table.columns if column.labels}
    return [{**row, **{name: _told(row.get(name), labels) for name, labels in labelled.items()}} for row in table.rows]


def _plain(cell: Cell) -> Cell:
    return cell.translate(_PLAIN_DASHES) if isinstance(cell, str) else cell


def _told(cell: Cell, labels: Mapping[Cell, str]) -> Cell:
    return cell if cell is None else labels.get(cell, cell)


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

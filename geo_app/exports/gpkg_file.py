"""GeoPackage out: one layer, geometries in EPSG:4326, the same columns as the tables."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyogrio.raw import write
from shapely.geometry import shape

from geo_app.domain.layers import Layer
from geo_app.exports.columns import PLACE_COLUMNS, Cell, feature_cells, list_columns
from geo_app.exports.metadata import ExportMetadata, FileNotes
from geo_app.spatial.crs import GEOGRAPHIC


def write_gpkg(features: Iterable[Mapping[str, Any]], layer: Layer, metadata: ExportMetadata, path: Path) -> None:
    """Writes a new GeoPackage; a feature without coordinates is a row without geometry. `path` must not exist yet."""
    held = list(features)
    rows = [feature_cells(feature, layer) for feature in held]
    columns = [column for column in list_columns(layer) if column not in PLACE_COLUMNS]
    write_gpkg_rows(layer.name, columns, rows, _wkb(held), metadata, path)


def write_gpkg_rows(
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Cell]],
    wkb: NDArray[np.object_],
    metadata: FileNotes,
    path: Path,
) -> None:
    """The same of any rows: cells by column, and (n,) geometries as WKB in EPSG:4326 or None."""
    arrays = [_column([row.get(column) for row in rows]) for column in columns]
    write(
        str(path),
        geometry=wkb,
        field_data=[values for values, _ in arrays],
        field_mask=[missing for _, missing in arrays],
        fields=np.array(columns, dtype=object),
        layer=name,
        driver="GPKG",
        geometry_type="Unknown",
        crs=GEOGRAPHIC,
        encoding="UTF-8",
        layer_metadata={name: str(value) for name, value in metadata.members().items()},
    )


def _wkb(features: list[Mapping[str, Any]]) -> NDArray[np.object_]:
    geometries = np.empty(len(features), dtype=object)
    for number, feature in enumerate(features):
        geometry = feature.get("geometry")
        geometries[number] = None if geometry is None else shapely.to_wkb(shape(geometry))
    return geometries


def _column(cells: list[Cell]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """A column and where it is empty: whole numbers, numbers, yes or no, else text."""
    missing = np.array([cell is None for cell in cells], dtype=bool)
    filled = [cell for cell in cells if cell is not None]
    for kind, dtype in ((bool, np.bool_), (int, np.int64), (float, np.float64)):
        if filled and all(type(cell) is kind for cell in filled):
            return np.array([kind() if cell is None else cell for cell in cells], dtype=dtype), missing
    texts = np.empty(len(cells), dtype=object)
    texts[:] = [None if cell is None else str(cell) for cell in cells]
    return texts, missing

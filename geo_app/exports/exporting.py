"""One way out: features and a format in, a whole file or none at all."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo_app.domain.errors import BadArgument
from geo_app.domain.layers import get_layer
from geo_app.domain.problem import Problem
from geo_app.exports.csv_file import ENCODINGS, write_csv
from geo_app.exports.geojson_file import write_geojson
from geo_app.exports.gpkg_file import write_gpkg
from geo_app.exports.metadata import ExportMetadata
from geo_app.exports.xlsx_file import write_xlsx

__all__ = ["FORMATS", "ExportFormat", "ExportMetadata", "export_features"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format by its name, which is the file's extension too."""

    name: str
    media_type: str


FORMATS: Mapping[str, ExportFormat] = MappingProxyType({
    "geojson": ExportFormat("geojson", "application/geo+json"),
    "csv": ExportFormat("csv", "text/csv; charset=utf-8"),
    "xlsx": ExportFormat("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "gpkg": ExportFormat("gpkg", "application/geopackage+sqlite3"),
})  # fmt: skip


def export_features(
    features: Iterable[Mapping[str, Any]],
    metadata: ExportMetadata,
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the word of the doors
    encoding: str = "utf-8",
) -> list[Problem]:
    """Writes the published features of one layer to `path` and gives what the format could not hold.

    `format` is one of `FORMATS`; without it the ending of `path` says it. `encoding` (`utf-8`, always with its mark, or `cp949`) concerns
    CSV only. With an error among the problems no file is written; else it appears whole under its name, in place of one that was there.
    Raises `BadArgument`, `UnknownLayer`, `OSError`.
    """
    chosen = path.suffix.lower().removeprefix(".") if format is None else format
    if chosen not in FORMATS:
        raise BadArgument(name="format", value=chosen, expected=", ".join(FORMATS))
    if encoding not in ENCODINGS:
        raise BadArgument(name="encoding", value=encoding, expected=", ".join(ENCODINGS))
    layer = get_layer(metadata.layer)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as folder:
        unfinished = Path(folder) / f"{layer.name}.{chosen}"
        problems: list[Problem] = []
        if chosen == "csv":
            problems = write_csv(features, layer, unfinished, encoding=ENCODINGS[encoding])
        elif chosen == "xlsx":
            problems = write_xlsx(features, layer, metadata, unfinished)
        elif chosen == "gpkg":
            write_gpkg(features, layer, metadata, unfinished)
        else:
            write_geojson(features, metadata, unfinished)
        if not any(problem.is_error for problem in problems):
            _publish(unfinished, path)
    return problems


def _publish(unfinished: Path, path: Path) -> None:
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    unfinished.replace(path)

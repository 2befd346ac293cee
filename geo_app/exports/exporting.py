"""One way out: features and a format in, a whole file or none at all."""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo_app.domain.errors import BadArgument
from geo_app.domain.layers import Layer, get_layer
from geo_app.domain.problem import Problem
from geo_app.exports.clock_stamps import set_clock_of_gpkg, set_clock_of_xlsx
from geo_app.exports.csv_file import ENCODINGS, write_csv
from geo_app.exports.geojson_file import write_geojson
from geo_app.exports.gpkg_file import write_gpkg
from geo_app.exports.kml_file import write_kml
from geo_app.exports.metadata import ExportMetadata
from geo_app.exports.xlsx_file import write_xlsx

__all__ = ["FORMATS", "ExportFormat", "ExportMetadata", "choose_format", "export_features", "write_whole"]


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
    "kml": ExportFormat("kml", "application/vnd.google-earth.kml+xml"),
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
    Equal features and metadata give equal bytes. Raises `BadArgument`, `UnknownLayer`, `OSError`.
    """
    chosen = choose_format(path, format, encoding)
    layer = get_layer(metadata.layer)

    def write(unfinished: Path) -> list[Problem]:
        if chosen == "csv":
            return write_csv(features, layer, unfinished, encoding=ENCODINGS[encoding])
        if chosen == "kml":
            return write_kml(features, layer, metadata, unfinished)
        if chosen == "xlsx":
            return _write_xlsx(features, layer, metadata, unfinished)
        if chosen == "gpkg":
            write_gpkg(features, layer, metadata, unfinished)
            set_clock_of_gpkg(unfinished, metadata.made_at)
        else:
            write_geojson(features, metadata, unfinished)
        return []

    return write_whole(path, f"{layer.name}.{chosen}", write)


def choose_format(path: Path, format: str | None, encoding: str) -> str:  # noqa: A002 - the word of the doors
    """The format's name, from the ending of `path` where none is given. Raises `BadArgument` for a format or encoding nobody knows."""
    chosen = path.suffix.lower().removeprefix(".") if format is None else format
    if chosen not in FORMATS:
        raise BadArgument(name="format", value=chosen, expected=", ".join(FORMATS))
    if encoding not in ENCODINGS:
        raise BadArgument(name="encoding", value=encoding, expected=", ".join(ENCODINGS))
    return chosen


def write_whole(path: Path, name: str, write: Callable[[Path], list[Problem]]) -> list[Problem]:
    """What `write` finds wrong with the file it wrote beside `path`; without an error among it the file appears there, whole."""
    with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as folder:
        unfinished = Path(folder) / name
        problems = write(unfinished)
        if not any(problem.is_error for problem in problems):
            _publish(unfinished, path)
    return problems


def _write_xlsx(features: Iterable[Mapping[str, Any]], layer: Layer, metadata: ExportMetadata, path: Path) -> list[Problem]:
    problems = write_xlsx(features, layer, metadata, path)
    set_clock_of_xlsx(path, metadata.made_at)
    return problems


def _publish(unfinished: Path, path: Path) -> None:
    with unfinished.open("rb") as stream:
        os.fsync(stream.fileno())
    unfinished.replace(path)

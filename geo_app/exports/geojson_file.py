"""GeoJSON out: the published features as they are, with what the file says of itself before them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geo_app.exports.metadata import FileNotes


def write_geojson(features: Iterable[Mapping[str, Any]], metadata: FileNotes, path: Path) -> None:
    """Writes an RFC 7946 FeatureCollection, one feature a line."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        head = _text({"type": "FeatureCollection", **metadata.members()})
        stream.write(head[:-1] + ',"features":[')
        for number, feature in enumerate(features):
            stream.write((",\n" if number else "\n") + _text(feature))
        stream.write("\n]}\n")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

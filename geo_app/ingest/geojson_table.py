"""GeoJSON read by our own parser: a FeatureCollection or one Feature, nothing else, nothing fetched."""

import io
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from geo_app.domain.problem import Problem
from geo_app.ingest.encodings import find_encoding
from geo_app.ingest.json_stream import JsonStream
from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused, shortened
from geo_app.ingest.table import RawRow, Table
from geo_app.ingest.upload import Upload
from geo_app.spatial.crs import GEOGRAPHIC

_CRS_NAME = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC)\s*:+\s*(?:[\d.]*:+)?\s*(\w+)", re.IGNORECASE)


def read_geojson(upload: Upload, limits: Limits) -> Table:
    """The table of a GeoJSON file: cells are each feature's `properties`, the line is where the feature starts.

    The file is read twice, so that all names of properties are known before the first row, and the members before and after `features`
    are known too (a `crs` at the end of the file counts).
    Raises `FileRefused` for what concerns the whole file.
    """
    encoding = find_encoding(upload)
    headers, declared_crs = _check_frame(upload, encoding, limits)
    return Table(_rows(upload, encoding, limits), headers, encoding, declared_crs, has_geometries=True)


def _check_frame(upload: Upload, encoding: str, limits: Limits) -> tuple[tuple[str, ...], str | None]:
    """Reads the file through once: the names of its properties and its crs; every fault of its grammar is met here."""
    kind, crs = None, None
    headers: dict[str, None] = {}
    with closing(io.TextIOWrapper(upload.open(), encoding=encoding, newline="")) as text:
        stream = JsonStream(text, limits)
        if stream.peek() != "{":
            raise FileRefused("not-geojson", line=stream.line, found="array")
        for key in stream.members():
            if key == "features" and stream.peek() == "[":
                _collect_headers(stream, headers, limits)
                continue
            value = stream.value()
            kind = value if key == "type" else kind
            crs = value if key == "crs" else crs
            if key == "properties" and isinstance(value, dict):
                headers.update(dict.fromkeys(value))
        stream.end()
    if kind not in ("FeatureCollection", "Feature"):
        raise FileRefused("not-geojson", found=shortened(str(kind)) or "")
    return tuple(headers), None if crs is None else _crs_name(crs)


def _collect_headers(stream: JsonStream, headers: dict[str, None], limits: Limits) -> None:
    for number in stream.items():
        if number >= limits.rows:
            raise FileRefused("too-many-rows", line=stream.line, limit=limits.rows)
        feature = stream.value()
        properties = feature.get("properties") if isinstance(feature, dict) else None
        headers.update(dict.fromkeys(properties) if isinstance(properties, dict) else {})
        if len(headers) > limits.columns:
            raise FileRefused("too-many-columns", line=stream.line, limit=limits.columns)


def _crs_name(member: Any) -> str:
    """`EPSG:5186` from the crs member of the older GeoJSON; CRS84 is longitude and latitude."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = _CRS_NAME.fullmatch(name.strip()) if isinstance(name, str) else None
    if found is None:
        raise FileRefused("unknown-crs", crs=shortened(str(name or member)) or "", known="")
    return GEOGRAPHIC if found[1].upper() == "OGC" and found[2].upper() == "CRS84" else f"EPSG:{found[2]}"


def _rows(upload: Upload, encoding: str, limits: Limits) -> Iterator[RawRow]:
    with closing(io.TextIOWrapper(upload.open(), encoding=encoding, newline="")) as text:
        stream = JsonStream(text, limits)
        members: dict[str, Any] = {}
        for key in stream.members():
            if key == "features" and stream.peek() == "[":
                for _ in stream.items():
                    stream.peek()
                    yield _row(stream.line, stream.value())
            else:
                members[key] = stream.value()
    if members.get("type") == "Feature":
        yield _row(1, members)


def _row(line: int, feature: Any) -> RawRow:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        found = feature.get("type") if isinstance(feature, dict) else type(feature).__name__
        return RawRow(line, {}, fault=Problem("not-a-feature", line=line, value=shortened(str(found))))
    properties = feature.get("properties")
    if properties is not None and not isinstance(properties, dict):
        return RawRow(line, {}, fault=Problem("not-a-feature", line=line, value="properties"))
    feature_id = feature.get("id")
    return RawRow(line, properties or {}, feature.get("geometry"), str(feature_id) if isinstance(feature_id, str | int) else None)

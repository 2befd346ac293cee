"""Features in the form that was asked: in another coordinate system, with some of their properties, with links of their own."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from geo_app.finder.items import ItemTable
from geo_app.web.ogc.links import Link
from geo_app.web.ogc.systems import CRS84, System

_END = b"}"
Feature = dict[str, Any]


def ready_features(table: ItemTable, positions: Sequence[int]) -> list[bytes]:
    """The features as they stand, in EPSG:4326, longitude first."""
    return [table.feature_bytes(position) for position in positions]


def shaped_features(table: ItemTable, positions: Sequence[int], system: System, properties: frozenset[str] | None) -> list[bytes]:
    """The features with coordinates in `system` and only the named `properties` (None: all)."""
    features = [table.feature(position) for position in positions]
    if properties is not None:
        for feature in features:
            feature["properties"] = {name: value for name, value in feature["properties"].items() if name in properties}
    if system is not CRS84:
        project(features, system)
    return [orjson.dumps(feature, option=orjson.OPT_SORT_KEYS) for feature in features]


def project(features: Sequence[Feature], system: System) -> None:
    """Put the coordinates of all features into `system`, in place, by one transform; a height would be left out."""
    there = [feature["geometry"] for feature in features if feature["geometry"] is not None]
    pairs: list[list[float]] = []
    for geometry in there:
        _gather(geometry, pairs)
    if pairs:
        written = iter(system.written(pairs).tolist())
        for geometry in there:
            _replace(geometry, written)


def with_links(feature: bytes, links: Sequence[Link]) -> bytes:
    """A ready feature with links, without parsing it."""
    return feature.removesuffix(_END) + b',"links":' + orjson.dumps(links) + _END


def _gather(geometry: dict[str, Any], pairs: list[list[float]]) -> None:
    for part in geometry.get("geometries", ()):
        _gather(part, pairs)
    if "coordinates" in geometry:
        pairs.extend(_pairs(geometry["coordinates"]))


def _pairs(coordinates: Any) -> Iterator[list[float]]:
    if coordinates and isinstance(coordinates[0], list):
        for part in coordinates:
            yield from _pairs(part)
    elif coordinates:
        yield coordinates[:2]


def _replace(geometry: dict[str, Any], written: Iterator[list[float]]) -> None:
    for part in geometry.get("geometries", ()):
        _replace(part, written)
    if "coordinates" in geometry:
        geometry["coordinates"] = _replaced(geometry["coordinates"], written)


def _replaced(coordinates: Any, written: Iterator[list[float]]) -> Any:
    if coordinates and isinstance(coordinates[0], list):
        return [_replaced(part, written) for part in coordinates]
    return next(written) if coordinates else coordinates

"""Areas as RFC 7946 text: six decimals, still valid after rounding, exterior rings counter-clockwise, one feature a line."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

AREA_DECIMALS = 6  # 0.1 m: finer than the boundaries were drawn, and neighbours that share a vertex round it alike.
_GEOD = Geod(ellps="GRS80")


def geodesic_area_m2(area: BaseGeometry) -> int:
    """Square metres on the GRS80 ellipsoid of an area in EPSG:4326, holes taken out."""
    square_metres, _ = _GEOD.geometry_area_perimeter(shapely.orient_polygons(area))
    return round(abs(square_metres))


def rounded_area(area: BaseGeometry) -> BaseGeometry:
    """The area in EPSG:4326 on the grid of `AREA_DECIMALS`: valid, a Polygon where it has one part."""
    rounded = shapely.remove_repeated_points(shapely.transform(area, _round_pairs))
    if not rounded.is_valid:
        rounded = shapely.set_precision(area, 10.0**-AREA_DECIMALS)
    parts = [part for part in shapely.get_parts(rounded) if part.geom_type == "Polygon"]
    return shapely.orient_polygons(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))


def write_features(path: Path, features: Iterable[tuple[BaseGeometry, Mapping[str, Any]]]) -> int:
    """The number of features written to `path` as a FeatureCollection. The geometries are rounded already."""
    lines = [
        _compact({"type": "Feature", "properties": dict(properties), "geometry": json.loads(shapely.to_geojson(geometry))})
        for geometry, properties in features
    ]
    path.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    return len(lines)


def _round_pairs(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.round(pairs, AREA_DECIMALS)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)

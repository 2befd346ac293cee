"""An area from outside: checked, mended where that changes almost nothing, and else refused with the change stated."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.frame import Frame
from geo_app.spatial.crs import MAX_LAT_DEG, MAX_LON_DEG, LonLat, lonlat_from, to_metric

# Mending is all pairs of crossing edges at worst: a star of 100,000 corners would never end.
REPAIRABLE_VERTICES = 500
_REPAIRABLE_SHARE = 0.01
_LARGEST_SHARE = 4.0


@dataclass(frozen=True, slots=True)
class PlacedArea:
    """An area in EPSG:4326. `before_m2` and `after_m2` differ where it was mended; None where it was sound."""

    geometry: BaseGeometry
    before_m2: float | None = None
    after_m2: float | None = None


def place_area(area: BaseGeometry, crs: str, frame: Frame) -> PlacedArea:
    """The area in EPSG:4326. Raises `BadCell`: `coordinate-off-globe`, `geometry-too-large`, `invalid-geometry`."""
    lonlat: BaseGeometry = shapely.transform(area, lambda pairs: lonlat_from(pairs, crs))
    pairs = shapely.get_coordinates(lonlat)
    if not (np.isfinite(pairs).all() and (np.abs(pairs) <= (MAX_LON_DEG, MAX_LAT_DEG)).all()):
        raise BadCell("coordinate-off-globe", _shown(area))
    if shapely.box(*lonlat.bounds).area > _LARGEST_SHARE * shapely.box(*frame.bounds_lonlat).area:
        raise BadCell("geometry-too-large", _shown(lonlat), share=_LARGEST_SHARE)
    return PlacedArea(lonlat) if lonlat.is_valid else _mended(lonlat)


def _mended(lonlat: BaseGeometry) -> PlacedArea:
    reason = shapely.is_valid_reason(lonlat)
    before_m2 = _area_m2(lonlat)
    if shapely.get_num_coordinates(lonlat) > REPAIRABLE_VERTICES:
        raise BadCell("invalid-geometry", reason, before_m2=round(before_m2), after_m2="?")
    polygons = [part for part in shapely.get_parts(shapely.make_valid(lonlat), return_index=False) if part.area > 0]
    parts = [piece for part in polygons for piece in shapely.get_parts(part)]
    mended: BaseGeometry = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    after_m2 = _area_m2(mended)
    if not parts or not mended.is_valid or abs(after_m2 - before_m2) > _REPAIRABLE_SHARE * max(before_m2, 1.0):
        raise BadCell("invalid-geometry", reason, before_m2=round(before_m2), after_m2=round(after_m2))
    return PlacedArea(mended, before_m2, after_m2)


def _area_m2(lonlat: BaseGeometry) -> float:
    return float(shapely.transform(lonlat, lambda pairs: to_metric(LonLat(pairs))).area)


def _shown(geometry: BaseGeometry) -> str:
    return ", ".join(f"{number:.6g}" for number in geometry.bounds)

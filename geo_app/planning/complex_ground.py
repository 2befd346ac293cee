"""Where the complexes lie: their outline, or a circle of the official area about an approximate centre."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geo_app.planning.cells import Cells
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray, GridXY, MetricXY, check_lonlat, to_grid, to_lonlat, to_metric

_QUAD_SEGS = 64  # holds the area of a circle to 0.02 %
_LIVE = ("confirmed", "reported")


@dataclass(frozen=True, slots=True, eq=False)
class ComplexGround:
    """One complex. `area_grid` in EPSG:5179, None where neither outline nor centre and area are known; `is_circle`: only the rough extent.

    `employees` is the newest published head count, None where nobody published one; `year` is its year. `is_whole`: no part of it lies
    outside the district.
    """

    id: str
    name: str
    employees: int | None
    year: int | None
    area_grid: BaseGeometry | None
    is_circle: bool
    is_whole: bool


def list_complexes(snapshot: Snapshot) -> tuple[ComplexGround, ...]:
    """The complexes that exist (not planned, not closed, not made up), by id."""
    layer = snapshot.layers.get("industrial-complexes")
    if layer is None:
        return ()
    features = (layer.feature(position) for position in range(len(layer)))
    return tuple(_ground(feature) for feature in features if feature["properties"]["status"] in _LIVE)


def spread_over(cells: Cells, ground: ComplexGround) -> FloatArray:
    """(p,) float64: the share of a complex on each piece, by common ground. They add up to 1, or to the part inside the district.

    All 0 where its ground is not known or lies outside.
    """
    shares = np.zeros(cells.piece_count)
    if ground.area_grid is None or not cells.piece_count:
        return shares
    shapely.prepare(ground.area_grid)
    met = np.flatnonzero(shapely.intersects(ground.area_grid, cells.piece_shapes))
    shares[met] = shapely.area(shapely.intersection(ground.area_grid, cells.piece_shapes[met])) / ground.area_grid.area
    # A circle reaches over the border where the true outline does not: nobody of a complex wholly in the district works outside.
    inside = float(shares.sum())
    return shares / inside if ground.is_whole and inside > 0 else shares


def _ground(feature: Mapping[str, Any]) -> ComplexGround:
    properties = feature["properties"]
    area, is_circle = _area(feature.get("geometry"), properties.get("area_m2"))
    as_of = str(properties.get("as_of") or "")
    return ComplexGround(
        id=str(feature["id"]),
        name=properties["name"],
        employees=properties.get("employees"),
        year=int(as_of[:4]) if as_of else None,
        area_grid=area,
        is_circle=is_circle,
        is_whole=properties.get("part_of_district") == "whole",
    )


def _area(geometry: dict[str, Any] | None, area_m2: float | None) -> tuple[BaseGeometry | None, bool]:
    if geometry is None:
        return None, False
    if geometry["type"] != "Point":
        return shapely.transform(shape(geometry), lambda lonlat: to_grid(check_lonlat(lonlat))), False
    if not area_m2:
        return None, False
    centre = to_metric(check_lonlat(geometry["coordinates"]))[0]
    circle = Point(centre).buffer(math.sqrt(area_m2 / math.pi), quad_segs=_QUAD_SEGS)
    return shapely.transform(circle, lambda xy: GridXY(to_grid(to_lonlat(MetricXY(xy))))), True

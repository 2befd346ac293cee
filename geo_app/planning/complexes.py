"""Industrial complexes over the grid: how much of each lies in which cell, where its ground is, how many work there."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.planning.answers import BoolArray, FloatArray
from geo_app.planning.cells import Cells
from geo_app.planning.complex_ground import ComplexGround, list_complexes, spread_over
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import GridXY, LonLat, lonlat_of_grid, to_grid
from geo_app.spatial.geodesy import distances_from_m


@dataclass(frozen=True, slots=True, eq=False)
class Complex:
    """A complex of which some ground lies in the district.

    `cells` (k,) positions in the grid, `cell_share` (k,) how much of the whole complex lies in each: they add up to 1, or to the part
    inside the district. `lon`, `lat` is a point inside, EPSG:4326; `radius_m` geodesic metres from there to the farthest corner.
    `employees` of the whole complex, None where no figure is published; `is_rough`: a circle of its official area stands for its ground.
    """

    id: str
    name: str
    employees: int | None
    is_rough: bool
    lon: float
    lat: float
    radius_m: float
    area_grid: BaseGeometry
    cells: NDArray[np.int64]
    cell_share: FloatArray

    @property
    def workers(self) -> float | None:
        """How many work on its ground in the district, where the whole is known: spread evenly."""
        return None if self.employees is None else self.employees * float(self.cell_share.sum())

    @property
    def even_radius_m(self) -> float:
        """Metres of the circle that holds as much ground."""
        return math.sqrt(self.area_grid.area / math.pi)

    def share_of(self, covered: BoolArray) -> float:
        """0–1: how much of its ground in the district lies in covered cells; (n,) bool."""
        return float(np.where(covered[self.cells], self.cell_share, 0.0).sum() / self.cell_share.sum())

    def distance_m(self, lon: float, lat: float) -> float:
        """Geodesic metres from a point in EPSG:4326 to the nearest point of its ground, found in the plane; 0 inside."""
        spot = shapely.Point(to_grid(LonLat(np.asarray([(lon, lat)])))[0])
        if self.area_grid.covers(spot):
            return 0.0
        nearest = shapely.get_coordinates(shapely.shortest_line(self.area_grid, spot))[:1]
        return distances_from_m(lon, lat, np.asarray(lonlat_of_grid(GridXY(nearest))))[0]


def place_complexes(snapshot: Snapshot, cells: Cells) -> tuple[Complex, ...]:
    """The complexes whose ground is known and lies, in part at least, on the district's; by id."""
    placed = (_place(ground, cells) for ground in list_complexes(snapshot))
    return tuple(found for found in placed if found is not None)


def _place(ground: ComplexGround, cells: Cells) -> Complex | None:
    by_cell = cells.sum_by_cell(spread_over(cells, ground)) if len(cells) else np.zeros(0)
    found = np.flatnonzero(by_cell > 0)
    if ground.area_grid is None or not len(found):
        return None
    corners = np.asarray(lonlat_of_grid(GridXY(shapely.get_coordinates(ground.area_grid))))
    inside = ground.area_grid.centroid if ground.is_circle else ground.area_grid.representative_point()
    lon, lat = lonlat_of_grid(GridXY(shapely.get_coordinates(inside)))[0].tolist()
    return Complex(
        id=ground.id,
        name=ground.name,
        employees=ground.employees,
        is_rough=ground.is_circle,
        lon=lon,
        lat=lat,
        radius_m=max(distances_from_m(lon, lat, corners)),
        area_grid=ground.area_grid,
        cells=found,
        cell_share=by_cell[found],
    )

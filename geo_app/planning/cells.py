"""The district cut into the cells of the national 250 m grid, and each cell into its dongs: where demand lies, where ways begin."""

from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray, GridXY, lonlat_of_grid, to_metric
from geo_app.spatial.grid import CELL_M, cells_over, corners_lonlat, grid_boxes, grid_code, to_grid_shapes

Ints = NDArray[np.int32]
Shapes = NDArray[np.object_]
SLIVER_M2 = 1.0  # less than this is the rounding of borders, not ground

_kept: "WeakKeyDictionary[LayerSnapshot, Cells]" = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Cells:
    """(n,) cells by code, and (p,) pieces: what a cell and a dong have in common. Two dongs share no ground, so pieces add up.

    `codes`: codes of the national grid. `corner_xy` (n, 2) int64: south-western corners, EPSG:5179 metres, multiples of 250.
    `point_lonlat` (n, 2) float64: the centre, or a point inside the largest piece where the centre lies outside the district.
    `corners_lonlat` (n, 4, 2) float64: south-west, south-east, north-east, north-west. Both EPSG:4326, longitude first.
    `piece_cell`, `piece_dong` (p,) int32: positions in `codes` and `dong_ids`, by cell, then dong. `piece_area_m2` (p,) float64.
    `piece_shapes` (p,) polygons in EPSG:5179. `dong_ids`, `dong_names`: the dongs with a polygon, by id.
    """

    codes: tuple[str, ...]
    corner_xy: NDArray[np.int64]
    point_lonlat: FloatArray
    corners_lonlat: FloatArray
    piece_cell: Ints
    piece_dong: Ints
    piece_area_m2: FloatArray
    piece_shapes: Shapes
    dong_ids: tuple[str, ...]
    dong_names: tuple[str, ...]

    def __len__(self) -> int:
        """How many cells."""
        return len(self.codes)

    @property
    def piece_count(self) -> int:
        """How many pieces."""
        return len(self.piece_cell)

    @cached_property
    def cell_dong(self) -> Ints:
        """(n,) int32: the dong of each cell's largest piece."""
        order = np.lexsort((self.piece_dong, -self.piece_area_m2, self.piece_cell))
        _, first = np.unique(self.piece_cell[order], return_index=True)
        return self.piece_dong[order[first]]

    @cached_property
    def position_of(self) -> dict[tuple[int, int], int]:
        """South-western corner in EPSG:5179 metres → position of the cell."""
        return {(x, y): position for position, (x, y) in enumerate(self.corner_xy.tolist())}

    def sum_by_cell(self, by_piece: FloatArray) -> FloatArray:
        """(p,) figures of pieces → (n,) figures of cells."""
        return _sums(self.piece_cell, by_piece, len(self.codes))

    def sum_by_dong(self, by_piece: FloatArray) -> FloatArray:
        """(p,) figures of pieces → (d,) figures of dongs."""
        return _sums(self.piece_dong, by_piece, len(self.dong_ids))


def build_cells(snapshot: Snapshot) -> Cells:
    """The cells of a snapshot's district: the squares that share ground with one of its dongs. Kept as long as the layer of dongs is.

    A district without polygons of dongs has no cells.
    """
    layer = snapshot.layers.get("dongs")
    if layer is None:
        return cut_cells([], [], np.empty(0, dtype=object))
    found = _kept.get(layer)
    if found is None:
        # Two threads may both cut them; either is right.
        found = _kept[layer] = _cells_of(layer)
    return found


def cut_cells(dong_ids: list[str], dong_names: list[str], areas_lonlat: Shapes) -> Cells:
    """The cells over (d,) polygons in EPSG:4326 that share no ground."""
    areas = to_grid_shapes(areas_lonlat)
    pieces = [_cut(number, area) for number, area in enumerate(areas)]
    corners = np.concatenate([corner for corner, _, _ in pieces] or [np.empty((0, 2), dtype=np.int64)])
    dongs = np.concatenate([dong for _, dong, _ in pieces] or [np.empty(0, dtype=np.int32)])
    shapes = np.concatenate([cut for _, _, cut in pieces] or [np.empty(0, dtype=object)])
    area_m2 = _area_m2(shapes)
    kept = area_m2 >= SLIVER_M2
    corners, dongs, shapes, area_m2 = corners[kept], dongs[kept], shapes[kept], area_m2[kept]
    unique, cell_of = np.unique(corners, axis=0, return_inverse=True)
    cell: Ints = cell_of.reshape(-1).astype(np.int32)
    order = np.lexsort((dongs, cell))
    cell, dongs, shapes, area_m2 = cell[order], dongs[order], shapes[order], area_m2[order]
    return Cells(
        codes=tuple(grid_code(x, y) for x, y in unique.tolist()),
        corner_xy=unique,
        point_lonlat=_points(unique, cell, shapes, area_m2),
        corners_lonlat=corners_lonlat(unique),
        piece_cell=cell,
        piece_dong=dongs,
        piece_area_m2=area_m2,
        piece_shapes=shapes,
        dong_ids=tuple(dong_ids),
        dong_names=tuple(dong_names),
    )


def _cells_of(layer: LayerSnapshot) -> Cells:
    features = [layer.feature(position) for position in layer.pins.tolist()]
    areas = np.empty(len(features), dtype=object)
    areas[:] = [shape(feature["geometry"]) for feature in features]
    return cut_cells([feature["id"] for feature in features], [feature["properties"]["name"] for feature in features], areas)


def _cut(dong: int, area: BaseGeometry) -> tuple[NDArray[np.int64], Ints, Shapes]:
    """The corners of the cells that an area shares ground with, its own number beside each, and the common ground, EPSG:5179."""
    lonlat = shapely.transform(area, lambda xy: lonlat_of_grid(GridXY(xy)))
    corners = cells_over(lonlat)
    boxes = grid_boxes(corners)
    shapely.prepare(area)
    inner = shapely.contains_properly(area, boxes)
    cut = boxes.copy()
    cut[~inner] = shapely.intersection(area, boxes[~inner])
    return corners, np.full(len(corners), dong, dtype=np.int32), cut


def _sums(of: Ints, figures: FloatArray, count: int) -> FloatArray:
    sums: FloatArray = np.bincount(of, weights=figures, minlength=count).astype(np.float64)
    return sums


def _area_m2(shapes: Shapes) -> FloatArray:
    """Square metres in the plane of EPSG:5186, which holds areas of the district to 30 ppm; that of EPSG:5179 is 700 ppm small."""
    metric = shapely.transform(shapes, lambda xy: to_metric(lonlat_of_grid(GridXY(xy))))
    areas: FloatArray = np.asarray(shapely.area(metric), dtype=np.float64)
    return areas


def _points(corners: NDArray[np.int64], cell: Ints, shapes: Shapes, area_m2: FloatArray) -> FloatArray:
    centres = corners.astype(np.float64) + CELL_M / 2
    held = np.zeros(len(corners), dtype=bool)
    points = shapely.points(centres[cell]) if len(cell) else np.empty(0, dtype=object)
    held[cell[shapely.intersects(shapes, points)]] = True
    largest_first = np.lexsort((-area_m2, cell))
    _, first = np.unique(cell[largest_first], return_index=True)
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes[largest_first[first]]))
    xy = np.where(held[:, None], centres, inside.reshape(-1, 2))
    return np.asarray(lonlat_of_grid(GridXY(xy)), dtype=np.float64)

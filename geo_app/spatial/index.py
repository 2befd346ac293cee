"""The index behind every question of the form "what is near, around, inside?"."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, SupportsIndex

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.spatial.bulk import PointSearch, rank_ids
from geo_app.spatial.checks import (
    check_count,
    check_ids,
    check_places,
    check_point,
    check_radius_m,
    check_shape,
    check_window,
    check_windows,
)
from geo_app.spatial.crs import FloatArray, LonLat, check_lonlat, metric_point
from geo_app.spatial.frame import Box, Window, build_metric_boxes, build_metric_spots, find_metric_box, is_in_frame, planar_bound_m
from geo_app.spatial.points import Points
from geo_app.spatial.shapes import Shapes
from geo_app.spatial.tree import BoxTree, Positions

_MANY: Final = 64
# A tree hands out what it finds one by one, 50 times slower than an array is filtered: from this share of the extent on, points are.
_WIDE_SHARE: Final = 1 / 16


@dataclass(frozen=True, slots=True)
class Hit:
    """An answer: the item's id, its geodesic distance in metres, and its position in the arrays the index was built from."""

    id: str
    distance_m: float
    position: int


class SpatialIndex:
    """Items with ids and places, found by an R-tree in EPSG:5186 metres and confirmed as geodesic metres (GRS 80).

    `ids`: unique strings. `geometries_lonlat`: as many shapely geometries in EPSG:4326, longitude first, or an (n, 2) float array of
    points. Immutable, and safe to ask from many threads; a copy builds its tree anew. Answers are exact for points; how far they are
    for lines and areas is told in `spatial.shapes`. Hits come by (distance, id), ids without a distance by id.
    Raises `BadArgument` (ids, sizes), `BadGeometry`, `BadCoordinates`.

    >>> index = SpatialIndex(["sh-2", "sh-1"], np.array([[126.79, 35.14], [126.80, 35.14]]))
    >>> [(hit.id, round(hit.distance_m)) for hit in index.nearest(126.791, 35.14, 5)]
    [('sh-2', 91), ('sh-1', 820)]
    >>> SpatialIndex([], []).nearest(126.791, 35.14, 5)
    []
    """

    __slots__ = ("_items", "_places", "_search", "_tree", "_unframed", "ids")

    def __init__(self, ids: Sequence[str], geometries_lonlat: NDArray[Any] | Sequence[BaseGeometry | None]) -> None:
        self.ids: Final = check_ids(ids)
        self._places: Final = check_places(self.ids, geometries_lonlat)
        self._items: Final = Shapes(self._places) if self._places.dtype == object else Points(LonLat(self._places))
        self._tree: Final = BoxTree(self._items.mins, self._items.maxs)
        self._unframed: Final = np.flatnonzero(~self._items.framed)
        self._search: PointSearch | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[type["SpatialIndex"], tuple[Any, ...]]:
        # An rtree that is pickled or copied comes back empty without a word.
        return SpatialIndex, (self.ids, self._places)

    def nearest(self, lon: float, lat: float, k: SupportsIndex, within_m: float | None = None) -> list[Hit]:
        """The k nearest items, at most `within_m` geodesic metres away; fewer where there are fewer. A border touched is distance 0."""
        lon, lat = check_point(lon, lat)
        count = min(check_count("k", k), len(self.ids))
        limit_m = math.inf if within_m is None else check_radius_m("within_m", within_m)
        if count == 0:
            return []
        x, y = metric_point(lon, lat)
        found = self._tree.nearest(x, y, count + 1) if is_in_frame(lon, lat, x) else []
        ranked = self._rank(lon, lat, found, count)
        reach_m = min(ranked[-1][0], limit_m) if len(ranked) == count else limit_m
        # Whatever was not fetched is at least as far off in the plane as the last that was: is that farther than reach_m can be?
        seen_all = len(found) == len(self.ids)
        if not seen_all and not (found and planar_bound_m(x, lat, reach_m) < self._tree.distance_m(found[-1], x, y)):
            ranked = self._rank(lon, lat, self._around(lon, lat, reach_m), count)
        return [Hit(item_id, metres, position) for metres, item_id, position in ranked if metres <= limit_m]

    def within(self, lon: float, lat: float, radius_m: float) -> list[Hit]:
        """All items at most `radius_m` geodesic metres away, nearest first."""
        lon, lat = check_point(lon, lat)
        radius_m = check_radius_m("radius_m", radius_m)
        around = self._around(lon, lat, radius_m)
        ranked = self._rank(lon, lat, around, len(around))
        return [Hit(item_id, metres, position) for metres, item_id, position in ranked if metres <= radius_m]

    def window(self, min_lon: float, min_lat: float, max_lon: float, max_lat: float) -> list[str]:
        """Ids of the items that have a point in common with a window of degrees, borders included, by id."""
        window = check_window(min_lon, min_lat, max_lon, max_lat)
        around = self._in_window(window)
        return self._named(around[self._items.is_in_window(around, np.array([window]))])

    def window_positions(self, min_lon: float, min_lat: float, max_lon: float, max_lat: float) -> Positions:
        """`window` as positions in the arrays the index was built from, ascending."""
        window = check_window(min_lon, min_lat, max_lon, max_lat)
        around = self._in_window(window)
        if len(around) == len(self.ids):
            return np.flatnonzero(self._items.is_in_window(slice(None), np.array([window])))
        return np.sort(around[self._items.is_in_window(around, np.array([window]))])

    def intersecting(self, geometry: BaseGeometry) -> list[str]:
        """Ids of the items that have a point in common with a geometry in EPSG:4326 (shapely's `intersects`), by id."""
        shape, around = self._prepared(geometry)
        return self._named(around[self._items.is_intersecting(around, shape)])

    def contained_in(self, geometry: BaseGeometry) -> list[str]:
        """Ids of the items that lie wholly in a geometry in EPSG:4326, by id.

        Its border is inside (shapely's `covers`): a point on it counts, which shapely's `contains` would leave out.
        """
        shape, around = self._prepared(geometry)
        return self._named(around[self._items.is_contained(around, shape)])

    def containing(self, lon: float, lat: float) -> list[str]:
        """Ids of the items that hold a point inside or on their border, by id; an item that is a point holds itself alone."""
        lon, lat = check_point(lon, lat)
        around = self._in_window(Window(lon, lat, lon, lat))
        return self._named(around[self._items.is_containing(around, np.broadcast_to((lon, lat), (len(around), 2)))])

    def nearest_many(self, lonlat: FloatArray, k: SupportsIndex) -> tuple[Positions, FloatArray]:
        """`nearest` for (m, 2) points in EPSG:4326 at once: positions (m, k) and geodesic metres (m, k).

        Where fewer than k items are left, -1 and inf. A k-d tree answers for points, in arrays; lines and areas are asked one by one.
        """
        asked = check_lonlat(lonlat)
        wanted = check_count("k", k)
        positions = np.full((len(asked), wanted), -1, dtype=np.int64)
        distances = np.full((len(asked), wanted), np.inf)
        open_rows = np.arange(len(asked))
        count = min(wanted, len(self.ids))
        if count and isinstance(self._items, Points):
            # Two threads may both build the search; either is right, and the last one stays.
            self._search = search = self._search or PointSearch(self._items, rank_ids(self.ids))
            positions[:, :count], distances[:, :count], proved = search.nearest(asked, count)
            open_rows = np.flatnonzero(~proved)
        for row in open_rows.tolist():
            hits = self.nearest(asked[row, 0], asked[row, 1], wanted)
            positions[row, : len(hits)] = [hit.position for hit in hits]
            distances[row, : len(hits)] = [hit.distance_m for hit in hits]
        return positions, distances

    def window_many(self, windows: FloatArray) -> tuple[Positions, Positions]:
        """`window` for (m, 4) windows of degrees at once: pairs (row of the window, position of the item), by row, then position."""
        asked = check_windows(windows)
        rows, positions = self._pairs(build_metric_boxes(asked))
        met = self._items.is_in_window(positions, asked[rows])
        return rows[met], positions[met]

    def containing_many(self, lonlat: FloatArray) -> tuple[Positions, Positions]:
        """`containing` for (m, 2) points in EPSG:4326 at once: pairs (row of the point, position of the item), by row, then position."""
        asked = check_lonlat(lonlat)
        rows, positions = self._pairs(build_metric_spots(asked))
        held = self._items.is_containing(positions, asked[rows])
        return rows[held], positions[held]

    def _around(self, lon: float, lat: float, radius_m: float) -> Positions:
        """Positions of all items that may lie within a radius: everything, where the plane promises nothing."""
        x, y = metric_point(lon, lat)
        bound_m = planar_bound_m(x, lat, radius_m) if is_in_frame(lon, lat, x) else math.inf
        if math.isinf(bound_m):
            return np.arange(len(self.ids))
        return self._tree.touching(Box(x - bound_m, y - bound_m, x + bound_m, y + bound_m))

    def _in_window(self, window: Window) -> Positions:
        """Positions of all items that may meet a window."""
        box = find_metric_box(window)
        if box is None or (isinstance(self._items, Points) and self._tree.covered_share(box) > _WIDE_SHARE):
            return np.arange(len(self.ids))
        return np.concatenate((self._tree.touching(box), self._unframed))

    def _pairs(self, boxes: FloatArray) -> tuple[Positions, Positions]:
        """Pairs (row, position) that may meet, by row, then position; a row of NaN in (m, 4) `boxes` may meet everything."""
        boxed, boundless = np.flatnonzero(~np.isnan(boxes[:, 0])), np.flatnonzero(np.isnan(boxes[:, 0]))
        rows, positions = self._tree.touching_many(boxes[boxed, :2], boxes[boxed, 2:])
        everything = np.arange(len(self.ids))
        rows = np.concatenate((boxed[rows], np.repeat(boxed, len(self._unframed)), np.repeat(boundless, len(everything))))
        positions = np.concatenate((positions, np.tile(self._unframed, len(boxed)), np.tile(everything, len(boundless))))
        order = np.lexsort((positions, rows))
        return rows[order], positions[order]

    def _prepared(self, geometry: BaseGeometry) -> tuple[BaseGeometry, Positions]:
        shape = check_shape(geometry)
        shapely.prepare(shape)
        return shape, self._in_window(Window(*shape.bounds))

    def _rank(self, lon: float, lat: float, positions: Positions | list[int], count: int) -> list[tuple[float, str, int]]:
        """The first `count` of (geodesic metres, id, position)."""
        metres = self._items.distances_m(lon, lat, positions)
        if len(metres) > max(4 * count, _MANY):
            # Of many, only those up to the count-th distance need sorting; all that tie with it stay.
            distances, found = np.array(metres), np.asarray(positions)
            kept = distances <= np.partition(distances, count - 1)[count - 1]
            metres, positions = distances[kept].tolist(), found[kept]
        listed = positions if isinstance(positions, list) else positions.tolist()
        return sorted(zip(metres, [self.ids[position] for position in listed], listed, strict=True))[:count]

    def _named(self, positions: Positions) -> list[str]:
        return sorted([self.ids[position] for position in positions.tolist()])

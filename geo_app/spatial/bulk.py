"""Many points at once to their nearest of many points: a k-d tree in EPSG:5186, confirmed geodesically in arrays."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from geo_app.spatial.crs import FloatArray, LonLat, to_metric
from geo_app.spatial.frame import in_frame, planar_bounds_m
from geo_app.spatial.geodesy import paired_distances_m
from geo_app.spatial.points import Mask, Points
from geo_app.spatial.tree import Positions

# A second round looks at more points where the first could not decide: those that stand on one spot, such as the floors of a building.
_SECOND_LOOK: Final = 16


def rank_ids(ids: Sequence[str]) -> Positions:
    """(n,) the place of each id among the sorted ids."""
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return ranks


class PointSearch:
    """The k nearest of `points` for whole arrays of questions. `ranks` (n,) orders items whose distances are equal."""

    __slots__ = ("_points", "_ranks", "_tree")

    def __init__(self, points: Points, ranks: Positions) -> None:
        self._points, self._ranks = points, ranks
        # Without balancing and compacting the build is faster and does not degrade where many points stand on one spot.
        self._tree: Final = cKDTree(points.mins, balanced_tree=False, compact_nodes=False)

    def nearest(self, lonlat: LonLat, k: int) -> tuple[Positions, FloatArray, Mask]:
        """Positions (m, k), geodesic metres (m, k) and (m,) true where the answer is proved; 0 < k ≤ n.

        Rows that are not proved need the slower way of `SpatialIndex.nearest`.
        """
        xy = to_metric(lonlat)
        proved = np.zeros(len(lonlat), dtype=np.bool_)
        positions = np.full((len(lonlat), k), -1, dtype=np.int64)
        distances = np.full((len(lonlat), k), np.inf)
        open_rows = np.flatnonzero(in_frame(lonlat, xy))
        for confirmed in (k, 4 * k + _SECOND_LOOK):
            if open_rows.size:
                found = self._look(LonLat(lonlat[open_rows]), xy[open_rows], k, min(confirmed, len(self._points)))
                positions[open_rows], distances[open_rows], proved[open_rows] = found
                open_rows = open_rows[~found[2]]
        return positions, distances, proved

    def _look(self, lonlat: LonLat, xy: FloatArray, k: int, confirmed: int) -> tuple[Positions, FloatArray, Mask]:
        """Confirm the `confirmed` nearest in the plane; the next one after them says whether a nearer one can have been missed."""
        fetched = min(confirmed + 1, len(self._points))
        planar, found = (np.asarray(answer) for answer in self._tree.query(xy, k=np.arange(1, fetched + 1)))
        positions = found[:, :confirmed].astype(np.int64, copy=False)
        distances = self._confirm(lonlat, positions)
        if confirmed > 1:
            order = np.lexsort((self._ranks[positions], distances), axis=-1)[:, :k]
            positions, distances = np.take_along_axis(positions, order, axis=1), np.take_along_axis(distances, order, axis=1)
        if fetched == confirmed:
            return positions, distances, np.ones(len(lonlat), dtype=np.bool_)
        bounds = planar_bounds_m(xy[:, 0], lonlat[:, 1], distances[:, -1])
        return positions, distances, bounds < planar[:, -1]

    def _confirm(self, lonlat: LonLat, positions: Positions) -> FloatArray:
        count = positions.shape[1]
        sites = self._points.lonlat[positions.ravel()]
        lon, lat = np.repeat(lonlat[:, 0], count), np.repeat(lonlat[:, 1], count)
        return paired_distances_m(lon, lat, sites[:, 0], sites[:, 1]).reshape(-1, count)

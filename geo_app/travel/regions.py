"""The plane shared out among points (Voronoi 1908): whatever set of points is chosen, its regions make an outline at once."""

from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Voronoi, cKDTree
from shapely.geometry import MultiPolygon, Polygon

from geo_app.spatial.crs import FloatArray
from geo_app.travel.rings import Rows, link_edges, trace_rings

_METRES_PER_DEGREE: Final = 111_320.0
# Points nearer to each other than this are one to Qhull's arithmetic over a whole district; they share a region.
_SAME_PLACE_M: Final = 0.05
_SAME_VERTEX_M: Final = 1e-7


class Regions:
    """Regions of (p, 2) points and of (d, 2) outside points that are never chosen, in degrees of EPSG:4326; built once, then only read.

    A region holds what is nearer to its point than to any other (in degrees, longitudes shrunk to the latitude: distances need not be
    exact for every chosen point to lie inside an outline and every other one outside). The outside points must surround the others.
    """

    __slots__ = ("_begin", "_crowded", "_end", "_first", "_neighbour", "_owner", "_scale", "_vertices")

    def __init__(self, lonlat: FloatArray, outside_lonlat: FloatArray) -> None:
        middle = np.concatenate((lonlat, outside_lonlat)).mean(axis=0)
        self._scale = _METRES_PER_DEGREE * np.array([np.cos(np.radians(middle[1])), 1.0])
        points, outside = (lonlat - middle) * self._scale, (outside_lonlat - middle) * self._scale
        apart = points[np.unique(np.round(points / _SAME_PLACE_M), axis=0, return_index=True)[1]]
        diagram = Voronoi(np.concatenate((apart, outside)))
        with_region = np.unique(diagram.ridge_points)
        # Whoever stands in a region belongs to it: points too near to each other to be told apart among them.
        self._owner = with_region[cKDTree(diagram.points[with_region]).query(points)[1]]
        self._crowded = np.flatnonzero(np.bincount(self._owner)[self._owner] > 1)
        self._share_out(diagram, middle)

    def outline(self, chosen: Rows) -> MultiPolygon:
        """The union of the regions of some points (their positions), EPSG:4326; a region counts when all its points are chosen."""
        is_chosen, is_in = np.zeros(len(self._owner), dtype=bool), np.zeros(len(self._first) - 1, dtype=bool)
        is_chosen[chosen] = True
        is_in[self._owner[chosen]] = True
        is_in[self._owner[self._crowded[~is_chosen[self._crowded]]]] = False
        owners = np.flatnonzero(is_in)
        ridges, sides = expand_ranges(self._first[owners], self._first[owners + 1])
        is_border = ~is_in[self._neighbour[ridges]]
        border = ridges[is_border]
        rings, ring_edges = trace_rings(link_edges(self._begin[border], self._end[border], self._vertices), self._begin[border])
        if not rings:
            return MultiPolygon()
        vertices = np.concatenate(rings)
        ring_of = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
        drawn = np.asarray(shapely.linearrings(self._vertices[vertices], indices=ring_of))
        is_shell = np.asarray(shapely.is_ccw(drawn))
        if np.count_nonzero(is_shell) == 1:
            return MultiPolygon([Polygon(drawn[is_shell][0], drawn[~is_shell].tolist())])
        inner = ridges[~is_border]
        parts = _label_parts(owners, sides[~is_border], self._neighbour[inner])
        return _assembled(drawn, is_shell, parts[sides[is_border][ring_edges]])

    def _share_out(self, diagram: Voronoi, middle: FloatArray) -> None:
        """Lists every ridge twice, for each of its two points with that point on its left, ordered by point."""
        kept, merged = np.unique(np.round(diagram.vertices / _SAME_VERTEX_M), axis=0, return_index=True, return_inverse=True)[1:]
        corners = diagram.vertices[kept]
        self._vertices: FloatArray = corners / self._scale + middle
        ends, pairs = np.asarray(diagram.ridge_vertices), diagram.ridge_points
        bounded = ends.min(axis=1) >= 0  # only outside points have ridges without an end
        ends, pairs = merged.reshape(-1)[ends[bounded]], pairs[bounded]
        long_ = ends[:, 0] != ends[:, 1]
        ends, pairs = ends[long_], pairs[long_]
        ahead, aside = corners[ends[:, 1]] - corners[ends[:, 0]], diagram.points[pairs[:, 0]] - diagram.points[pairs[:, 1]]
        turned = ahead[:, 0] * aside[:, 1] - ahead[:, 1] * aside[:, 0] < 0
        ends[turned] = ends[turned, ::-1]
        points = np.concatenate((pairs[:, 0], pairs[:, 1]))
        order = np.argsort(points, kind="stable")
        self._first = np.searchsorted(points[order], np.arange(len(diagram.points) + 1))
        self._neighbour = np.concatenate((pairs[:, 1], pairs[:, 0]))[order]
        self._begin = np.concatenate((ends[:, 0], ends[:, 1]))[order]
        self._end = np.concatenate((ends[:, 1], ends[:, 0]))[order]


def expand_ranges(first: Rows, after: Rows) -> tuple[Rows, Rows]:
    """The numbers of the ranges [first, after) one after another, and for each the position of its range.

    >>> expand_ranges(np.array([4, 9]), np.array([6, 10]))
    (array([4, 5, 9]), array([0, 0, 1]))
    """
    counts = after - first
    ranges = np.repeat(np.arange(len(first)), counts)
    return np.arange(len(ranges)) + np.repeat(first - np.cumsum(counts) + counts, counts), ranges


def _label_parts(owners: Rows, sides: Rows, neighbours: Rows) -> NDArray[np.int32]:
    """For each of the chosen regions (`owners`, ascending) the number of its part: regions that share a ridge are of one part."""
    others = np.searchsorted(owners, neighbours)
    joined = csr_array((np.ones(len(sides), dtype=np.int8), (sides, others)), shape=(len(owners), len(owners)))
    labels: NDArray[np.int32] = connected_components(joined, directed=False)[1]
    return labels


def _assembled(rings: NDArray[Any], is_shell: NDArray[np.bool_], parts: NDArray[np.int32]) -> MultiPolygon:
    """Each part has one shell; holes belong to the shell of their part."""
    hole_parts, holes = parts[~is_shell], rings[~is_shell]
    shells = zip(rings[is_shell].tolist(), parts[is_shell].tolist(), strict=True)
    return MultiPolygon([Polygon(shell, holes[hole_parts == part].tolist()) for shell, part in shells])

"""Reach areas: from where a place is reached within some minutes."""

import math
from threading import Lock
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import MultiPolygon

from geo_app.domain.errors import BadArgument
from geo_app.spatial.crs import FloatArray, LonLat, check_lonlat
from geo_app.travel.graph import ModeGraph
from geo_app.travel.placement import Placement, may_go_back, may_go_forward
from geo_app.travel.regions import Regions, expand_ranges
from geo_app.travel.rings import Rows
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.streets import Streets

# A street longer than this has points of its own between its junctions, so that an area can end half-way along it.
WAY_STEP_M: Final = 100.0
# Fields and water: farther than this from every street nobody is said to be reached, unless a cell's centre is.
STREETLESS_M: Final = 150.0
_LATTICE_M: Final = 200.0
_MOST_LATTICE: Final = 40_000
_CLEAR_M: Final = 50.0
_METRES_PER_DEGREE: Final = 111_320.0


class _Entries:
    """Which points one enters the streets from at which node, and what the way there costs: rows by node."""

    __slots__ = ("_first", "cost_min", "point")

    def __init__(self, graph: ModeGraph, placed: Placement) -> None:
        cost_min, nodes = np.concatenate(graph.leaving(placed)), np.concatenate(graph.ends(placed))
        points = np.tile(np.arange(len(placed)), 2)
        open_ = np.flatnonzero(np.isfinite(cost_min))
        order = open_[np.argsort(nodes[open_], kind="stable")]
        self.point, self.cost_min = points[order], cost_min[order]
        self._first = np.searchsorted(nodes[order], np.arange(graph.n_nodes + 1))

    def reached(self, nodes: Rows, node_min: FloatArray, limit_min: float) -> Rows:
        """The points from which one of `nodes` is entered in time."""
        entries, rows = expand_ranges(self._first[nodes], self._first[nodes + 1])
        return self.point[entries[node_min[nodes][rows] + self.cost_min[entries] <= limit_min]]


class Isochrones:
    """The reach areas of one mode: any target, any minutes, any period.

    The plane is shared out once among the nodes of the streets, the `extra_lonlat` points ((k, 2) EPSG:4326, usually cell centres), points
    along long streets, and a lattice of points where no street is near, from which nothing is ever reached. An area is the union of the
    regions of all points that reach the target in time: it holds every one of these and none of the others, by construction (but a
    point within 5 cm of one that is too far is left out with it). Raises `BadCoordinates`.
    """

    def __init__(self, router: StreetRouter, mode: Mode, extra_lonlat: FloatArray) -> None:
        self._router, self._mode, self._lock = router, mode, Lock()
        streets, extra = router.streets, check_lonlat(extra_lonlat)
        along, along_lonlat = _points_along(streets, mode)
        self._placed = _joined(router.place(extra, mode), along)
        self._by_edge = np.argsort(self._placed.edge, kind="stable")
        self._edges = self._placed.edge[self._by_edge]
        lonlat = np.concatenate((streets.node_lonlat, extra, along_lonlat))
        self._regions = Regions(lonlat, _outside_points(router, mode, LonLat(lonlat)))
        self._entries: dict[SpeedPeriod, _Entries] = {}

    def area(self, target: Placement, minutes: float, period: SpeedPeriod) -> MultiPolygon:
        """From where one target (a placement of length 1) is reached within `minutes`: EPSG:4326, empty where from nowhere.

        Raises `BadArgument` where the minutes are not finite and 0 or more.
        """
        if not 0 <= minutes < math.inf:
            raise BadArgument(name="minutes", value=minutes, expected="0 or more, finite")
        graph = self._router.graph(self._mode, period)
        node_min = self._router.node_minutes_to(target, self._mode, period, limit_min=minutes)
        nodes = np.flatnonzero(node_min <= minutes)
        entered = self._entries_of(graph, period).reached(nodes, node_min, minutes)
        beside = self._on_edge_of(target)
        beside = beside[graph.along(target, self._placed.take(beside)) <= minutes]
        return self._regions.outline(np.concatenate((nodes, entered + graph.n_nodes, beside + graph.n_nodes)))

    def _on_edge_of(self, target: Placement) -> Rows:
        first, after = np.searchsorted(self._edges, target.edge[0]), np.searchsorted(self._edges, target.edge[0], side="right")
        return self._by_edge[first:after]

    def _entries_of(self, graph: ModeGraph, period: SpeedPeriod) -> _Entries:
        with self._lock:
            if period not in self._entries:
                self._entries[period] = _Entries(graph, self._placed)
            return self._entries[period]


def _joined(first: Placement, second: Placement) -> Placement:
    return Placement(
        np.concatenate((first.edge, second.edge)),
        np.concatenate((first.fraction, second.fraction)),
        np.concatenate((first.offset_m, second.offset_m)),
    )


def _points_along(streets: Streets, mode: Mode) -> tuple[Placement, FloatArray]:
    """Points on the long streets of a mode that are no tunnels, at most `WAY_STEP_M` apart: where they stand, and their degrees."""
    usable = (may_go_forward(streets, mode) | may_go_back(streets, mode)) & ~streets.is_tunnel
    counts = np.where(usable, np.ceil(streets.length_m / WAY_STEP_M) - 1, 0).clip(min=0).astype(np.int64)
    edge = np.repeat(np.arange(streets.n_edges), counts)
    rank = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    fraction = rank / (counts[edge] + 1)
    placed = Placement(edge.astype(np.int32), fraction, np.zeros(len(edge)))
    return placed, _interpolated(streets, edge, fraction) if len(edge) else np.empty((0, 2))


def _interpolated(streets: Streets, edge: Rows, fraction: FloatArray) -> FloatArray:
    """(k, 2) degrees at fractions of edges. Degrees of longitude are shrunk first, so that a bent line is measured evenly."""
    shrunk = np.array([np.cos(np.radians(streets.node_lonlat[:, 1].mean())), 1.0])
    chosen, rows = np.unique(edge, return_inverse=True)
    vertices, owners = expand_ranges(streets.line_offsets[chosen], streets.line_offsets[chosen + 1])
    lines = np.asarray(shapely.linestrings(streets.line_lonlat[vertices] * shrunk, indices=owners))
    points: FloatArray = shapely.get_coordinates(shapely.line_interpolate_point(lines[rows], fraction, normalized=True)) / shrunk
    return points


def _outside_points(router: StreetRouter, mode: Mode, lonlat: LonLat) -> FloatArray:
    """A lattice over and around all points and streets, without what is near a street or a point."""
    everything = np.concatenate((lonlat, router.streets.line_lonlat))
    low, high = everything.min(axis=0), everything.max(axis=0)
    metres = _METRES_PER_DEGREE * np.array([max(np.cos(np.radians((low + high)[1] / 2)), 0.01), 1.0])
    spread = (high - low) * metres
    step_m = max(_LATTICE_M, math.sqrt(float(np.prod(spread + 4 * _LATTICE_M)) / _MOST_LATTICE))
    axes = [np.arange(-2 * step_m, spread[axis] + 2.5 * step_m, step_m) for axis in (0, 1)]
    lattice: FloatArray = low + np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2) / metres
    # The outermost rows stand more than a step from everything, so they always stay and surround the rest.
    off_points = cKDTree(lonlat * metres).query(lattice * metres, distance_upper_bound=_CLEAR_M)[0] > _CLEAR_M
    return lattice[off_points & ~router.near_streets(LonLat(lattice), mode, STREETLESS_M)]

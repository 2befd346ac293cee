"""Where places stand on the streets: the nearest edge that a mode may use, how far along it, and how far off."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo_app.spatial.crs import FloatArray, LonLat, check_lonlat
from geo_app.spatial.geodesy import polar_xy
from geo_app.travel.speeds import Mode, estimated_travel_min
from geo_app.travel.streets import Access, Streets

# Assumption: whoever stands half a kilometre from any street is not on the network; such a place is reported, never guessed.
SNAP_LIMIT_M: Final = 500.0
# The way between a place and its street is walked, straight but for the detour factor.
OFFSET_MIN_PER_M: Final = estimated_travel_min(1.0, Mode.WALK)
# Nearer to the end of an edge than this, a place stands at its node and may leave it by every street there.
_AT_NODE_M: Final = 1e-3
_FORWARD: Final = {Mode.WALK: Access.WALK_FORWARD, Mode.BICYCLE: Access.BICYCLE_FORWARD, Mode.MOTORBIKE: Access.MOTORBIKE_FORWARD}
_BACK: Final = {Mode.WALK: Access.WALK_BACK, Mode.BICYCLE: Access.BICYCLE_BACK, Mode.MOTORBIKE: Access.MOTORBIKE_BACK}


@dataclass(frozen=True, eq=False, slots=True)
class Placement:
    """k places on the streets of one mode.

    `edge` (k,) int32, -1 where no street is near enough; `fraction` (k,) float64, 0 at `edge_from` … 1 at `edge_to`;
    `offset_m` (k,) float64 metres between the place and the edge, inf where there is none.
    """

    edge: NDArray[np.int32]
    fraction: FloatArray
    offset_m: FloatArray

    def __len__(self) -> int:
        return len(self.edge)

    def row(self, index: int) -> "Placement":
        """The one place at `index`, from 0 on, as a placement of length 1."""
        return Placement(self.edge[index : index + 1], self.fraction[index : index + 1], self.offset_m[index : index + 1])

    def take(self, rows: NDArray[np.int64]) -> "Placement":
        """The places at some rows."""
        return Placement(self.edge[rows], self.fraction[rows], self.offset_m[rows])


def may_go_forward(streets: Streets, mode: Mode) -> NDArray[np.bool_]:
    """(m,) bool: a mode may go from `edge_from` to `edge_to`."""
    forward: NDArray[np.bool_] = (streets.access & _FORWARD[mode]) != 0
    return forward


def may_go_back(streets: Streets, mode: Mode) -> NDArray[np.bool_]:
    """(m,) bool: a mode may go from `edge_to` to `edge_from`."""
    back: NDArray[np.bool_] = (streets.access & _BACK[mode]) != 0
    return back


class Plane:
    """The lines of a network in metres: azimuthal equidistant around its middle, true to 4 ppm within 30 km (`geodesy.polar_xy`)."""

    __slots__ = ("_lat", "_lon", "lines")

    def __init__(self, streets: Streets) -> None:
        nodes = streets.node_lonlat
        middle = (nodes.min(axis=0) + nodes.max(axis=0)) / 2 if len(nodes) else np.zeros(2)
        self._lon, self._lat = float(middle[0]), float(middle[1])
        owners = np.repeat(np.arange(streets.n_edges), np.diff(streets.line_offsets))
        vertices = polar_xy(self._lon, self._lat, streets.line_lonlat)
        self.lines: NDArray[Any] = np.asarray(shapely.linestrings(vertices, indices=owners))

    def points(self, lonlat: LonLat) -> NDArray[Any]:
        """(k, 2) degrees in EPSG:4326 as (k,) shapely points of the plane."""
        return np.asarray(shapely.points(polar_xy(self._lon, self._lat, lonlat)))


class EdgeFinder:
    """The nearest edges of one mode. A tunnel is passed through but has no doors: nobody enters it but at its ends.

    Afterwards it is only read, from as many threads as wanted.
    """

    __slots__ = ("_edges", "_plane", "_tree")

    def __init__(self, streets: Streets, plane: Plane, mode: Mode) -> None:
        usable = (may_go_forward(streets, mode) | may_go_back(streets, mode)) & ~streets.is_tunnel
        self._edges = np.flatnonzero(usable).astype(np.int32)
        self._plane = plane
        self._tree = shapely.STRtree(plane.lines[self._edges])
        # GEOS may put its tree together at the first question, which must not come from two threads at a time.
        self._tree.query(shapely.box(0.0, 0.0, 1.0, 1.0))

    def place(self, lonlat: ArrayLike) -> Placement:
        """Each of (k, 2) degrees in EPSG:4326 on its nearest edge within `SNAP_LIMIT_M`; of equally near edges the first listed.

        Raises `BadCoordinates`.
        """
        points = self._plane.points(check_lonlat(lonlat))
        near = np.full(len(points), len(self._edges), dtype=np.int64)
        # Without a distance limit a far point would be compared with every edge.
        np.minimum.at(near, *self._tree.query_nearest(points, max_distance=SNAP_LIMIT_M, all_matches=True))
        placed = near < len(self._edges)
        edge = np.full(len(points), -1, dtype=np.int32)
        edge[placed] = self._edges[near[placed]]
        return _measured(edge, points, self._plane.lines)

    def near_any(self, lonlat: LonLat, within_m: float) -> NDArray[np.bool_]:
        """(k,) bool: whether an edge of this mode passes within some metres of each of (k, 2) degrees in EPSG:4326."""
        is_near = np.zeros(len(lonlat), dtype=bool)
        is_near[self._tree.query(self._plane.points(lonlat), predicate="dwithin", distance=within_m)[0]] = True
        return is_near


def _measured(edge: NDArray[np.int32], points: NDArray[Any], lines: NDArray[Any]) -> Placement:
    placed = np.flatnonzero(edge >= 0)
    chosen, spots = lines[edge[placed]], points[placed]
    fraction, offset_m = np.zeros(len(edge)), np.full(len(edge), np.inf)
    offset_m[placed] = shapely.distance(chosen, spots)
    length_m = shapely.length(chosen)
    along_m = shapely.line_locate_point(chosen, spots)
    along_m = np.where(along_m < _AT_NODE_M, 0.0, np.where(along_m > length_m - _AT_NODE_M, length_m, along_m))
    # A line of no length is one place.
    fraction[placed] = np.divide(along_m, length_m, out=np.zeros(len(placed)), where=length_m > 0)
    return Placement(edge, fraction, offset_m)

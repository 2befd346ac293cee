"""Routing on the streets: minutes from many places to one, to the nearest of some, to the n-th nearest."""

from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo_app.domain.errors import BadArgument
from geo_app.spatial.checks import check_count
from geo_app.spatial.crs import FloatArray, LonLat
from geo_app.travel.graph import ModeGraph
from geo_app.travel.placement import EdgeFinder, Placement, Plane
from geo_app.travel.speeds import Mode, SpeedPeriod
from geo_app.travel.streets import Streets

MinutesArray = NDArray[np.float32]


class StreetRouter:
    """Minutes along the streets, always from the origins *to* the targets, one-ways kept; inf where there is no way.

    Graphs and search trees are built at the first question of each mode and period, once, and only read afterwards: any number of
    threads may ask. A way is the walk from the origin to its street, the streets, and the walk from the street to the target.
    """

    def __init__(self, streets: Streets) -> None:
        self.streets: Final = streets
        self._lock = Lock()
        self._plane: Plane | None = None
        self._finders: dict[Mode, EdgeFinder] = {}
        self._graphs: dict[tuple[Mode, SpeedPeriod], ModeGraph] = {}

    def graph(self, mode: Mode, period: SpeedPeriod) -> ModeGraph:
        """The graph of a mode in a period."""
        with self._lock:
            if (mode, period) not in self._graphs:
                self._graphs[mode, period] = ModeGraph(self.streets, mode, period)
            return self._graphs[mode, period]

    def place(self, lonlat: ArrayLike, mode: Mode) -> Placement:
        """(k, 2) degrees in EPSG:4326 on the nearest edges that the mode may use, as `EdgeFinder.place` does. Raises `BadCoordinates`."""
        return self._finder(mode).place(lonlat)

    def near_streets(self, lonlat: LonLat, mode: Mode, within_m: float) -> NDArray[np.bool_]:
        """(k,) bool: whether a street of the mode passes within some metres of each of (k, 2) degrees in EPSG:4326."""
        return self._finder(mode).near_any(lonlat, within_m)

    def node_minutes_to(self, target: Placement, mode: Mode, period: SpeedPeriod, limit_min: float = np.inf) -> FloatArray:
        """(n,) float64 minutes from every node to the nearest of some targets (usually one); inf beyond the limit."""
        graph = self.graph(mode, period)
        return graph.search(*graph.starts(target), limit_min=limit_min) if len(graph.edge_min) else np.full(graph.n_nodes, np.inf)

    def minutes_to(self, target: Placement, origins: Placement, mode: Mode, period: SpeedPeriod) -> MinutesArray:
        """(k,) float32 minutes from each origin to one target, a placement of length 1."""
        return self.nearest_minutes(target, origins, mode, period)

    def nearest_minutes(self, targets: Placement, origins: Placement | None, mode: Mode, period: SpeedPeriod) -> MinutesArray:
        """(k,) float32 minutes from each origin to its nearest target, in one search; from every node where `origins` is None."""
        node_min = self.node_minutes_to(targets, mode, period)
        if origins is None:
            return node_min.astype(np.float32)
        graph = self.graph(mode, period)
        return np.minimum(graph.finish(origins, node_min), graph.along(targets, origins)).astype(np.float32)

    def nth_minutes(self, targets: Placement, origins: Placement, nth: int, mode: Mode, period: SpeedPeriod) -> MinutesArray:
        """(k,) float32 minutes from each origin to its n-th nearest target, 1 = the nearest; inf where fewer are reached.

        Raises `BadArgument`.
        """
        if check_count("nth", nth) < 1:
            raise BadArgument(name="nth", value=nth, expected="1 or more")
        best = np.full((nth, len(origins)), np.inf, dtype=np.float32)
        for row in range(len(targets)):
            # The best so far stay sorted; each further target takes its place among them and the last one drops out.
            further = self.minutes_to(targets.row(row), origins, mode, period)
            for place in range(nth):
                best[place], further = np.minimum(best[place], further), np.maximum(best[place], further)
        last: MinutesArray = best[nth - 1]
        return last

    def _finder(self, mode: Mode) -> EdgeFinder:
        with self._lock:
            if mode not in self._finders:
                self._plane = self._plane or Plane(self.streets)
                self._finders[mode] = EdgeFinder(self.streets, self._plane, mode)
            return self._finders[mode]

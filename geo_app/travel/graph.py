"""The streets as one mode finds them in one period: a sparse matrix of minutes, searched from places."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo_app.spatial.crs import FloatArray
from geo_app.travel.placement import OFFSET_MIN_PER_M, Placement, may_go_back, may_go_forward
from geo_app.travel.speeds import Mode, SpeedPeriod, edge_speed_kmh
from geo_app.travel.streets import Streets

NodeArray = NDArray[np.int32]
_Entries = tuple[FloatArray, NodeArray, NodeArray]  # costs, tails, row ends
_MIN_PER_KM_AT_1_KMH: Final = 60.0
_METRES_PER_KM: Final = 1000.0
# Room in a kept matrix for the row of a search: two entries a place.
_ROOM: Final = 256


class ModeGraph:
    """Minutes between nodes for one mode and period; immutable, so that any number of threads may search it.

    The matrix is turned round, row = head of a street, column = tail: a search that starts at a place finds the minutes of the way *to*
    it, one-ways kept. Every search adds one row of its own, the start: what it costs to arrive at the place from the nodes of its edge.
    It writes that row into a copy of the matrix that is lent to it alone and kept for the next search; there are as many copies as there
    ever were searches at a time.
    """

    __slots__ = ("_copies", "_costs", "_edge_from", "_edge_to", "_row_ends", "_tails", "edge_min", "is_back", "is_forward", "n_nodes")

    def __init__(self, streets: Streets, mode: Mode, period: SpeedPeriod) -> None:
        self.n_nodes: Final = streets.n_nodes
        self.is_forward: Final = may_go_forward(streets, mode)
        self.is_back: Final = may_go_back(streets, mode)
        speeds_kmh = edge_speed_kmh(mode, period, streets.road_class, streets.max_speed_kmh)
        self.edge_min: Final[FloatArray] = streets.length_m / _METRES_PER_KM * _MIN_PER_KM_AT_1_KMH / speeds_kmh
        self._edge_from, self._edge_to = streets.edge_from, streets.edge_to
        self._row_ends, self._tails, self._costs = self._turned_rows()
        self._copies: list[_Entries] = []

    def search(self, nodes: NodeArray, costs: FloatArray, limit_min: float = np.inf) -> FloatArray:
        """(n,) minutes from every node to a start that is reached from `nodes` (j,) at `costs` (j,) minutes; inf beyond the limit."""
        entries = self._borrowed(len(nodes))
        costs_too, tails_too, row_ends = entries
        known, after = len(self._costs), len(self._costs) + len(nodes)
        costs_too[known:after], tails_too[known:after], row_ends[-1] = costs, nodes, after
        graph = csr_array((costs_too[:after], tails_too[:after], row_ends), shape=(self.n_nodes + 1, self.n_nodes + 1))
        minutes: FloatArray = dijkstra(graph, indices=[self.n_nodes], limit=limit_min)[0, : self.n_nodes]
        self._copies.append(entries)
        return minutes

    def ends(self, placed: Placement) -> tuple[NodeArray, NodeArray]:
        """(k,) nodes at the beginnings and at the ends of the edges of some places; any node where there is no edge."""
        return self._edge_from[placed.edge], self._edge_to[placed.edge]

    def leaving(self, origins: Placement) -> tuple[FloatArray, FloatArray]:
        """(k,) minutes from each place to the node at the beginning of its edge, and to the one at its end; inf where it may not."""
        return self._ends(origins, self.is_back, self.is_forward)

    def arriving(self, targets: Placement) -> tuple[FloatArray, FloatArray]:
        """(k,) minutes to each place from the node at the beginning of its edge, and from the one at its end; inf where it may not."""
        return self._ends(targets, self.is_forward, self.is_back)

    def starts(self, targets: Placement) -> tuple[NodeArray, FloatArray]:
        """The nodes and costs from which a search for some places starts; a node as often as streets lead from it to one of them."""
        from_begin, from_end = self.arriving(targets)
        nodes = np.concatenate(self.ends(targets))
        costs = np.concatenate((from_begin, from_end))
        open_ = np.isfinite(costs)
        return nodes[open_], costs[open_]

    def finish(self, origins: Placement, node_min: FloatArray) -> FloatArray:
        """(k,) minutes from places by way of the nodes of their edges, where `node_min` (n,) goes on from the nodes."""
        (to_begin, to_end), (begin, end) = self.leaving(origins), self.ends(origins)
        minutes: FloatArray = np.minimum(to_begin + node_min[begin], to_end + node_min[end])
        return minutes

    def along(self, targets: Placement, origins: Placement) -> FloatArray:
        """(k,) minutes from each origin to the nearest target on the same edge without leaving that edge; inf where there is none."""
        best = np.full(len(origins), np.inf)
        order = np.argsort(targets.edge, kind="stable")
        edges = targets.edge[order]
        first = np.searchsorted(edges, origins.edge, side="left")
        counts = np.where(origins.edge >= 0, np.searchsorted(edges, origins.edge, side="right") - first, 0)
        if counts.any():
            rows = np.repeat(np.arange(len(origins)), counts)
            ranks = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
            np.minimum.at(best, rows, self._paired(targets, order[first[rows] + ranks], origins, rows))
        return best

    def _borrowed(self, count: int) -> "_Entries":
        """The matrix with room for `count` entries more: a copy that nobody else has."""
        try:
            # Taking the last of a list is one step for the interpreter: no two threads get the same copy.
            entries = self._copies.pop()
        except IndexError:
            entries = self._copied(_ROOM)
        return entries if len(entries[0]) >= len(self._costs) + count else self._copied(count)

    def _copied(self, room: int) -> "_Entries":
        costs, tails = np.append(self._costs, np.zeros(room)), np.append(self._tails, np.zeros(room, dtype=np.int32))
        return costs, tails, np.append(self._row_ends, np.int32(0))

    def _paired(self, targets: Placement, target_rows: NDArray[np.int64], origins: Placement, rows: NDArray[np.int64]) -> FloatArray:
        edge = origins.edge[rows]
        ahead = targets.fraction[target_rows] - origins.fraction[rows]
        allowed = (ahead == 0) | np.where(ahead > 0, self.is_forward[edge], self.is_back[edge])
        offsets_m = targets.offset_m[target_rows] + origins.offset_m[rows]
        minutes: FloatArray = np.where(allowed, np.abs(ahead) * self.edge_min[edge] + offsets_m * OFFSET_MIN_PER_M, np.inf)
        return minutes

    def _ends(self, placed: Placement, at_begin: NDArray[np.bool_], at_end: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
        """Minutes between places and the two nodes of their edges, offset included. A place *at* a node is there, one-way or not."""
        # The last edge stands in where there is none (-1): its offset is inf, and so is the answer.
        edge, fraction, offset_min = placed.edge, placed.fraction, placed.offset_m * OFFSET_MIN_PER_M
        begin_min = np.where(at_begin[edge] | (fraction == 0), fraction * self.edge_min[edge] + offset_min, np.inf)
        end_min = np.where(at_end[edge] | (fraction == 1), (1 - fraction) * self.edge_min[edge] + offset_min, np.inf)
        return begin_min, end_min

    def _turned_rows(self) -> tuple[NodeArray, NodeArray, FloatArray]:
        """The matrix as compressed rows: row ends (n + 1,), tails and costs; of parallel streets only the quickest, no loops."""
        begins, ends, loopless = self._edge_from, self._edge_to, self._edge_from != self._edge_to
        forward, back = np.flatnonzero(self.is_forward & loopless), np.flatnonzero(self.is_back & loopless)
        heads = np.concatenate((ends[forward], begins[back]))
        tails = np.concatenate((begins[forward], ends[back]))
        costs = np.concatenate((self.edge_min[forward], self.edge_min[back]))
        order = np.lexsort((costs, tails, heads))
        heads, tails, costs = heads[order], tails[order], costs[order]
        first = np.ones(len(heads), dtype=bool)
        first[1:] = (heads[1:] != heads[:-1]) | (tails[1:] != tails[:-1])
        counts = np.bincount(heads[first], minlength=self.n_nodes)
        return np.append(0, np.cumsum(counts)).astype(np.int32), tails[first], costs[first]

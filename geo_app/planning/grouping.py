"""Cells put together: by the hours they have in common, by whether they touch, and no larger than one can act on."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo_app.planning.answers import BoolArray, FloatArray
from geo_app.planning.cells import Cells
from geo_app.planning.hour_spans import HOURS_OF_WEEK
from geo_app.spatial.grid import CELL_M

# Two cells are without cover in nearly the same hours where they share this much of all hours of either.
ALIKE_SHARE: Final = 0.8
# 2 km²: what two or three places serve on foot in ten minutes. Larger, a gap would tell nobody where to look.
MOST_JOINED_CELLS: Final = 32
# What is left over at the edge of a name (a quarter of a km²) is told with its neighbour, whatever that one is called.
CRUMB_CELLS: Final = 4
_MORE_THAN_SQUARES: Final = 1_000_000  # than any column of the grid has
_HALF_OF_NEIGHBOURS: Final = ((0, 1), (1, -1), (1, 0), (1, 1))


def like_leaders(lost: BoolArray, by_cell: FloatArray, *, is_always: BoolArray) -> NDArray[np.int64]:
    """(k,) a number for each of (168, k) columns of hours: those with the number of a leader are nearly like it.

    Leaders are the hours that most people-hours share, largest first; the rest joins the first leader that is near enough, or leads.
    Who `is_always` (k,) without cover is never counted together with who has some: "all week" would not be true.
    """
    columns = np.column_stack((np.packbits(lost, axis=0).T, is_always.astype(np.uint8)))
    number_of: dict[bytes, int] = {}
    group = np.asarray([number_of.setdefault(column.tobytes(), len(number_of)) for column in columns], dtype=np.int64)
    packed = np.frombuffer(b"".join(number_of), dtype=np.uint8).reshape(len(number_of), -1)
    hours = np.unpackbits(packed[:, :-1], axis=1, count=HOURS_OF_WEEK).astype(np.float32)
    shared = hours @ hours.T
    own = np.diag(shared)
    alike = (shared >= ALIKE_SHARE * (own[:, None] + own[None, :] - shared)) & (packed[:, -1:] == packed[:, -1])
    leader = np.full(len(packed), -1, dtype=np.int64)
    for number in np.argsort(-np.bincount(group, weights=by_cell), kind="stable").tolist():
        if leader[number] < 0:
            leader[alike[number] & (leader < 0)] = number
    return leader[group]


def number_parts(cells: Cells, chosen: NDArray[np.int64], label: NDArray[np.int64]) -> NDArray[np.int64]:
    """(k,) numbers of the parts that hang together among (k,) chosen cells with equal rows of labels (k, l)."""
    one, other = _touching(cells, chosen)
    same = (label[one] == label[other]).all(axis=1)
    graph = coo_array((np.ones(int(same.sum())), (one[same], other[same])), shape=(len(chosen), len(chosen)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def join_parts(
    cells: Cells, chosen: NDArray[np.int64], part: NDArray[np.int64], name: NDArray[np.int64], kind: NDArray[np.int64]
) -> NDArray[np.int64]:
    """(k,) numbers of larger parts: neighbours of one `kind` (k, l) become one where they bear one `name` (k,), or one is a crumb.

    Names and kinds are the same within a part. None grows beyond `MOST_JOINED_CELLS` this way; within a name they are joined before across
    names, the smallest first.
    """
    one, other = _touching(cells, chosen)
    met = (part[one] != part[other]) & (kind[one] == kind[other]).all(axis=1)
    pairs = np.unique(np.sort(np.column_stack((part[one[met]], part[other[met]])), axis=1), axis=0).reshape(-1, 2)
    size = np.bincount(part)
    name_of = np.empty(len(size), dtype=np.int64)
    name_of[part] = name
    is_other_name = name_of[pairs[:, 0]] != name_of[pairs[:, 1]]
    order = np.lexsort((pairs[:, 1], pairs[:, 0], size[pairs].sum(axis=1), is_other_name))
    joined = _Joined(size.tolist())
    for place in order.tolist():
        joined.join(*pairs[place].tolist(), only_crumbs=bool(is_other_name[place]))
    return np.asarray([joined.root(number) for number in range(len(size))], dtype=np.int64)[part]


class _Joined:
    """Parts joined two by two, each known by its root."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes
        self._above = list(range(len(sizes)))

    def root(self, number: int) -> int:
        while self._above[number] != number:
            number = self._above[number]
        return number

    def join(self, one: int, other: int, *, only_crumbs: bool) -> None:
        large, small = sorted((self.root(one), self.root(other)), key=lambda root: (-self._sizes[root], root))
        size = self._sizes[large] + self._sizes[small]
        if large == small or size > MOST_JOINED_CELLS or (only_crumbs and self._sizes[small] > CRUMB_CELLS):
            return
        self._above[small], self._sizes[large] = large, size


def _touching(cells: Cells, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions in `chosen` of pairs of chosen cells that touch."""
    place = np.full(len(cells), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    one, other = _neighbours(cells).T
    one, other = place[one], place[other]
    held = (one >= 0) & (other >= 0)
    return one[held], other[held]


def _neighbours(cells: Cells) -> NDArray[np.int64]:
    """(e, 2) pairs of cells that touch, corners included, each pair once."""
    number = _number_squares(cells.corner_xy // CELL_M)
    order = np.argsort(number)
    pairs = []
    for step in _HALF_OF_NEIGHBOURS:
        wanted = _number_squares(cells.corner_xy // CELL_M + step)
        place = order[np.minimum(np.searchsorted(number[order], wanted), len(order) - 1)]
        met = np.flatnonzero(number[place] == wanted)
        pairs.append(np.column_stack((met, place[met])))
    return np.concatenate(pairs)


def _number_squares(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = steps[:, 0] * _MORE_THAN_SQUARES + steps[:, 1]
    return numbers

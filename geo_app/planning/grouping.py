"""Cells put together: by the hours they have in common, and by whether they touch."""

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
    place = np.full(len(cells), -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    one, other = _neighbours(cells).T
    one, other = place[one], place[other]
    held = (one >= 0) & (other >= 0)
    one, other = one[held], other[held]
    same = (label[one] == label[other]).all(axis=1)
    graph = coo_array((np.ones(int(same.sum())), (one[same], other[same])), shape=(len(chosen), len(chosen)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


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

"""Marks that would lie on one another become one circle with their number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from geo_app.spatial.crs import FloatArray


@dataclass(frozen=True, slots=True)
class Group:
    """Marks drawn as one: where, in pixels, and the positions of its places, ascending."""

    x_px: float
    y_px: float
    members: tuple[int, ...]


def group_marks(xy_px: FloatArray, apart_px: float) -> list[Group]:
    """Groups whose middles are at least `apart_px` apart, in the order of their first members. `xy_px`: (n, 2). Equal input, equal groups.

    >>> [group.members for group in group_marks(np.array([[0.0, 0.0], [90.0, 0.0], [3.0, 4.0]]), 26)]
    [(0, 2), (1,)]
    """
    members = _in_cells(xy_px, apart_px / 2)
    while True:
        middles = np.asarray([xy_px[list(item)].mean(axis=0) for item in members]).reshape(-1, 2)
        merged = _merge_nearest(middles, members, apart_px)
        if len(merged) == len(members):
            break
        members = merged
    return [Group(float(x), float(y), tuple(item)) for (x, y), item in sorted(zip(middles.tolist(), members, strict=True), key=_first)]


def _in_cells(xy_px: FloatArray, cell_px: float) -> list[list[int]]:
    # Whatever shares so small a cell ends in one group anyhow: ten thousand places become a few hundred at once.
    cells: dict[tuple[int, int], list[int]] = {}
    for position, (x, y) in enumerate(np.floor(xy_px / cell_px).astype(np.int64).tolist()):
        cells.setdefault((x, y), []).append(position)
    return list(cells.values())


def _merge_nearest(middles: FloatArray, members: Sequence[list[int]], apart_px: float) -> list[list[int]]:
    """The groups after each has joined at most one other, the nearest pairs first."""
    if len(members) < 2:  # noqa: PLR2004 it takes two to join
        return list(members)
    pairs = cKDTree(middles).query_pairs(apart_px, output_type="ndarray")
    far = np.hypot(*(middles[pairs[:, 0]] - middles[pairs[:, 1]]).T)
    near = pairs[(far < apart_px)][np.lexsort((pairs[far < apart_px, 1], pairs[far < apart_px, 0], far[far < apart_px]))]
    joined: dict[int, int] = {}
    for one, other in near.tolist():
        if one not in joined and other not in joined:
            joined[one], joined[other] = other, one
    return [
        sorted([*item, *members[joined[number]]]) if number in joined else item
        for number, item in enumerate(members)
        if joined.get(number, number) >= number
    ]


def _first(pair: tuple[list[float], list[int]]) -> int:
    return pair[1][0]

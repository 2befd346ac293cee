"""Rings out of directed edges: the outline of an area whose border is known piece by piece."""

import numpy as np
from numpy.typing import NDArray

from geo_app.spatial.crs import FloatArray

Rows = NDArray[np.int64]


def link_edges(begin: Rows, end: Rows, vertices: FloatArray) -> Rows:
    """For each directed border edge (e,) the edge that goes on from its end, the area always on the left.

    `begin`, `end`: vertex numbers; `vertices` (v, 2). Where several go on, two corners of the area touch in that vertex: the leftmost turn
    stays with the same corner, so that no two rings cross.
    """
    order = np.argsort(begin, kind="stable")
    begins = begin[order]
    first = np.searchsorted(begins, end, side="left")
    counts = np.searchsorted(begins, end, side="right") - first
    following: Rows = order[first]
    for edge in np.flatnonzero(counts > 1).tolist():
        candidates = order[first[edge] : first[edge] + counts[edge]]
        came, goes = vertices[end[edge]] - vertices[begin[edge]], vertices[end[candidates]] - vertices[begin[candidates]]
        following[edge] = candidates[np.argmax(_turns(came, goes))]
    return following


def trace_rings(following: Rows, begin: Rows) -> tuple[list[list[int]], list[int]]:
    """Simple rings as lists of vertices, and for each one of its edges. A trail that meets a vertex again is cut there in two."""
    follows, begins = following.tolist(), begin.tolist()
    seen = bytearray(len(follows))
    rings: list[list[int]] = []
    ring_edges: list[int] = []
    for start in range(len(follows)):
        trail: list[int] = []  # edges
        met: dict[int, int] = {}  # vertex → where in the trail it is left
        edge = start
        while not seen[edge]:
            seen[edge] = 1
            at = met.get(begins[edge])
            if at is not None:
                loop, trail = trail[at:], trail[:at]
                for left in loop:
                    del met[begins[left]]
                rings.append([begins[left] for left in loop])
                ring_edges.append(loop[0])
            met[begins[edge]] = len(trail)
            trail.append(edge)
            edge = follows[edge]
        if trail:
            rings.append([begins[left] for left in trail])
            ring_edges.append(trail[0])
    return rings, ring_edges


def _turns(came: FloatArray, goes: FloatArray) -> FloatArray:
    """(c,) radians of the turns from a direction (2,) into others (c, 2), left positive."""
    turns: FloatArray = np.arctan2(came[0] * goes[:, 1] - came[1] * goes[:, 0], goes @ came)
    return turns

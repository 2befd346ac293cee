"""Ways → one street network: clipped to a box, cut at junctions, stretches without a junction between them joined."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.record import COORDINATE_DECIMALS
from geo_app.ingest.roads.way import Box, RoadRule, RoadWay
from geo_app.spatial.geodesy import paired_distances_m
from geo_app.travel.streets import Access, Streets

_FORWARD: Final = int(Access.WALK_FORWARD | Access.BICYCLE_FORWARD | Access.MOTORBIKE_FORWARD)
_BACK: Final = int(Access.WALK_BACK | Access.BICYCLE_BACK | Access.MOTORBIKE_BACK)
_Ints = NDArray[np.int64]
_End = tuple[int, int]  # a raw edge and its side: 0 where its line begins, 1 where it ends


@dataclass(frozen=True, slots=True)
class _RawEdge:
    """A piece of a way between two vertices: points `first` to `last`, both included, of the flat list of points."""

    first: int
    last: int
    rule: RoadRule


def clip_way(way: RoadWay, box: Box) -> Iterator[RoadWay]:
    """The parts of a way whose straight stretches meet the box; a stretch that crosses the border is kept whole."""
    low = np.minimum(way.lonlat[:-1], way.lonlat[1:])
    high = np.maximum(way.lonlat[:-1], way.lonlat[1:])
    meets = (low <= (box.max_lon, box.max_lat)).all(axis=1) & (high >= (box.min_lon, box.min_lat)).all(axis=1)
    edges = np.flatnonzero(np.diff(meets, prepend=False, append=False))
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield RoadWay(way.nodes[first : after + 1], way.lonlat[first : after + 1], way.rule)


def build_network(ways: Iterable[RoadWay], box: Box) -> Streets | None:
    """The streets of the ways inside the box, in the order of the ways; None where nothing is inside.

    Points with equal numbers are one place, at the coordinates of the first. Nodes stand by their number in the file.
    """
    pieces = [piece for way in ways for piece in clip_way(way, box)]
    if not pieces:
        return None
    _, firsts, points = np.unique(np.concatenate([piece.nodes for piece in pieces]), return_index=True, return_inverse=True)
    lonlat = np.concatenate([piece.lonlat for piece in pieces])[firsts]
    raw = _cut_at_junctions(pieces, points)
    chains = list(_join(raw, points))
    return _streets(chains, np.round(lonlat, COORDINATE_DECIMALS)) if chains else None


def _cut_at_junctions(pieces: Sequence[RoadWay], points: _Ints) -> list[_RawEdge]:
    counts = np.bincount(points)
    is_vertex = counts[points] > 1
    offsets = np.cumsum([0, *(len(piece.nodes) for piece in pieces)])
    is_vertex[offsets[:-1]] = is_vertex[offsets[1:] - 1] = True
    edges = []
    for piece, start, after in zip(pieces, offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
        cuts = start + np.flatnonzero(is_vertex[start:after])
        # A point that a careless hand has put twice in a row is no street.
        edges += [
            _RawEdge(first, last, piece.rule)
            for first, last in pairwise(cuts.tolist())
            if last - first > 1 or points[first] != points[last]
        ]
    return edges


def _join(raw: Sequence[_RawEdge], points: _Ints) -> Iterator[tuple[_Ints, RoadRule]]:
    """Each stretch between junctions as its points and its rule. A ring without a junction begins anywhere and ends there."""
    partners = _partners(raw, points)
    is_done = bytearray(len(raw))
    free = [(edge, side) for edge in range(len(raw)) for side in (0, 1) if (edge, side) not in partners]
    for start in (*free, *((edge, 0) for edge in range(len(raw)))):
        if is_done[start[0]]:
            continue
        parts: list[_Ints] = []
        end: _End | None = start
        while end is not None and not is_done[end[0]]:
            edge, side = end
            is_done[edge] = True
            line = points[raw[edge].first : raw[edge].last + 1]
            line = line[::-1] if side else line
            parts.append(line[1:] if parts else line)
            end = partners.get((edge, 1 - side))
        yield np.concatenate(parts), _turned(raw[start[0]].rule, start[1])


def _partners(raw: Sequence[_RawEdge], points: _Ints) -> dict[_End, _End]:
    """End → the end that goes on from it, wherever exactly two ends meet and the same rule holds on through them."""
    ends: dict[int, list[_End]] = {}
    for number, edge in enumerate(raw):
        ends.setdefault(int(points[edge.first]), []).append((number, 0))
        ends.setdefault(int(points[edge.last]), []).append((number, 1))
    partners: dict[_End, _End] = {}
    for met in ends.values():
        if len(met) != 2 or met[0][0] == met[1][0]:  # noqa: PLR2004 two ends make a way through
            continue
        (one, one_side), (other, other_side) = met
        # One way through: in along the first edge, so it is turned to end here; out along the second, turned to begin here.
        if _turned(raw[one].rule, 1 - one_side) == _turned(raw[other].rule, other_side):
            partners[met[0]], partners[met[1]] = met[1], met[0]
    return partners


def _turned(rule: RoadRule, side: int) -> RoadRule:
    """The rule of a line read from that side on: from its end, forward and back change places."""
    if not side:
        return rule
    access = Access((int(rule.access) & _FORWARD) << 1 | (int(rule.access) & _BACK) >> 1)
    return RoadRule(rule.road_class, access, rule.is_tunnel, rule.max_speed_kmh)


def _streets(chains: Sequence[tuple[_Ints, RoadRule]], lonlat: NDArray[np.float64]) -> Streets:
    offsets = np.cumsum([0, *(len(line) for line, _ in chains)]).astype(np.int64)
    line_points = np.concatenate([line for line, _ in chains])
    nodes, ends = np.unique(np.concatenate((line_points[offsets[:-1]], line_points[offsets[1:] - 1])), return_inverse=True)
    line = lonlat[line_points]
    rules = [rule for _, rule in chains]
    return Streets.from_arrays(
        {
            "node_lonlat": lonlat[nodes],
            "edge_from": ends[: len(chains)].astype(np.int32),
            "edge_to": ends[len(chains) :].astype(np.int32),
            "length_m": _lengths_m(line, offsets),
            "road_class": np.array([rule.road_class for rule in rules], dtype=np.uint8),
            "access": np.array([int(rule.access) for rule in rules], dtype=np.uint8),
            "is_tunnel": np.array([rule.is_tunnel for rule in rules], dtype=np.bool_),
            "max_speed_kmh": np.array([rule.max_speed_kmh for rule in rules], dtype=np.uint8),
            "line_offsets": offsets,
            "line_lonlat": line,
        }
    )


def _lengths_m(line: NDArray[np.float64], offsets: _Ints) -> NDArray[np.float32]:
    steps_m = paired_distances_m(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    steps_m[offsets[1:-1] - 1] = 0.0  # from the end of a line to the beginning of the next
    return np.add.reduceat(steps_m, offsets[:-1]).astype(np.float32)

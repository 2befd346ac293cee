"""A street network as arrays: what routing reads, what a pack stores, what an import makes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar, Final, Self

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.errors import BadCoordinates, GeoAppError
from geo_app.spatial.crs import check_lonlat


class RoadClass(IntEnum):
    """What kind of way an edge is; the numbers are stored."""

    MOTORWAY = 0
    TRUNK = 1
    PRIMARY = 2
    SECONDARY = 3
    TERTIARY = 4
    RESIDENTIAL = 5
    SERVICE = 6
    PEDESTRIAN = 7
    PATH = 8
    STEPS = 9
    CYCLEWAY = 10
    TRACK = 11
    OTHER = 12


class Access(IntFlag):
    """Who may use an edge, and which way: forward is from `edge_from` to `edge_to`. The numbers are stored."""

    WALK_FORWARD = 1
    WALK_BACK = 2
    BICYCLE_FORWARD = 4
    BICYCLE_BACK = 8
    MOTORBIKE_FORWARD = 16
    MOTORBIKE_BACK = 32


class BadStreets(GeoAppError):
    """Arrays that are no street network. Values: `array` (its name), `reason`.

    `reason`: `missing`, `unknown` (no such array), `shape`, `type`, `range`, `ends` (a line not between its nodes) or `empty` (no edge).
    """

    code = "bad-streets"


# Name → dtype and the second dimension (0: none), in the order in which they are stored and digested.
ARRAYS: Final[Mapping[str, tuple[str, int]]] = MappingProxyType(
    {
        "node_lonlat": ("<f8", 2),
        "edge_from": ("<i4", 0),
        "edge_to": ("<i4", 0),
        "length_m": ("<f4", 0),
        "road_class": ("|u1", 0),
        "access": ("|u1", 0),
        "is_tunnel": ("|b1", 0),
        "max_speed_kmh": ("|u1", 0),
        "line_offsets": ("<i8", 0),
        "line_lonlat": ("<f8", 2),
    }
)
_PER_EDGE: Final = ("edge_from", "edge_to", "length_m", "road_class", "access", "is_tunnel", "max_speed_kmh")
_ALL_ACCESS: Final = sum(Access)
# About a millimetre: a stretch must begin and end at its nodes.
_SAME_PLACE_DEG: Final = 1e-8


@dataclass(frozen=True, eq=False)
class Streets:
    """A directed street network of n nodes and m edges; an edge is one stretch between two junctions, listed once.

    `node_lonlat` (n, 2) float64 and `line_lonlat` (k, 2) float64: degrees in EPSG:4326, longitude first. Edge i runs from node
    `edge_from[i]` to node `edge_to[i]`, (m,) int32, along `line_lonlat[line_offsets[i]:line_offsets[i + 1]]`, end nodes included;
    `line_offsets` (m + 1,) int64. `length_m` (m,) float32: geodesic metres along that line. `road_class` and `access` (m,) uint8 hold
    `RoadClass` and `Access`; `is_tunnel` (m,) bool; `max_speed_kmh` (m,) uint8, 0 where unknown. Loops and parallel edges are allowed,
    no edge at all is not.
    Made by `from_arrays`, which checks; arrays may be memory-mapped, and nobody may write to them.
    """

    node_lonlat: NDArray[np.float64]
    edge_from: NDArray[np.int32]
    edge_to: NDArray[np.int32]
    length_m: NDArray[np.float32]
    road_class: NDArray[np.uint8]
    access: NDArray[np.uint8]
    is_tunnel: NDArray[np.bool_]
    max_speed_kmh: NDArray[np.uint8]
    line_offsets: NDArray[np.int64]
    line_lonlat: NDArray[np.float64]

    NAMES: ClassVar[tuple[str, ...]] = tuple(ARRAYS)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The network of the ten `ARRAYS`, without a copy where the types already fit. Raises `BadStreets` naming the first bad array."""
        for name in [*ARRAYS, *arrays]:
            if name not in arrays or name not in ARRAYS:
                raise BadStreets(array=name, reason="missing" if name in ARRAYS else "unknown")
        streets = cls(**{name: _typed(name, arrays[name]) for name in ARRAYS})
        _check_counts(streets)
        _check_values(streets)
        _check_ends(streets)
        return streets

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The ten arrays by name, in the order of `ARRAYS`: what `from_arrays` takes."""
        return {name: getattr(self, name) for name in ARRAYS}

    @property
    def n_nodes(self) -> int:
        """How many nodes there are."""
        return len(self.node_lonlat)

    @property
    def n_edges(self) -> int:
        """How many edges there are."""
        return len(self.edge_from)

    @cached_property
    def digest(self) -> str:
        """SHA-256 in hex over names, shapes and bytes of the arrays in the order of `ARRAYS`: equal networks have equal digests."""
        summed = hashlib.sha256()
        for name, array in self.arrays().items():
            summed.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
            summed.update(np.ascontiguousarray(array).data)
        return summed.hexdigest()


def _typed(name: str, given: NDArray[Any]) -> NDArray[Any]:
    """The array in its stored type, read-only. Numbers that would lose their value on the way are refused."""
    dtype, width = ARRAYS[name]
    array = np.asarray(given)
    if array.ndim != (2 if width else 1) or (width and array.shape[1] != width):
        raise BadStreets(array=name, reason="shape")
    if array.dtype.str != dtype:
        if array.dtype.kind not in "biuf" or (array.dtype.kind == "f") != (dtype[1] == "f"):
            raise BadStreets(array=name, reason="type")
        # A number too large for the stored type becomes another one, or inf, and is refused below.
        with np.errstate(over="ignore"):
            stored = array.astype(dtype)
        if dtype[1] != "f" and (stored != array).any():
            raise BadStreets(array=name, reason="range")
        array = stored
    view: NDArray[Any] = array.view()
    view.flags.writeable = False
    return view


def _check_counts(streets: Streets) -> None:
    for name in _PER_EDGE:
        if len(getattr(streets, name)) != streets.n_edges:
            raise BadStreets(array=name, reason="shape")
    if not streets.n_edges:
        raise BadStreets(array="edge_from", reason="empty")
    offsets = streets.line_offsets
    if len(offsets) != streets.n_edges + 1:
        raise BadStreets(array="line_offsets", reason="shape")
    # A line has two points at least.
    if offsets[0] != 0 or offsets[-1] != len(streets.line_lonlat) or (np.diff(offsets) < 2).any():  # noqa: PLR2004
        raise BadStreets(array="line_offsets", reason="range")


def _check_values(streets: Streets) -> None:
    for name in ("node_lonlat", "line_lonlat"):
        try:
            check_lonlat(getattr(streets, name))
        except BadCoordinates as fault:
            raise BadStreets(array=name, reason="range") from fault
    in_range = {
        "edge_from": (streets.edge_from >= 0) & (streets.edge_from < streets.n_nodes),
        "edge_to": (streets.edge_to >= 0) & (streets.edge_to < streets.n_nodes),
        "length_m": np.isfinite(streets.length_m) & (streets.length_m >= 0),
        "road_class": streets.road_class <= max(RoadClass),
        "access": streets.access <= _ALL_ACCESS,
    }
    for name, right in in_range.items():
        if not right.all():
            raise BadStreets(array=name, reason="range")


def _check_ends(streets: Streets) -> None:
    first = streets.line_lonlat[streets.line_offsets[:-1]] - streets.node_lonlat[streets.edge_from]
    last = streets.line_lonlat[streets.line_offsets[1:] - 1] - streets.node_lonlat[streets.edge_to]
    if (np.abs(first) > _SAME_PLACE_DEG).any() or (np.abs(last) > _SAME_PLACE_DEG).any():
        raise BadStreets(array="line_lonlat", reason="ends")

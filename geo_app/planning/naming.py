"""Where a cell is, by what a planner would call it: a complex or a station and the side of it, else a dong and the side of that."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import shape

from geo_app.domain.station import load_stations
from geo_app.planning.answers import FloatArray
from geo_app.planning.cells import Cells
from geo_app.planning.complexes import Complex
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.geodesy import polar_xy
from geo_app.spatial.index import SpatialIndex

# A landmark farther off no longer names a place; a station is known to its door, so it need only be near.
COMPLEX_SPEAKS_M: Final = 1500.0
STATION_SPEAKS_M: Final = 700.0
# A third of the way to the border of a dong of the same area: nearer to its middle no side is meant.
_MIDDLE_SHARE: Final = 1 / 3
_NOWHERE: Final = -1
# A side names what lies there for the most part.
SIDE_SHARE: Final = 0.5


class Wind(StrEnum):
    """The eight winds, from north clockwise."""

    NORTH = "n"
    NORTH_EAST = "ne"
    EAST = "e"
    SOUTH_EAST = "se"
    SOUTH = "s"
    SOUTH_WEST = "sw"
    WEST = "w"
    NORTH_WEST = "nw"


WINDS: Final = tuple(Wind)


@dataclass(frozen=True, slots=True)
class GapPlace:
    """The `wind` side of `landmark` (its `kind` says what that is); without a wind, in the landmark itself; `is_wide`: on several sides.

    `dongs`: the one or two that hold most of it. `is_rough`: a circle stands for the landmark's ground. Where two gaps would bear one
    name, `legal_dong` tells them apart, and a `number` from 1 where that does not.
    """

    dongs: tuple[str, ...]
    landmark: str
    kind: Literal["complex", "station", "dong"]
    wind: Wind | None = None
    is_wide: bool = False
    is_rough: bool = False
    legal_dong: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Landmark:
    """What a place may be named after: a point in EPSG:4326, within `radius_m` of which one is in it, and up to `speaks_m` beside it."""

    name: str
    kind: Literal["complex", "station", "dong"]
    lon: float
    lat: float
    radius_m: float
    speaks_m: float
    is_rough: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CellNames:
    """(n,) per cell: `landmark` its position in `landmarks`, `wind` its position in `WINDS` or -1: in the landmark itself.

    `legal_dongs`: of each cell's point, None outside all of them or where the district's are not known.
    """

    landmarks: tuple[Landmark, ...]
    landmark: NDArray[np.int64]
    wind: NDArray[np.int64]
    legal_dongs: tuple[str | None, ...]

    @property
    def zone(self) -> NDArray[np.int64]:
        """(n,) numbers that are equal where landmark and wind are."""
        zones: NDArray[np.int64] = self.landmark * (len(WINDS) + 1) + self.wind + 1
        return zones

    def place(self, chosen: NDArray[np.int64], by_cell: FloatArray, dongs: tuple[str, ...]) -> GapPlace:
        """The name of (k,) cells together: the landmark of most of (n,) `by_cell`, and the side of it where most of that lies."""
        number = _heaviest(self.landmark[chosen], by_cell[chosen])[0]
        beside = chosen[self.landmark[chosen] == number]
        wind, share = _heaviest(self.wind[beside] - _NOWHERE, by_cell[beside])
        landmark, side = self.landmarks[number], wind + _NOWHERE
        is_wide = share < SIDE_SHARE
        named = None if is_wide or side == _NOWHERE else WINDS[side]
        return GapPlace(dongs, landmark.name, landmark.kind, named, is_wide, landmark.is_rough)


def _heaviest(numbers: NDArray[np.int64], weights: FloatArray) -> tuple[int, float]:
    """The number that holds most of the weight, and its share of it."""
    held = np.bincount(numbers, weights=weights)
    number = int(np.argmax(held))
    return number, float(held[number] / max(held.sum(), np.finfo(np.float64).tiny))


def name_cells(snapshot: Snapshot, cells: Cells, complexes: Sequence[Complex]) -> CellNames:
    """The names of all cells. A complex speaks before a station, of two alike the nearer by its border; else the cell's own dong."""
    dongs = _dongs(cells)
    landmark = cells.cell_dong.astype(np.int64)
    wind = np.full(len(cells), _NOWHERE, dtype=np.int64)
    best_m = np.full(len(cells), np.inf)
    for number, item in enumerate(dongs):
        _claim(cells.point_lonlat, number, item, landmark, wind, best_m, where=cells.cell_dong == number)
    known = [*dongs, *_stations(snapshot), *_complexes(complexes)]
    for kind in ("station", "complex"):
        # What is already named is named anew: the later kind says more.
        best_m[:] = np.inf
        for number, item in enumerate(known):
            if item.kind == kind:
                _claim(cells.point_lonlat, number, item, landmark, wind, best_m)
    return CellNames(tuple(known), landmark, wind, _legal_dongs(snapshot, cells))


def _claim(
    lonlat: FloatArray,
    number: int,
    item: Landmark,
    landmark: NDArray[np.int64],
    wind: NDArray[np.int64],
    best_m: FloatArray,
    *,
    where: NDArray[np.bool_] | None = None,
) -> None:
    """Name after `item` the cells in its reach that no better one of its kind has claimed."""
    east, north = polar_xy(item.lon, item.lat, lonlat).T
    metres = np.hypot(east, north)
    beside_m = np.maximum(metres - item.radius_m, 0.0)
    held = beside_m <= item.speaks_m if where is None else where
    # Of two that hold a cell both, the one whose middle is nearer.
    rank_m = np.where(beside_m > 0, beside_m, metres - item.radius_m)
    taken = np.flatnonzero(held & (rank_m < best_m))
    turn = np.round(np.degrees(np.arctan2(east[taken], north[taken])) / (360 / len(WINDS))).astype(np.int64) % len(WINDS)
    landmark[taken], best_m[taken] = number, rank_m[taken]
    wind[taken] = np.where(beside_m[taken] > 0, turn, _NOWHERE)


def _dongs(cells: Cells) -> list[Landmark]:
    """Each dong around the middle of its ground, as wide as `_MIDDLE_SHARE` of a circle of its area."""
    areas = cells.sum_by_dong(cells.piece_area_m2)
    middle = np.empty((len(areas), 2))
    for axis in range(2):
        middle[:, axis] = cells.sum_by_dong(cells.piece_area_m2 * cells.point_lonlat[cells.piece_cell, axis]) / np.maximum(areas, 1.0)
    radius_m = np.sqrt(areas / np.pi) * _MIDDLE_SHARE
    return [
        Landmark(name, "dong", lon, lat, radius, np.inf)
        for name, (lon, lat), radius in zip(cells.dong_names, middle.tolist(), radius_m.tolist(), strict=True)
    ]


def _stations(snapshot: Snapshot) -> list[Landmark]:
    stations = load_stations(snapshot.document("stations"))
    return [Landmark(item.name, "station", item.lon, item.lat, 0.0, STATION_SPEAKS_M) for item in stations]


def _complexes(complexes: Sequence[Complex]) -> list[Landmark]:
    # A circle of the same ground: an outline of many arms is named by its middle all the same.
    return [Landmark(item.name, "complex", item.lon, item.lat, item.even_radius_m, COMPLEX_SPEAKS_M, item.is_rough) for item in complexes]


def _legal_dongs(snapshot: Snapshot, cells: Cells) -> tuple[str | None, ...]:
    """The legal dong at each cell's point; on a border the first by id."""
    found: list[str | None] = [None] * len(cells)
    held = snapshot.layers.get("legal-dongs")
    if held is None or not len(held):
        return tuple(found)
    features = [feature for feature in map(held.feature, range(len(held))) if feature["geometry"] is not None]
    index = SpatialIndex([feature["id"] for feature in features], [shape(feature["geometry"]) for feature in features])
    rows, positions = index.containing_many(cells.point_lonlat)
    for row, position in zip(rows[::-1].tolist(), positions[::-1].tolist(), strict=True):
        found[row] = features[position]["properties"]["name"]
    return tuple(found)

"""The national grid (국가격자): squares of EPSG:5179, and the codes under which offices publish figures about them.

A code is two Hangul letters for the square of 100 km (eastwards, then northwards), then the kilometre within it, x before y:
`다사1234` is 1 km, `다사123344` 100 m, `다사12343344` 10 m (the 국가지점번호 of that corner). Halves and quarters of a kilometre
are letters behind its digits, `a` the western or southern half and `b` the other: `다사12a34b` is 500 m, `다사12ab34ba` 250 m.

Sources: 도로명주소법 시행령 제37조 (squares of 10 m); https://ko.wikipedia.org/wiki/국가지점번호 (the origin, 300 km west and 700 km
south of that of UTM-K, and the letters of 100 km). No specification of the letters `aa`, `ab`, `ba`, `bb` was seen: the form of 250 m
is that of a published program which compared it with all 10,125 squares of a grid file of Seoul. Another one writes 250 m by the
digits of 10 m; both are read here and fall into the same cell.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import BadArgument
from geo_app.spatial.crs import FloatArray, GridXY, LonLat, lonlat_of_grid, to_grid

CELL_M: Final = 250
_ORIGIN_X_M: Final = 700_000  # UTM-K's false easting is 1,000,000 m: 300 km west of it
_ORIGIN_Y_M: Final = 1_300_000  # false northing 2,000,000 m: 700 km south of it
_SQUARE_M: Final = 100_000
_KM: Final = 1_000
_EAST: Final = "가나다라마바사"
_NORTH: Final = "가나다라마바사아"
_HALVES: Final = ("a", "b")
_QUARTERS: Final = ("aa", "ab", "ba", "bb")
_LETTERED: Final = {_KM: ("",), 500: _HALVES, CELL_M: _QUARTERS}
_DIGITS: Final = {_KM: 2, 100: 3, 10: 4}
SIZES_M: Final = (_KM, 500, CELL_M, 100, 10)
_CODE = re.compile(r"([가-사])([가-아])(?:(\d\d)([ab]{0,2})(\d\d)([ab]{0,2})|(\d{6})|(\d{8}))")


@dataclass(frozen=True, slots=True)
class GridSquare:
    """One square of the national grid: its south-western corner in EPSG:5179 metres and its side."""

    x_min: int
    y_min: int
    size_m: int


def grid_code(x_min: int, y_min: int, size_m: int = CELL_M) -> str:
    """The code of the square of side `size_m` whose south-western corner is (x_min, y_min), EPSG:5179 metres.

    Raises `BadArgument` for another size, a corner that is no corner of such a square, or one outside the lettered country.

    >>> grid_code(953_250, 1_952_750), grid_code(953_000, 1_952_000, 1_000), grid_code(953_750, 1_953_250, 10)
    ('다사53ab52bb', '다사5352', '다사53755325')
    """
    if size_m not in SIZES_M:
        raise BadArgument(name="size_m", value=size_m, expected=", ".join(str(size) for size in SIZES_M))
    east, x_m = divmod(x_min - _ORIGIN_X_M, _SQUARE_M)
    north, y_m = divmod(y_min - _ORIGIN_Y_M, _SQUARE_M)
    if x_min % size_m or y_min % size_m or not (0 <= east < len(_EAST) and 0 <= north < len(_NORTH)):
        raise BadArgument(name="x_min, y_min", value=f"{x_min}, {y_min}", expected=f"× {size_m} m, EPSG:5179")
    return f"{_EAST[east]}{_NORTH[north]}{_part(x_m, size_m)}{_part(y_m, size_m)}"


def parse_grid_code(text: str) -> GridSquare:
    """The square that a code names; spaces and case do not count. Raises `BadArgument` where it is no code.

    >>> parse_grid_code("다사 53ab 52bb"), parse_grid_code("다사5352").size_m
    (GridSquare(x_min=953250, y_min=1952750, size_m=250), 1000)
    """
    found = _CODE.fullmatch("".join(text.split()).lower())
    square = None if found is None else _square(found)
    if found is None or square is None:
        raise BadArgument(name="grid code", value=text, expected="다사1234, 다사12a34b, 다사12ab34ba, 다사123456")
    x_m, y_m, size_m = square
    return GridSquare(_ORIGIN_X_M + _EAST.index(found[1]) * _SQUARE_M + x_m, _ORIGIN_Y_M + _NORTH.index(found[2]) * _SQUARE_M + y_m, size_m)


def cells_over(areas_lonlat: NDArray[np.object_] | BaseGeometry, *, size_m: int = CELL_M) -> NDArray[np.int64]:
    """(n, 2) south-western corners, EPSG:5179 metres, of all squares that share ground with an area; by x, then y.

    `areas_lonlat`: (Multi)Polygons in EPSG:4326. A square that only touches a border shares none. Empty areas give (0, 2).
    """
    areas = np.atleast_1d(np.asarray(to_grid_shapes(np.atleast_1d(np.asarray(areas_lonlat, dtype=object)))))
    found = [_cells_over_one(area, size_m) for area in areas if not area.is_empty]
    if not found:
        return np.empty((0, 2), dtype=np.int64)
    unique: NDArray[np.int64] = np.unique(np.concatenate(found), axis=0)
    return unique


def to_grid_shapes(shapes_lonlat: NDArray[np.object_]) -> NDArray[np.object_]:
    """(n,) geometries in EPSG:4326 → the same in EPSG:5179. An edge of 1 km bends away from its chord by 2 cm at most."""
    moved: NDArray[np.object_] = shapely.transform(shapes_lonlat, lambda lonlat: to_grid(LonLat(lonlat)))
    return moved


def grid_boxes(corners: NDArray[np.int64], size_m: int = CELL_M) -> NDArray[np.object_]:
    """(n,) squares in EPSG:5179 over (n, 2) south-western corners."""
    x, y = corners[:, 0].astype(np.float64), corners[:, 1].astype(np.float64)
    boxes: NDArray[np.object_] = shapely.box(x, y, x + size_m, y + size_m)
    return boxes


def corners_lonlat(corners: NDArray[np.int64], size_m: int = CELL_M) -> FloatArray:
    """(n, 4, 2) degrees in EPSG:4326: south-west, south-east, north-east, north-west of squares with (n, 2) south-western `corners`."""
    steps = np.asarray([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=np.float64) * size_m
    xy = corners[:, None, :].astype(np.float64) + steps
    return np.asarray(lonlat_of_grid(GridXY(xy.reshape(-1, 2)))).reshape(-1, 4, 2)


def _part(metres: int, size_m: int) -> str:
    kilometre, rest = divmod(metres, _KM)
    if size_m in _LETTERED:
        return f"{kilometre:02d}{_LETTERED[size_m][rest // size_m]}"
    return f"{metres // size_m:0{_DIGITS[size_m]}d}"


def _square(found: re.Match[str]) -> tuple[int, int, int] | None:
    """(x, y) metres within the square of 100 km, and the size; None where x and y are not of one size."""
    digits = found[7] or found[8]
    if digits is not None:
        half = len(digits) // 2
        size_m = _SQUARE_M // 10**half
        return int(digits[:half]) * size_m, int(digits[half:]) * size_m, size_m
    if len(found[4]) != len(found[6]):
        return None
    size_m = {0: _KM, 1: 500, 2: CELL_M}[len(found[4])]
    names = _LETTERED[size_m]
    return (
        int(found[3]) * _KM + names.index(found[4]) * size_m,
        int(found[5]) * _KM + names.index(found[6]) * size_m,
        size_m,
    )


def _cells_over_one(area: BaseGeometry, size_m: int) -> NDArray[np.int64]:
    min_x, min_y, max_x, max_y = area.bounds
    x = np.arange(np.floor(min_x / size_m), np.ceil(max_x / size_m), dtype=np.int64) * size_m
    y = np.arange(np.floor(min_y / size_m), np.ceil(max_y / size_m), dtype=np.int64) * size_m
    corners: NDArray[np.int64] = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    shapely.prepare(area)
    boxes = grid_boxes(corners, size_m)
    shares_ground = shapely.intersects(area, boxes) & ~shapely.touches(area, boxes)
    return corners[shares_ground]

"""A box that was asked in any system, as the finder takes it: a window of degrees, and where degrees bend it, an exact test after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo_app.finder.cql import Filter
from geo_app.finder.cql.tree import Always
from geo_app.finder.items import ItemTable
from geo_app.spatial.crs import FloatArray
from geo_app.web.ogc.systems import System

LonLatWindow = tuple[float, float, float, float]
_SIDE_STEPS: Final = 32
_RETURN_M: Final = 1.0  # a corner that does not come back so near lies where the system tells no places apart
_MARGIN: Final = 0.01  # of the window's size: more than a side followed in so many steps can bulge between two of them
_LEAST_MARGIN_DEG: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Box:
    """(min_x, min_y, max_x, max_y) in `system`, x or longitude first."""

    corners: tuple[float, float, float, float]
    system: System

    def window(self) -> LonLatWindow | None:
        """A window of degrees that holds all of it: the box itself in degrees, a little more in metres. None: no such window is known."""
        if self.system.is_geographic:
            return self.corners
        sides = _sides(self.corners)
        asked = sides[:, ::-1] if self.system.is_north_first else sides
        lonlat = self.system.read(asked)
        if not np.isfinite(lonlat).all() or not np.allclose(self.system.written(lonlat), asked, rtol=0, atol=_RETURN_M):
            return None
        low, high = lonlat.min(axis=0), lonlat.max(axis=0)
        margin = np.maximum((high - low) * _MARGIN, _LEAST_MARGIN_DEG)
        west, south = np.maximum(low - margin, (-180, -90)).tolist()
        east, north = np.minimum(high + margin, (180, 90)).tolist()
        return west, south, east, north

    def touched(self, table: ItemTable, positions: Iterable[int]) -> NDArray[np.int64]:
        """Which of `positions` have a point in common with the box, judged in its own system.

        Those without a geometry are kept (Part 1, fc-bbox-response C).
        """
        listed = np.fromiter(positions, dtype=np.int64)
        shapes = np.array([table.geometry(position) for position in listed.tolist()], dtype=object)
        there = np.array([shape is not None for shape in shapes], dtype=bool)
        kept = ~there
        kept[there] = shapely.intersects(self._drawn(shapes[there]), shapely.box(*self.corners))
        touched: NDArray[np.int64] = listed[kept]
        return touched

    def _drawn(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        turned = self.system.is_north_first
        drawn: NDArray[np.object_] = shapely.transform(
            shapes, lambda lonlat: self.system.written(lonlat)[:, ::-1] if turned else self.system.written(lonlat)
        )
        return drawn


@dataclass(frozen=True, slots=True, eq=False)
class Touching(Filter):
    """A filter beside those of the language: the box is touched, and where `asked` is given, that holds as well."""

    box: Box
    asked: Filter | None

    def select(self, table: ItemTable, candidates: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """The positions (ascending; of `candidates`, where these are given) for which both are true."""
        positions = np.arange(len(table)) if candidates is None else candidates
        return self.box.touched(table, positions if self.asked is None else self.asked.select(table, positions))


def touching(box: Box, asked: Filter | None) -> Touching:
    """What the box and, where one is given, a filter ask for together."""
    return Touching(Always(is_true=True) if asked is None else asked.predicate, box, asked)


def _sides(corners: tuple[float, float, float, float]) -> FloatArray:
    min_x, min_y, max_x, max_y = corners
    x, y = np.linspace(min_x, max_x, _SIDE_STEPS), np.linspace(min_y, max_y, _SIDE_STEPS)
    low, high, left, right = (np.full(_SIDE_STEPS, value) for value in (min_y, max_y, min_x, max_x))
    return np.concatenate([np.column_stack(side) for side in ((x, low), (x, high), (left, y), (right, y))])

"""A point of a table of demand → the cell that holds it; of a point outside, what the clerk probably wrote instead of degrees."""

from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np

from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.coordinates import parse_coordinate
from geo_app.spatial.crs import GEOGRAPHIC, MAX_LAT_DEG, MAX_LON_DEG, METRIC, READABLE_CRS, FloatArray, LonLat, lonlat_from, to_grid
from geo_app.spatial.grid import CELL_M, grid_code

_METRIC_SYSTEMS: Final = (METRIC, *(name for name in READABLE_CRS if name not in (GEOGRAPHIC, METRIC)))
_DEGREES: Final = 360.0  # numbers within this are meant as degrees, right or wrong
# Looking through the systems takes a millisecond a point; a file whose every row is wrong has been told by then.
MOST_LOOKED_UP: Final = 500


class PointCells:
    """The cells of a district, by their corners (south-west), EPSG:5179 m."""

    def __init__(self, cells: AbstractSet[tuple[int, int]]) -> None:
        self._cells = cells
        self._looked_up = 0

    def cell(self, lon_text: str, lat_text: str) -> str | None:
        """The code of the cell that holds a point, None for one that lies elsewhere; the point, perhaps a home, is not kept.

        Raises `BadCell`: no numbers, 0 0, swapped (`demand-swapped`), or metres (`demand-other-crs`, `demand-no-degrees`).
        """
        (x, _), (y, _) = parse_coordinate(lon_text), parse_coordinate(lat_text)
        pair, shown = np.array([x, y]), f"{lon_text}, {lat_text}"
        code = self._code(pair)
        if code is not None:
            return code
        if not pair.any():
            raise BadCell("demand-zero", shown)
        if self._code(pair[::-1]) is not None or abs(x) <= MAX_LAT_DEG < abs(y) <= MAX_LON_DEG:
            raise BadCell("demand-swapped", shown, guess=f"{lat_text}, {lon_text}")
        if np.abs(pair).max() > _DEGREES:
            raise self._metres(pair, shown)
        return None

    def _metres(self, pair: FloatArray, shown: str) -> BadCell:
        """What numbers too large for degrees are: in which systems, either way round, they lie in the district, if in any."""
        self._looked_up += 1
        if self._looked_up > MOST_LOOKED_UP:
            return BadCell("demand-no-degrees", shown)
        for told in (pair, pair[::-1]):
            fits = {crs: lonlat for crs in _METRIC_SYSTEMS if self._code((lonlat := lonlat_from(told, crs))[0]) is not None}
            if fits:
                lon, lat = next(iter(fits.values()))[0].tolist()
                return BadCell("demand-other-crs", shown, crs=", ".join(fits), guess=f"{lon:.6f}, {lat:.6f}")
        return BadCell("demand-no-degrees", shown)

    def _code(self, pair: FloatArray) -> str | None:
        lon, lat = pair.tolist()
        if not (abs(lon) <= MAX_LON_DEG and abs(lat) <= MAX_LAT_DEG):  # false for what did not transform
            return None
        xy = to_grid(LonLat(pair.reshape(1, 2)))[0]
        if not np.isfinite(xy).all():
            return None
        x_min, y_min = (int(value // CELL_M) * CELL_M for value in xy)
        return grid_code(x_min, y_min) if (x_min, y_min) in self._cells else None

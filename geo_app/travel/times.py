"""What planning asks of travel, with or without streets: minutes from every origin to some targets, and the area around one."""

import math
from collections.abc import Iterator
from threading import Lock
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import BadArgument
from geo_app.spatial.crs import LonLat, check_lonlat
from geo_app.spatial.geodesy import paired_distances_m
from geo_app.travel.isochrone import Isochrones
from geo_app.travel.placement import Placement
from geo_app.travel.routing import StreetRouter
from geo_app.travel.row_cache import RowCache
from geo_app.travel.speeds import Mode, SpeedPeriod, estimated_travel_min, period_of, straight_reach_m
from geo_app.travel.streets import Streets

MinutesArray = NDArray[np.float32]
_GEOD: Final = Geod(ellps="GRS80")
# A circle of so many corners on it misses 0.01 % of the area and holds nothing outside.
_CIRCLE_CORNERS: Final = 256


class TravelTimes(Protocol):
    """Minutes from a fixed set of origins, (n, 2) degrees in EPSG:4326, to any target. Safe to ask from many threads."""

    @property
    def kind(self) -> Literal["network", "estimate"]:
        """Whether the minutes follow streets, or are a straight line times a factor (추정)."""
        ...

    def period(self, mode: Mode, hour_of_week: int) -> SpeedPeriod:
        """Which speeds hold in an hour of the week, 0 = Monday 00:00 … 167 = Sunday 23:00."""
        ...

    def table(self, mode: Mode, period: SpeedPeriod, targets_lonlat: ArrayLike) -> MinutesArray:
        """(k, n) float32 minutes from origin j to target i of (k, 2) degrees, inf where there is no way. Raises `BadCoordinates`."""
        ...

    def area(self, mode: Mode, period: SpeedPeriod, target_lonlat: ArrayLike, minutes: float) -> BaseGeometry:
        """From where one target is reached within some minutes: a (multi)polygon in EPSG:4326, empty where from nowhere.

        Raises `BadCoordinates`, and `BadArgument` where the minutes are not finite and 0 or more.
        """
        ...


def open_times(streets: Streets | None, origins_lonlat: ArrayLike) -> TravelTimes:
    """Travel times over streets where there are any, else by straight lines. Raises `BadCoordinates`."""
    return StraightTimes(origins_lonlat) if streets is None else StreetTimes(streets, origins_lonlat)


class StraightTimes:
    """Geodesic distance × detour factor at the stated speed: an estimate, at every hour the same. Areas are geodesic circles."""

    def __init__(self, origins_lonlat: ArrayLike) -> None:
        self._origins = check_lonlat(origins_lonlat)
        self._cache = RowCache()

    @property
    def kind(self) -> Literal["network", "estimate"]:
        """`estimate`."""
        return "estimate"

    def period(self, mode: Mode, hour_of_week: int) -> SpeedPeriod:  # noqa: ARG002 - an estimate knows no hours
        """By day, always."""
        return SpeedPeriod.DAY

    def table(self, mode: Mode, period: SpeedPeriod, targets_lonlat: ArrayLike) -> MinutesArray:  # noqa: ARG002 - nor periods
        """As `TravelTimes.table`."""
        targets = check_lonlat(targets_lonlat)
        rows = self._cache.rows(_keys(targets, mode), lambda missing: map(self._row, [mode] * len(missing), targets[missing]))
        return _stacked(rows, len(self._origins))

    def area(self, mode: Mode, period: SpeedPeriod, target_lonlat: ArrayLike, minutes: float) -> MultiPolygon:  # noqa: ARG002
        """As `TravelTimes.area`: a circle with its corners at the limit."""
        target, reach_m = _one(target_lonlat), straight_reach_m(_checked_minutes(minutes), mode)
        if reach_m == 0:
            return MultiPolygon()
        azimuths = np.linspace(360.0, 0.0, _CIRCLE_CORNERS, endpoint=False)
        starts = np.broadcast_to(target, (_CIRCLE_CORNERS, 2))
        lon, lat, _ = _GEOD.fwd(starts[:, 0], starts[:, 1], azimuths, np.full(_CIRCLE_CORNERS, reach_m))
        return MultiPolygon([Polygon(np.column_stack((lon, lat)))])

    def _row(self, mode: Mode, target: NDArray[np.float64]) -> MinutesArray:
        to = np.broadcast_to(target, self._origins.shape)
        metres = paired_distances_m(self._origins[:, 0], self._origins[:, 1], to[:, 0], to[:, 1])
        return (metres * estimated_travel_min(1.0, mode)).astype(np.float32)


class StreetTimes:
    """Minutes along streets, one-ways and hours of the week included. Graphs, placements and regions are made when first needed."""

    def __init__(self, streets: Streets, origins_lonlat: ArrayLike) -> None:
        self.router: Final = StreetRouter(streets)
        self._origins = check_lonlat(origins_lonlat)
        self._cache = RowCache()
        # Apart, so that a table need not wait for the regions of an area.
        self._placing, self._sharing = Lock(), Lock()
        self._placed: dict[Mode, Placement] = {}
        self._isochrones: dict[Mode, Isochrones] = {}

    @property
    def kind(self) -> Literal["network", "estimate"]:
        """`network`."""
        return "network"

    def period(self, mode: Mode, hour_of_week: int) -> SpeedPeriod:
        """As `speeds.period_of`."""
        return period_of(mode, hour_of_week)

    def table(self, mode: Mode, period: SpeedPeriod, targets_lonlat: ArrayLike) -> MinutesArray:
        """As `TravelTimes.table`; one search a target that is not kept."""
        targets, origins = check_lonlat(targets_lonlat), self.origins(mode)

        def build(missing: list[int]) -> Iterator[MinutesArray]:
            placed = self.router.place(targets[missing], mode)
            return (self.router.minutes_to(placed.row(row), origins, mode, period) for row in range(len(placed)))

        return _stacked(self._cache.rows(_keys(targets, mode, period), build), len(origins))

    def area(self, mode: Mode, period: SpeedPeriod, target_lonlat: ArrayLike, minutes: float) -> MultiPolygon:
        """As `TravelTimes.area`: an isochrone over the streets and the origins."""
        target = self.router.place(_one(target_lonlat), mode)
        return self.isochrones(mode).area(target, _checked_minutes(minutes), period)

    def origins(self, mode: Mode) -> Placement:
        """Where the origins stand on the streets of a mode."""
        with self._placing:
            if mode not in self._placed:
                self._placed[mode] = self.router.place(self._origins, mode)
            return self._placed[mode]

    def isochrones(self, mode: Mode) -> Isochrones:
        """The reach areas of a mode, over the streets and the origins; the first call for a mode takes seconds."""
        with self._sharing:
            if mode not in self._isochrones:
                self._isochrones[mode] = Isochrones(self.router, mode, self._origins)
            return self._isochrones[mode]


def _keys(targets: LonLat, *asked: str) -> list[tuple[str | float, ...]]:
    return [(*asked, lon, lat) for lon, lat in targets.tolist()]


def _stacked(rows: list[MinutesArray], width: int) -> MinutesArray:
    return np.stack(rows) if rows else np.empty((0, width), dtype=np.float32)


def _one(target_lonlat: ArrayLike) -> LonLat:
    target = check_lonlat(target_lonlat)
    if len(target) != 1:
        raise BadArgument(name="target_lonlat", value=len(target), expected="one place")
    return target


def _checked_minutes(minutes: float) -> float:
    if not 0 <= minutes < math.inf:
        raise BadArgument(name="minutes", value=minutes, expected="0 or more, finite")
    return minutes

"""Speeds and the detour factor: assumptions with their reasons, in one place."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo_app.travel.streets import RoadClass


class Mode(StrEnum):
    """How somebody travels."""

    WALK = "walk"
    BICYCLE = "bicycle"
    MOTORBIKE = "motorbike"


class SpeedPeriod(StrEnum):
    """Hours of the week in which streets are about equally fast."""

    PEAK = "peak"  # weekdays 07–09 and 18–20
    DAY = "day"
    NIGHT = "night"  # 23–06, every day


# Assumption: a little above the 1.0 m/s that Korean pedestrian signals are timed for, below the 1.2 m/s of healthy adults.
WALK_SPEED_KMH = 4.0
# Assumption: an unhurried city bicycle, stops included.
BICYCLE_SPEED_KMH = 14.0
# Assumption: a delivery motorbike in town, lights included.
MOTORBIKE_SPEED_KMH = 25.0
# Assumption: streets are about 1.3 times the straight line in a built-up grid (published circuity factors lie near 1.2–1.4).
DETOUR_FACTOR = 1.3

SPEEDS_KMH = {Mode.WALK: WALK_SPEED_KMH, Mode.BICYCLE: BICYCLE_SPEED_KMH, Mode.MOTORBIKE: MOTORBIKE_SPEED_KMH}
_METRES_PER_KM = 1000
_MINUTES_PER_HOUR = 60


def estimated_travel_min(distance_m: float, mode: Mode) -> float:
    """Minutes for a straight line of `distance_m` metres, detour included: an estimate (추정).

    >>> round(estimated_travel_min(512.8, Mode.WALK), 1)
    10.0
    """
    return distance_m * DETOUR_FACTOR / (SPEEDS_KMH[mode] * _METRES_PER_KM) * _MINUTES_PER_HOUR


def straight_reach_m(minutes: float, mode: Mode) -> float:
    """How far a straight line may be to arrive within `minutes`: the inverse of `estimated_travel_min`."""
    return minutes / _MINUTES_PER_HOUR * SPEEDS_KMH[mode] * _METRES_PER_KM / DETOUR_FACTOR


# Peak hours on weekdays, and the night of every day; hours after midnight.
PEAK_HOURS: Final = frozenset({7, 8, 18, 19})
NIGHT_HOURS: Final = frozenset({23, 0, 1, 2, 3, 4, 5})
_WEEKDAYS: Final = 5
_HOURS_PER_DAY: Final = 24
HOURS_PER_WEEK: Final = 168

# Stairs: horizontal 0.4–0.5 m/s upwards on a long stairway, twice that on a short one (measured at the Expo 2000 in Hannover): 0.55 m/s.
STEPS_SPEED_KMH: Final = 2.0
# Assumption: among walkers a bicycle slows to twice their speed; on a farm track or a yard it keeps some 70 % of its pace.
BICYCLE_AMONG_WALKERS_KMH: Final = 8.0
BICYCLE_ROUGH_KMH: Final = 10.0

# Limits where an edge states none: 50 km/h on general roads of towns and 30 on side streets (도로교통법 시행규칙 제19조, since
# 2021-04-17); 80 on motor roads and 60 on trunk roads outside of them (the same article); elsewhere what a narrow way allows.
_LIMIT_KMH: Final[Mapping[RoadClass, float]] = MappingProxyType(
    {
        RoadClass.MOTORWAY: 80.0,
        RoadClass.TRUNK: 60.0,
        RoadClass.PRIMARY: 50.0,
        RoadClass.SECONDARY: 50.0,
        RoadClass.TERTIARY: 50.0,
        RoadClass.RESIDENTIAL: 30.0,
        RoadClass.SERVICE: 20.0,
        RoadClass.TRACK: 20.0,
    }
)
_NARROW_LIMIT_KMH: Final = 10.0
# The share of the limit that a journey keeps on roads with lights. Assumption: by day half of it, which makes 50 km/h the 25 of
# `MOTORBIKE_SPEED_KMH`; at peak hours a little more than the 0.37 measured for cars (13.4 km in 44 minutes in 12 cities at 50 km/h,
# police figures of April 2021), since a motorbike passes queues; at night fewer lights turn red.
_ROAD_SHARE: Final[Mapping[SpeedPeriod, float]] = MappingProxyType({SpeedPeriod.PEAK: 0.4, SpeedPeriod.DAY: 0.5, SpeedPeriod.NIGHT: 0.65})
# Assumption: side streets have hardly any lights, so the hour does not matter there.
_SIDE_STREET_SHARE: Final = 0.6
_ROADS_WITH_LIGHTS: Final = RoadClass.TERTIARY


def period_of(mode: Mode, hour_of_week: int) -> SpeedPeriod:
    """Which speeds hold in an hour of the week, 0 = Monday 00:00 … 167 = Sunday 23:00 (it wraps). Feet and bicycles know no peak.

    >>> period_of(Mode.MOTORBIKE, 8), period_of(Mode.MOTORBIKE, 5 * 24 + 8), period_of(Mode.WALK, 8)
    (<SpeedPeriod.PEAK: 'peak'>, <SpeedPeriod.DAY: 'day'>, <SpeedPeriod.DAY: 'day'>)
    """
    day, hour = divmod(hour_of_week % HOURS_PER_WEEK, _HOURS_PER_DAY)
    if mode is not Mode.MOTORBIKE:
        return SpeedPeriod.DAY
    if hour in NIGHT_HOURS:
        return SpeedPeriod.NIGHT
    return SpeedPeriod.PEAK if day < _WEEKDAYS and hour in PEAK_HOURS else SpeedPeriod.DAY


def edge_speed_kmh(mode: Mode, period: SpeedPeriod, road_class: NDArray[np.uint8], max_speed_kmh: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(m,) km/h at which somebody gets along edges: (m,) `RoadClass` numbers and (m,) limits, 0 where an edge states none.

    A table by class; only motorbikes follow limits and the hour. Who may use an edge at all is not asked here.
    """
    by_class = np.array([_class_speed_kmh(mode, period, known) for known in RoadClass])
    speeds: NDArray[np.float64] = by_class[road_class]
    if mode is not Mode.MOTORBIKE:
        return speeds
    shares = np.array([_kept_share(period, known) for known in RoadClass])
    return np.where(max_speed_kmh > 0, max_speed_kmh * shares[road_class], speeds)


def _class_speed_kmh(mode: Mode, period: SpeedPeriod, road_class: RoadClass) -> float:
    if mode is Mode.MOTORBIKE:
        return _LIMIT_KMH.get(road_class, _NARROW_LIMIT_KMH) * _kept_share(period, road_class)
    if road_class is RoadClass.STEPS:
        return STEPS_SPEED_KMH
    if mode is Mode.BICYCLE and road_class in {RoadClass.PEDESTRIAN, RoadClass.PATH}:
        return BICYCLE_AMONG_WALKERS_KMH
    if mode is Mode.BICYCLE and road_class in {RoadClass.SERVICE, RoadClass.TRACK}:
        return BICYCLE_ROUGH_KMH
    return SPEEDS_KMH[mode]


def _kept_share(period: SpeedPeriod, road_class: RoadClass) -> float:
    return _ROAD_SHARE[period] if road_class <= _ROADS_WITH_LIGHTS else _SIDE_STREET_SHARE

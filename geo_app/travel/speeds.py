"""Speeds and the detour factor: assumptions with their reasons, in one place."""

from enum import StrEnum


class Mode(StrEnum):
    """How somebody travels."""

    WALK = "walk"
    BICYCLE = "bicycle"
    MOTORBIKE = "motorbike"


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

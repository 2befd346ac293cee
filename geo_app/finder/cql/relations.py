"""The named relations of CQL2: what each means for two geometries, two times, two sets."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import shapely

Shapes = Any  # a geometry or an array of them
Ends = Any  # int64 microseconds, an array or one
Mask = Any

# Each with the relation that says the same with its sides turned round.
SPATIAL_RELATIONS: Final[Mapping[str, tuple[Callable[[Shapes, Shapes], Mask], Callable[[Shapes, Shapes], Mask]]]] = {
    "s_intersects": (shapely.intersects, shapely.intersects),
    "s_equals": (shapely.equals, shapely.equals),
    "s_disjoint": (shapely.disjoint, shapely.disjoint),
    "s_touches": (shapely.touches, shapely.touches),
    "s_within": (shapely.within, shapely.contains),
    "s_overlaps": (shapely.overlaps, shapely.overlaps),
    "s_crosses": (shapely.crosses, shapely.crosses),
    "s_contains": (shapely.contains, shapely.within),
}

# The others of them are false of a geometry and itself.
TRUE_OF_ITSELF: Final = frozenset({"s_equals", "s_intersects", "s_within", "s_contains"})

_Timed = Callable[[Ends, Ends, Ends, Ends], Mask]
# Of (start, end) a and (start, end) b; the names are those of OWL-Time, whose intervals end where their last instant is.
TIME_RELATIONS: Final[Mapping[str, _Timed]] = {
    "t_after": lambda a, _a_end, _b, b_end: a > b_end,
    "t_before": lambda _a, a_end, b, _b_end: a_end < b,
    "t_disjoint": lambda a, a_end, b, b_end: (a_end < b) | (a > b_end),
    "t_equals": lambda a, a_end, b, b_end: (a == b) & (a_end == b_end),
    "t_intersects": lambda a, a_end, b, b_end: (a_end >= b) & (a <= b_end),
}
# These mean nothing for an instant.
INTERVAL_RELATIONS: Final[Mapping[str, _Timed]] = {
    "t_contains": lambda a, a_end, b, b_end: (a < b) & (a_end > b_end),
    "t_during": lambda a, a_end, b, b_end: (a > b) & (a_end < b_end),
    "t_finishedby": lambda a, a_end, b, b_end: (a < b) & (a_end == b_end),
    "t_finishes": lambda a, a_end, b, b_end: (a > b) & (a_end == b_end),
    "t_meets": lambda _a, a_end, b, _b_end: a_end == b,
    "t_metby": lambda a, _a_end, _b, b_end: a == b_end,
    "t_overlappedby": lambda a, a_end, b, b_end: (a > b) & (a < b_end) & (a_end > b_end),
    "t_overlaps": lambda a, a_end, b, b_end: (a < b) & (a_end > b) & (a_end < b_end),
    "t_startedby": lambda a, a_end, b, b_end: (a == b) & (a_end > b_end),
    "t_starts": lambda a, a_end, b, b_end: (a == b) & (a_end < b_end),
}

ARRAY_RELATIONS: Final[Mapping[str, Callable[[frozenset[str], frozenset[str]], bool]]] = {
    "a_equals": lambda left, right: left == right,
    "a_contains": lambda left, right: left >= right,
    "a_containedby": lambda left, right: left <= right,
    "a_overlaps": lambda left, right: not left.isdisjoint(right),
}

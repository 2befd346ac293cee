"""The nearest places of a layer, in true order, with whether the door is open when one gets there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from geo_app.domain.hours import Answer, Glance, State, Timeline, glance_at, minute_time, seoul_time
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode, estimated_travel_min

FIRST_LOOK_FACTOR = 4  # how many more candidates than asked for are taken at first when a filter is on
_UNKNOWN = Glance(State.UNKNOWN, None, None)
_OPEN = {State.OPEN: True, State.CLOSED: False, State.UNKNOWN: None}


class Order(StrEnum):
    """`DISTANCE` is plain nearness; `ARRIVAL` puts doors known to be open on arrival first, then unknown, then closed."""

    DISTANCE = "distance"
    ARRIVAL = "arrival"


@dataclass(frozen=True, slots=True)
class NearestQuestion:
    """Where somebody stands (EPSG:4326), when (any zone; kept in Seoul's), how she travels and what she needs.

    `stay_min` are the minutes of rest the door must stay open after arrival; `only_open` keeps only places known to be open then.
    """

    lon: float
    lat: float
    at: datetime
    layer: str = "shelters"
    limit: int = 5
    within_m: float | None = None
    mode: Mode = Mode.WALK
    order: Order = Order.DISTANCE
    only_open: bool = False
    stay_min: int = 0
    amenities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", seoul_time(self.at))


@dataclass(frozen=True, slots=True)
class Nearby:
    """One answer. `now` and `arrival` are what is known of the door at `at` and on arrival, in minutes after `first_day` 00:00 (Seoul)."""

    position: int
    distance_m: float
    travel_min: float
    arrives_at: datetime
    first_day: date
    arrival_min: int
    now: Glance
    arrival: Glance

    @property
    def open_left_min(self) -> int | None:
        """Whole minutes the door stays open after arrival; None where it is not known to be open or no end is known."""
        if self.arrival.state is not State.OPEN or self.arrival.change_min is None:
            return None
        # Who arrives within a minute does not have all of it.
        return self.arrival.change_min - self.arrival_min - bool(self.arrives_at.second or self.arrives_at.microsecond)

    @property
    def now_answer(self) -> Answer:
        """What is known of the door at `at`, with the time of its change."""
        if self.now.change_min is None:
            return Answer(self.now.state)
        return Answer(self.now.state, minute_time(self.now.change_min, first_day=self.first_day), self.now.then)


def find_nearest(snapshot: Snapshot, question: NearestQuestion) -> list[Nearby]:
    """Up to `limit` places, by (distance, id) or by arrival. Raises `UnknownLayer`, `BadCoordinates`."""
    layer = snapshot.get_layer(question.layer)
    is_plain = not (question.only_open or question.amenities or question.stay_min) and question.order is Order.DISTANCE
    if is_plain:
        return [_nearby(snapshot, layer, question, position, metres) for position, metres in _hits(layer, question, question.limit)]
    kept = list(_kept(snapshot, layer, question))
    if question.order is Order.ARRIVAL:
        kept.sort(key=arrival_rank)
    return kept[: question.limit]


def _kept(snapshot: Snapshot, layer: LayerSnapshot, question: NearestQuestion) -> Iterator[Nearby]:
    # Order by arrival needs every candidate; a filtered list by distance may stop as soon as it is full.
    looked, wanted = 0, question.limit * FIRST_LOOK_FACTOR
    found = 0
    while True:
        hits = _hits(layer, question, wanted if question.order is Order.DISTANCE else len(layer))
        for position, metres in hits[looked:]:
            nearby = _nearby(snapshot, layer, question, position, metres)
            if _fits(layer, question, nearby):
                found += 1
                yield nearby
        if len(hits) < wanted or found >= question.limit or question.order is Order.ARRIVAL:
            return
        looked, wanted = len(hits), wanted * FIRST_LOOK_FACTOR


def _hits(layer: LayerSnapshot, question: NearestQuestion, count: int) -> list[tuple[int, float]]:
    hits = layer.index.nearest(question.lon, question.lat, count, within_m=question.within_m)
    return [(int(layer.pins[hit.position]), hit.distance_m) for hit in hits]


def _nearby(snapshot: Snapshot, layer: LayerSnapshot, question: NearestQuestion, position: int, distance_m: float) -> Nearby:
    travel_min = estimated_travel_min(distance_m, question.mode)
    arrives_at = question.at + timedelta(minutes=travel_min)
    first_day = question.at.date()
    timeline = layer.opening.timeline(position, first_day, snapshot.calendar)
    at = question.at
    # In whole seconds of the day: five conversions of time zones would cost as much as the search.
    arrival_min = int((at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6 + travel_min * 60) // 60)
    is_known = timeline is not None and arrival_min < timeline.end_min  # after weeks on foot nobody knows the door
    arrival = glance_at(timeline, arrival_min) if timeline is not None and is_known else _UNKNOWN
    return Nearby(position, distance_m, travel_min, arrives_at, first_day, arrival_min, _glance(timeline, question.at), arrival)


def _glance(timeline: Timeline | None, at: datetime) -> Glance:
    return _UNKNOWN if timeline is None else glance_at(timeline, at.hour * 60 + at.minute)


def _fits(layer: LayerSnapshot, question: NearestQuestion, nearby: Nearby) -> bool:
    if question.amenities:
        offered = layer.feature(nearby.position)["properties"].get("amenities", ())
        if not set(question.amenities) <= set(offered):
            return False
    if not question.only_open and not question.stay_min:
        return True
    if nearby.arrival.state is not State.OPEN:
        return False
    left = nearby.open_left_min
    return left is None or left >= question.stay_min


def arrival_rank(nearby: Nearby) -> tuple[int, float, int]:
    """Sorts doors known to be open on arrival first, then unknown, then closed; the nearer first among equals."""
    rank = {State.OPEN: 0, State.UNKNOWN: 1, State.CLOSED: 2}[nearby.arrival.state]
    return rank, nearby.distance_m, nearby.position


def nearby_properties(nearby: Nearby) -> dict[str, Any]:
    """The answer's own properties, to stand beside the published ones. Times are ISO 8601 with the zone of Seoul."""
    now = nearby.now
    change = None if now.change_min is None else minute_time(now.change_min, first_day=nearby.first_day).isoformat(timespec="minutes")
    return {
        "distance_m": round(nearby.distance_m, 2),
        "distance_kind": "geodesic",
        "travel_min": round(nearby.travel_min, 1),
        "travel_kind": "estimate",
        "arrives_at": nearby.arrives_at.isoformat(timespec="seconds"),
        "is_open": _OPEN[now.state],
        "is_open_on_arrival": _OPEN[nearby.arrival.state],
        "open_left_min": nearby.open_left_min,
        "closes_at": change if now.state is State.OPEN and now.then is State.CLOSED else None,
        "opens_at": change if now.state is State.CLOSED and now.then is State.OPEN else None,
    }

"""The nearest places of a layer, in true order, with whether the door is open when one gets there and how far that can be relied on."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from geo_app.domain.hours import Answer, Glance, State, Timeline, glance_at, minute_time, seoul_time
from geo_app.domain.report import ReportSummary
from geo_app.finder.lineup import is_offered
from geo_app.finder.ranked import open_left_min
from geo_app.finder.vouching import Vouched, extent_of, vouch
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode, estimated_travel_min

FIRST_LOOK_FACTOR = 4  # how many more candidates than asked for are taken at first when a filter is on
_UNKNOWN = Glance(State.UNKNOWN, None, None)
_OPEN = {State.OPEN: True, State.CLOSED: False, State.UNKNOWN: None}


class Order(StrEnum):
    """`DISTANCE` is plain nearness; `ARRIVAL` puts doors known to be open on arrival first, then doubtful, unknown, closed."""

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
    """One answer. `now` and `arrival` are what is known of the door at `at` and on arrival, in minutes after `first_day` 00:00 (Seoul).

    A place may be up to `radius_m` from its point, to which `distance_m` leads; the way and the arrival are those of the far end.
    `vouched` is None in a layer without hours.
    """

    position: int
    distance_m: float
    radius_m: int
    travel_min: float
    first_day: date
    arrival_min: int
    now: Glance
    arrival: Glance
    vouched: Vouched | None
    closed_reports: int

    @property
    def arrives_at(self) -> datetime:
        """The whole minute by which one is there."""
        return minute_time(self.arrival_min, first_day=self.first_day)

    @property
    def open_left_min(self) -> int | None:
        """Minutes the door stays open after arrival; None where it is not known to be open or no end is known."""
        return open_left_min(self.arrival, self.arrival_min)

    @property
    def is_doubtful(self) -> bool:
        """True where an open door may not be promised."""
        return self.vouched is not None and self.vouched.is_doubtful

    @property
    def now_answer(self) -> Answer:
        """What is known of the door at `at`, with the time of its change."""
        if self.now.change_min is None:
            return Answer(self.now.state)
        return Answer(self.now.state, minute_time(self.now.change_min, first_day=self.first_day), self.now.then)


def find_nearest(snapshot: Snapshot, question: NearestQuestion, reports: Mapping[str, ReportSummary]) -> list[Nearby]:
    """Up to `limit` places, by (distance, id) or by arrival. `reports` by the place's id. Raises `UnknownLayer`, `BadCoordinates`."""
    layer = snapshot.get_layer(question.layer)
    is_plain = not (question.only_open or question.amenities or question.stay_min) and question.order is Order.DISTANCE
    if is_plain:
        hits = _hits(layer, question, question.limit)
        return [_nearby(snapshot, layer, question, reports, position=position, distance_m=metres) for position, metres in hits]
    kept = list(_kept(snapshot, layer, question, reports))
    if question.order is Order.ARRIVAL:
        kept.sort(key=arrival_rank)
    return kept[: question.limit]


def _kept(snapshot: Snapshot, layer: LayerSnapshot, question: NearestQuestion, reports: Mapping[str, ReportSummary]) -> Iterator[Nearby]:
    # Order by arrival needs every candidate; a filtered list by distance may stop as soon as it is full.
    looked, wanted = 0, question.limit * FIRST_LOOK_FACTOR
    found = 0
    while True:
        hits = _hits(layer, question, wanted if question.order is Order.DISTANCE else len(layer))
        for position, metres in hits[looked:]:
            nearby = _nearby(snapshot, layer, question, reports, position=position, distance_m=metres)
            if _fits(layer, question, nearby):
                found += 1
                yield nearby
        if len(hits) < wanted or found >= question.limit or question.order is Order.ARRIVAL:
            return
        looked, wanted = len(hits), wanted * FIRST_LOOK_FACTOR


def _hits(layer: LayerSnapshot, question: NearestQuestion, count: int) -> list[tuple[int, float]]:
    hits = layer.index.nearest(question.lon, question.lat, count, within_m=question.within_m)
    return [(int(layer.pins[hit.position]), hit.distance_m) for hit in hits]


def _nearby(
    snapshot: Snapshot,
    layer: LayerSnapshot,
    question: NearestQuestion,
    reports: Mapping[str, ReportSummary],
    *,
    position: int,
    distance_m: float,
) -> Nearby:
    at, report = question.at, reports.get(layer.ids[position])
    radius_m = extent_of(snapshot, layer, position).radius_m
    travel_min = estimated_travel_min(distance_m + radius_m, question.mode)
    timeline = layer.opening.timeline(position, at.date(), snapshot.calendar)
    # The same whole minute as the finder's (`ranking.py`): the minutes on the way are rounded up.
    arrival_min = at.hour * 60 + at.minute + math.ceil(travel_min)
    is_known = timeline is not None and arrival_min < timeline.end_min  # after weeks on foot nobody knows the door
    return Nearby(
        position=position,
        distance_m=distance_m,
        radius_m=radius_m,
        travel_min=travel_min,
        first_day=at.date(),
        arrival_min=arrival_min,
        now=_glance(timeline, at),
        arrival=glance_at(timeline, arrival_min) if timeline is not None and is_known else _UNKNOWN,
        vouched=vouch(layer, position, report, at),
        closed_reports=0 if report is None else report.closed_count,
    )


def _glance(timeline: Timeline | None, at: datetime) -> Glance:
    return _UNKNOWN if timeline is None else glance_at(timeline, at.hour * 60 + at.minute)


def _fits(layer: LayerSnapshot, question: NearestQuestion, nearby: Nearby) -> bool:
    if question.amenities:
        properties = layer.feature(nearby.position)["properties"]
        if not is_offered(set(question.amenities), set(properties.get("amenities", ())), properties.get("entry")):
            return False
    if not question.only_open and not question.stay_min:
        return True
    if nearby.arrival.state is not State.OPEN:
        return False
    left = nearby.open_left_min
    return left is None or left >= question.stay_min


def arrival_rank(nearby: Nearby) -> tuple[int, float, int]:
    """Sorts doors known to be open on arrival first, then doubtful ones, then unknown, then closed; the nearer first among equals."""
    rank = {State.OPEN: int(nearby.is_doubtful), State.UNKNOWN: 2, State.CLOSED: 3}[nearby.arrival.state]
    return rank, nearby.distance_m, nearby.position


def nearby_properties(nearby: Nearby) -> dict[str, Any]:
    """The answer's own properties, to stand beside the published ones. Times are ISO 8601 with the zone of Seoul."""
    now, vouched = nearby.now, nearby.vouched
    change = None if now.change_min is None else minute_time(now.change_min, first_day=nearby.first_day).isoformat(timespec="minutes")
    return {
        "distance_m": round(nearby.distance_m, 2),
        "distance_kind": "geodesic",
        "radius_m": nearby.radius_m,
        "travel_min": round(nearby.travel_min, 1),
        "travel_kind": "estimate",
        "arrives_at": nearby.arrives_at.isoformat(timespec="seconds"),
        "is_open": _OPEN[now.state],
        "is_open_on_arrival": _OPEN[nearby.arrival.state],
        "open_left_min": nearby.open_left_min,
        "closes_at": change if now.state is State.OPEN and now.then is State.CLOSED else None,
        "opens_at": change if now.state is State.CLOSED and now.then is State.OPEN else None,
        "is_doubtful": None if vouched is None else vouched.is_doubtful,
        "is_stale": None if vouched is None else vouched.is_stale,
        "hours_checked_on": None if vouched is None or vouched.checked_on is None else vouched.checked_on.isoformat(),
        "closed_reports": nearby.closed_reports,
    }

"""The bundle: all that a phone needs to rank shelters by itself for two weeks, as one small JSON document.

A schedule is [letters, minutes]: the states open, closed and unknown as "o", "c", "u", and the minutes after 00:00 (Seoul) of `first_day`
at which each begins, for `day_count` days; a place names its schedule by number. The phone compares integers and never parses hours.
What is not known or not so is left out: without `radius_m` a point is exact, without `schedule` a place has no hours, without `checked_on`
nobody ever checked them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from geo_app.domain.hours import State, Timeline, minute_time, seoul_time
from geo_app.domain.layers import AMENITIES
from geo_app.domain.report import ReportSummary
from geo_app.finder.gazetteer import list_places
from geo_app.finder.lineup import Candidate, Lineup
from geo_app.finder.standing import DAY_COUNT, FAR_LIMIT, REACH_MIN, STALE_AFTER_DAYS, Scene, set_scene
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import DETOUR_FACTOR, SPEEDS_KMH
from geo_app.wording.romanise import romanise, romanise_address

FORMAT: Final = 1
LETTERS: Final = {State.OPEN: "o", State.CLOSED: "c", State.UNKNOWN: "u"}
_DECIMALS = 6
_TOLD = ("kind", "address", "entry", "entry_note", "phone")

Schedule = tuple[str, tuple[int, ...]]


class ScheduleList:
    """The distinct schedules of a bundle, each kept once."""

    def __init__(self, end_min: int) -> None:
        self._end_min = end_min
        self._numbers: dict[Schedule, int] = {}

    def number(self, timeline: Timeline | None) -> int | None:
        """Where the schedule of a timeline stands; None for a place without hours."""
        if timeline is None:
            return None
        pieces = [
            (LETTERS[state], start) for state, start in zip(timeline.states, timeline.starts_min, strict=True) if start < self._end_min
        ]
        schedule = ("".join(letter for letter, _ in pieces), tuple(start for _, start in pieces))
        return self._numbers.setdefault(schedule, len(self._numbers))

    def rows(self) -> list[list[Any]]:
        """[letters, minutes at which each begins], in the order of their numbers."""
        return [[letters, list(starts)] for letters, starts in self._numbers]


def build_bundle(snapshot: Snapshot, at: datetime, reports: Mapping[str, ReportSummary]) -> dict[str, Any]:
    """The bundle as plain JSON values, for the days from `at` (any zone) on. Equal arguments give equal bundles."""
    local = seoul_time(at)
    scene = set_scene(snapshot, local, reports)
    schedules = ScheduleList(scene.window.end_min)
    sites = _rows(snapshot, "shelters", scene.shelters, scene.shelter_timelines, schedules)
    for row in sites:
        row.update(_report_member(reports.get(row["id"])))
    warm = _warm_rows(snapshot, scene, schedules)
    shelters = snapshot.layers.get("shelters")
    last_day = minute_time(scene.window.end_min - 1, first_day=scene.window.first_day).date()
    district = snapshot.document("district") or {}
    return {
        "format": FORMAT,
        "revision": snapshot.number,
        "made_at": local.isoformat(timespec="seconds"),
        "first_day": scene.window.first_day.isoformat(),
        "day_count": DAY_COUNT,
        "speeds_kmh": {mode.value: speed for mode, speed in SPEEDS_KMH.items()},
        "detour": DETOUR_FACTOR,
        "reach_min": REACH_MIN,
        "stale_days": STALE_AFTER_DAYS,
        "far_limit": FAR_LIMIT,
        "schedules": schedules.rows(),
        "sites": sites,
        "unplaced": 0 if shelters is None else shelters.meta.unlocated,
        "warm": warm,
        "places": [
            {"id": place.id, "kind": place.kind.value, "name": place.name, "latin": place.latin, **_point(place.lon, place.lat)}
            for place in list_places(snapshot)
        ],
        "outline": [[list(corner) for corner in ring] for ring in scene.outline],
        "holidays": [
            {"day": item.day.isoformat(), "name": item.name} for item in snapshot.calendar.list_holidays(scene.window.first_day, last_day)
        ],
        "emergency": [{"number": item["number"], "name": item["name"]} for item in district.get("emergency", ())],
        "samples": 0 if shelters is None else shelters.meta.sample,
    }


def _rows(
    snapshot: Snapshot, name: str, lineup: Lineup, timelines: Sequence[Timeline | None], schedules: ScheduleList
) -> list[dict[str, Any]]:
    layer = snapshot.layers.get(name)
    if layer is None:
        return []
    return [
        _row(layer, candidate, lonlat, schedules.number(timeline))
        for candidate, lonlat, timeline in zip(lineup.candidates, lineup.lonlat.tolist(), timelines, strict=True)
    ]


def _warm_rows(snapshot: Snapshot, scene: Scene, schedules: ScheduleList) -> list[dict[str, Any]]:
    # One that never opens in these days could never be offered.
    kept = [
        number
        for number, timeline in enumerate(scene.warm_timelines)
        if timeline is not None and (timeline.states[0] is State.OPEN or timeline.find_next(0, State.OPEN) is not None)
    ]
    lineup = Lineup(tuple(scene.warm.candidates[number] for number in kept), scene.warm.lonlat[kept])
    return _rows(snapshot, "public-facilities", lineup, [scene.warm_timelines[number] for number in kept], schedules)


def _row(layer: LayerSnapshot, candidate: Candidate, lonlat: Sequence[float], schedule: int | None) -> dict[str, Any]:
    properties = layer.feature(candidate.position)["properties"]
    row = {
        "id": candidate.id,
        "name": properties["name"],
        "latin": romanise(properties["name"]),
        **_point(*lonlat),
        "radius_m": candidate.extent.radius_m or None,
        "area": candidate.extent.name,
        "area_latin": None if candidate.extent.name is None else romanise_address(candidate.extent.name),
        "dong": candidate.dong,
        **{name: properties.get(name) for name in _TOLD},
        "amenities": [amenity for amenity in AMENITIES if amenity in candidate.amenities],
        "schedule": schedule,
        "checked_on": None if candidate.checked_on is None else candidate.checked_on.isoformat(),
        "is_sample": properties["status"] == "sample",
        "is_neighbour": candidate.is_neighbour,
    }
    # The first schedule has the number 0, which equals False.
    return {name: value for name, value in row.items() if value is not None and value is not False and value not in ("", [])}


def _report_member(report: ReportSummary | None) -> dict[str, Any]:
    if report is None or report == ReportSummary():
        return {}
    told = {
        "closed": report.closed_count or None,
        "closed_at": _minute(report.last_closed_at),
        # Told only beside the closed ones that it contradicts.
        "opened_at": _minute(report.last_open_at) if report.closed_count else None,
        "checked_at": _minute(report.last_check_at),
    }
    return {"reports": {name: value for name, value in told.items() if value is not None}}


def _minute(at: datetime | None) -> str | None:
    return None if at is None else seoul_time(at).isoformat(timespec="minutes")


def _point(lon: float, lat: float) -> dict[str, float]:
    return {"lon": round(lon, _DECIMALS), "lat": round(lat, _DECIMALS)}

"""Places in the order in which somebody should try them: a pure function of prepared candidates, timelines and the question."""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import timedelta

from geo_app.domain.hours import Glance, State, Timeline, minute_of
from geo_app.domain.hours.rules import DAY_MIN
from geo_app.domain.hours.state import LOOKAHEAD_DAYS
from geo_app.domain.report import ReportSummary
from geo_app.finder.judging import REACH_MIN, is_enterable, is_stale, judge, needs_check, newest_check
from geo_app.finder.lineup import Candidate, Lineup
from geo_app.finder.ranked import FinderQuestion, Ranked, Window, open_left_min
from geo_app.spatial.geodesy import distances_from_m
from geo_app.travel.speeds import estimated_travel_min

_UNKNOWN = Glance(State.UNKNOWN, None, None)
# A state that reaches to the end of what is known lasts at least so long where it is told without an end: nobody rests for half a day.
KNOWN_AHEAD_MIN = 12 * 60


def rank(
    lineup: Lineup,
    timelines: Sequence[Timeline | None],
    question: FinderQuestion,
    *,
    window: Window,
    reports: Mapping[str, ReportSummary],
) -> list[Ranked]:
    """Every candidate that offers all the amenities asked for, by `Ranked.sort_key`. `timelines`: one a candidate, None without hours."""
    minute = minute_of(question.at, first_day=window.first_day)
    wanted = frozenset(question.amenities)
    metres = distances_from_m(question.lon, question.lat, lineup.lonlat)
    ranked = [
        _ranked(candidate, timeline, question, window, minute=minute, distance_m=distance_m, report=reports.get(candidate.id))
        for candidate, timeline, distance_m in zip(lineup.candidates, timelines, metres, strict=True)
        if candidate.offers(wanted)
    ]
    return sorted(ranked, key=lambda item: item.sort_key)


def list_next_open(ranked: Sequence[Ranked], *, is_registered: bool) -> list[Ranked]:
    """Of places that are not open on arrival, those one may enter and reach within twice `REACH_MIN`, the first to open first."""
    found = [
        (item.opens_min, *item.sort_key[:1], *item.sort_key[2:], item)
        for item in ranked
        if item.arrival.state is not State.OPEN
        and item.opens_min is not None
        and item.travel_min <= 2 * REACH_MIN
        and is_enterable(item.candidate.entry, is_registered=is_registered)
    ]
    return [row[-1] for row in sorted(found, key=lambda row: row[:-1])]


def _ranked(
    candidate: Candidate,
    timeline: Timeline | None,
    question: FinderQuestion,
    window: Window,
    *,
    minute: int,
    distance_m: float,
    report: ReportSummary | None,
) -> Ranked:
    travel_min = estimated_travel_min(distance_m + candidate.extent.radius_m, question.mode)
    arrival_min = minute + math.ceil(travel_min)
    arrival = _glance(timeline, arrival_min, window.end_min)
    is_to_be_checked = needs_check(report, question.at)
    # One open door among several closed ones vouches for nothing; it is named beside them.
    checked_on = newest_check(candidate.checked_on, None if is_to_be_checked else report)
    has_stale_hours = is_stale(checked_on, window.first_day + timedelta(minutes=minute))
    standing = judge(
        entry=candidate.entry,
        arrival=arrival,
        open_left_min=open_left_min(arrival, arrival_min),
        stay_min=question.stay_min,
        is_registered=question.is_registered,
        is_in_doubt=has_stale_hours or is_to_be_checked,
    )
    return Ranked(
        candidate=candidate,
        standing=standing,
        distance_m=distance_m,
        travel_min=travel_min,
        first_day=window.first_day,
        arrival_min=arrival_min,
        now=_glance(timeline, minute, window.end_min),
        arrival=arrival,
        opens_min=_next_opening(timeline, arrival_min, window.end_min),
        checked_on=checked_on,
        is_stale=has_stale_hours,
        report=report,
    )


def _glance(timeline: Timeline | None, minute: int, end_min: int) -> Glance:
    if timeline is None or not 0 <= minute < end_min:
        return _UNKNOWN
    place = bisect_right(timeline.starts_min, minute)
    state = timeline.states[place - 1]
    if place == len(timeline.starts_min) or timeline.starts_min[place] >= end_min:
        # No end within what is known is no rest without end.
        return Glance(state, end_min, State.UNKNOWN) if end_min - minute < KNOWN_AHEAD_MIN else Glance(state, None, None)
    if timeline.starts_min[place] - minute > LOOKAHEAD_DAYS * DAY_MIN:
        return Glance(state, None, None)
    return Glance(state, timeline.starts_min[place], timeline.states[place])


def _next_opening(timeline: Timeline | None, minute: int, end_min: int) -> int | None:
    opens_min = None if timeline is None else timeline.find_next(minute, State.OPEN)
    return opens_min if opens_min is not None and opens_min < end_min else None

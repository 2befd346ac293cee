"""A place's opening hours as an iCalendar file (RFC 5545) that a phone can subscribe to: the coming weeks, holidays as they fall.

An open stretch is an event. What is not known is an event too, tentative and named so, because an empty day in a calendar reads as
"closed"; a place whose hours nobody knows has one such event over all its days. A closed day has none. Events never make anybody busy.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from icalendar import Calendar as ICalendar
from icalendar import Event, Timezone, TimezoneStandard, vDuration, vText

from geo_app.domain.calendar import SEOUL, Calendar
from geo_app.domain.hours import Interval, State, list_intervals
from geo_app.domain.provenance import POINT_PRECISIONS, Status
from geo_app.domain.site import Closure, DatedHours, HoursStatement
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import ENTRY_WORDS, label

MEDIA_TYPE = "text/calendar; charset=utf-8"
CALENDAR_DAYS = 56
PRODUCT = "-//Gwangsan Work & Shelter Map//Opening hours//KO"
REFRESH = timedelta(days=1)  # how often a subscriber should ask again
_DAY = timedelta(days=1)
_SEOUL_SINCE = datetime(1988, 10, 9, 2, 0)  # noqa: DTZ001 - local by definition: the last change of the clock in Korea (tz database)
_SEOUL_OFFSET = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class DoorHours:
    """All that is said of one door, the holidays it is judged by, and why none of it should be relied on (a sentence; None: it may be)."""

    statements: Sequence[HoursStatement]
    closures: Sequence[Closure]
    dated_hours: Sequence[DatedHours]
    calendar: Calendar
    doubt: str | None = None


def hours_calendar(
    feature: Mapping[str, Any], hours: DoorHours, *, first_day: date, page_url: str, made_at: datetime, words: Words
) -> bytes:
    """The file for `CALENDAR_DAYS` days from `first_day` (Asia/Seoul); the shift that began on the eve is there whole.

    The same inputs give the same bytes, and a shift keeps its UID from day to day. `made_at` is the time of the data, with its zone.
    Raises `BadArgument` for a day out of range.
    """
    properties = feature["properties"]
    told = ICalendar()
    told.add("prodid", PRODUCT)
    told.add("version", "2.0")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", vText(words("{name}: opening hours", name=_line(properties["name"]))))  # else it is not escaped
    told.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    told.add("x-published-ttl", vDuration(REFRESH))  # else it is written as Python writes a span
    told.add_component(_seoul())
    for stretch in _list_stretches(hours, first_day):
        told.add_component(_event(stretch, feature, hours.doubt, page_url, made_at, words))
    return bytes(told.to_ical())


def _list_stretches(hours: DoorHours, first_day: date) -> Iterator[Interval]:
    # A day before and a day after: a shift that reaches over either end is whole.
    intervals = list_intervals(
        hours.statements,
        closures=hours.closures,
        dated_hours=hours.dated_hours,
        calendar=hours.calendar,
        first_day=first_day - _DAY,
        day_count=CALENDAR_DAYS + 2,
    )
    begin = datetime.combine(first_day, time(), SEOUL)
    end = begin + timedelta(days=CALENDAR_DAYS)
    for stretch in _opened(intervals):
        if stretch.end > begin and stretch.start < end:
            yield stretch
    unknown = (item for item in intervals if item.state is State.UNKNOWN and item.end > begin and item.start < end)
    yield from (Interval(max(item.start, begin), min(item.end, end), item.state) for item in unknown)


def _opened(intervals: Iterable[Interval]) -> Iterator[Interval]:
    for item in intervals:
        if item.state is not State.OPEN:
            continue
        start = item.start
        # A door that stays open for days is told day by day: an event of eight weeks would be a stripe that says nothing.
        while item.end - start > _DAY or (start > item.start and start < item.end):
            midnight = datetime.combine(start.date() + _DAY, time(), SEOUL)
            yield Interval(start, min(midnight, item.end), item.state)
            start = min(midnight, item.end)
        if start < item.end:
            yield Interval(start, item.end, item.state)


def _event(stretch: Interval, feature: Mapping[str, Any], doubt: str | None, page_url: str, made_at: datetime, words: Words) -> Event:
    properties = feature["properties"]
    is_known = stretch.state is State.OPEN
    event = Event()
    host = urlsplit(page_url).hostname or "localhost"
    # By its start: a number among those of its day would change once the tail of the night before falls out of the file.
    event.add("uid", f"{feature['id']}-{stretch.state}-{stretch.start:%Y%m%dT%H%M}@{host}")
    event.add("dtstamp", made_at)
    is_whole_days = not is_known and stretch.start.time() == stretch.end.time() == time()
    event.add("dtstart", stretch.start.date() if is_whole_days else stretch.start)
    event.add("dtend", stretch.end.date() if is_whole_days else stretch.end)
    event.add("summary", words(_summary(is_known=is_known, is_doubtful=bool(doubt)), name=_line(properties["name"])))
    event.add("status", "CONFIRMED" if is_known and not doubt else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("url", page_url)
    event.add("description", "\n".join(_description(properties, doubt, page_url, words)))
    if place := properties.get("address") or properties.get("dong"):
        event.add("location", _line(place))
    if properties["precision"] in POINT_PRECISIONS and feature["geometry"] is not None:
        lon, lat = feature["geometry"]["coordinates"]
        event.add("geo", (lat, lon))
    return event


def _summary(*, is_known: bool, is_doubtful: bool) -> str:
    if not is_known:
        return "Hours not known: {name}"
    return "May be open: {name}" if is_doubtful else "Open: {name}"


def _description(properties: Mapping[str, Any], doubt: str | None, page_url: str, words: Words) -> Iterator[str]:
    if properties["status"] == Status.SAMPLE.value:
        yield words("Sample: this place does not exist")
    if doubt:
        yield doubt
    if entry := properties.get("entry"):
        yield label(words, ENTRY_WORDS, entry)
    if note := properties.get("entry_note"):
        yield _line(note)
    yield page_url


def _line(text: str) -> str:
    # RFC 5545 §3.1 knows no control characters, and what was typed over several lines is told on one.
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())


def _seoul() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", _SEOUL_SINCE)
    standard.add("tzoffsetfrom", _SEOUL_OFFSET)
    standard.add("tzoffsetto", _SEOUL_OFFSET)
    standard.add("tzname", "KST")
    zone = Timezone()
    zone.add("tzid", SEOUL.key)
    zone.add_component(standard)
    return zone

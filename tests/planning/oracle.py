"""Coverage by plain loops, a minute and a cell at a time: the second witness of `geo_app.planning`. It shares no code with it but the
engine of opening hours, which has witnesses of its own.
"""

import math
from datetime import date, datetime, timedelta

from geo_app.domain.calendar import SEOUL, AlertKind, Calendar, Holiday, WeatherAlert
from geo_app.domain.hours import State, list_intervals
from geo_app.domain.record import load_closure, load_dated_hours, load_statement

OLD_DAYS = 180
DAY = timedelta(days=1)


class Oracle:
    """`records`: stored shelters; `minutes[(id, cell)]`: how long the way is (inf: none); `calendar`: the real one."""

    def __init__(
        self, records, minutes, calendar, monday, *, day="calendar", registered=False, checked=False, stay_min=0, nth=1, limit=10.0
    ):
        self.records = [record for record in records if _counts(record)]
        self.minutes = minutes
        self.registered, self.checked, self.stay_min, self.nth, self.limit = registered, checked, stay_min, nth, limit
        days = _days_of_kind(day, calendar, monday)
        self.monday = monday
        self.open_minutes = {record["id"]: _open_minutes(record, days, monday, dated=day == "calendar") for record in self.records}

    def travel(self, cell, leaves):
        """Minutes to each usable place for somebody who leaves then, nearest first."""
        return sorted(
            minutes
            for record in self.records
            if (minutes := self.minutes[record["id"], cell]) <= 24 * 60 and self._is_usable(record, leaves, minutes)
        )

    def nominal(self, cell):
        return sorted(self.minutes[record["id"], cell] for record in self.records if self.minutes[record["id"], cell] <= 24 * 60)

    def is_covered(self, cell, leaves):
        return self._is_served(self.travel(cell, leaves))

    def is_nominally_covered(self, cell):
        return self._is_served(self.nominal(cell))

    def is_usable_at_door(self, record, moment):
        return self._is_usable(record, moment, 0)

    def is_reached(self, record):
        """Whether there is a cell from which one gets there within a day at all."""
        return any(minutes <= 24 * 60 for (site_id, _), minutes in self.minutes.items() if site_id == record["id"])

    def _is_served(self, ways):
        return len(ways) >= self.nth and ways[self.nth - 1] <= self.limit

    def _is_usable(self, record, leaves, minutes):
        entry = record["attributes"].get("entry")
        if entry in ("registration", "card") and not self.registered:
            return False
        if self.checked and (entry is None or _is_old(record, leaves.date())):
            return False
        arrives = (leaves - leaving(self.monday, 0)) // timedelta(minutes=1) + math.ceil(minutes)
        return self.open_minutes[record["id"]].issuperset(range(arrives, arrives + max(self.stay_min, 1)))


def _counts(record):
    return record["precision"] in ("address", "street") and record["status"] not in ("closed", "planned") and "geometry" in record


def _is_old(record, today):
    said = [record["provenance"].get("checked_on"), *(statement.get("as_of") for statement in record.get("hours", []))]
    days = [date.fromisoformat(day) for day in said if day]
    return not days or (today - max(days)).days > OLD_DAYS


def _days_of_kind(day, calendar, monday):
    around = [monday + number * DAY for number in range(-3, 14)]
    if day == "calendar":
        return calendar
    if day == "holiday":
        return Calendar(tuple(Holiday(item, "쉬는 날") for item in around), around[0], around[-1])
    if day in ("heat-wave", "cold-wave"):
        return Calendar(alerts=(WeatherAlert(AlertKind(day), around[0], around[-1]),))
    return Calendar()


def _open_minutes(record, calendar, monday, *, dated):
    """Every minute of ten days, counted from Monday 00:00, at which the door is open."""
    intervals = list_intervals(
        [load_statement(item) for item in record.get("hours", [])],
        closures=[load_closure(item) for item in record.get("closures", [])] if dated else [],
        dated_hours=[load_dated_hours(item) for item in record.get("dated_hours", [])] if dated else [],
        calendar=calendar,
        first_day=monday,
        day_count=10,
    )
    found = set()
    for interval in intervals:
        if interval.state is State.OPEN:
            first, end = ((moment - leaving(monday, 0)) // timedelta(minutes=1) for moment in (interval.start, interval.end))
            found.update(range(first, end))
    return found


def leaving(monday, minute):
    """The instant some minutes after Monday 00:00 in Seoul."""
    return datetime.combine(monday, datetime.min.time(), tzinfo=SEOUL) + timedelta(minutes=minute)

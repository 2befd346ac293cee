"""The hours of one place as its page shows them: the week, the days ahead that differ, what each source says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import DayException, list_exceptions, list_week
from geo_app.domain.hours.week import WEEK_DAYS, Spans, Week
from geo_app.domain.site import HoursStatement
from geo_app.snapshot.opening import Schedule, load_schedule
from geo_app.wording.catalogue import Words
from geo_app.wording.readback import read_back
from geo_app.wording.week_table import ALERT_WORDS, cause_text, dated_weekday, exception_hours_text, figures_text, weekday_name

AHEAD_DAYS = 14


@dataclass(frozen=True, slots=True)
class SiteHours:
    """What is said of a door, seen from `first_day`: the plain week of each source that was understood, and the days that differ."""

    first_day: date
    schedule: Schedule
    weeks: tuple[tuple[HoursStatement, Week], ...]
    exceptions: tuple[DayException, ...]

    @property
    def agreed_week(self) -> tuple[Spans | None, ...] | None:
        """The week that all sources tell alike, None for a day on which they differ; None where a source is not understood."""
        ordinary = [item for item in self.schedule.statements if item.alert is None]
        if not ordinary or len(self.weeks) < len(ordinary):
            return None
        said = [{week[day] for _, week in self.weeks} for day in range(WEEK_DAYS)]
        return tuple(next(iter(spans)) if len(spans) == 1 else None for spans in said)


def read_hours(properties: Mapping[str, Any], calendar: Calendar, first_day: date) -> SiteHours:
    """The hours of a published place, with the exceptions of `AHEAD_DAYS` days."""
    schedule = load_schedule(properties)
    weeks = ((item, list_week(item, day=first_day)) for item in schedule.statements if item.alert is None)
    exceptions = list_exceptions(
        schedule.statements,
        closures=schedule.closures,
        dated_hours=schedule.dated_hours,
        calendar=calendar,
        first_day=first_day,
        day_count=AHEAD_DAYS,
    )
    # Where nobody told any hours, a holiday is no news; a closure is.
    told = tuple(item for item in exceptions if schedule.statements or item.closure or item.dated_hours)
    return SiteHours(first_day, schedule, tuple((item, week) for item, week in weeks if week is not None), told)


def hours_values(hours: SiteHours, properties: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """`week`: None where no source was understood, else its columns (one for each week that differs) and rows; the rest as lists."""
    statements = zip(hours.schedule.statements, properties.get("hours", ()), strict=True)
    return {
        "week": _week_table(hours, words),
        "exceptions": [
            {"day": dated_weekday(item.day, words), "cause": cause_text(item, words), "hours": exception_hours_text(item, words)}
            for item in hours.exceptions
        ],
        "statements": [_statement(statement, stored, words) for statement, stored in statements],
    }


def _week_table(hours: SiteHours, words: Words) -> dict[str, Any] | None:
    distinct: dict[Week, HoursStatement] = {}
    for statement, week in hours.weeks:
        distinct.setdefault(week, statement)
    if not distinct:
        return None
    rows = [
        {
            "name": weekday_name(day, words),
            "is_today": day == hours.first_day.weekday(),
            "cells": [figures_text(week[day], words) for week in distinct],
        }
        for day in range(WEEK_DAYS)
    ]
    return {"columns": [{"source": item.source, "source_url": item.source_url} for item in distinct.values()], "rows": rows}


def _statement(statement: HoursStatement, stored: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        **stored,
        "readback": read_back(statement.opening_hours, statement.on_holidays, words),
        "alert": None if statement.alert is None else words(ALERT_WORDS[statement.alert]),
    }

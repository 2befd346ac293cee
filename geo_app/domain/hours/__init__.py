"""Opening hours that are true: one grammar, one engine, three answers.

Lives here: the canonical grammar, what holds on holidays, shifts, timelines, the state at an instant, the plain week and its exceptions.
May know: sites, the calendar, opening-hours-py (`weekly` is its only caller).
Must never know: sentences (`wording.readback` has them), Korean hours texts as written, the clock.

A *statement* is what one source says; a *shift* belongs to the local day it starts on; a *timeline* is what holds at each minute.
"""

from geo_app.domain.hours.canonical import Parsed, parse_opening_hours
from geo_app.domain.hours.exceptions import DayException, list_exceptions
from geo_app.domain.hours.holidays import HOLIDAY_RULES, HolidayRule, HolidayTreatment, parse_holiday_rule
from geo_app.domain.hours.refusal import BadHours, Refusal
from geo_app.domain.hours.shifts import build_timeline
from geo_app.domain.hours.sittings import parse_spans
from geo_app.domain.hours.state import (
    Answer,
    Glance,
    Interval,
    glance_at,
    list_intervals,
    minute_of,
    minute_time,
    read_timeline,
    seoul_time,
    state_at,
)
from geo_app.domain.hours.timeline import State, Timeline
from geo_app.domain.hours.week import list_week

__all__ = [
    "HOLIDAY_RULES", "Answer", "BadHours", "DayException", "Glance", "HolidayRule", "HolidayTreatment", "Interval", "Parsed", "Refusal",
    "State", "Timeline", "build_timeline", "glance_at", "list_exceptions", "list_intervals", "list_week", "minute_of", "minute_time",
    "parse_holiday_rule", "parse_opening_hours", "parse_spans", "read_timeline", "seoul_time", "state_at",
]  # fmt: skip

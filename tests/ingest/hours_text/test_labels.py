"""Texts labelled by somebody who had not seen the parser: none is misread, none that tells no hours is read, and most are understood.

What is compared is the meaning: the state of every minute of two years, with the holidays of the district and without any.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from geo_app.domain.calendar import Calendar
from geo_app.domain.hours import build_timeline
from geo_app.domain.site import HoursStatement
from geo_app.ingest.hours_text import convert_hours_text

ROOT = Path(__file__).parents[3]
FIRST_DAYS = (date(2026, 1, 1), date(2027, 1, 1))
YEAR_DAYS = 366
LEAST_UNDERSTOOD_SHARE = 0.85


@cache
def load_calendars():
    stored = json.loads((ROOT / "data" / "gwangsan" / "calendar.json").read_text(encoding="utf-8"))
    return Calendar.from_record(stored), Calendar(())


@cache
def list_timelines(opening_hours, on_holidays):
    statement = HoursStatement("", opening_hours, on_holidays)
    return [
        build_timeline([statement], calendar=calendar, first_day=first_day, day_count=YEAR_DAYS)
        for calendar in load_calendars()
        for first_day in FIRST_DAYS
    ]


def is_same_meaning(told, expected):
    written = (expected["opening_hours"], expected["on_holidays"])
    return (told.opening_hours, told.on_holidays) == written or list_timelines(told.opening_hours, told.on_holidays) == list_timelines(
        *written
    )


@pytest.fixture(scope="module", params=["hours_text_labels.json", "hours_text_labels_fresh.json"])
def read_labels(request):
    """(what was told, what is expected) of each labelled text of a file."""
    labels = json.loads((ROOT / "tests" / "ingest" / request.param).read_text(encoding="utf-8"))
    return [(convert_hours_text(label["text"]), label["expected"]) for label in labels]


def test_no_labelled_text_is_misread(read_labels):
    both = [(told, expected) for told, expected in read_labels if told.refusal is None and expected is not None]
    wrong = [(told.text, told.opening_hours, told.on_holidays, expected) for told, expected in both if not is_same_meaning(told, expected)]
    assert wrong == [], _shown(wrong)


def test_no_text_that_tells_no_hours_is_read(read_labels):
    read = [
        (told.text, told.opening_hours, told.on_holidays) for told, expected in read_labels if expected is None and told.refusal is None
    ]
    assert read == [], _shown(read)


def test_most_labelled_texts_are_understood(read_labels):
    wanted = [told for told, expected in read_labels if expected is not None]
    missed = [(told.text, told.refusal.code, told.refusal.piece) for told in wanted if told.refusal is not None]
    share = 1 - len(missed) / len(wanted)
    assert share >= LEAST_UNDERSTOOD_SHARE, f"{share:.1%} of {len(wanted)} understood; missed:\n{_shown(missed)}"


def _shown(items):
    return "\n".join(map(str, items))

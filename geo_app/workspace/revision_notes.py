"""What a revision did beyond its records: how it left the calendar, and which revision it went back to."""

import re
from dataclasses import dataclass
from itertools import pairwise

import orjson

from geo_app.domain.calendar import Calendar
from geo_app.domain.change import Revision
from geo_app.ledger.port import Ledger
from geo_app.workspace.calendar_edits import CALENDAR_DOCUMENT
from geo_app.workspace.packs import DOCUMENTS

# The seal of a revision covers its reason, so the number that was gone back to stands there, in a form that no language changes.
_RESTORING = re.compile(r"restore (\d{1,9}): (.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class CalendarStep:
    """The calendar before and after one revision."""

    before: Calendar
    after: Calendar


def restoring_reason(number: int, reason: str) -> str:
    """The reason as a revision that goes back to `number` stores it."""
    return f"restore {number}: {reason}"


def split_reason(revision: Revision) -> tuple[int | None, str]:
    """(the revision that was gone back to, the reason as it was typed); None where it went back to none."""
    found = _RESTORING.fullmatch(revision.reason)
    # Only an earlier revision can be gone back to.
    return (int(found[1]), found[2]) if found and 0 < int(found[1]) < revision.number else (None, revision.reason)


def list_calendar_steps(ledger: Ledger) -> dict[int, CalendarStep]:
    """Revision number → what it did to the calendar. The one that first wrote it is left out."""
    bodies = [(number, _load(body)) for number, body in ledger.record_history(DOCUMENTS, CALENDAR_DOCUMENT)]
    return {number: CalendarStep(before, after) for (_, before), (number, after) in pairwise(bodies)}


def _load(body: str | None) -> Calendar:
    return Calendar.from_record(orjson.loads(body)) if body else Calendar.empty()

"""The plain week of a place, for paper that hangs for months: no holiday, no closure, no "second Sunday" in it.

What differs from it is told in the sentence below the grid, and on the page that the QR code opens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo_app.domain.hours import BadHours, Parsed, parse_opening_hours
from geo_app.domain.hours.week import WEEK_DAYS, Spans, fold_rules


@dataclass(frozen=True, slots=True)
class PlainWeek:
    """`days[i]` are the sittings of weekday i (Monday = 0), None where sources disagree.

    `opening_hours` and `on_holidays` are what all sources say alike, None where they do not.
    """

    days: tuple[Spans | None, ...]
    opening_hours: str | None
    on_holidays: str | None


def find_plain_week(statements: Sequence[Mapping[str, Any]]) -> PlainWeek | None:
    """The week that published statements tell together; None where nobody said, one was not understood, or they agree on no day.

    Hours that hold only under a weather alert are another week's. A rule for some months has no plain week: the days are then empty
    and only the sentence tells.
    """
    usual = [item for item in statements if item.get("alert") is None]
    parsed = [_find_parsed(item) for item in usual]
    known = [item for item in parsed if item is not None]
    if not known or len(known) < len(parsed):
        return None
    texts, holidays = {item.opening_hours for item in known}, {_holidays(*pair) for pair in zip(usual, known, strict=True)}
    text, on_holidays = texts.pop() if len(texts) == 1 else None, holidays.pop() if len(holidays) == 1 else None
    if any(rule.dates for item in known for rule in item.rules):
        return None if text is None else PlainWeek((), text, on_holidays)
    weeks = [[fold_rules(item.rules, weekday) for weekday in range(WEEK_DAYS)] for item in known]
    days = tuple(spoken[0] if len(set(spoken)) == 1 else None for spoken in zip(*weeks, strict=True))
    return PlainWeek(days, text, on_holidays) if any(day is not None for day in days) else None


def _find_parsed(statement: Mapping[str, Any]) -> Parsed | None:
    try:
        return parse_opening_hours(statement.get("opening_hours") or "")
    except BadHours:
        return None


def _holidays(statement: Mapping[str, Any], parsed: Parsed) -> str | None:
    said: str | None = statement.get("on_holidays")
    return said or parsed.on_holidays

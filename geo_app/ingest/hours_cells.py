"""Hours as a row tells them: the text as written always, the weekly rule where it is certain."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from geo_app.domain.hours import BadHours, Parsed, parse_holiday_rule, parse_opening_hours
from geo_app.domain.record import load_closure, load_statement
from geo_app.domain.site import Closure, HoursStatement
from geo_app.ingest.cell_values import BadCell, parse_url

# The day columns of the standard data sets of public data: (field's day, the word in the text, the day in OpenStreetMap's grammar).
DAY_COLUMNS = (
    ("weekday", "평일", "Mo-Fr"),
    ("saturday", "토요일", "Sa"),
    ("sunday", "일요일", "Su"),
    ("weekend", "주말", "Sa-Su"),
    ("holiday", "공휴일", "PH"),
)
_CLOCK = re.compile(r"([01]?\d|2[0-9]):?([0-5]\d)(?::00)?", re.ASCII)
_DAY_JOINTS = re.compile(r"[\s,·/+및]+")
_CLOSED_DAYS = {"월요일": "Mo", "화요일": "Tu", "수요일": "We", "목요일": "Th", "금요일": "Fr", "토요일": "Sa", "일요일": "Su"}
_NEVER_CLOSED = frozenset({"", "연중무휴", "없음", "무휴", "-"})
_HOLIDAY_WORDS = frozenset({"공휴일", "법정공휴일"})
_STATEMENT_FIELDS = frozenset({"text", "opening_hours", "on_holidays", "source", "source_url", "as_of"})
_MOST_STATEMENTS = 20


def find_hours(text: str) -> Parsed | None:
    """The weekly rule that a text tells, or None where it is not certain."""
    try:
        return parse_opening_hours(text)
    except BadHours:
        return None


@lru_cache(maxsize=4096)
def read_statement(text: str, opening_hours: str, on_holidays: str | None, closed_days: str) -> HoursStatement | None:
    """What the columns of hours say together; None where they say nothing. Raises `BadCell` on a rule that is none.

    `on_holidays` is None where there is no such column: then a rule may tell it itself. An empty cell beside a rule of our own says
    that nobody knows.

    >>> read_statement("09:00-18:00", "", None, "일요일").opening_hours
    'Mo-Su 09:00-18:00; Su off'
    """
    if not (text or opening_hours or closed_days):
        return None
    rule = find_hours(opening_hours) if opening_hours else _with_closed_days(text, closed_days)
    if opening_hours and rule is None:
        raise BadCell("bad-opening-hours", opening_hours)
    written = text or opening_hours
    if closed_days and not opening_hours:
        written = f"{text}, 휴무일 {closed_days}" if text else f"휴무일 {closed_days}"
    statement = HoursStatement(written, None if rule is None else rule.opening_hours, None if rule is None else rule.on_holidays)
    if on_holidays or (opening_hours and on_holidays is not None):
        return replace(statement, on_holidays=check_holiday_rule(on_holidays) if on_holidays else None)
    return statement


def join_day_columns(values: Mapping[str, tuple[str, str, str]]) -> tuple[str, str]:
    """(text, rule) of the columns of single days: `values` by day hold (from, until, text).

    >>> join_day_columns({"weekday": ("0900", "18:00", ""), "holiday": ("10:00", "15:00", "")})
    ('평일 09:00-18:00, 공휴일 10:00-15:00', 'Mo-Fr 09:00-18:00; PH 10:00-15:00')
    """
    texts, rules, is_certain = [], [], True
    for day, word, code in DAY_COLUMNS:
        opens, closes, text = values.get(day, ("", "", ""))
        span = _span(opens, closes)
        if span or text or opens or closes:
            texts.append(f"{word} {span or text or f'{opens}-{closes}'}")
            is_certain = is_certain and bool(span or find_hours(f"{code} {text}"))
            rules.append(f"{code} {span or text}")
    return ", ".join(texts), "; ".join(rules) if is_certain else ""


def read_statements(items: Any) -> tuple[HoursStatement, ...]:
    """The statements of our own files: a list of objects with the names of `HoursStatement`. Raises `BadCell`."""
    if not isinstance(items, list) or len(items) > _MOST_STATEMENTS:
        raise BadCell("bad-hours-list", str(items)[:100])
    return tuple(_statement(item) for item in items)


def read_closures(items: Any) -> tuple[Closure, ...]:
    """The dated closures of our own files. Raises `BadCell`."""
    if not isinstance(items, list) or len(items) > _MOST_STATEMENTS * 10:
        raise BadCell("bad-closures", str(items)[:100])
    return tuple(_closure(item) for item in items)


def check_holiday_rule(text: str) -> str:
    """A rule of `hours.HOLIDAY_RULES` in its canonical form. Raises `BadCell`."""
    try:
        return str(parse_holiday_rule(text))
    except BadHours:
        raise BadCell("bad-holiday-rule", text) from None


def _statement(item: Any) -> HoursStatement:
    if not isinstance(item, dict) or not all(name in _STATEMENT_FIELDS and isinstance(value, str) for name, value in item.items()):
        raise BadCell("bad-hours-list", str(item)[:100])
    try:
        statement = load_statement(item)
    except (TypeError, ValueError):
        raise BadCell("bad-hours-list", str(item)[:100]) from None
    if statement.source_url is not None:
        parse_url(statement.source_url)
    if statement.on_holidays is not None:
        check_holiday_rule(statement.on_holidays)
    if statement.opening_hours is not None and find_hours(statement.opening_hours) is None:
        raise BadCell("bad-opening-hours", statement.opening_hours)
    return statement


def _closure(item: Any) -> Closure:
    if not isinstance(item, dict) or not all(isinstance(value, str) for value in item.values()):
        raise BadCell("bad-closures", str(item)[:100])
    try:
        closure = load_closure(item)
    except (KeyError, TypeError, ValueError):
        raise BadCell("bad-closures", str(item)[:100]) from None
    if closure.first > closure.last:
        raise BadCell("bad-closures", str(item)[:100])
    return closure


def _with_closed_days(text: str, closed_days: str) -> Parsed | None:
    off = _closed_days_rule(closed_days) if closed_days else ""
    return None if off is None or not text else find_hours(f"{text}; {off}" if off else text)


def _closed_days_rule(text: str) -> str | None:
    """`Su,PH off` for "일요일, 공휴일"; empty for none; None where the words are not certain ("격주 월요일")."""
    words = [word for word in _DAY_JOINTS.split(text.replace("매주", "")) if word]
    if "".join(words) in _NEVER_CLOSED:
        return ""
    days = [_CLOSED_DAYS.get(word, "PH" if word in _HOLIDAY_WORDS else "") for word in words]
    return ",".join(days) + " off" if all(days) else None


def _span(opens: str, closes: str) -> str:
    found = [_CLOCK.fullmatch(part) for part in (opens, closes)]
    if not all(found) or opens == closes:
        return ""
    return "-".join(f"{int(part[1]):02}:{part[2]}" for part in found if part)

"""Hours as a row tells them: the text as written always, the weekly rule where it is certain, by its notation or by its words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from geo_app.domain.hours import BadHours, Parsed, parse_opening_hours, parse_spans
from geo_app.domain.record import load_closure, load_dated_hours, load_statement
from geo_app.domain.site import Closure, DatedHours, HoursStatement
from geo_app.ingest.cell_values import BadCell, parse_url
from geo_app.ingest.holiday_cells import check_holiday_rule
from geo_app.ingest.hours_text import Converted, convert_hours_text

# The day columns of the standard data sets of public data: (field's day, the word in the text, the day in OpenStreetMap's grammar).
DAY_COLUMNS = (
    ("weekday", "평일", "Mo-Fr"),
    ("saturday", "토요일", "Sa"),
    ("sunday", "일요일", "Su"),
    ("weekend", "주말", "Sa-Su"),
    ("holiday", "공휴일", "PH"),
)
_CLOCK = re.compile(r"([01]?\d|2[0-9]):?([0-5]\d)(?::00)?", re.ASCII)
_STROKE = re.compile(r"\s*/\s*")
_NOTHING_SAID = frozenset({"", "-"})
_STATEMENT_FIELDS = frozenset({"text", "opening_hours", "on_holidays", "source", "source_url", "as_of", "alert"})
_MOST_STATEMENTS = 20


@dataclass(frozen=True, slots=True)
class ReadHours:
    """What the columns of hours say: the statement and, where it was converted from a text as people write it, what became of that."""

    statement: HoursStatement
    converted: Converted | None = None
    is_holiday_column: bool = False

    @property
    def alerts(self) -> tuple[HoursStatement, ...]:
        """Further statements of the same words, for days under a weather alert. What the holiday column says holds for them too."""
        told = self.converted.alerts if self.converted else ()
        said = self.statement.on_holidays if self.is_holiday_column else None
        return tuple(
            replace(self.statement, opening_hours=item.opening_hours, on_holidays=said or item.on_holidays, alert=item.alert)
            for item in told
        )


def find_rule(text: str) -> Parsed | None:
    """The weekly rule of a text in canonical notation, or None."""
    try:
        return parse_opening_hours(text)
    except BadHours:
        return None


@lru_cache(maxsize=4096)
def find_hours(text: str) -> Converted:
    """The weekly rule that a text tells as people write it, or the piece that is not certain."""
    return convert_hours_text(text)


@lru_cache(maxsize=4096)
def read_hours(text: str, opening_hours: str, on_holidays: str | None, closed_days: str) -> ReadHours | None:
    """What the columns of hours say together; None where they say nothing. Raises `BadCell` on a rule that is none.

    `on_holidays` is None where there is no such column: then the hours may tell it themselves. An empty cell beside a rule of our own
    says that nobody knows.

    >>> read_hours("평일 9시~18시", "", None, "토·일요일, 공휴일").statement.opening_hours
    'Mo-Fr 09:00-18:00'
    """
    if not (text or opening_hours or closed_days):
        return None
    rule = find_rule(opening_hours) if opening_hours else None
    if opening_hours and rule is None:
        raise BadCell("bad-opening-hours", opening_hours)
    if rule is not None:
        told = HoursStatement(text or opening_hours, rule.opening_hours, rule.on_holidays)
        if on_holidays is not None:
            told = replace(told, on_holidays=check_holiday_rule(on_holidays) if on_holidays else None)
        return ReadHours(told)
    converted = find_hours(_with_closed_days(text, closed_days))
    written = ", ".join(part for part in (text, f"휴무일 {closed_days}" if closed_days else "") if part)
    told = HoursStatement(written, converted.opening_hours, converted.on_holidays)
    if not on_holidays:
        return ReadHours(told, converted)
    return ReadHours(replace(told, on_holidays=check_holiday_rule(on_holidays)), converted, is_holiday_column=True)


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
            is_certain = is_certain and bool(span or find_rule(f"{code} {text}"))
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


def read_dated_hours(items: Any) -> tuple[DatedHours, ...]:
    """The hours of single days of our own files. Raises `BadCell`, also where the times cannot be read."""
    if not isinstance(items, list) or len(items) > _MOST_STATEMENTS * 10:
        raise BadCell("bad-dated-hours", str(items)[:100])
    return tuple(_dated_hours(item) for item in items)


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
    if statement.opening_hours is not None and find_rule(statement.opening_hours) is None:
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


def _dated_hours(item: Any) -> DatedHours:
    if not isinstance(item, dict) or not all(isinstance(value, str) for value in item.values()):
        raise BadCell("bad-dated-hours", str(item)[:100])
    try:
        dated = load_dated_hours(item)
        parse_spans(dated.times)
    except (KeyError, TypeError, ValueError, BadHours):
        raise BadCell("bad-dated-hours", str(item)[:100]) from None
    if dated.first > dated.last:
        raise BadCell("bad-dated-hours", str(item)[:100])
    return dated


def _with_closed_days(text: str, closed_days: str) -> str:
    """Both cells as one text. A new line keeps their words apart; a stroke between days is a list, whatever spaces stand beside it."""
    days = _STROKE.sub("/", closed_days)
    return text if days.strip() in _NOTHING_SAID else f"{text}\n휴무일: {days}"


def _span(opens: str, closes: str) -> str:
    found = [_CLOCK.fullmatch(part) for part in (opens, closes)]
    if not all(found) or opens == closes:
        return ""
    return "-".join(f"{int(part[1]):02}:{part[2]}" for part in found if part)

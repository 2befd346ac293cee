"""Hours in tables: 24-hour figures, because a column of "새벽" and "오후" is hard to compare."""

from collections.abc import Iterable
from datetime import date, timedelta

from babel.dates import format_date

from geo_app.domain.calendar import AlertKind
from geo_app.domain.hours import DayException
from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.wording.catalogue import Words
from geo_app.wording.holiday_names import holiday_name

ALERT_WORDS = {AlertKind.HEAT_WAVE: "Heat-wave warning", AlertKind.COLD_WAVE: "Cold-wave warning"}
_HOUR_MIN = 60
_A_MONDAY = date(2024, 1, 1)


def weekday_name(weekday: int, words: Words) -> str:
    """The name of a weekday, Monday = 0."""
    return format_date(_A_MONDAY + timedelta(days=weekday), "EEEE", locale=words.lang)


def dated_weekday(day: date, words: Words) -> str:
    """A day with its weekday, in the order of the language: "11월 24일(화)"."""
    return format_date(day, words("EEE d MMM"), locale=words.lang)


def figures_text(spans: Iterable[Span] | None, words: Words) -> str:
    """The sittings of a day: "10:00~14:00, 18:00~다음 날 02:00", "24시간", "쉼"; None where they are not known.

    >>> from geo_app.wording.catalogue import get_words
    >>> figures_text([Span(600, 840), Span(1080, 1560)], get_words("ko"))
    '10:00~14:00, 18:00~다음 날 02:00'
    """
    if spans is None:
        return words("not known")
    return ", ".join(_span_figures(span, words) for span in spans) or words("closed all day")


def cause_text(item: DayException, words: Words) -> str:
    """Why a day differs: a holiday, a closure, other hours for some days, a weather alert, or the rule's own day."""
    causes = [holiday_name(name, words) for name in item.holidays]
    if item.closure is not None:
        causes.append(item.closure.reason or words("Temporarily closed"))
    if item.dated_hours is not None:
        causes.append(item.dated_hours.reason or words("Other hours for these days"))
    causes += [words(ALERT_WORDS[kind]) for kind in item.alerts]
    return " · ".join(causes) or words("Its own rule for this day")


def exception_hours_text(item: DayException, words: Words) -> str:
    """What holds on that day; "평소대로" where a holiday changes nothing."""
    told = figures_text(item.spans, words)
    return words("as usual, {hours}", hours=told) if item.is_as_usual and item.spans is not None else told


def _span_figures(span: Span, words: Words) -> str:
    if span.ends_min - span.starts_min == DAY_MIN:
        return words("24 hours")
    sentence = "{start}–{end} the next day" if span.ends_min > DAY_MIN else "{start}–{end}"
    end_min = span.ends_min - DAY_MIN if span.ends_min > DAY_MIN else span.ends_min
    return words(sentence, start=_clock(span.starts_min), end=_clock(end_min))


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, _HOUR_MIN)
    return f"{hour:02d}:{minute:02d}"

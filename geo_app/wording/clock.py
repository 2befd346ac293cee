"""Times as people say them: "새벽 2시 10분", "내일 오전 9시", "38분"."""

from datetime import datetime, time, timedelta

from babel.dates import format_date

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours.rules import DAY_MIN
from geo_app.wording.catalogue import Words

_NOON_MIN = 12 * 60
_HOUR_MIN = 60
# Until six it is still the night that began yesterday; Korean says 새벽 for it.
_DAWN_ENDS_MIN = 6 * 60
_SAME_NIGHT = timedelta(hours=12)

# (first minute, at the full hour, with minutes): the words of the part of the day that begins there.
_PARTS_OF_DAY = (
    (13 * 60, "{hour} pm", "{hour}:{minute:02d} pm"),
    (_NOON_MIN, "noon", "12:{minute:02d} pm"),
    (_DAWN_ENDS_MIN, "{hour} am", "{hour}:{minute:02d} am"),
    (_HOUR_MIN, "{hour} in the morning", "{hour}:{minute:02d} in the morning"),
    (0, "midnight", "12:{minute:02d} at night"),
)


def clock_time(at: time | int, words: Words) -> str:
    """A time of day, given as a time or as minutes after midnight (24:00 and beyond are folded).

    >>> from geo_app.wording.catalogue import get_words
    >>> clock_time(130, get_words("ko")), clock_time(1440, get_words("ko"))
    ('새벽 2시 10분', '자정')
    """
    minute_of_day = (at if isinstance(at, int) else at.hour * _HOUR_MIN + at.minute) % DAY_MIN
    hour, minute = divmod(minute_of_day, _HOUR_MIN)
    _, full_hour, with_minutes = next(part for part in _PARTS_OF_DAY if minute_of_day >= part[0])
    # Languages that count to 24 take {hour24} in their translation.
    return words(with_minutes if minute else full_hour, hour=hour % 12 or 12, hour24=hour, minute=minute)


def duration(minutes: int, words: Words) -> str:
    """Whole minutes as hours and minutes: "38분", "2시간", "2시간 5분"."""
    hours, rest = divmod(minutes, _HOUR_MIN)
    if not hours:
        return words("{minutes} min", minutes=rest)
    return words("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else words("{hours} h", hours=hours)


def moment(at: datetime, now: datetime, words: Words) -> str:
    """An instant, seen from `now` (both with a zone): with the date where it is not today.

    The midnight that ends today, and the small hours of the coming night, are told without a date: nobody mistakes them.
    """
    at, now = at.astimezone(SEOUL), now.astimezone(SEOUL)
    days_ahead = (at.date() - now.date()).days
    if days_ahead == 0:
        # At this end of a day the bare word would be taken for the other midnight.
        return clock_time(at.time(), words) if at.time().replace(second=0, microsecond=0) != time() else words("12 am")
    if days_ahead == 1 and at.hour * _HOUR_MIN < _DAWN_ENDS_MIN and (at.hour == at.minute == 0 or at - now < _SAME_NIGHT):
        return words("midnight tonight") if at.hour == at.minute == 0 else clock_time(at.time(), words)
    return words("{day} {time}", day=day_name(at, now, words), time=_dated_time(at, words))


def day_name(at: datetime, now: datetime, words: Words) -> str:
    """The day of `at` seen from `now`, both in the same zone: "내일", "어제", else "11월 24일(화)", with the year where it differs."""
    days_ahead = (at.date() - now.date()).days
    if days_ahead == 1:
        return words("tomorrow")
    if days_ahead == -1:
        return words("yesterday")
    return _date(at, now, words)


def dated_figures(at: datetime, now: datetime, words: Words) -> str:
    """The day and the time in figures, whatever the day: "11월 24일(화) 02:10"; the year where it is not that of `now` (same zone)."""
    return words("{date} {clock}", date=_date(at, now, words), clock=at.strftime("%H:%M"))


def _date(at: datetime, now: datetime, words: Words) -> str:
    # The messages are CLDR patterns, so that each language orders day, month and weekday its own way.
    pattern = words("EEE d MMM") if at.year == now.year else words("EEE d MMM y")
    return format_date(at.date(), pattern, locale=words.lang)


def _dated_time(at: datetime, words: Words) -> str:
    # "내일 자정" leaves open which midnight is meant; "내일 0시" does not.
    return words("12 am") if at.hour == at.minute == 0 else clock_time(at.time(), words)

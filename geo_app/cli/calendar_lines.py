"""Lines about the calendar on a terminal: a holiday, an alert, and what an edit of the calendar did."""

from babel.dates import format_date

from geo_app.domain.calendar import Calendar, Holiday, WeatherAlert
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import ALERT_KIND_WORDS, HOLIDAY_KIND_WORDS, label

FEASTS = ("설날", "추석")


def holiday_line(item: Holiday, words: Words) -> str:
    """Day, name, kind and source."""
    weekday = format_date(item.day, "EEE", locale=words.lang)
    return f"{item.day} ({weekday}) {item.name} · {label(words, HOLIDAY_KIND_WORDS, item.kind)} · {item.source}"


def alert_line(item: WeatherAlert, words: Words) -> str:
    """First and last day, kind and source."""
    return f"{item.first} ~ {item.last} {label(words, ALERT_KIND_WORDS, item.kind)} · {item.source}"


def list_differences(before: Calendar, after: Calendar, words: Words) -> list[str]:
    """What one calendar has and the other has not, a line each: what was taken away first."""
    return [
        *(words("holiday removed: {holiday}", holiday=_short(item)) for item in before.holidays if item not in after.holidays),
        *(words("holiday added: {holiday}", holiday=_short(item)) for item in after.holidays if item not in before.holidays),
        *(words("alert removed: {alert}", alert=alert_line(item, words)) for item in before.alerts if item not in after.alerts),
        *(words("alert added: {alert}", alert=alert_line(item, words)) for item in after.alerts if item not in before.alerts),
    ]


def list_miscounted_feasts(calendar: Calendar) -> list[tuple[int, str, int]]:
    """(year, name, count) of each 설날 and 추석 that a wholly covered year does not have exactly once."""
    if calendar.covers_from is None or calendar.covers_until is None:
        return []
    first = calendar.covers_from.year + (calendar.covers_from.timetuple().tm_yday > 1)
    last = calendar.covers_until.year - ((calendar.covers_until.month, calendar.covers_until.day) < (12, 31))
    named = [(item.day.year, item.name) for item in calendar.holidays]
    counts = [(year, name, named.count((year, name))) for year in range(first, last + 1) for name in FEASTS]
    return [counted for counted in counts if counted[2] != 1]


def _short(item: Holiday) -> str:
    return f"{item.day} {item.name}"

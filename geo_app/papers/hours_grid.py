"""The plain week as rows of a grid, in 24-hour figures."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date

from geo_app.domain.hours.week import Spans
from geo_app.papers.week import PlainWeek
from geo_app.wording.catalogue import Words
from geo_app.wording.readback import read_exceptions
from geo_app.wording.week_table import figures_text

_A_MONDAY = date(2024, 1, 1)
_SHORTEST_RANGE = 3  # Monday to Wednesday is a range; Monday and Tuesday are two days

Row = tuple[str, str, str]  # the days, their times, and "open", "off" or "unknown"


def grid_rows(week: PlainWeek, words: Words, *, is_grouped: bool) -> tuple[Row, ...]:
    """A row for each weekday from Monday; with `is_grouped` neighbours that are alike share one. No row for a week without days."""
    numbered = list(enumerate(week.days))
    runs = [list(run) for _, run in groupby(numbered, key=lambda pair: pair[1])] if is_grouped else [[pair] for pair in numbered]
    return tuple((_days_text([number for number, _ in run], words), figures_text(run[0][1], words), _state(run[0][1])) for run in runs)


def hours_note(week: PlainWeek, words: Words) -> str:
    """What the grid cannot tell, in one sentence: seasons, nth weekdays, holidays; that sources differ."""
    if week.opening_hours is None:
        return words("Sources do not agree on the hours; see the page for today")
    return read_exceptions(week.opening_hours, week.on_holidays, words)


def _state(spans: Spans | None) -> str:
    return "unknown" if spans is None else "open" if spans else "off"


def _days_text(numbers: Sequence[int], words: Words) -> str:
    first, last = _day_word(numbers[0], words), _day_word(numbers[-1], words)
    if len(numbers) >= _SHORTEST_RANGE:
        return words("{first}–{last}", first=first, last=last)
    return first if len(numbers) == 1 else words("{one}, {other}", one=first, other=last)


def _day_word(number: int, words: Words) -> str:
    return format_date(_A_MONDAY + timedelta(days=number), "EEE", locale=words.lang)

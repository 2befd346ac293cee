"""From one time to another: which reading of a span is certain, and when there are two.

The rules, from what people write. Without a word for the half of the day:
* an hour above 12, 0, or a leading zero is of a 24-hour clock, and so is what stands beside it in the span: 9~18시, 09:00~11:00;
* 9, 10, 11 to at most 12 is a morning, any other rising span below 12 could be of the evening (2시~6시) and is refused, unless other
  times of the text show a 24-hour clock and it begins at six or later;
* an end smaller than the start is after midnight where the afternoon would be too early for it too (22시~6시, 18:00~2:00, 17:00~6:00);
  else both are possible (9시~6시) and it is refused, but 10:00~02:00, written out with zeros and ending before five, is after midnight.
A word at the start counts for the end too where that rises (오전 9시~11시, 오후 2시~6시); 오전 9시~6시 is refused.
"""

from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.times import HALF_DAY_MIN, HOUR_MIN, NOON_HOUR, WrittenTime
from geo_app.ingest.hours_text.words import Part

_FIRST_MORNING_HOUR = 9
_FIRST_MORNING_HOUR_OF_24 = 6
_LAST_NIGHT_HOUR = 4
_SHORTEST_EVENING_MIN = 2 * HOUR_MIN  # 9시~오후 10시: nobody opens for an hour at night and writes the start without a word
_LONGEST_UNSAID_MIN = 18 * HOUR_MIN  # 오후 8시~오후 6시 without 익일 is a slip, and so is 22:00~15:00
_LONGEST_BREAK_MIN = 6 * HOUR_MIN
_AFTERNOON_PARTS = frozenset({Part.PM, Part.EVENING, Part.NIGHT})


def list_readings(start: WrittenTime, end: WrittenTime, *, shows_24: bool) -> list[Span]:
    """The spans that two written times may mean, the likeliest first; one where it is certain. `shows_24`: the text has hours above 12.

    Raises `NotUnderstood` for times that make no span.
    """
    if start.clock.hour >= DAY_MIN // HOUR_MIN or start.is_next_day:
        raise _refused(TextFault.BAD_TIME, start)
    if start.minute == end.minute and not end.is_next_day:
        raise _refused(TextFault.UNFINISHED, end)
    if end.is_next_day:
        found = _to_next_day(start, end, shows_24=shows_24)
    elif _is_noon_or_midnight(end):
        found = [(start.minute, HALF_DAY_MIN), (start.minute, DAY_MIN)]
    elif end.is_certain:
        found = _to_certain(start, end, shows_24=shows_24)
    elif start.part is not None or start.is_midnight:
        found = _from_said(start, end)
    else:
        found = _between_unsaid(start, end, shows_24=shows_24)
    possible = [Span(first, last) for first, last in dict.fromkeys(found) if first < last <= first + DAY_MIN]
    if not possible:
        raise _refused(TextFault.UNFINISHED, end)
    return possible


def list_break_readings(start: WrittenTime, end: WrittenTime) -> list[Span]:
    """All spans of at most six hours that two times may mean; the opening they lie in tells which."""
    starts = [start.minute] if start.is_certain else [start.minute % HALF_DAY_MIN, start.minute % HALF_DAY_MIN + HALF_DAY_MIN]
    ends = [end.minute] if end.is_certain else [end.minute % HALF_DAY_MIN, end.minute % HALF_DAY_MIN + HALF_DAY_MIN]
    ends += [minute + DAY_MIN for minute in ends]
    return [Span(first, last) for first in starts for last in ends if 0 < last - first <= _LONGEST_BREAK_MIN]


def _to_next_day(start: WrittenTime, end: WrittenTime, *, shows_24: bool) -> list[tuple[int, int]]:
    if (end.part is None and end.clock.hour == NOON_HOUR) or _is_noon_or_midnight(end):
        raise _refused(TextFault.HALF_DAY, end)
    last = end.minute + DAY_MIN
    return [(first, last) for first in _list_starts(start, end, shows_24=shows_24)]


def _to_certain(start: WrittenTime, end: WrittenTime, *, shows_24: bool) -> list[tuple[int, int]]:
    """An end whose half of the day is known; midnight and what is not after the start lie on the next day."""
    starts = _list_starts(start, end, shows_24=shows_24)
    last = end.minute + DAY_MIN if end.is_midnight or end.minute == 0 else end.minute
    rising = [first for first in starts if first < last]
    if rising == starts or (rising and start.clock.hour != NOON_HOUR):
        return [(first, last) for first in rising if first == rising[0] or last - first > _SHORTEST_EVENING_MIN]
    is_too_long = start.is_certain and end.part is not None and last + DAY_MIN - start.minute > _LONGEST_UNSAID_MIN
    if is_too_long or last > HALF_DAY_MIN:
        raise _refused(TextFault.UNFINISHED, end)
    return [(first, last if first < last else last + DAY_MIN) for first in starts]


def _list_starts(start: WrittenTime, end: WrittenTime, *, shows_24: bool) -> list[int]:
    """The start as written and, where nothing tells the half of the day, twelve hours later too."""
    is_of_24 = start.is_of_24 or end.is_of_24 or (shows_24 and start.clock.hour >= _FIRST_MORNING_HOUR_OF_24)
    is_digital = start.clock.has_colon and start.clock.hour >= NOON_HOUR - 2
    if start.is_certain or is_of_24 or is_digital:
        return [start.minute]
    if start.clock.hour == NOON_HOUR:
        ends_at_night = end.is_midnight or end.is_next_day or end.part in {Part.DAWN, Part.AM}
        return [start.minute, start.minute - HALF_DAY_MIN] if ends_at_night else [start.minute]
    is_morning = start.clock.hour >= _FIRST_MORNING_HOUR
    if end.part in {Part.AM, Part.MORNING, Part.MIDDAY} and not end.is_next_day and start.minute < end.minute and is_morning:
        return [start.minute]
    return [start.minute, start.minute + HALF_DAY_MIN]


def _from_said(start: WrittenTime, end: WrittenTime) -> list[tuple[int, int]]:
    """A start with its word and an end without: the word counts for both where they rise."""
    later = end.minute + HALF_DAY_MIN if end.clock.hour < NOON_HOUR else DAY_MIN
    if start.part is Part.AM and end.minute > start.minute:
        return [(start.minute, end.minute)]
    if start.part in _AFTERNOON_PARTS and not start.is_midnight and end.clock.hour < NOON_HOUR:
        return [(start.minute, later if later > start.minute else end.minute + DAY_MIN)]
    first_end = end.minute if end.minute > start.minute else end.minute + DAY_MIN
    return sorted({(start.minute, first_end), (start.minute, later if later > start.minute else first_end)}, key=_length)


def _between_unsaid(start: WrittenTime, end: WrittenTime, *, shows_24: bool) -> list[tuple[int, int]]:
    if end.minute == start.minute:
        raise _refused(TextFault.UNFINISHED, end)
    if end.minute > start.minute:
        is_morning = start.clock.hour >= (_FIRST_MORNING_HOUR_OF_24 if shows_24 else _FIRST_MORNING_HOUR)
        if start.is_of_24 or end.is_of_24 or is_morning:
            return [(start.minute, end.minute)]
        return [(start.minute + HALF_DAY_MIN, end.minute + HALF_DAY_MIN), (start.minute, end.minute)]
    later = end.minute + HALF_DAY_MIN if end.clock.hour < NOON_HOUR else DAY_MIN
    overnight = (start.minute, end.minute + DAY_MIN)
    is_written_out = end.clock.is_padded and end.clock.has_colon and end.clock.hour <= _LAST_NIGHT_HOUR
    is_written_out = is_written_out and start.clock.has_colon and (start.clock.is_padded or start.clock.hour >= NOON_HOUR - 2)
    is_too_short = start.is_certain and later - start.minute <= _SHORTEST_EVENING_MIN
    if later <= start.minute or is_written_out or is_too_short:
        return [overnight]
    return [(start.minute, later), overnight]


def _length(reading: tuple[int, int]) -> int:
    return reading[1] - reading[0]


def _is_noon_or_midnight(end: WrittenTime) -> bool:
    """오후 12시 at the end of a span: noon by the book, midnight to many."""
    return end.part is Part.PM and end.clock.hour == NOON_HOUR and not end.clock.minute


def _refused(reason: TextFault, time: WrittenTime) -> NotUnderstood:
    return NotUnderstood(reason, position=time.token.position, piece=time.token.text)

"""Gaps in words: "하남산단 북쪽, 화~토요일 01–06시, 1,900명". To staff, so without ado."""

from collections.abc import Sequence
from typing import Protocol

from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_number
from geo_app.wording.timetable import weekdays_text

# A whole phrase each, because languages bend the word for the wind.
SIDE_WORDS = {
    "n": "north of {landmark}",
    "ne": "north-east of {landmark}",
    "e": "east of {landmark}",
    "se": "south-east of {landmark}",
    "s": "south of {landmark}",
    "sw": "south-west of {landmark}",
    "w": "west of {landmark}",
    "nw": "north-west of {landmark}",
}
# Of a dong the side lies within it.
PART_WORDS = {
    "n": "the north of {landmark}",
    "ne": "the north-east of {landmark}",
    "e": "the east of {landmark}",
    "se": "the south-east of {landmark}",
    "s": "the south of {landmark}",
    "sw": "the south-west of {landmark}",
    "w": "the west of {landmark}",
    "nw": "the north-west of {landmark}",
}
CAUSE_WORDS = {"far": "no place near enough", "shut": "the doors are shut"}
AMOUNT_WORDS = {"people": "{figure} people", "establishments": "{figure} establishments", "index": "index {figure}"}
_SHOWN_SPANS = 3
_ALL_WEEKDAYS = tuple(range(7))
_DAY_HOURS = 24
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000


class Place(Protocol):
    """What a place's name is made of (`planning.naming.GapPlace`)."""

    @property
    def dongs(self) -> tuple[str, ...]:
        """The one or two that hold most of it."""
        ...

    @property
    def landmark(self) -> str:
        """What it is named after."""
        ...

    @property
    def kind(self) -> str:
        """What that is: complex, station or dong."""
        ...

    @property
    def wind(self) -> str | None:
        """A code of the eight winds, or None."""
        ...

    @property
    def is_wide(self) -> bool:
        """Does it lie on several sides of the landmark?"""
        ...

    @property
    def is_rough(self) -> bool:
        """Does a circle stand for the landmark's ground?"""
        ...

    @property
    def legal_dong(self) -> str | None:
        """What tells it from another of its name."""
        ...

    @property
    def number(self) -> int | None:
        """What tells it from another where nothing else does."""
        ...


class Span(Protocol):
    """Weekdays (Monday 0) and hours of a gap (`planning.hour_spans.HourSpan`); a `to_hour` above 24 is on the next day."""

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Monday is 0."""
        ...

    @property
    def from_hour(self) -> int:
        """0 to 23."""
        ...

    @property
    def to_hour(self) -> int:
        """1 to 47."""
        ...


def gap_sentence(place: Place, spans: Sequence[Span], people: float, unit: str, words: Words) -> str:
    """Where, when and how many, in one line."""
    return words(
        "{place}, {hours}, {amount}",
        place=place_words(place, words),
        hours=spans_words(spans, words),
        amount=amount_words(people, unit, words),
    )


def cause_words(cause: str, words: Words) -> str:
    """Why nobody is served there: whether a new place is wanted, or longer hours."""
    return words(CAUSE_WORDS[cause])


def place_words(place: Place, words: Words) -> str:
    """The name of a place: the side of a complex or station with its dongs, or the part of a dong.

    >>> from types import SimpleNamespace
    >>> from geo_app.wording.catalogue import get_words
    >>> told = {"dongs": ("하남동",), "landmark": "하남일반산업단지", "kind": "complex", "wind": "n"}
    >>> place_words(SimpleNamespace(**told, is_wide=False, is_rough=True, legal_dong=None, number=None), get_words("en"))
    'north of 하남일반산업단지 (하남동)'
    """
    dongs = _dong_words(place, words)
    if place.is_rough and not place.wind:
        name = words("around {landmark} (rough extent, {dong})", landmark=place.landmark, dong=dongs)
    else:
        name = words("{place} ({dong})", place=_side_words(place, words), dong=dongs) if dongs else _side_words(place, words)
    return name if place.number is None else words("{place} ({number})", place=name, number=place.number)


def _side_words(place: Place, words: Words) -> str:
    if place.is_wide:
        return words("around {landmark}", landmark=place.landmark)
    if place.kind == "dong":
        return words(PART_WORDS.get(place.wind or "", "the middle of {landmark}"), landmark=place.landmark)
    return words(SIDE_WORDS.get(place.wind or "", "inside {landmark}"), landmark=place.landmark)


def _dong_words(place: Place, words: Words) -> str:
    """Its dongs, but for what its name says already, and its legal dong where that is told."""
    text = "" if place.kind == "dong" and place.dongs == (place.landmark,) else dongs_words(place.dongs, words)
    if place.legal_dong is None:
        return text
    if not text:
        return words("legal dong {legal}", legal=place.legal_dong)
    return words("{dong}; legal dong {legal}", dong=text, legal=place.legal_dong)


def dongs_words(dongs: Sequence[str], words: Words) -> str:
    """Names of dongs after one another."""
    text = dongs[0] if dongs else ""
    for following in dongs[1:]:
        text = words("{one}, {other}", one=text, other=following)
    return text


def spans_words(spans: Sequence[Span], words: Words) -> str:
    """All days and hours, the longest first."""
    told = list_spans(spans, words)
    text = told[0] if told else ""
    for following in told[1:]:
        text = words("{one}; {other}", one=text, other=following)
    return text


def short_spans_words(spans: Sequence[Span], words: Words) -> str:
    """Days and hours, the longest first; of many the first three and how many more there are (`list_spans` has them)."""
    text = spans_words(spans[:_SHOWN_SPANS], words)
    return words("{spans} and {count} more", spans=text, count=len(spans) - _SHOWN_SPANS) if len(spans) > _SHOWN_SPANS else text


def list_spans(spans: Sequence[Span], words: Words) -> list[str]:
    """Each span in words, in their order."""
    return [_span_words(span, words) for span in spans]


def amount_words(amount: float, unit: str, words: Words) -> str:
    """How many, in the unit of the demand, no finer than anybody could know: whole below a hundred, then tens, then hundreds."""
    return words(AMOUNT_WORDS[unit], figure=format_number(_rounded(amount), words))


def _span_words(span: Span, words: Words) -> str:
    if _is_whole_day(span) and span.weekdays == _ALL_WEEKDAYS:
        return words("all week, day and night")
    return words("{days} {hours}", days=weekdays_text(span.weekdays, words), hours=_hours_words(span, words))


def _hours_words(span: Span, words: Words) -> str:
    if _is_whole_day(span):
        return words("all day")
    if span.to_hour > _DAY_HOURS:
        return words(
            "{from_hour}:00–{to_hour}:00 the next day", from_hour=f"{span.from_hour:02d}", to_hour=f"{span.to_hour - _DAY_HOURS:02d}"
        )
    return words("{from_hour}:00–{to_hour}:00", from_hour=f"{span.from_hour:02d}", to_hour=f"{span.to_hour:02d}")


def _is_whole_day(span: Span) -> bool:
    return span.to_hour - span.from_hour == _DAY_HOURS


def _rounded(amount: float) -> int:
    if amount < _HUNDRED:
        return round(amount)
    step = _TEN if amount < _THOUSAND else _HUNDRED
    return round(amount / step) * step

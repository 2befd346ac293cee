"""How the parameters of a question about features are read; each raises `Unreadable` saying what is expected."""

import re
from collections.abc import Collection as Names
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from geo_app.domain.calendar import SEOUL
from geo_app.web.ogc.systems import System
from geo_app.web.parameters import Reader, Unreadable, number

Numbers = tuple[float, ...]
Moment = date | datetime | None
Interval = tuple[Moment, Moment]
Order = tuple[tuple[str, bool], ...]  # (field, from the last)

MAX_LIMIT: Final = 10_000
DEFAULT_LIMIT: Final = 10
MAX_OFFSET: Final = 10_000_000
FILTER_CHARACTERS: Final = 4_000
FARTHEST_PLACE: Final = 1e9  # no system of ours has greater numbers; such as are greater only wait to overflow
_FLAT, _SOLID = 4, 6
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_TIME: Final = re.compile(r"(\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_TIMES: Final = "2026-01-13, 2026-01-13T02:10:00Z, 2026-01-01/2026-03-31, ../2026-03-31, 2026-01-01/.."


def corners(text: str) -> Numbers:
    """The four numbers of a box in the plane; of six the heights are dropped, since nothing here has one."""
    parts = text.split(",")
    expected = "126.7,35.1,126.9,35.2"
    if len(parts) not in (_FLAT, _SOLID):
        raise Unreadable(expected)
    try:
        numbers = [number(-FARTHEST_PLACE, FARTHEST_PLACE)(part) for part in parts]
    except Unreadable:
        raise Unreadable(expected) from None
    if len(parts) == _SOLID and numbers[2] > numbers[5]:
        raise Unreadable(expected)
    return tuple(numbers if len(parts) == _FLAT else [*numbers[:2], *numbers[3:5]])


def boxed(numbers: Numbers, system: System) -> tuple[float, float, float, float]:
    """(min_x, min_y, max_x, max_y) of what `corners` read in a system's own order of axes, x or longitude first.

    Only longitudes may run from a greater to a smaller one: over the 180th meridian.
    """
    first, second, third, fourth = numbers
    min_x, min_y, max_x, max_y = (second, first, fourth, third) if system.is_north_first else (first, second, third, fourth)
    is_on_globe = max(abs(min_x), abs(max_x)) <= 180 and max(abs(min_y), abs(max_y)) <= 90  # noqa: PLR2004 the globe in degrees
    if system.is_geographic and not is_on_globe:
        raise Unreadable("-90 … 90, -180 … 180")
    if min_y > max_y or (min_x > max_x and not system.is_geographic):
        raise Unreadable("min ≤ max")
    return min_x, min_y, max_x, max_y


def times(text: str) -> Interval:
    """An instant, or an interval with one open end at most (RFC 3339; a day stands for all of it)."""
    parts = text.split("/")
    if len(parts) == 1:
        return _time(text), _time(text)
    if len(parts) != 2 or all(part in ("", "..") for part in parts):  # noqa: PLR2004 a start and an end
        raise Unreadable(_TIMES)
    start, end = (None if part in ("", "..") else _time(part) for part in parts)
    if start is not None and end is not None and _instant(start) > _instant(end, is_end=True):
        raise Unreadable(_TIMES)
    return start, end


def count(text: str) -> int:
    """How many at most; more than `MAX_LIMIT` is no error and means `MAX_LIMIT` (Part 1, 7.15.2)."""
    digits = text.lstrip("0")
    if not text.isascii() or not text.isdigit() or not digits:
        raise Unreadable(f"1 … {MAX_LIMIT}")
    return MAX_LIMIT if len(digits) > len(str(MAX_LIMIT)) else min(int(digits), MAX_LIMIT)


def order_by(sortables: Names[str]) -> Reader:
    """Names of fields in the order they count, `-` before one that runs from the last to the first."""

    def read(text: str) -> Order:
        # A bare + in a query arrives as a space.
        order = tuple((part.lstrip("+ -") if part[:1] in "+ -" else part, part.startswith("-")) for part in text.split(","))
        names = [name for name, _ in order]
        if (
            len(set(names)) != len(names)
            or not set(names) <= set(sortables)
            or any(part[1:2] in ("+", "-", " ") for part in text.split(","))
        ):
            raise Unreadable(", ".join(sortables))
        return order

    return read


def some_of(names: Sequence[str]) -> Reader:
    """Some of `names`, comma-separated, each once."""

    def read(text: str) -> frozenset[str]:
        chosen = text.split(",")
        if len(set(chosen)) != len(chosen) or not set(chosen) <= set(names):
            raise Unreadable(", ".join(names))
        return frozenset(chosen)

    return read


def filter_text(text: str) -> str:
    """A filter as it stands; it is read when its language and its coordinate system are known."""
    if not text or len(text) > FILTER_CHARACTERS:
        raise Unreadable(f"kind = 'cafe' (≤ {FILTER_CHARACTERS})")
    return text


def _time(text: str) -> date | datetime:
    found = _DATE_TIME.fullmatch(text.replace(" ", "+"))  # a bare + in a query arrives as a space
    try:
        if found is None:
            if _DATE.fullmatch(text) is None:
                raise Unreadable(_TIMES)
            return date.fromisoformat(text)
        day_time, fraction, zone = found[1].upper(), (found[2] or "")[:7], found[3].upper()
        return datetime.fromisoformat(f"{day_time}{fraction}{zone}")
    except ValueError:
        raise Unreadable(_TIMES) from None


def _instant(value: date | datetime, *, is_end: bool = False) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day, *((23, 59, 59) if is_end else (0, 0, 0)), tzinfo=SEOUL)

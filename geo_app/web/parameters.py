"""Parameters of the machine doors: one table reads them, documents them, and names every bad one at once."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from werkzeug.datastructures import MultiDict

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem

Reader = Callable[[str], Any]
MAX_TEXT = 200
# What an answer repeats of a question that cannot be read: enough to find the fault, never the whole of it.
SHOWN_NAME, SHOWN_PROBLEMS = 60, 20
# Forms of values as JSON Schema: no more and no less than what is read.
_MONTH_DAY = r"((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
_DAY = rf"(20[0-9]{{2}}-{_MONTH_DAY}|20([02468][048]|[13579][26])-02-29)"
_CLOCK, _ZONE = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.([0-9]{3}|[0-9]{6}))?)?", r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_MOMENT = re.compile(f"{_DAY}([T+]{_CLOCK}{_ZONE}?)?")  # a bare + in a query arrives as a space, and is one again
MOMENT_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": f"^(now|{_DAY}([T ]{_CLOCK}{_ZONE}?)?)$"}
# A day of any year, an instant with seconds and zone, and intervals of them (RFC 3339 and OGC API – Features).
_YEAR = "([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_LEAP_YEAR = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_ANY_DAY = f"({_YEAR}-{_MONTH_DAY}|{_LEAP_YEAR}-02-29)"
_INSTANT = rf"{_ANY_DAY}([Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{{1,9}})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?"
DAY_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": f"^{_ANY_DAY}$"}
INSTANT_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": f"^{_INSTANT}$"}
INTERVAL_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": rf"^({_INSTANT}(/({_INSTANT}|\.\.)?)?|(\.\.)?/{_INSTANT})$"}
TEXT_SCHEMA: Mapping[str, Any] = {"type": "string", "maxLength": MAX_TEXT, "pattern": r"^[^\u0000-\u001f]*$"}
_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
WINDOW_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": f"^{_NUMBER}(,{_NUMBER}){{3}}$"}


class BadParameters(GeoAppError):
    """One or more parameters cannot be used; `problems` names them, the first `SHOWN_PROBLEMS` where there are more."""

    code = "bad-parameters"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems[:SHOWN_PROBLEMS])
        super().__init__(names=", ".join(problem.column or "" for problem in self.problems))


class Unreadable(ValueError):
    """A value of the wrong form; the argument says what is expected. One with a `code` of its own is told by that and its `details`."""

    def __init__(self, expected: str = "", *, code: str = "unreadable-parameter", **details: str | float) -> None:
        super().__init__(expected)
        self.code, self.details = code, {"expected": expected, **details}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `read` turns text into a value or raises `Unreadable`; `schema` is its OpenAPI form."""

    name: str
    read: Reader
    schema: Mapping[str, Any]
    description: str
    default: Any = None
    is_required: bool = False
    example: Any = field(default=None)


def read_parameters(table: Sequence[Parameter], given: MultiDict[str, str]) -> dict[str, Any]:
    """Every parameter of the table by name, defaults filled in.

    Raises `BadParameters` naming all that are unknown, repeated, missing or unreadable.
    """
    values, problems = collect_parameters(table, given)
    if problems:
        raise BadParameters(problems)
    return values


def collect_parameters(table: Sequence[Parameter], given: MultiDict[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """The same with the problems beside it, for a door that has more to find fault with; a bad parameter has its default."""
    values: dict[str, Any] = {item.name: item.default for item in table}
    strangers = islice((name for name in given if name not in values), SHOWN_PROBLEMS)
    problems = [parameter_problem("unknown-parameter", name, known=", ".join(values)) for name in strangers]
    for item in table:
        texts = given.getlist(item.name)
        if len(texts) > 1:
            problems.append(parameter_problem("repeated-parameter", item.name))
        elif texts and texts[0] != "":
            try:
                values[item.name] = item.read(texts[0])
            except Unreadable as fault:
                problems.append(parameter_problem(fault.code, item.name, value=texts[0][:MAX_TEXT], **fault.details))
        elif item.is_required:
            problems.append(parameter_problem("missing-parameter", item.name))
    return values, problems


def number(least: float, most: float) -> Reader:
    """A finite decimal number within [least, most]."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        # float() also takes "1_0", " 1" and digits of other scripts; a URL should not.
        if not math.isfinite(value) or not least <= value <= most or not text.isascii() or "_" in text or text != text.strip():
            raise Unreadable(f"{least:g} … {most:g}")
        return value

    return read


def integer(least: int, most: int) -> Reader:
    """A whole number within [least, most]."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > len(str(most)) or not least <= int(text) <= most:
            raise Unreadable(f"{least} … {most}")
        return int(text)

    return read


def choice(values: Sequence[str]) -> Reader:
    """One of `values`."""

    def read(text: str) -> str:
        if text not in values:
            raise Unreadable(", ".join(values))
        return text

    return read


def choices(values: Sequence[str]) -> Reader:
    """Some of `values`, comma-separated."""
    one = choice(values)
    return lambda text: tuple(one(part) for part in text.split(","))


def flag(text: str) -> bool:
    """`true` or `false`."""
    if text not in ("true", "false"):
        raise Unreadable("true, false")
    return text == "true"


def short_text(text: str) -> str:
    """Up to `MAX_TEXT` characters without control characters."""
    if len(text) > MAX_TEXT or any(ord(character) < ord(" ") for character in text):
        raise Unreadable(f"≤ {MAX_TEXT}")
    return text


def window(text: str) -> tuple[float, float, float, float]:
    """`min_lon,min_lat,max_lon,max_lat` in EPSG:4326."""
    expected = "min_lon,min_lat,max_lon,max_lat"
    parts = text.split(",")
    if len(parts) != len(expected.split(",")):
        raise Unreadable(expected)
    longitude, latitude = number(-180, 180), number(-90, 90)
    min_lon, min_lat, max_lon, max_lat = (read(part) for read, part in zip((longitude, latitude, longitude, latitude), parts, strict=True))
    if min_lon > max_lon or min_lat > max_lat:
        raise Unreadable(expected)
    return min_lon, min_lat, max_lon, max_lat


def moment(text: str) -> datetime | None:
    """`now` (None) or an ISO 8601 time; one without a zone is Seoul's."""
    if text == "now":
        return None
    written = text.replace(" ", "+")
    if not _MOMENT.fullmatch(written):
        raise Unreadable("now, 2026-01-13T02:10, 2026-01-13T02:10+09:00")
    value = datetime.fromisoformat(written)
    return value.replace(tzinfo=SEOUL) if value.tzinfo is None else value.astimezone(SEOUL)


def parameter_problem(code: str, name: str, *, value: str | None = None, **details: str | float) -> Problem:
    """A problem that names a parameter."""
    return Problem(code, column=name[:SHOWN_NAME], value=value, details=details)

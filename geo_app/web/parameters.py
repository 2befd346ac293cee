"""Parameters of the machine doors: one table reads them, documents them, and names every bad one at once."""

import math
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
EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


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
    try:
        value: datetime | None = datetime.fromisoformat(text.replace(" ", "+"))  # a bare + in a query arrives as a space
    except ValueError:
        value = None
    if value is None or not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise Unreadable("now, 2026-01-13T02:10, 2026-01-13T02:10+09:00")
    return value.replace(tzinfo=SEOUL) if value.tzinfo is None else value.astimezone(SEOUL)


def parameter_problem(code: str, name: str, *, value: str | None = None, **details: str | float) -> Problem:
    """A problem that names a parameter."""
    return Problem(code, column=name[:SHOWN_NAME], value=value, details=details)

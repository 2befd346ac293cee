"""What is wrong with a filter, by the word at fault."""

from typing import Any

from geo_app.domain.errors import GeoAppError

SHOWN_CHARS = 60
SHOWN_WHOLE = 10**18


class BadFilter(GeoAppError):
    """A filter that cannot be read or judged. Values: `value` (the word at fault), `expected`, and `position` (from 1) in a text."""

    code = "bad-filter"

    def __init__(self, value: object, expected: str, position: int | None = None) -> None:
        told = {} if position is None else {"position": position}
        super().__init__(value=_shown(value), expected=expected, **told)


class TooMuchWork(BadFilter):
    """A filter that would keep a processor too long. Values: `steps` (what it would take) and `limit`, beside those of `BadFilter`."""

    code = "too-much-work"

    def __init__(self, steps: int, limit: int) -> None:
        super().__init__(steps, f"at most {limit} steps")
        self.values = {**self.values, "steps": steps, "limit": limit}


def word_of(document: Any) -> Any:
    """The part of a CQL2 JSON document that names it best."""
    if not isinstance(document, dict):
        return document
    naming = (name for name in ("property", "op", "type", "date", "timestamp") if name in document)
    first = next(naming, None)
    return next(iter(document), document) if first is None else document[first]


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < SHOWN_WHOLE else "…"  # a whole number of JSON may have thousands of digits
    if value is None:
        return "null"
    if isinstance(value, float):
        return f"{value:g}"
    # What is nested may be nested deeper than it can be written.
    return str(value)[:SHOWN_CHARS] if isinstance(value, str | bool) else "[…]" if isinstance(value, list) else "{…}"

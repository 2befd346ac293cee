"""Values of single cells: text in, a typed value out, or the code of what is wrong with it."""

import datetime as dt
import json
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from geo_app.ingest.refusal import shortened

_INTEGER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.0+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,15})?")
_UNIT = re.compile(r"\s*(명|인|석|개|개소|개사|곳|대|년|㎡|m2|m²)$", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*[일.]?(?:[\sT]+0{1,2}:00(?::00(?:\.0+)?)?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class BadCell(Exception):
    """One cell that keeps its row out: the problem's code, the value as written, and the details for its sentence."""

    def __init__(self, code: str, value: str, **details: str | float) -> None:
        super().__init__(code, value)
        self.code = code
        self.value = shortened(value) or ""
        self.details = details


def parse_integer(text: str) -> int:
    """A whole number, with a Korean counter or thousands commas where people write them. Raises `BadCell`.

    >>> parse_integer("1,234"), parse_integer("12석"), parse_integer("12.0")
    (1234, 12, 12)
    """
    plain = _UNIT.sub("", text)
    if _INTEGER.fullmatch(plain) is None or not plain.isascii():
        raise _bad_number(text, plain)
    return int(float(plain.replace(",", ""))) if "." in plain else int(plain.replace(",", ""))


def parse_number(text: str) -> float:
    """A number in plain decimals. Raises `BadCell`."""
    plain = _UNIT.sub("", text)
    if _NUMBER.fullmatch(plain) is None or not plain.isascii():
        raise _bad_number(text, plain)
    return float(plain.replace(",", ""))


def _bad_number(text: str, plain: str) -> BadCell:
    half_width = unicodedata.normalize("NFKC", plain)
    guess = half_width if half_width != plain and _NUMBER.fullmatch(half_width) else ""
    return BadCell("bad-number", text, guess=guess)


def parse_date(text: str) -> dt.date:
    """A day: `2026-11-21`, `2026.11.21.`, `2026년 11월 21일`, `20261121`. Raises `BadCell`.

    >>> parse_date("2026. 1. 8."), parse_date("20260108")
    (datetime.date(2026, 1, 8), datetime.date(2026, 1, 8))
    """
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found is None or not all(part.isascii() for part in found.groups()):
        raise BadCell("bad-date", text)
    try:
        day = dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        raise BadCell("bad-date", text) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadCell("bad-date", text)
    return day


def parse_url(text: str) -> str:
    """An http or https address. Raises `BadCell`: `javascript:` and the like never become a link."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        raise BadCell("bad-url", text) from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"'`\\{}]", text):
        raise BadCell("bad-url", text)
    return text


def parse_json(raw: Any) -> Any:
    """A structure: as it came in GeoJSON, or JSON text in a table. Raises `BadCell`."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise BadCell("bad-json", raw) from None


def _refuse_constant(word: str) -> None:
    raise ValueError(word)

"""Indicators as features without geometry: the figure as published, and the days that its stated date covers."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from geo_app.finder.items import ItemField, Schema
from geo_app.web.ogc.collection import Interval
from geo_app.wording.coverage_terms import COLUMN_WORDS
from geo_app.wording.ogc_terms import MADE_FIELD_WORDS

Item = Mapping[str, Any]
# A source may name a year or a month alone.
_STATED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MONTHS = 12
_KINDS: tuple[tuple[str, Any], ...] = (
    ("name", "string"), ("name_en", "string"), ("value", "number"), ("unit", "string"),
    ("as_of", "string"), ("dated_from", "date"), ("dated_until", "date"),
    ("definition", "string"), ("formula", "string"), ("as_written", "string"), ("planned", "boolean"), ("series", "string"),
    ("computed_from", "array"), ("by_dong", "object"), ("by_nationality", "object"), ("source_note", "string"), ("source_url", "string"),
)  # fmt: skip
INDICATOR_SCHEMA: Schema = tuple(ItemField(name, kind, (), MADE_FIELD_WORDS.get(name, COLUMN_WORDS.get(name, ""))) for name, kind in _KINDS)

# Of a month or a year the last day: a figure is known when its time is over.
INDICATOR_TIME_FIELDS = ("dated_until",)


def indicator_features(stored: Sequence[Item]) -> list[dict[str, Any]]:
    """The figures of the numbered input `indicators`, by id. A figure that is a text has no value, only `as_written`."""
    return [_feature(item) for item in sorted(stored, key=lambda item: str(item["id"]))]


def indicator_interval(stored: Sequence[Item]) -> Interval | None:
    """The first and last day that any of them is of; None where none is dated."""
    days = [day for item in stored for day in stated_days(item.get("as_of")) if day is not None]
    return (min(days), max(days)) if days else None


def stated_days(text: str | None) -> tuple[date, date] | tuple[None, None]:
    """First and last day of a date as a source states it: a day, a month or a year; (None, None) for anything else.

    >>> stated_days("2022-12")
    (datetime.date(2022, 12, 1), datetime.date(2022, 12, 31))
    """
    found = _STATED.fullmatch(text or "")
    if found is None:
        return None, None
    year, month, day = int(found[1]), found[2], found[3]
    first_month, last_month = (int(month), int(month)) if month else (1, _MONTHS)
    try:
        first = date(year, first_month, int(day or 1))
        return first, first if day else date(year, last_month, monthrange(year, last_month)[1])
    except ValueError:
        return None, None


def _feature(item: Item) -> dict[str, Any]:
    first, last = stated_days(item.get("as_of"))
    value = item.get("value")
    told = {
        **item,
        "value": None if isinstance(value, str) else value,
        "as_written": item.get("as_written", value if isinstance(value, str) else None),
        "dated_from": None if first is None else first.isoformat(),
        "dated_until": None if last is None else last.isoformat(),
    }
    properties = {field.name: told.get(field.name) for field in INDICATOR_SCHEMA if told.get(field.name) is not None}
    return {"type": "Feature", "id": str(item["id"]), "geometry": None, "properties": properties}

"""A property filter (OGC 17-069, 7.15.5) as a condition: the value of a parameter is read as its property's kind says."""

import math

from geo_app.domain.errors import BadArgument
from geo_app.finder.cql.faults import BadFilter
from geo_app.finder.cql.literals import read_day, read_instant
from geo_app.finder.cql.tree import Always, Comparison, Instant, Number, Operand, Predicate, Property, Relation, Text, Texts
from geo_app.finder.item_columns import nfc
from geo_app.finder.item_fields import ItemField

_BOOLEANS = {"true": True, "false": False}


def equality(field: ItemField, text: str) -> Predicate:
    """True where the field has that value; of an array, where it holds it. Raises `BadArgument` (`name`, `value`, `expected`)."""
    own = Property(field)
    if own.kind == "array":
        return Relation("a_contains", own, Texts(frozenset((nfc(text),))))
    return Comparison("=", own, _value(field, own, text))


def _value(field: ItemField, own: Property, text: str) -> Operand:
    if own.kind == "string":
        return Text(nfc(text))
    if own.kind == "number":
        return Number(_number(field, text))
    if own.kind == "boolean" and text in _BOOLEANS:
        return Always(_BOOLEANS[text])
    if own.kind == "instant":
        return _instant(field, text)
    raise BadArgument(name=field.name, value=text[:80], expected="true, false" if own.kind == "boolean" else "")


def _number(field: ItemField, text: str) -> float:
    try:
        value = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadArgument(name=field.name, value=text[:80], expected="a number")
    return value


def _instant(field: ItemField, text: str) -> Instant:
    try:
        return read_day(text) if field.kind == "date" else read_instant(text)
    except BadFilter as fault:
        raise BadArgument(name=field.name, value=text[:80], expected=fault.values["expected"]) from fault

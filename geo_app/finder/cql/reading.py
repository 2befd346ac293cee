"""From CQL2 JSON to the typed tree: every name is known, every operand of the right kind, or the word at fault is told."""

import math
from collections.abc import Sequence
from typing import Any, Final

from geo_app.finder.cql.calls import CALLS
from geo_app.finder.cql.faults import BadFilter, word_of
from geo_app.finder.cql.literals import Transform, read_box, read_day, read_geometry, read_instant, read_timestamp
from geo_app.finder.cql.tokens import MAX_DEPTH
from geo_app.finder.cql.tree import (
    KIND_NAMES,
    Always,
    Among,
    Comparison,
    Instant,
    Interval,
    IsNull,
    Junction,
    Like,
    Negation,
    Number,
    Operand,
    Predicate,
    Property,
    Relation,
    Shape,
    Text,
    Texts,
)
from geo_app.finder.item_columns import nfc
from geo_app.finder.item_fields import ID_FIELD, ItemField, Schema

MAX_NODES: Final = 1_000
_HUGE: Final = 10**308


class Reader:
    """Reads one document against a schema."""

    def __init__(self, schema: Schema, transform: Transform | None, *, is_planar: bool = False) -> None:
        self._fields = {ID_FIELD: ItemField(ID_FIELD, "string"), **{field.name: field for field in schema}}
        self._transform, self._is_planar = transform, is_planar
        self._nodes = 0

    def predicate(self, document: Any, depth: int = 0) -> Predicate:
        """The condition that a document says. Raises `BadFilter`."""
        node = self.operand(document, depth)
        if isinstance(node, Always | Junction | Negation | Comparison | Like | Among | IsNull | Relation):
            return node
        if isinstance(node, Property) and node.kind == "boolean":
            return node
        raise BadFilter(word_of(document), KIND_NAMES["boolean"])

    def operand(self, document: Any, depth: int) -> Operand:
        """Whatever a document says. Raises `BadFilter`."""
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise BadFilter(word_of(document), f"at most {MAX_DEPTH} levels and {MAX_NODES} parts")
        if isinstance(document, dict):
            return self._object(document, depth)
        if isinstance(document, list):
            return self._texts(document)
        return _scalar(document)

    def _object(self, document: dict[str, Any], depth: int) -> Operand:
        if "op" in document:
            return self._called(document, depth)
        if "property" in document:
            return self._property(document["property"])
        if "interval" in document:
            return self._interval(document["interval"])
        if "bbox" in document and "type" not in document:
            return Shape(read_box(document, self._transform, is_planar=self._is_planar))
        if "type" in document:
            return Shape(read_geometry(document, self._transform))
        if "date" in document or "timestamp" in document:
            return read_day(document["date"]) if "date" in document else read_timestamp(document["timestamp"])
        raise BadFilter(word_of(document), "op, property, date, timestamp, interval, bbox or a geometry")

    def _called(self, document: dict[str, Any], depth: int) -> Operand:
        name, arguments = document["op"], document.get("args")
        # A text tells names in any case; JSON has them as isNull and a_containedBy.
        known = CALLS.get(name.lower()) if isinstance(name, str) else None
        if known is None or not isinstance(name, str):
            raise BadFilter(name, ", ".join(CALLS))
        count, build = known
        if not isinstance(arguments, list) or (len(arguments) < -count if count < 0 else len(arguments) != count):
            raise BadFilter(name, f"{abs(count)} arguments" + (" or more" if count < 0 else ""))
        return build(self, name.lower(), arguments, depth + 1)

    def _property(self, name: object) -> Property:
        if not isinstance(name, str) or name not in self._fields:
            raise BadFilter(name, ", ".join(self._fields))
        return Property(self._fields[name])

    def _texts(self, items: Sequence[Any]) -> Texts:
        self._nodes += len(items)
        for item in items:
            if not isinstance(item, str):
                raise BadFilter(word_of(item), KIND_NAMES["string"])
        return Texts(frozenset(map(nfc, items)))

    def _interval(self, ends: Any) -> Interval:
        if not isinstance(ends, list) or len(ends) != 2:  # noqa: PLR2004 a start and an end
            raise BadFilter("INTERVAL", KIND_NAMES["interval"])
        start, end = (self._end(item) for item in ends)
        days = {_is_day(item) for item in (start, end) if item is not None}
        if len(days) > 1:
            raise BadFilter("INTERVAL", "two days or two times")
        if isinstance(start, Instant) and isinstance(end, Instant) and start.instant_us > end.instant_us:
            raise BadFilter("INTERVAL", "a start before the end")
        return Interval(start, end)

    def _end(self, document: Any) -> Instant | Property | None:
        if document == "..":
            return None
        if isinstance(document, str):
            return read_instant(document)
        node = self.operand(document, MAX_DEPTH) if isinstance(document, dict) else None
        if isinstance(node, Instant) or (isinstance(node, Property) and node.kind == "instant"):
            return node
        raise BadFilter(word_of(document), "a day, a time, a property of days or times, or '..'")


def _scalar(value: object) -> Operand:
    if isinstance(value, bool):
        return Always(value)
    if isinstance(value, str):
        return Text(nfc(value))
    if isinstance(value, int | float):
        # No float holds every whole number of JSON; what is too large for one is not compared with anything here.
        number = float(value) if abs(value) < _HUGE else math.nan
        if math.isfinite(number):
            return Number(number)
        raise BadFilter(value, "a finite number")
    raise BadFilter(value, "a value; ask with IS NULL")


def _is_day(node: Instant | Property) -> bool:
    return node.is_day if isinstance(node, Instant) else node.field.kind == "date"

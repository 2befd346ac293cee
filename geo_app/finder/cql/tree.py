"""The typed tree of a filter: what is compared (operands) and what can be true of an item (predicates).

Nodes that say the same are equal, so that what was worked out for one is known for the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from shapely.geometry.base import BaseGeometry

from geo_app.finder.item_fields import ItemField, ItemKind

OperandKind = Literal["string", "number", "boolean", "instant", "interval", "array", "geometry", "object"]

# How a fault tells what may stand in a place.
KIND_NAMES: Final[Mapping[OperandKind, str]] = {
    "string": "a text",
    "number": "a number",
    "boolean": "a condition (true or false)",
    "instant": "DATE('…') or TIMESTAMP('…')",
    "interval": "INTERVAL('…', '…')",
    "array": "an array of texts",
    "geometry": "a geometry",
    "object": "nothing but IS NULL",
}
_KINDS: Final[Mapping[ItemKind, OperandKind]] = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "date": "instant",
    "datetime": "instant",
    "array": "array",
    "object": "object",
    "geometry": "geometry",
}


@dataclass(frozen=True, slots=True)
class Property:
    """The value that an item has in a field. One of kind boolean is a predicate as well."""

    field: ItemField

    @property
    def kind(self) -> OperandKind:
        """What it can be compared with."""
        return _KINDS[self.field.kind]


@dataclass(frozen=True, slots=True)
class Text:
    """A text, NFC."""

    text: str
    kind: OperandKind = "string"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text property without its case (`casei`) or its accents (`accenti`)."""

    operand: "Property | Folded"
    fold: str
    kind: OperandKind = "string"


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number."""

    value: float
    kind: OperandKind = "number"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers joined; unknown where the outcome is no finite number."""

    operator: str
    left: "NumberOperand"
    right: "NumberOperand"
    kind: OperandKind = "number"


@dataclass(frozen=True, slots=True)
class Instant:
    """A time in microseconds since 1970 in UTC; a day is its first instant in Seoul."""

    instant_us: int
    is_day: bool
    kind: OperandKind = "instant"


@dataclass(frozen=True, slots=True)
class Interval:
    """From `start` to `end`, both included; None for an open end."""

    start: Instant | Property | None
    end: Instant | Property | None
    kind: OperandKind = "interval"


@dataclass(frozen=True, slots=True)
class Texts:
    """A set of texts."""

    items: frozenset[str]
    kind: OperandKind = "array"


@dataclass(frozen=True, slots=True)
class Shape:
    """A valid geometry in EPSG:4326 with at least one point."""

    geometry: BaseGeometry
    kind: OperandKind = "geometry"


@dataclass(frozen=True, slots=True)
class Always:
    """TRUE or FALSE."""

    is_true: bool
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class Junction:
    """`and` or `or` of two predicates or more."""

    operator: str
    parts: "tuple[Predicate, ...]"
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class Negation:
    """Not `part`."""

    part: "Predicate"
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands of one kind (string, number, boolean, instant); of booleans only = and <>."""

    operator: str
    left: "Operand"
    right: "Operand"
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class Like:
    """A text that matches a pattern of % and _, with the backslash to escape them."""

    operand: "TextOperand"
    pattern: str
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class Among:
    """A text or number that is one of some literals."""

    operand: "TextOperand | NumberOperand"
    items: frozenset[str] | frozenset[float]
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class IsNull:
    """There is no value."""

    operand: "Operand"
    kind: OperandKind = "boolean"


@dataclass(frozen=True, slots=True)
class Relation:
    """A named relation of two geometries, times or arrays (`s_within`, `t_after`, `a_overlaps`)."""

    name: str
    left: "Operand"
    right: "Operand"
    kind: OperandKind = "boolean"


TextOperand = Property | Text | Folded
NumberOperand = Property | Number | Arithmetic
Predicate = Property | Always | Junction | Negation | Comparison | Like | Among | IsNull | Relation
Operand = TextOperand | NumberOperand | Instant | Interval | Texts | Shape | Predicate

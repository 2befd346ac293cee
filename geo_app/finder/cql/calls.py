"""The calls of a filter (operators, relations, functions) and what each makes of its arguments."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from geo_app.finder.cql.arithmetic import ARITHMETIC, join_numbers
from geo_app.finder.cql.faults import BadFilter, word_of
from geo_app.finder.cql.folding import FOLDS
from geo_app.finder.cql.relations import ARRAY_RELATIONS, INTERVAL_RELATIONS, SPATIAL_RELATIONS, TIME_RELATIONS
from geo_app.finder.cql.tree import (
    KIND_NAMES,
    Among,
    Arithmetic,
    Comparison,
    Folded,
    IsNull,
    Junction,
    Like,
    Negation,
    Number,
    Operand,
    OperandKind,
    Predicate,
    Property,
    Relation,
    Text,
)

_COMPARED: Final = ("string", "number", "boolean", "instant")
_ORDERED: Final = ("<", ">", "<=", ">=")


class Reads(Protocol):
    """What reads the arguments."""

    def operand(self, document: Any, depth: int) -> Operand:
        """Whatever a document says. Raises `BadFilter`."""

    def predicate(self, document: Any, depth: int) -> Predicate:
        """The condition that a document says. Raises `BadFilter`."""


def _join(reader: Reads, name: str, arguments: list[Any], depth: int) -> Junction:
    return Junction(name, tuple(reader.predicate(item, depth) for item in arguments))


def _negate(reader: Reads, _name: str, arguments: list[Any], depth: int) -> Negation:
    return Negation(reader.predicate(arguments[0], depth))


def _compare(reader: Reads, name: str, arguments: list[Any], depth: int) -> Comparison:
    left, right = (reader.operand(item, depth) for item in arguments)
    _check_same(left, right, arguments)
    if left.kind == "boolean" and name in _ORDERED:
        raise BadFilter(name, "= or <>")
    return Comparison(name, left, right)


def _between(reader: Reads, _name: str, arguments: list[Any], depth: int) -> Junction:
    value, least, greatest = arguments
    return Junction("and", (_compare(reader, ">=", [value, least], depth), _compare(reader, "<=", [value, greatest], depth)))


def _like(reader: Reads, _name: str, arguments: list[Any], depth: int) -> Like:
    operand, pattern = (_of_kind(reader, item, "string", depth) for item in arguments)
    if not isinstance(pattern, Text) or not isinstance(operand, Property | Text | Folded):
        raise BadFilter(word_of(arguments[1]), "a pattern ('…')")
    return Like(operand, pattern.text)


def _among(reader: Reads, _name: str, arguments: list[Any], depth: int) -> Predicate:
    value, items = arguments
    if not isinstance(items, list) or not items:
        raise BadFilter("IN", "a list of values")
    operand = reader.operand(value, depth)
    nodes = [reader.operand(item, depth) for item in items]
    for node, item in zip(nodes, items, strict=True):
        _check_same(operand, node, [value, item])
    if isinstance(operand, Property | Text | Folded) and all(isinstance(node, Text) for node in nodes):
        return Among(operand, frozenset(node.text for node in nodes if isinstance(node, Text)))
    if isinstance(operand, Property | Number | Arithmetic) and all(isinstance(node, Number) for node in nodes):
        return Among(operand, frozenset(node.value for node in nodes if isinstance(node, Number)))
    return Junction("or", tuple(Comparison("=", operand, node) for node in nodes))


def _is_null(reader: Reads, _name: str, arguments: list[Any], depth: int) -> IsNull:
    return IsNull(reader.operand(arguments[0], depth))


def _fold(reader: Reads, name: str, arguments: list[Any], depth: int) -> Text | Folded:
    operand = _of_kind(reader, arguments[0], "string", depth)
    if isinstance(operand, Text):
        return Text(FOLDS[name](operand.text))
    if isinstance(operand, Property | Folded):
        return Folded(operand, name)
    raise BadFilter(word_of(arguments[0]), KIND_NAMES["string"])


def _reckon(reader: Reads, name: str, arguments: list[Any], depth: int) -> Number | Arithmetic:
    left, right = (_of_kind(reader, item, "number", depth) for item in arguments)
    if isinstance(left, Number) and isinstance(right, Number):
        value = join_numbers(name, left.value, right.value)
        if not math.isfinite(value):
            raise BadFilter(f"{left.value:g} {name} {right.value:g}", "a finite number")
        return Number(value)
    if not isinstance(left, Property | Number | Arithmetic) or not isinstance(right, Property | Number | Arithmetic):
        raise BadFilter(name, KIND_NAMES["number"])
    return Arithmetic(name, left, right)


def _relate(reader: Reads, name: str, arguments: list[Any], depth: int) -> Relation:
    kinds = _RELATED[name]
    left, right = (reader.operand(item, depth) for item in arguments)
    for node, item in ((left, arguments[0]), (right, arguments[1])):
        if node.kind not in kinds:
            raise BadFilter(word_of(item), " / ".join(KIND_NAMES[kind] for kind in kinds))
    return Relation(name, left, right)


def _of_kind(reader: Reads, document: Any, kind: OperandKind, depth: int) -> Operand:
    node = reader.operand(document, depth)
    if node.kind != kind:
        raise BadFilter(word_of(document), KIND_NAMES[kind])
    return node


def _check_same(left: Operand, right: Operand, documents: list[Any]) -> None:
    if left.kind not in _COMPARED:
        raise BadFilter(word_of(documents[0]), "a text, a number, true, false, a day or a time")
    if left.kind != right.kind:
        raise BadFilter(word_of(documents[1]), KIND_NAMES[left.kind])


_Build = Callable[[Reads, str, list[Any], int], Operand]
_RELATED: Final[Mapping[str, tuple[OperandKind, ...]]] = {
    **dict.fromkeys(SPATIAL_RELATIONS, ("geometry",)),
    **dict.fromkeys(TIME_RELATIONS, ("instant", "interval")),
    **dict.fromkeys(INTERVAL_RELATIONS, ("interval",)),
    **dict.fromkeys(ARRAY_RELATIONS, ("array",)),
}
# How many arguments each takes (below 0: that many or more), and what it makes of them.
CALLS: Final[Mapping[str, tuple[int, _Build]]] = {
    **dict.fromkeys(("and", "or"), (-2, _join)),
    "not": (1, _negate),
    **dict.fromkeys(("=", "<>", *_ORDERED), (2, _compare)),
    "between": (3, _between),
    "like": (2, _like),
    "in": (2, _among),
    "isnull": (1, _is_null),
    **dict.fromkeys(FOLDS, (1, _fold)),
    **dict.fromkeys(ARITHMETIC, (2, _reckon)),
    **dict.fromkeys(_RELATED, (2, _relate)),
}

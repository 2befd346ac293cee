"""What a filter's conditions say of the items of a table: three-valued truth, as CQL2 has it."""

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, Final

import numpy as np
import shapely

from geo_app.finder.cql.folding import build_matcher
from geo_app.finder.cql.relations import ARRAY_RELATIONS, INTERVAL_RELATIONS, SPATIAL_RELATIONS, TIME_RELATIONS, TRUE_OF_ITSELF
from geo_app.finder.cql.tree import (
    Always,
    Among,
    Comparison,
    IsNull,
    Junction,
    Like,
    Negation,
    Operand,
    Predicate,
    Property,
    Relation,
    Shape,
    Text,
    Texts,
)
from geo_app.finder.cql.truth import Mask, Truth
from geo_app.finder.cql.vectors import Rows, coded, numbers, shapes, times

_COMPARE: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
# The same said with the sides turned round.
_TURNED: Final = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


def judge(node: Predicate, rows: Rows) -> Truth:
    """The truth of a condition for each of the rows; of equal conditions the first alone is worked out."""
    if node not in rows.truths:
        rows.truths[node] = _judge_anew(node, rows)
    return rows.truths[node]


def _judge_anew(node: Predicate, rows: Rows) -> Truth:
    match node:
        case Junction(operator="and"):
            return reduce(operator.and_, (judge(part, rows) for part in node.parts))
        case Junction():
            return reduce(operator.or_, (judge(part, rows) for part in node.parts))
        case Negation():
            return ~judge(node.part, rows)
        case Comparison():
            return _compare(node, rows)
        case Relation():
            return _relate(node, rows)
        case _:
            return _judge_one(node, rows)


def _judge_one(node: Property | Always | Like | Among | IsNull, rows: Rows) -> Truth:
    """The conditions on a single operand."""
    match node:
        case Property():
            column = rows.column(node)
            return Truth.where(column.values, column.known)
        case Always():
            return Truth.where(np.full(len(rows), node.is_true), rows.all_known())
        case Like():
            texts = coded(node.operand, rows)
            return Truth.where(texts.judge(build_matcher(node.pattern)), texts.known)
        case Among():
            return _among(node, rows)
        case IsNull():
            return Truth.where(~_known(node.operand, rows), rows.all_known())


def _among(node: Among, rows: Rows) -> Truth:
    if node.operand.kind == "string":
        texts = coded(node.operand, rows)
        return Truth.where(texts.judge(node.items.__contains__), texts.known)
    values = numbers(node.operand, rows)
    return Truth.where(np.isin(values.values, np.array(list(node.items), dtype=np.float64)), values.known)


def _known(node: Operand, rows: Rows) -> Mask:
    if isinstance(node, Property):
        return rows.column(node).known
    match node.kind:
        case "boolean":
            return judge(node, rows).known  # type: ignore[arg-type] # of kind boolean are predicates alone
        case "string" | "array":
            return coded(node, rows).known
        case "number":
            return numbers(node, rows).known
        case "instant" | "interval":
            return times(node, rows).known
        case _:
            return shapes(node, rows).known


def _compare(node: Comparison, rows: Rows) -> Truth:
    compare = _COMPARE[node.operator]
    match node.left.kind:
        case "string":
            return _compare_texts(node, rows)
        case "number":
            left, right = numbers(node.left, rows), numbers(node.right, rows)
            return Truth.where(compare(left.values, right.values), left.known & right.known)
        case "instant":
            # A day is compared by its first instant, so that days and times have one order.
            before, after = times(node.left, rows), times(node.right, rows)
            return Truth.where(compare(before.start, after.start), before.known & after.known)
        case _:
            one, other = judge(node.left, rows), judge(node.right, rows)  # type: ignore[arg-type] # as above
            return Truth.where(compare(one.is_true, other.is_true), one.known & other.known)


def _compare_texts(node: Comparison, rows: Rows) -> Truth:
    compare = _COMPARE[node.operator]
    left, right = coded(node.left, rows), coded(node.right, rows)
    known = left.known & right.known
    if isinstance(node.right, Text):
        text = node.right.text
        return Truth.where(left.judge(lambda word: bool(compare(word, text))), known)
    if isinstance(node.left, Text):
        turned, text = _COMPARE[_TURNED[node.operator]], node.left.text
        return Truth.where(right.judge(lambda word: bool(turned(word, text))), known)
    return Truth.where(compare(left.values(), right.values()).astype(np.bool_), known)


def _relate(node: Relation, rows: Rows) -> Truth:
    if node.name in SPATIAL_RELATIONS:
        return _relate_shapes(node, rows)
    if node.name in ARRAY_RELATIONS:
        return _relate_arrays(node, rows)
    left, right = times(node.left, rows), times(node.right, rows)
    if {left.is_day, right.is_day} == {True, False}:
        # Beside times a day is all the time from its first to its last instant.
        left, right = left.in_full(), right.in_full()
    relate = {**TIME_RELATIONS, **INTERVAL_RELATIONS}[node.name]
    return Truth.where(relate(left.start, left.end, right.start, right.end), left.known & right.known)


def _relate_arrays(node: Relation, rows: Rows) -> Truth:
    relate = ARRAY_RELATIONS[node.name]
    left, right = coded(node.left, rows), coded(node.right, rows)
    known = left.known & right.known
    if isinstance(node.right, Texts):
        items = node.right.items
        return Truth.where(left.judge(lambda word: relate(word, items)), known)
    if isinstance(node.left, Texts):
        items = node.left.items
        return Truth.where(right.judge(lambda word: relate(items, word)), known)
    pairs = zip(left.values(), right.values(), known, strict=True)
    return Truth.where(np.array([bool(is_known) and relate(one, other) for one, other, is_known in pairs], dtype=np.bool_), known)


def _relate_shapes(node: Relation, rows: Rows) -> Truth:
    relate, turned = SPATIAL_RELATIONS[node.name]
    if isinstance(node.right, Shape) and isinstance(node.left, Property):
        return _relate_to(node.right, turned, rows, is_apart=node.name == "s_disjoint")
    if isinstance(node.left, Shape) and isinstance(node.right, Property):
        return _relate_to(node.left, relate, rows, is_apart=node.name == "s_disjoint")
    if isinstance(node.left, Shape) and isinstance(node.right, Shape):
        return Truth.where(np.full(len(rows), bool(relate(node.left.geometry, node.right.geometry))), rows.all_known())
    left, right = shapes(node.left, rows), shapes(node.right, rows)
    known = left.known & right.known
    held, asked = np.zeros(len(rows), dtype=np.bool_), known
    if node.left == node.right:
        # What is valid and not empty stands to itself as the relation's name says.
        plain = known & shapely.is_valid(left.values) & ~shapely.is_empty(left.values)
        held[plain], asked = node.name in TRUE_OF_ITSELF, known & ~plain
    held[asked] = relate(left.values[asked], right.values[asked])
    return Truth.where(held, known)


def _relate_to(literal: Shape, relate: Callable[[Any, Any], Any], rows: Rows, *, is_apart: bool) -> Truth:
    """What a literal is to the items' own geometries. The R-tree tells which are near; all others are disjoint, and nothing else."""
    own = rows.table.column("geometry")
    near = np.zeros(len(rows.table), dtype=np.bool_)
    near[rows.table.positions_in_window(literal.geometry.bounds)] = True
    asked = near[rows.positions]
    # A copy, for what is prepared may not be asked by two threads.
    shape = shapely.force_2d(literal.geometry)
    shapely.prepare(shape)
    held = np.full(len(rows), is_apart)
    held[asked] = relate(shape, own.values[rows.positions[asked]])
    return Truth.where(held, own.known[rows.positions])

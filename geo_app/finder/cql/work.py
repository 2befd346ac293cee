"""How much work a filter is for some items: what would keep a processor for longer than about a second is refused."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo_app.finder.cql.faults import TooMuchWork
from geo_app.finder.cql.relations import SPATIAL_RELATIONS
from geo_app.finder.cql.tree import Among, Arithmetic, Comparison, Folded, IsNull, Like, Operand, Predicate, Relation, Shape
from geo_app.finder.cql.vectors import Rows
from geo_app.finder.item_fields import GEOMETRY_FIELD

# A step is a text compared with a text, a microsecond at most: 5,000 items have room for 200 different conditions on texts, or 25 on
# their geometries. The same condition said again is no work.
MAX_STEPS: Final = 1_000_000
LIKE_STEPS: Final = 3
SPATIAL_STEPS: Final = 8
POSITIONS_A_STEP: Final = 10  # of the items' own geometries
LITERAL_POSITIONS_A_STEP: Final = 50
TANGLE_POSITIONS_A_STEP: Final = 80  # times themselves
_COUNTED: Final = (Among, Arithmetic, Comparison, Folded, IsNull, Like, Relation)


def check_work(predicate: Predicate, rows: Rows) -> None:
    """Nothing, where the filter may be judged for these rows. Raises `TooMuchWork`."""
    steps_a_row, spatial_count = 0, 0
    for node in _distinct(predicate):
        spatial_count += isinstance(node, Relation) and node.name in SPATIAL_RELATIONS
        steps_a_row += _steps_of(node)
    steps = steps_a_row * len(rows) + (spatial_count * _positions(rows) // POSITIONS_A_STEP if spatial_count else 0)
    if steps > MAX_STEPS:
        raise TooMuchWork(steps, MAX_STEPS)


def _steps_of(node: Any) -> int:
    """Steps that a node takes for each item."""
    if isinstance(node, Like):
        return LIKE_STEPS + node.pattern.count("%")
    if isinstance(node, Relation) and node.name in SPATIAL_RELATIONS:
        sides = [side.geometry for side in (node.left, node.right) if isinstance(side, Shape)]
        return SPATIAL_STEPS + sum(map(_steps_of_literal, sides)) if len(sides) < 2 else 1  # noqa: PLR2004 two literals are asked once
    return 1


def _steps_of_literal(geometry: BaseGeometry) -> int:
    count = int(shapely.get_num_coordinates(geometry))
    # Where a line crosses itself, or parts lie on each other, all crossings are worked out anew for each item.
    is_tangled = geometry.geom_type == "GeometryCollection" or ("Line" in geometry.geom_type and not shapely.is_simple(geometry))
    return count * count // TANGLE_POSITIONS_A_STEP if is_tangled else count // LITERAL_POSITIONS_A_STEP


def _positions(rows: Rows) -> int:
    column = rows.table.column(GEOMETRY_FIELD)
    return int(shapely.get_num_coordinates(column.values[rows.positions]).sum())


def _distinct(predicate: Predicate) -> Iterator[Any]:
    """Each different node that is worked out, once, however often and wherever it stands."""
    left: list[Any] = [predicate]
    seen = set(left)
    while left:
        node = left.pop()
        if isinstance(node, _COUNTED):
            yield node
        for field in fields(node):
            held = getattr(node, field.name)
            for part in held if isinstance(held, tuple) else (held,):
                if isinstance(part, Operand) and part not in seen:
                    seen.add(part)
                    left.append(part)

"""A filter that has been read: asked of a table, it selects positions."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from geo_app.finder.cql.judging import judge
from geo_app.finder.cql.tree import Junction, Predicate, Property, Relation, Shape
from geo_app.finder.cql.vectors import Rows
from geo_app.finder.cql.work import check_work
from geo_app.finder.item_table import ItemTable, Positions, Window


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """One condition, checked against a schema; the table asked must have that schema. Safe to keep and to share between threads."""

    predicate: Predicate

    def select(self, table: ItemTable, candidates: Positions | None = None) -> Positions:
        """The positions (ascending; of `candidates`, ascending, where these are given) for which the condition is true.

        Raises `TooMuchWork`.
        """
        left = candidates
        for window in _windows(self.predicate):
            near = table.positions_in_window(window)
            left = near if left is None else np.intersect1d(left, near, assume_unique=True)
        rows = Rows(table, np.arange(len(table)) if left is None else left)
        check_work(self.predicate, rows)
        return rows.positions[judge(self.predicate, rows).is_true]


def _windows(node: Predicate) -> Iterator[Window]:
    """Windows outside of which nothing can hold: those of the geometries that an item must meet whatever else is asked."""
    if isinstance(node, Junction) and node.operator == "and":
        for part in node.parts:
            yield from _windows(part)
    if isinstance(node, Relation) and node.name.startswith("s_") and node.name != "s_disjoint":
        sides = (node.left, node.right)
        shapes = [side for side in sides if isinstance(side, Shape)]
        if len(shapes) == 1 and any(isinstance(side, Property) for side in sides):
            yield shapes[0].geometry.bounds

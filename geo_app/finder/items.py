"""Which items of a table answer a question: by window, time, properties and filter, sorted and paged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.errors import BadArgument
from geo_app.finder.cql import Filter
from geo_app.finder.cql.equality import equality
from geo_app.finder.item_columns import DAY_US, Column, Mask, day_us, instant_us
from geo_app.finder.item_fields import ID_FIELD, ItemField, ItemKind, Schema, layer_schema
from geo_app.finder.item_table import ItemTable, Positions, table_of_features, table_of_layer

__all__ = [
    "Column", "ItemField", "ItemKind", "ItemTable", "ItemsPage", "ItemsQuestion", "Positions", "Schema",
    "find_items", "layer_schema", "table_of_features", "table_of_layer",
]  # fmt: skip

Instant = date | datetime


@dataclass(frozen=True, slots=True)
class ItemsQuestion:
    """Every condition that is given must hold.

    `window_lonlat`: (min_lon, min_lat, max_lon, max_lat), borders included; min_lon above max_lon spans the dateline. `equals`: values
    as text, by property. `interval`: first and last instant, both included, None for an open end; a day is the whole of it in Seoul.
    As OGC 17-069 has it, an item without a geometry is in every window, one without a time in every interval.
    `sort`: (property or `id`, is descending), what has no value last; what is equal stays in the order of positions.
    """

    window_lonlat: tuple[float, float, float, float] | None = None
    filter: Filter | None = None
    equals: Mapping[str, str] = field(default_factory=dict)
    interval: tuple[Instant | None, Instant | None] | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """The positions of one page, in order, and how many items match in all."""

    positions: Sequence[int]
    matched_count: int


def find_items(table: ItemTable, question: ItemsQuestion) -> ItemsPage:
    """The page asked for.

    Raises `BadArgument` for a property that is unknown, has no order, or is of another kind than its value, and for a window with its
    south above its north; `BadCoordinates` for one off the globe.
    """
    found = _matching(table, question)
    end = question.offset + question.limit
    if found is None:
        if not question.sort:
            return ItemsPage(range(min(question.offset, len(table)), min(end, len(table))), len(table))
        found = np.arange(len(table))
    if question.sort:
        found = _sorted(table, found, question.sort)
    return ItemsPage(found[question.offset : end].tolist(), len(found))


def _matching(table: ItemTable, question: ItemsQuestion) -> Positions | None:
    """The positions that match, ascending; None for all."""
    found = None if question.window_lonlat is None else _in_window(table, question.window_lonlat)
    for name, text in question.equals.items():
        found = Filter(equality(_field(table, name), text)).select(table, found)
    if question.interval is not None and table.time_fields:
        everyone = np.arange(len(table)) if found is None else found
        found = everyone[_is_in_interval(table, everyone, question.interval)]
    return found if question.filter is None else question.filter.select(table, found)


def _in_window(table: ItemTable, window: tuple[float, float, float, float]) -> Positions:
    inside, unplaced = table.positions_in_window(window), table.positions_without_geometry()
    return np.sort(np.concatenate((inside, unplaced))) if len(unplaced) else inside


def _is_in_interval(table: ItemTable, positions: Positions, interval: tuple[Instant | None, Instant | None]) -> Mask:
    starts, ends, known = _times_of(table, positions)
    first, last = interval
    held = ~known
    after = np.full(len(positions), fill_value=True) if first is None else ends >= _first_us(first)
    before = np.full(len(positions), fill_value=True) if last is None else starts <= _last_us(last)
    return held | (after & before)


def _times_of(table: ItemTable, positions: Positions) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
    """(m,) first and last microsecond of each item's time, and whether it has one."""
    starts, ends = np.zeros(len(positions), dtype=np.int64), np.zeros(len(positions), dtype=np.int64)
    known = np.zeros(len(positions), dtype=np.bool_)
    for name in table.time_fields:
        column = table.column(name)
        new = column.known[positions] & ~known
        length_us = DAY_US - 1 if column.kind == "date" else 0
        starts[new] = column.values[positions[new]]
        ends[new] = starts[new] + length_us
        known |= new
    return starts, ends, known


def _first_us(instant: Instant) -> int:
    return instant_us(instant) if isinstance(instant, datetime) else day_us(instant)


def _last_us(instant: Instant) -> int:
    return instant_us(instant) if isinstance(instant, datetime) else day_us(instant) + DAY_US - 1


def _sorted(table: ItemTable, positions: Positions, sort: Sequence[tuple[str, bool]]) -> Positions:
    keys: list[NDArray[np.generic]] = []
    for name, is_descending in reversed(sort):
        own = _field(table, name)
        if not own.is_sortable:
            raise BadArgument(name="sortby", value=name, expected=", ".join(item.name for item in table.schema if item.is_sortable))
        column = table.column(name)
        known = column.known[positions]
        values = np.where(known, column.values[positions], 0).astype(np.float64 if column.values.dtype == np.float64 else np.int64)
        keys += [-values if is_descending else values, ~known]
    return positions[np.lexsort(keys)]


def _field(table: ItemTable, name: str) -> ItemField:
    if name == ID_FIELD:
        return ItemField(ID_FIELD, "string")
    for item in table.schema:
        if item.name == name:
            return item
    raise BadArgument(name="property", value=name[:80], expected=", ".join(item.name for item in table.schema))

"""The operands of a filter worked out for some items of a table, as arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from geo_app.finder.cql.arithmetic import Floats, join_arrays
from geo_app.finder.cql.folding import FOLDS
from geo_app.finder.cql.tree import Arithmetic, Folded, Instant, Interval, Number, Operand, Predicate, Property, Shape, Text, Texts
from geo_app.finder.cql.truth import Mask, Truth
from geo_app.finder.item_columns import DAY_US, Column
from geo_app.finder.item_table import ItemTable, Positions

Made = TypeVar("Made")
OPEN_START: Final = -(2**62)
OPEN_END: Final = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The items that a filter is asked of: (m,) positions of a table."""

    table: ItemTable
    positions: Positions
    # What was worked out for these items already, by node: a filter may say the same many times.
    truths: dict[Predicate, Truth] = field(default_factory=dict)
    texts: dict[Folded, "Coded"] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.positions)

    def column(self, operand: Property) -> Column:
        """What these items have in a field: (m,)."""
        column = self.table.column(operand.field.name)
        return replace(column, values=column.values[self.positions], known=column.known[self.positions])

    def all_known(self) -> Mask:
        """(m,) true."""
        return np.ones(len(self), dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """(m,) places in `words` (texts, or sets of texts)."""

    codes: NDArray[np.int32]
    known: Mask
    words: Sequence[Any]

    def judge(self, judge: Callable[[Any], bool]) -> Mask:
        """(m,) what `judge` says of each word; it is asked once a word."""
        held = self.spread(judge)
        return np.zeros(len(self.codes), dtype=np.bool_) if held is None else held.astype(np.bool_)

    def values(self) -> NDArray[Any]:
        """(m,) the words themselves, as objects."""
        return spread_values(self)

    def spread(self, make: Callable[[Any], Any]) -> NDArray[Any] | None:
        """(m,) objects made of each word, each word once; None where there are none."""
        if not self.words or not len(self.codes):
            return None
        used, places = (
            (range(len(self.words)), self.codes) if len(self.words) <= len(self.codes) else np.unique(self.codes, return_inverse=True)
        )
        made = np.empty(len(used), dtype=object)
        made[:] = [make(self.words[code]) for code in used]
        spread: NDArray[Any] = made[places]
        return spread


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """(m,) float64."""

    values: Floats
    known: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """(m,) first and last microseconds. `is_day`: both are days, told by their first instant; None where both ends are open."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    known: Mask
    is_day: bool | None

    def in_full(self) -> "Times":
        """Days from their first to their last microsecond."""
        return replace(self, end=np.where(self.end == OPEN_END, self.end, self.end + (DAY_US - 1))) if self.is_day else self


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """(m,) geometries in EPSG:4326."""

    values: NDArray[Any]
    known: Mask


def itself(value: Made) -> Made:
    """The value."""
    return value


def coded(operand: Operand, rows: Rows) -> Coded:
    """Texts or sets of texts."""
    if isinstance(operand, Folded):
        if operand not in rows.texts:
            rows.texts[operand] = _folded(operand, rows)
        return rows.texts[operand]
    if isinstance(operand, Property):
        column = rows.column(operand)
        return Coded(column.values, column.known, column.words)
    word = operand.text if isinstance(operand, Text) else operand.items if isinstance(operand, Texts) else None
    return Coded(np.zeros(len(rows), dtype=np.int32), rows.all_known(), (word,))


def _folded(operand: Folded, rows: Rows) -> Coded:
    """The words of the operand folded; each different word of a table once, for as long as the table is kept."""
    inner, fold, kept = coded(operand.operand, rows), FOLDS[operand.fold], rows.table.words_kept(operand.fold)
    for word in {inner.words[code] for code in np.unique(inner.codes).tolist()} - kept.keys() if inner.words else ():
        kept[word] = fold(word)
    return replace(inner, words=[kept.get(word, word) for word in inner.words])


def spread_values(operand: Coded) -> NDArray[Any]:
    """(m,) words as objects; an empty text where an item has none."""
    spread = operand.spread(itself)
    return np.full(len(operand.codes), "", dtype=object) if spread is None else spread


def numbers(operand: Operand, rows: Rows) -> Numbers:
    """Numbers, worked out where they must be."""
    if isinstance(operand, Arithmetic):
        left, right = numbers(operand.left, rows), numbers(operand.right, rows)
        joined = join_arrays(operand.operator, left.values, right.values)
        return Numbers(joined, left.known & right.known & np.isfinite(joined))
    if isinstance(operand, Property):
        column = rows.column(operand)
        return Numbers(column.values, column.known)
    value = operand.value if isinstance(operand, Number) else np.nan
    return Numbers(np.full(len(rows), value), rows.all_known())


def times(operand: Operand | None, rows: Rows) -> Times:
    """Instants as intervals without length, and intervals."""
    if isinstance(operand, Interval):
        start, end = times(operand.start, rows), times(operand.end, rows)
        first = np.full(len(rows), OPEN_START) if operand.start is None else start.start
        last = np.full(len(rows), OPEN_END) if operand.end is None else end.end
        return Times(first, last, start.known & end.known, end.is_day if start.is_day is None else start.is_day)
    if isinstance(operand, Property):
        column = rows.column(operand)
        return Times(column.values, column.values, column.known, operand.field.kind == "date")
    if isinstance(operand, Instant):
        instants = np.full(len(rows), operand.instant_us, dtype=np.int64)
        return Times(instants, instants, rows.all_known(), operand.is_day)
    nothing = np.zeros(len(rows), dtype=np.int64)
    return Times(nothing, nothing, rows.all_known(), None)


def shapes(operand: Operand, rows: Rows) -> Shapes:
    """Geometries."""
    if isinstance(operand, Property):
        column = rows.column(operand)
        return Shapes(column.values, column.known)
    values = np.empty(len(rows), dtype=object)
    values[:] = operand.geometry if isinstance(operand, Shape) else None
    return Shapes(values, rows.all_known())

"""Rows of minutes kept for targets that are asked again: one changed place costs one new row."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]
# 1,200 rows of 5,000 cells: 60 places by three modes and periods, and the places that scenarios tried last.
MOST_BYTES: Final = 24_000_000


class RowCache:
    """The rows used last, `most_bytes` of them, by key; safe to ask from many threads. A kept row cannot be written to."""

    __slots__ = ("_bytes", "_lock", "_most_bytes", "_rows")

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes, self._lock, self._bytes = most_bytes, Lock(), 0
        self._rows: OrderedDict[Hashable, Row] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, keys: Iterable[Hashable], build: Callable[[list[int]], Iterable[Row]]) -> list[Row]:
        """A row for each key. `build` makes those that are missing, given their positions among the keys, outside of the lock.

        Two threads that miss the same row both make it; either is right.
        """
        asked = list(keys)
        found = {key: row for key in asked if (row := self._find(key)) is not None}
        missing = {key: position for position, key in enumerate(asked) if key not in found}
        for (key, _), row in zip(missing.items(), build(list(missing.values())) if missing else (), strict=True):
            row.flags.writeable = False
            found[key] = row
            self._keep(key, row)
        return [found[key] for key in asked]

    def _find(self, key: Hashable) -> Row | None:
        with self._lock:
            if key in self._rows:
                self._rows.move_to_end(key)
            return self._rows.get(key)

    def _keep(self, key: Hashable, row: Row) -> None:
        with self._lock:
            old = self._rows.pop(key, None)
            self._rows[key] = row
            self._bytes += row.nbytes - (0 if old is None else old.nbytes)
            while self._bytes > self._most_bytes and len(self._rows) > 1:
                self._bytes -= self._rows.popitem(last=False)[1].nbytes

"""Values worked out once and kept while they are asked for: the least used goes first, by number and by bytes."""

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Value = TypeVar("Value")
_GEOMETRY_BYTES, _CORNER_BYTES = 200, 16


def weigh(value: Any) -> int:
    """About how many bytes a value of planning holds: arrays, shapes, texts and what is made of them; enough to bound a cache by.

    Arrays that several values share count for each of them.
    """
    if isinstance(value, np.ndarray):
        return int(value.nbytes) + sys.getsizeof(())
    if isinstance(value, BaseGeometry):
        return _GEOMETRY_BYTES + _CORNER_BYTES * int(shapely.get_num_coordinates(value))
    if isinstance(value, Mapping):
        return sys.getsizeof(value) + sum(weigh(key) + weigh(item) for key, item in value.items())
    if isinstance(value, tuple | list):
        return sys.getsizeof(value) + sum(map(weigh, value))
    if is_dataclass(value):
        return sys.getsizeof(value) + sum(weigh(getattr(value, item.name)) for item in fields(value))
    return sys.getsizeof(value)


class Kept(Generic[Value]):
    """At most `most` values by key, of `most_bytes` in all where given, as `weigh_value` finds them; the newest stays whatever it weighs.

    Safe between threads; two may both work one out, either is right and the last one stays.
    """

    def __init__(self, most: int, most_bytes: int | None = None, weigh_value: Callable[[Value], int] = weigh) -> None:
        self._most, self._most_bytes, self._weigh = most, most_bytes, weigh_value
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)

    def find(self, key: Hashable) -> Value | None:
        """The value of `key` where it is held."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def get(self, key: Hashable, build: Callable[[], Value]) -> Value:
        """The value of `key`, built where it is not held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][0]
        value = build()
        weight = 0 if self._most_bytes is None else self._weigh(value)
        with self._lock:
            self._bytes += weight - self._held.pop(key, (None, 0))[1]
            self._held[key] = value, weight
            while len(self._held) > 1 and self._is_full():
                self._bytes -= self._held.popitem(last=False)[1][1]
        return value

    def _is_full(self) -> bool:
        return len(self._held) > self._most or (self._most_bytes is not None and self._bytes > self._most_bytes)

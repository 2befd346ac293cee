"""What is worked out once for a layer and kept as long as the layer is."""

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from geo_app.snapshot.layer import LayerSnapshot

Value = TypeVar("Value")


class KeptByLayer(Generic[Value]):
    """One value a layer, made anew when something it was made with changed. Two threads may both make it; either is right."""

    def __init__(self) -> None:
        self._held: WeakKeyDictionary[LayerSnapshot, tuple[tuple[object, ...], Value]] = WeakKeyDictionary()

    def get(self, layer: LayerSnapshot, made_with: tuple[object, ...], build: Callable[[], Value]) -> Value:
        """The value of `layer`, made of it and `made_with` (layers, texts): they must not hold the layer itself, or it would live on."""
        found = self._held.get(layer)
        if found is None or found[0] != made_with:
            found = (made_with, build())
            self._held[layer] = found
        return found[1]

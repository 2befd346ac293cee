"""A whole revision as a worker holds it: its layers and its documents, swapped as one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from geo_app.domain.calendar import Calendar
from geo_app.domain.errors import UnknownLayer
from geo_app.snapshot.layer import LayerSnapshot


@dataclass(frozen=True)
class Snapshot:
    """Revision `number` made at `made_at`. `documents` are the numbered inputs (calendar, indicators …) by name, as JSON text."""

    number: int
    made_at: datetime
    layers: Mapping[str, LayerSnapshot]
    documents: Mapping[str, str]

    def get_layer(self, name: str) -> LayerSnapshot:
        """The layer of that name. Raises `UnknownLayer`."""
        try:
            return self.layers[name]
        except KeyError:
            raise UnknownLayer(layer=name, known=", ".join(self.layers)) from None

    def document(self, name: str) -> Any:
        """A numbered input as plain JSON values; None where the district has none."""
        text = self.documents.get(name)
        return None if text is None else json.loads(text)

    @cached_property
    def calendar(self) -> Calendar:
        """The public holidays this revision was frozen with."""
        stored = self.document("calendar")
        return Calendar() if stored is None else Calendar.from_record(stored)

    @property
    def sample_count(self) -> int:
        """How many made-up records are published."""
        return sum(layer.meta.sample for layer in self.layers.values())

    def real_count(self, layers: tuple[str, ...]) -> int:
        """How many real records the named layers publish."""
        return sum(self.layers[name].meta.real for name in layers if name in self.layers)

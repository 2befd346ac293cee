"""A whole revision as a worker holds it: its layers and its documents, swapped as one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from geo_app.domain.calendar import Calendar
from geo_app.domain.errors import UnknownLayer
from geo_app.snapshot.history import DocumentStamp, RevisionNote
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.street_pack import StreetPack
from geo_app.travel.streets import Streets


@dataclass(frozen=True)
class Snapshot:
    """Revision `number` made at `made_at`. `documents` are the numbered inputs (calendar, indicators …) by name, as JSON text.

    `street_pack` is None before anybody imported streets. `history` tells of this revision and those before it, newest first, at
    most `history.MOST_NOTES`. `stamps`: when the documents that are data sets were last written, by name.
    """

    number: int
    made_at: datetime
    layers: Mapping[str, LayerSnapshot]
    documents: Mapping[str, str]
    street_pack: StreetPack | None = None
    history: tuple[RevisionNote, ...] = ()
    stamps: Mapping[str, DocumentStamp] = field(default_factory=dict)

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

    def document_stamp(self, name: str) -> DocumentStamp:
        """When a document was last written; where nobody told, this revision, which is never too old."""
        return self.stamps.get(name) or DocumentStamp(self.number, self.made_at)

    @cached_property
    def calendar(self) -> Calendar:
        """The public holidays this revision was frozen with."""
        stored = self.document("calendar")
        return Calendar() if stored is None else Calendar.from_record(stored)

    @property
    def streets(self) -> Streets | None:
        """The street network, one object for all revisions that leave it untouched; None where the district has none."""
        return None if self.street_pack is None else self.street_pack.streets

    @property
    def streets_meta(self) -> Mapping[str, Any] | None:
        """What the streets say of themselves: source, date, digest, counts, the revision they came with; None without streets."""
        return None if self.street_pack is None else self.street_pack.meta

    @property
    def sample_count(self) -> int:
        """How many made-up records are published."""
        return sum(layer.meta.sample for layer in self.layers.values())

    def real_count(self, layers: tuple[str, ...]) -> int:
        """How many real records the named layers publish."""
        return sum(self.layers[name].meta.real for name in layers if name in self.layers)

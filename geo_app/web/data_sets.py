"""The data sets that may be had as files: each layer, and the table of indicators; what is said of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from geo_app.domain.errors import UnknownLayer
from geo_app.domain.layers import LAYERS
from geo_app.exports.indicator_table import TABLE_NAME
from geo_app.exports.layer_notes import LayerNotes, read_notes
from geo_app.finder.keeping import KeptByLayer
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import choice_label

SOURCES, INDICATORS = "sources", "indicators"
INDICATOR_TITLE = "Indicators"
_kept: KeptByLayer[LayerNotes] = KeptByLayer()


@dataclass(frozen=True, slots=True)
class DataSet:
    """One of them in one snapshot. `layer` is None for the indicators; `tag` changes whenever a file of it would."""

    name: str
    layer: LayerSnapshot | None
    revision: int
    made_at: datetime
    notes: LayerNotes
    tag: str

    def features(self) -> Iterator[Mapping[str, Any]]:
        """The published features of a layer, in the order of their ids."""
        held = self.layer
        return iter(()) if held is None else (held.feature(position) for position in range(len(held)))


def list_names(snapshot: Snapshot) -> tuple[str, ...]:
    """The names of all, layers first."""
    return (*LAYERS, *([TABLE_NAME] if snapshot.document(INDICATORS) else []))


def get_data_set(snapshot: Snapshot, name: str) -> DataSet:
    """The one of that name. Raises `UnknownLayer`."""
    if name not in list_names(snapshot):
        raise UnknownLayer(layer=name, known=", ".join(list_names(snapshot)))
    if name == TABLE_NAME:
        return _indicators(snapshot)
    held = snapshot.get_layer(name)
    notes = _layer_notes(snapshot, held)
    made_at = datetime.fromisoformat(held.meta.made_at)
    return DataSet(
        name, held, held.meta.revision, made_at, notes, f"{held.ready['identity'].etag} {notes.licence_text} {notes.source_text}"
    )


def data_set_title(name: str, words: Words) -> str:
    """What people call it."""
    return words(INDICATOR_TITLE) if name == TABLE_NAME else choice_label(words, "layer", name)


def list_cards(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The data sources of the revision."""
    return snapshot.document(SOURCES) or []


def _layer_notes(snapshot: Snapshot, held: LayerSnapshot) -> LayerNotes:
    def read() -> LayerNotes:
        return read_notes(held.name, (held.feature(position) for position in range(len(held))), list_cards(snapshot))

    return _kept.get(held, (snapshot.documents.get(SOURCES),), read)


def _indicators(snapshot: Snapshot) -> DataSet:
    card = next((item for item in list_cards(snapshot) if item["file"] == f"{TABLE_NAME}.json"), None)
    told = sorted(str(item["as_of"]) for item in snapshot.document(INDICATORS) if item.get("as_of"))
    as_of = (told[0], told[-1]) if told else None
    notes = LayerNotes((str(card["licence"]),) if card else (), (), card, as_of, None)
    stamp = snapshot.document_stamp(INDICATORS)
    tag = f"{snapshot.documents[INDICATORS]} {stamp.revision} {notes.licence_text} {notes.source_text}"
    return DataSet(TABLE_NAME, None, stamp.revision, stamp.made_at, notes, tag)

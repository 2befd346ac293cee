"""Frozen layers on disk: which packs a revision needs, making the missing ones, clearing the old."""

import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import orjson
from shapely.geometry import shape

from geo_app.domain.change import Revision
from geo_app.domain.layers import LAYERS
from geo_app.domain.record import Record
from geo_app.ledger.port import Ledger
from geo_app.snapshot.dong_finder import DongFinder
from geo_app.snapshot.history import MOST_NOTES, DocumentStamp, RevisionNote
from geo_app.snapshot.pack import PACK_FORMAT, PackOrder, is_whole, write_pack
from geo_app.snapshot.street_pack import NETWORK, STREET_FORMAT, STREETS, is_whole_street_pack, write_street_pack
from geo_app.workspace.home import Home

DOCUMENTS = "documents"
STAMPED_DOCUMENTS = ("indicators",)
DEFAULT_AGED_AFTER_YEARS = 30
SEAL_DIGITS = 8
KEEP_SECONDS = 600  # an older pack may still be asked for by a worker that is just changing over


@dataclass(frozen=True, slots=True)
class PackNeed:
    """The pack of one layer, or of the streets, for a revision. `folder` is named by everything that moves its bytes."""

    layer: str
    revision: int
    folder: Path


class PackRoom:
    """The packs of one data folder."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = home
        self._ledger = ledger

    def needs(self, at: int) -> list[PackNeed]:
        """The packs of revision `at`, a layer each; a layer nobody has written to yet has an empty pack of revision 0."""
        heads = self._ledger.collection_heads(at=at)
        dongs = heads.get("dongs", 0)
        district = heads.get(DOCUMENTS, 0)
        return [self._need(layer, heads.get(layer, 0), dongs, district) for layer in LAYERS]

    def find_street_need(self, at: int) -> PackNeed | None:
        """The pack of the streets of revision `at`; None where nobody has ever imported any by then."""
        revision = self._ledger.collection_heads(at=at).get(STREETS, 0)
        name = f"{STREETS}.{revision}-{self._seal(revision)}.f{STREET_FORMAT}"
        return PackNeed(STREETS, revision, self._home.packs / name) if revision else None

    def _all_needs(self, at: int) -> list[PackNeed]:
        streets = self.find_street_need(at)
        return self.needs(at) if streets is None else [*self.needs(at), streets]

    def _need(self, layer: str, revision: int, dongs: int, district: int) -> PackNeed:
        # A place's dong comes from the dongs' polygons and a complex's "aged" from the district document, so both name the pack. Their
        # seals stand beside the numbers: after a backup was put back, the same number may be another revision.
        beside = (revision, dongs, district) if layer == "industrial-complexes" else (revision, dongs)
        name = ".".join([layer, *(f"{number}-{self._seal(number)}" for number in beside), f"f{PACK_FORMAT}"])
        return PackNeed(layer, revision, self._home.packs / name)

    def _seal(self, revision: int) -> str:
        return self._ledger.get_revision(revision).sha256[:SEAL_DIGITS] if revision else ""

    def missing(self, at: int) -> list[PackNeed]:
        """The packs of revision `at` that are not on disk."""
        return [need for need in self._all_needs(at) if not _is_frozen(need)]

    def make(self, at: int) -> None:
        """Freeze every layer of revision `at`, and its streets, where they are not frozen yet."""
        missing = self.missing(at)
        if not missing:
            return
        dongs = self._dong_finder(at)
        years = self._aged_after_years(at)
        for need in missing:
            shutil.rmtree(need.folder, ignore_errors=True)  # one that lost a file is made anew
            if need.layer == STREETS:
                write_street_pack(need.folder, self.find_street_body(need.revision), need.revision)
            else:
                order = PackOrder(need.layer, need.revision, self._made_at(need.revision), years)
                write_pack(need.folder, order, self._records(need.layer, at), dongs)

    def clear_old(self, at: int) -> None:
        """Delete packs that neither `at` nor a worker changing over to it needs: those last needed more than `KEEP_SECONDS` ago."""
        needed = {need.folder.name for need in self._all_needs(at)}
        for folder in self._home.packs.iterdir():
            if folder.name in needed:
                os.utime(folder)  # the time a pack was last needed
            elif time.time() - folder.stat().st_mtime > KEEP_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)

    def find_street_body(self, at: int) -> str | None:
        """The stored streets of revision `at`; None where there are none."""
        return dict(self._ledger.iter_state(STREETS, at=at)).get(NETWORK)

    def documents(self, at: int) -> Mapping[str, str]:
        """The numbered inputs of revision `at` as JSON text."""
        return dict(self._ledger.iter_state(DOCUMENTS, at=at))

    def stamps(self, at: int) -> Mapping[str, DocumentStamp]:
        """When the documents that are data sets of their own were last written, as seen at revision `at`."""
        told = {name: [number for number, _ in self._ledger.record_history(DOCUMENTS, name) if number <= at] for name in STAMPED_DOCUMENTS}
        last = {name: self._ledger.get_revision(numbers[-1]) for name, numbers in told.items() if numbers}
        return {name: DocumentStamp(revision.number, revision.made_at) for name, revision in last.items()}

    def history(self, at: int, known: Iterable[RevisionNote] = ()) -> tuple[RevisionNote, ...]:
        """What is told of revision `at` and those before it, newest first; a note of `known` is taken over as it is."""
        noted = {note.sha256: note for note in known}
        revisions = self._ledger.list_latest_revisions(before=at + 1, limit=MOST_NOTES)
        return tuple(noted.get(revision.sha256) or self._note(revision) for revision in revisions)

    def _note(self, revision: Revision) -> RevisionNote:
        counts = self._ledger.count_changes(revision.number)
        return RevisionNote(revision.number, revision.made_at, MappingProxyType(counts), revision.sha256)

    def _records(self, layer: str, at: int) -> Iterator[Record]:
        for _, body in self._ledger.iter_state(layer, at=at):
            yield orjson.loads(body)

    def _dong_finder(self, at: int) -> DongFinder:
        records = [record for record in self._records("dongs", at) if record.get("geometry")]
        return DongFinder([record["name"] for record in records], [shape(record["geometry"]) for record in records])

    def _aged_after_years(self, at: int) -> int:
        district = self.documents(at).get("district")
        return int(json.loads(district).get("aged_after_years", DEFAULT_AGED_AFTER_YEARS)) if district else DEFAULT_AGED_AFTER_YEARS

    def _made_at(self, revision: int) -> str:
        return self._ledger.get_revision(revision).made_at.isoformat() if revision else "1970-01-01T00:00:00+00:00"


def _is_frozen(need: PackNeed) -> bool:
    return is_whole_street_pack(need.folder) if need.layer == STREETS else is_whole(need.folder)

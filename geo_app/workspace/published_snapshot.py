"""The snapshot of a published file, as it stands unpacked and verified."""

import json
from pathlib import Path

from geo_app.domain.errors import UnknownRevision
from geo_app.snapshot.history import load_note
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.snapshot.street_pack import STREETS, StreetPack
from geo_app.workspace.published_manifest import DOCUMENTS_FILE, HISTORY_FILE, Manifest


def load_published(folder: Path, manifest: Manifest, *, held: Snapshot | None, held_manifest: Manifest | None) -> Snapshot:
    """The snapshot of an unpacked and verified file; packs that are equal to those of `held` are taken over as they are."""

    def same(name: str, pack: str) -> bool:
        return held_manifest is not None and held_manifest.packs.get(name) == pack and held_manifest.digests(pack) == manifest.digests(pack)

    layers = {
        name: held.layers[name] if held is not None and same(name, pack) else LayerSnapshot(folder / pack)
        for name, pack in manifest.packs.items()
        if name != STREETS
    }
    pack = manifest.packs.get(STREETS)
    streets = None
    if pack is not None:
        streets = held.street_pack if held is not None and same(STREETS, pack) else StreetPack(folder / pack)
    documents = json.loads((folder / DOCUMENTS_FILE).read_text(encoding="utf-8"))
    history = tuple(load_note(item) for item in json.loads((folder / HISTORY_FILE).read_text(encoding="utf-8")))
    return Snapshot(manifest.revision, manifest.made_at, layers, documents, streets, history, manifest.stamps)


class NewestOnly:
    """The revisions of a machine outside: the published one."""

    def load(self, number: int, newest: Snapshot) -> Snapshot:
        """`newest` where it has that number. Raises `UnknownRevision`."""
        if number != newest.number:
            raise UnknownRevision(revision=number, head=newest.number)
        return newest

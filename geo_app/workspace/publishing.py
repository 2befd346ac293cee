"""Publishing: the newest revision as one signed file for a machine outside. What the public may not see has no way into it.

Packs hold published features only, documents are named one by one, of revisions it tells what `snapshot.history` tells.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from geo_app.domain.demand import CURVES_DOCUMENT, TABLE_PREFIX
from geo_app.domain.errors import GeoAppError
from geo_app.snapshot.history import note_record
from geo_app.workspace.home import Home, NotFounded
from geo_app.workspace.keeper import pack_names
from geo_app.workspace.published_file import Sources, write_published
from geo_app.workspace.published_manifest import DOCUMENTS_FILE, HISTORY_FILE
from geo_app.workspace.publisher_key import KEY_LOCK, PublisherKey, signing_key
from geo_app.workspace.workspace import Workspace

SERIAL_FILE: Final = "publish.serial"
# Whatever else the ledger may keep among its documents one day stays inside until it is named here.
PUBLISHED_DOCUMENTS: Final = frozenset(
    {"calendar", CURVES_DOCUMENT, "district", "indicators", "programmes", "sectors", "sources", "stations"}
)


class PublishedInside(GeoAppError):
    """A published file inside the data folder might stand in a store's place. Values: `path`."""

    code = "published-inside"


@dataclass(frozen=True, slots=True)
class Publication:
    """What was written: the revision, by which key, how large in bytes."""

    revision: int
    serial: int
    published_at: datetime
    publisher: PublisherKey
    size: int


def publish_file(workspace: Workspace, path: Path, *, at: datetime) -> Publication:
    """Write the newest revision to `path`, whole or not at all. Equal revisions have equal members.

    Raises `PublishedInside`, `NotFounded` for an empty ledger, `BrokenStore`.
    """
    home = workspace.home
    if path.resolve().is_relative_to(home.folder.resolve()):
        raise PublishedInside(path=str(path))
    with home.lock(KEY_LOCK), home.lock("packs"):  # the second keeps the packs from being cleared away while they are copied
        number = workspace.ledger.head_number()
        if number == 0:
            raise NotFounded(home=str(home.folder))
        workspace.packs.make(number)
        revision, key, serial = workspace.ledger.get_revision(number), signing_key(home), _next_serial(home, at)
        names = pack_names(workspace.packs, number)
        document = {
            "serial": serial,
            "revision": number,
            "revision_sha256": revision.sha256,
            "made_at": revision.made_at.isoformat(),
            "published_at": at.isoformat(),
            "packs": {layer: f"packs/{name}" for layer, name in names.items()},
            "stamps": {name: [stamp.revision, stamp.made_at.isoformat()] for name, stamp in workspace.packs.stamps(number).items()},
        }
        write_published(path, _sources(workspace, number, set(names.values())), document, key)
    return Publication(number, serial, at, key.public, path.stat().st_size)


def public_key(workspace: Workspace) -> PublisherKey:
    """What the outside has to be told; the pair is made where there is none. Raises `BrokenStore`."""
    return signing_key(workspace.home).public


def _sources(workspace: Workspace, number: int, packs: set[str]) -> Sources:
    documents = {name: text for name, text in workspace.packs.documents(number).items() if _is_published(name)}
    history = [note_record(note) for note in workspace.packs.history(number)]
    files = {
        f"packs/{folder}/{path.name}": path for folder in packs for path in (workspace.home.packs / folder).iterdir() if path.is_file()
    }
    return {**files, DOCUMENTS_FILE: _json(documents), HISTORY_FILE: _json(history)}


def _is_published(document: str) -> bool:
    return document in PUBLISHED_DOCUMENTS or document.startswith(TABLE_PREFIX)


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _next_serial(home: Home, at: datetime) -> int:
    """Larger than any before: neither a clock that was set back nor a ledger put back from a backup makes a file look older."""
    path = home.folder / SERIAL_FILE
    try:
        last = int(path.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        last = 0
    serial = max(last + 1, int(at.timestamp()))
    path.write_text(str(serial), encoding="ascii")
    return serial

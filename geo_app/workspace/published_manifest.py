"""The signed manifest of a published file: what it holds, byte for byte, and why one is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from geo_app.domain.errors import GeoAppError
from geo_app.domain.layers import LAYERS
from geo_app.snapshot.history import DocumentStamp
from geo_app.snapshot.pack import PACK_FORMAT
from geo_app.snapshot.street_pack import STREET_FORMAT, STREETS
from geo_app.workspace.publisher_key import PublisherKey

KIND: Final = "gwangsan-work-shelter-map/published"
# Raise the first when the manifest or the members beside the packs change.
FORMATS: Final = {"format": 1, "pack_format": PACK_FORMAT, "street_format": STREET_FORMAT}
DOCUMENTS_FILE: Final = "documents.json"
HISTORY_FILE: Final = "history.json"
SIGNATURE_BYTES: Final = 64
MOST_MANIFEST_BYTES: Final = 1 << 20
MOST_MEMBERS: Final = 500  # eight layers of a dozen files, the streets, two documents: some 120
MOST_UNPACKED_BYTES: Final = 4 << 30
MOST_SERIAL: Final = 1 << 53
_PACK = re.compile(r"packs/[a-z]+(-[a-z]+)*(\.[a-z0-9-]+){1,5}", re.ASCII)
_FILE = re.compile(r"[a-z0-9_]+(\.[a-z]+){1,2}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class PublishedMissing(GeoAppError):
    """There is no file to serve. Values: `path`."""

    code = "published-missing"


class PublishedNotWhole(GeoAppError):
    """No published file, or one that was cut off or is still being copied. Values: `path`, `reason`."""

    code = "published-not-whole"


class PublishedByAnother(GeoAppError):
    """Another key signed it than the one that is trusted here. Values: `path`, `publisher`, `expected`."""

    code = "published-by-another"


class PublishedAltered(GeoAppError):
    """It is not what was signed. Values: `path`, `what`: a member's name, or `manifest.json`."""

    code = "published-altered"


class PublishedOtherFormat(GeoAppError):
    """Made by another version of the program. Values: `path`, `found`, `known`."""

    code = "published-other-format"


class PublishedOlder(GeoAppError):
    """Published before the one that is served. Values: `path`, `revision`, `published_at`, `served`: the revision served."""

    code = "published-older"


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside, with its size in bytes and its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is published. `serial` grows with every publication of one office; `packs`: layer (or `streets`) → its folder inside.

    Times have a zone. `stamps`: when documents were last written; of none, where the inside did not tell. `raw` is what was signed.
    """

    serial: int
    revision: int
    revision_sha256: str
    made_at: datetime
    published_at: datetime
    packs: Mapping[str, str]
    members: tuple[Member, ...]
    raw: bytes
    signature: bytes
    stamps: Mapping[str, DocumentStamp]

    def digests(self, pack: str) -> frozenset[tuple[str, str]]:
        """(file, SHA-256) of every file of a pack's folder."""
        return frozenset((item.name, item.sha256) for item in self.members if item.name.startswith(f"{pack}/"))


def manifest_bytes(document: Mapping[str, Any], publisher: PublisherKey) -> bytes:
    """What is signed: `document` (as `read_manifest` reads it, without kind and formats), readable by people too."""
    whole = {"kind": KIND, **FORMATS, "publisher": str(publisher), **document}
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)


def read_manifest(raw: bytes, signature: bytes, key: PublisherKey, path: str) -> Manifest:
    """The manifest, once it is known to be of `key` and of a form we know; nothing of it is believed before.

    Raises `PublishedNotWhole`, `PublishedByAnother`, `PublishedAltered`, `PublishedOtherFormat`, told of the file `path`.
    """
    try:
        told = orjson.loads(raw)
    except orjson.JSONDecodeError as fault:
        raise PublishedAltered(path=path, what="manifest.json") from fault
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise PublishedNotWhole(path=path, reason="kind")
    if told.get("publisher") != str(key):
        raise PublishedByAnother(path=path, publisher=str(told.get("publisher"))[:80], expected=str(key))
    if not key.has_signed(raw, signature):
        raise PublishedAltered(path=path, what="manifest.json")
    found = {name: told.get(name) for name in FORMATS}
    if found != FORMATS:
        raise PublishedOtherFormat(path=path, found=_formats_text(found), known=_formats_text(FORMATS))
    try:
        return _manifest(told, raw, signature)
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise PublishedOtherFormat(path=path, found=str(fault)[:80], known=_formats_text(FORMATS)) from fault


def _manifest(told: Mapping[str, Any], raw: bytes, signature: bytes) -> Manifest:
    members = tuple(Member(str(item["name"]), int(item["size"]), str(item["sha256"])) for item in told["members"])
    packs = {str(name): str(folder) for name, folder in told["packs"].items()}
    made_at, published_at = (datetime.fromisoformat(told[name]) for name in ("made_at", "published_at"))
    serial = int(told["serial"])
    written = {str(name): DocumentStamp(int(number), datetime.fromisoformat(at)) for name, (number, at) in told.get("stamps", {}).items()}
    _require(packs.keys() - {STREETS} == set(LAYERS), "packs")
    _require(all(_PACK.fullmatch(folder) for folder in packs.values()), "packs")
    _require(None not in {at.utcoffset() for at in (made_at, published_at, *(stamp.made_at for stamp in written.values()))}, "times")
    _require(0 < serial < MOST_SERIAL, "serial")
    _check_members(members, set(packs.values()))
    revision, seal = int(told["revision"]), str(told["revision_sha256"])
    return Manifest(serial, revision, seal, made_at, published_at, packs, members, raw, signature, written)


def _check_members(members: tuple[Member, ...], folders: set[str]) -> None:
    names = {item.name for item in members}
    _require(len(names) == len(members) <= MOST_MEMBERS, "members")
    _require(names >= {DOCUMENTS_FILE, HISTORY_FILE}, "members")
    for item in members:
        folder, _, file = item.name.rpartition("/")
        is_known = item.name in (DOCUMENTS_FILE, HISTORY_FILE) or (folder in folders and _FILE.fullmatch(file) is not None)
        _require(is_known and item.size >= 0 and _DIGEST.fullmatch(item.sha256) is not None, item.name[:80])
    _require(sum(item.size for item in members) <= MOST_UNPACKED_BYTES, "size")


def _require(holds: bool, what: str) -> None:  # noqa: FBT001 a condition
    if not holds:
        raise ValueError(what)


def _formats_text(formats: Mapping[str, object]) -> str:
    return ".".join(str(formats[name])[:8] for name in FORMATS)

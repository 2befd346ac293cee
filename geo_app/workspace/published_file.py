"""A published file: an ordinary ZIP that anybody can open, whose manifest is signed; written whole or not at all, believed byte by byte.

manifest.json, manifest.sig   what it holds (`published_manifest`), and the Ed25519 signature of those very bytes
documents.json                the numbered inputs by name, as the ledger keeps them
history.json                  what the public is told of the revisions, newest first
packs/<pack>/…                the frozen layers and streets (`snapshot.pack`, `snapshot.street_pack`)
"""

import hashlib
import lzma
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, Self

from geo_app.domain.errors import BrokenStore
from geo_app.workspace.published_manifest import (
    MOST_MANIFEST_BYTES,
    MOST_MEMBERS,
    SIGNATURE_BYTES,
    Manifest,
    Member,
    PublishedAltered,
    PublishedMissing,
    PublishedNotWhole,
    manifest_bytes,
    read_manifest,
)
from geo_app.workspace.publisher_key import PublisherKey, SigningKey

MANIFEST_FILE: Final = "manifest.json"
SIGNATURE_FILE: Final = "manifest.sig"
MOST_FILE_BYTES: Final = (2 << 30) - 1
MOST_DIRECTORY_BYTES: Final = 256 * MOST_MEMBERS
BLOCK: Final = 1 << 20
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)  # equal members are equal bytes
_PACKED_ALREADY: Final = (".gz", ".br")
_DEFLATE_LEVEL: Final = 6
_OUR_KINDS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_END = struct.Struct("<4s4H2LH")  # the end of a ZIP's directory, without a comment behind it
_END_MARK, _LARGE_MARK, _LARGE_BYTES = b"PK\x05\x06", b"PK\x06\x07", 20
Sources = Mapping[str, Path | bytes]


def write_published(path: Path, sources: Sources, document: Mapping[str, Any], key: SigningKey) -> None:
    """Write the members and the signed manifest to `path` (mode 0644: all of it is public), replaced at once. Raises `BrokenStore`.

    `document`: the manifest without its members.
    """
    working = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with working.open("wb") as stream:
            with zipfile.ZipFile(stream, "w", allowZip64=False) as archive:
                members = [_put(archive, name, sources[name]) for name in sorted(sources)]
                listed = [{"name": item.name, "size": item.size, "sha256": item.sha256} for item in members]
                manifest = manifest_bytes({**document, "members": listed}, key.public)
                _put(archive, MANIFEST_FILE, manifest)
                _put(archive, SIGNATURE_FILE, key.sign(manifest))
            stream.flush()
            os.fsync(stream.fileno())
        working.chmod(0o644)
        working.replace(path)
    except (OSError, zipfile.LargeZipFile) as fault:
        raise BrokenStore(path=str(path), reason=getattr(fault, "strerror", None) or str(fault)) from fault
    finally:
        with suppress(OSError):
            working.unlink(missing_ok=True)


def _put(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> Member:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED_ALREADY) else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    blocks = [source] if isinstance(source, bytes) else _blocks(source)
    with archive.open(entry, "w") as target:
        for block in blocks:
            target.write(block)
            digest.update(block)
            size += len(block)
    return Member(name, size, digest.hexdigest())


def _blocks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


class PublishedFile:
    """A file opened for reading: its manifest is verified, its members are as they are taken out. Use it as a context."""

    def __init__(self, path: Path, key: PublisherKey) -> None:
        """Raises `PublishedMissing`, and as `read_manifest`."""
        self._path = path
        if not path.is_file():  # a pipe would be waited for
            raise PublishedMissing(path=str(path))
        try:
            self._stream: IO[bytes] = path.open("rb")
        except OSError as fault:
            raise PublishedMissing(path=str(path)) from fault
        try:
            self._archive = self._open()
            raw, signature = self._small(MANIFEST_FILE, MOST_MANIFEST_BYTES), self._small(SIGNATURE_FILE, SIGNATURE_BYTES)
            self.manifest = read_manifest(raw, signature, key, str(path))
            self._check_names()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def _open(self) -> zipfile.ZipFile:
        size = os.fstat(self._stream.fileno()).st_size
        if not _END.size + _LARGE_BYTES < size <= MOST_FILE_BYTES:
            raise PublishedNotWhole(path=str(self._path), reason="size")
        # The directory is read whole into memory: how large it says it is must be known before.
        try:
            self._stream.seek(size - _END.size - _LARGE_BYTES)
            before, end = self._stream.read(_LARGE_BYTES), self._stream.read(_END.size)
        except OSError as fault:
            raise PublishedNotWhole(path=str(self._path), reason="end") from fault
        if len(end) < _END.size:  # cut off while it was looked at
            raise PublishedNotWhole(path=str(self._path), reason="end")
        mark, _, _, _, count, directory_bytes, _, comment_bytes = _END.unpack(end)
        if mark != _END_MARK or comment_bytes or before.startswith(_LARGE_MARK):
            raise PublishedNotWhole(path=str(self._path), reason="end")
        if count > MOST_MEMBERS + 2 or directory_bytes > MOST_DIRECTORY_BYTES:
            raise PublishedNotWhole(path=str(self._path), reason="members")
        try:
            archive = zipfile.ZipFile(self._stream)
        except (*_BROKEN, ValueError) as fault:
            raise PublishedNotWhole(path=str(self._path), reason="directory") from fault
        # The decoders of the other kinds have faults and appetites of their own: no member is opened before this is known of all.
        if any(entry.compress_type not in _OUR_KINDS for entry in archive.infolist()):
            raise PublishedNotWhole(path=str(self._path), reason="compression")
        return archive

    def _small(self, name: str, most: int) -> bytes:
        try:
            with self._archive.open(name) as stream:
                data = stream.read(most + 1)
        except (KeyError, *_BROKEN) as fault:
            raise PublishedNotWhole(path=str(self._path), reason=name) from fault
        if len(data) > most:
            raise PublishedNotWhole(path=str(self._path), reason=name)
        return data

    def _check_names(self) -> None:
        """Every member once and nothing beside them: what nobody signed has no business in there."""
        found = sorted(self._archive.namelist())
        expected = sorted([*(item.name for item in self.manifest.members), MANIFEST_FILE, SIGNATURE_FILE])
        if found != expected:
            strange = sorted(set(found) ^ set(expected)) or [name for name in set(found) if found.count(name) > 1]
            raise PublishedAltered(path=str(self._path), what=strange[0][:80].encode("ascii", "backslashreplace").decode())

    def unpack(self, folder: Path) -> None:
        """Take every member out into the new folder `folder`, whole or not at all. Raises as `check`, `BrokenStore`."""
        working = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(working, ignore_errors=True)
        try:
            working.mkdir(mode=0o700)
            for item in self.manifest.members:
                (working / item.name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with (working / item.name).open("wb") as target:
                    target.writelines(self._blocks_of(item))
            (working / MANIFEST_FILE).write_bytes(self.manifest.raw)
            (working / SIGNATURE_FILE).write_bytes(self.manifest.signature)
            shutil.rmtree(folder, ignore_errors=True)
            working.rename(folder)
        except OSError as fault:
            raise BrokenStore(path=str(folder), reason=fault.strerror or str(fault)) from fault
        finally:
            shutil.rmtree(working, ignore_errors=True)

    def check(self) -> None:
        """Read every member through without keeping it. Raises `PublishedAltered`, `PublishedNotWhole`."""
        for item in self.manifest.members:
            for _ in self._blocks_of(item):
                pass

    def _blocks_of(self, item: Member) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), item.size
        try:
            with self._archive.open(item.name) as source:
                # One byte more than was signed is asked for and no more: however much it would unpack to.
                while left >= 0 and (block := source.read(min(BLOCK, left + 1))):
                    left -= len(block)
                    digest.update(block)
                    yield block
        except OSError as fault:  # told here, where it is the file's: in `unpack` it would be a full disk
            raise PublishedNotWhole(path=str(self._path), reason=item.name) from fault
        except _BROKEN as fault:
            raise PublishedAltered(path=str(self._path), what=item.name) from fault
        if left != 0 or digest.hexdigest() != item.sha256:
            raise PublishedAltered(path=str(self._path), what=item.name)


_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError)


def verify_folder(folder: Path, key: PublisherKey) -> Manifest:
    """The manifest of an unpacked file all of whose members are still what was signed. Raises as `PublishedFile`, and `OSError`."""
    manifest = read_folder_manifest(folder, key)
    for item in manifest.members:
        digest = hashlib.sha256()
        for block in _blocks(folder / item.name):
            digest.update(block)
        if digest.hexdigest() != item.sha256:
            raise PublishedAltered(path=str(folder), what=item.name)
    return manifest


def read_folder_manifest(folder: Path, key: PublisherKey) -> Manifest:
    """The manifest alone, verified. Raises as `PublishedFile`, and `OSError`."""
    return read_manifest((folder / MANIFEST_FILE).read_bytes(), (folder / SIGNATURE_FILE).read_bytes(), key, str(folder))

"""The link file out of the `.zip` it is sent in: its three parts and nothing else, within limits, under names of our own."""

import errno
import lzma
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from geo_app.ingest.limits import MIB
from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads.node_link import LINKS, PARTS, only_part

# The national edition of 2026 has 276 MB of shapes and 336 MB of cells.
MOST_PART_MB: Final = 2_048
_MOST_ENTRIES = 1_000
_BLOCK = 1 << 20
# What a damaged, cut off, locked or otherwise packed archive makes the library raise.
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
_FAULTY_NUMBERS: Final = (None, errno.EINVAL)  # of an OSError: a damaged .bz2 stream, and a place before the beginning of the file


def unpack_links(path: Path, folder: Path, *, most_part_mb: int = MOST_PART_MB) -> None:
    """Write `MOCT_LINK.shp`, `.dbf` and `.prj` of the archive into `folder`. Raises `FileRefused`, `OSError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise FileRefused("roads-archive-too-large", value=path.name, limit=_MOST_ENTRIES, what="files")
            for ending in PARTS:
                _unpack(archive, _find_entry(entries, ending), folder / f"{LINKS}{ending}", most_part_mb)
    except OSError as fault:
        if fault.errno not in _FAULTY_NUMBERS:  # the disk's own
            raise
        raise FileRefused("roads-broken-file", value=path.name, reason=str(fault)) from fault
    except _FAULTS as fault:
        raise FileRefused("roads-broken-file", value=path.name, reason=str(fault)) from fault


def _find_entry(entries: list[zipfile.ZipInfo], ending: str) -> zipfile.ZipInfo:
    wanted = f"{LINKS}{ending}".upper()
    found = [entry for entry in entries if PurePosixPath(entry.filename.replace("\\", "/")).name.upper() == wanted]
    return only_part(found, ending)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most_part_mb: int) -> None:
    # The stated size may lie, so the bytes are counted as they come.
    size = 0
    with archive.open(entry) as packed, target.open("wb") as plain:
        while block := packed.read(_BLOCK):
            size += len(block)
            if size > most_part_mb * MIB:
                raise FileRefused("roads-archive-too-large", value=entry.filename, limit=most_part_mb, what="MB")
            plain.write(block)

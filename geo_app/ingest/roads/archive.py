"""The link file out of the `.zip` it is sent in: its three parts and nothing else, within limits, under names of our own."""

import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from geo_app.ingest.limits import MIB
from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.roads.node_link import LINKS, PARTS

# The national edition of 2026 has 276 MB of shapes and 336 MB of cells.
MOST_PART_MB: Final = 2_048
_MOST_ENTRIES = 1_000
_BLOCK = 1 << 20


def unpack_links(path: Path, folder: Path, *, most_part_mb: int = MOST_PART_MB) -> None:
    """Write `MOCT_LINK.shp`, `.dbf` and `.prj` of the archive into `folder`. Raises `FileRefused`, `OSError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise FileRefused("roads-archive-too-large", value=path.name, limit=_MOST_ENTRIES, what="files")
            for ending in PARTS:
                _unpack(archive, _find_entry(entries, ending), folder / f"{LINKS}{ending}", most_part_mb)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as fault:  # damaged, locked, or packed in another way
        raise FileRefused("roads-broken-file", value=path.name, reason=str(fault)) from fault


def _find_entry(entries: list[zipfile.ZipInfo], ending: str) -> zipfile.ZipInfo:
    wanted = f"{LINKS}{ending}".upper()
    found = [entry for entry in entries if PurePosixPath(entry.filename.replace("\\", "/")).name.upper() == wanted]
    if not found:
        raise FileRefused("roads-part-missing", value=f"{LINKS}{ending}")
    return found[0]


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, most_part_mb: int) -> None:
    # The stated size may lie, so the bytes are counted as they come.
    size = 0
    with archive.open(entry) as packed, target.open("wb") as plain:
        while block := packed.read(_BLOCK):
            size += len(block)
            if size > most_part_mb * MIB:
                raise FileRefused("roads-archive-too-large", value=entry.filename, limit=most_part_mb, what="MB")
            plain.write(block)

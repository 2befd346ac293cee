"""A file as it was sent: its name, its bytes, and what its content really is."""

import io
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused

CSV, XLSX, GEOJSON, GPKG, KML = "csv", "xlsx", "geojson", "gpkg", "kml"
_FORMATS = {
    ".csv": CSV, ".tsv": CSV, ".txt": CSV, ".xlsx": XLSX, ".geojson": GEOJSON, ".json": GEOJSON, ".gpkg": GPKG, ".kml": KML,
}  # fmt: skip
_CONTENTS = {CSV: "text", XLSX: "zip", GEOJSON: "json", GPKG: "sqlite", KML: "xml"}
_HEAD_BYTES = 4096
_MAGIC = (
    (b"PK", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),  # .xls, .doc and HWP 5 share this container
    (b"HWP Document File", "old-office"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "sqlite"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
)
_TEXT_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BINARY_SHARE = 0.2  # more zero bytes than this in the head and it is no text (UTF-16 without its mark has about half)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file from outside. `content` is its bytes, or the path where they lie."""

    name: str
    content: bytes | Path

    def open(self) -> BinaryIO:
        """A fresh stream of its bytes."""
        return self.content.open("rb") if isinstance(self.content, Path) else io.BytesIO(self.content)

    @property
    def size_bytes(self) -> int:
        """How many bytes it has."""
        return self.content.stat().st_size if isinstance(self.content, Path) else len(self.content)


def get_format(upload: Upload, limits: Limits) -> str:
    """`csv`, `xlsx`, `geojson`, `gpkg` or `kml`: what both its name and its content say. Raises `FileRefused` where they disagree.

    GDAL picks its driver by content, so a virtual layer (VRT, GDALG, WFS) under any extension could make it open other files and
    addresses; here content that is not what the name says is refused before anything reads on.
    """
    suffix = PurePath(upload.name).suffix.lower()
    declared = _FORMATS.get(suffix)
    if declared is None:
        raise FileRefused("unsupported-format", value=upload.name, extension=suffix or upload.name, known=", ".join(_FORMATS))
    if upload.size_bytes > limits.file_bytes:
        raise FileRefused(
            "file-too-large", limit_mb=limits.file_bytes // (1024 * 1024), size_mb=round(upload.size_bytes / (1024 * 1024), 1)
        )
    with upload.open() as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.strip():
        raise FileRefused("empty-file")
    found = find_content(head)
    if found != _CONTENTS[declared]:
        raise FileRefused("content-mismatch", value=upload.name, found=found, extension=suffix)
    return declared


def find_content(head: bytes) -> str:
    """What the first bytes look like: `text`, `json`, `xml`, `zip`, `old-office`, `binary` …

    >>> find_content(b"<OGRVRTDataSource>"), find_content("이름,위도".encode()), find_content(b'  {"type":')
    ('xml', 'text', 'json')
    """
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(_TEXT_BOMS[1:]):
        return _text_content(head.replace(b"\0", b"")[2:])
    if head.count(0) > _BINARY_SHARE * len(head):
        return "binary"
    return _text_content(head.removeprefix(_TEXT_BOMS[0]))


def _text_content(head: bytes) -> str:
    text = head.lstrip()
    if text.startswith(b"<"):
        return "xml"
    return "json" if text.startswith((b"{", b"[")) else "text"

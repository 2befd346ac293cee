"""The parts of an XLSX package: bounded before anything is unpacked, parsed without entities and without a tree in memory."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused

WORKBOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SMALL_PART_BYTES = 4 * 1024 * 1024
MOST_DIGITS = 9
_CHUNK_BYTES = 1 << 16
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def open_package(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The package, its directory checked against the limits. Raises `FileRefused`.

    The sizes are those the directory declares; zipfile stops unpacking a part at its declared size.
    """
    try:
        package = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as fault:
        raise FileRefused("broken-workbook", reason=str(fault)) from fault
    parts = package.infolist()
    if len(parts) > limits.workbook_entries:
        raise FileRefused("workbook-too-large", limit=limits.workbook_entries, what="entries")
    if sum(part.file_size for part in parts) > limits.workbook_bytes:
        raise FileRefused("workbook-too-large", limit=limits.workbook_bytes, what="bytes")
    names = [part.filename for part in parts]
    if WORKBOOK not in names:
        raise FileRefused("content-mismatch", found="zip", extension=".xlsx")
    for part in parts:
        if part.filename == STRINGS and part.file_size > limits.shared_text_bytes:
            raise FileRefused("workbook-too-large", limit=limits.shared_text_bytes, what="text bytes")
    return package


def parse_part(package: zipfile.ZipFile, name: str, handler: ContentHandler) -> Iterator[None]:
    """Feeds one part to a handler, piece by piece; yields after each piece. Raises `FileRefused` on entities or broken XML."""
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        with package.open(name) as stream:
            while piece := stream.read(_CHUNK_BYTES):
                parser.feed(piece)
                yield
        parser.close()
        yield
    except DefusedXmlException as fault:
        raise FileRefused("workbook-has-entities", value=name) from fault
    except (SAXException, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as fault:
        raise FileRefused("broken-workbook", value=name, reason=str(fault)) from fault


class _Attributes(ContentHandler):
    """Collects the attributes of the elements it is asked for."""

    def __init__(self, wanted: frozenset[str]) -> None:
        super().__init__()
        self._wanted = wanted
        self._path: list[str] = []
        self.found: list[tuple[str, str, Mapping[str, str]]] = []

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]  # noqa: N802 (SAX names it)
        parent = self._path[-1] if self._path else ""
        self._path.append(local_name(name))
        if self._path[-1] in self._wanted:
            self.found.append((parent, self._path[-1], {local_name(key): attrs[key] for key in attrs.keys()}))  # noqa: SIM118 (SAX attributes iterate oddly)

    def endElement(self, name: str) -> None:  # noqa: N802, ARG002 (SAX names it)
        self._path.pop()


def list_sheets(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(title, part name) of each worksheet, in the order of the tabs."""
    targets = {
        found["Id"]: found["Target"] for _, _, found in _attributes(package, _RELATIONS, "Relationship") if {"Id", "Target"} <= found.keys()
    }
    sheets = []
    for _, _, found in _attributes(package, WORKBOOK, "sheet"):
        target = targets.get(found.get("id", ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if part in package.namelist() and "worksheets" in part:
            sheets.append((found.get("name", ""), part))
    return sheets


def starts_in_1904(package: zipfile.ZipFile) -> bool:
    """True where day 0 is 1904-01-01 (old Macintosh workbooks)."""
    return any(found.get("date1904") in ("1", "true") for _, _, found in _attributes(package, WORKBOOK, "workbookPr"))


def list_date_styles(package: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles whose number format shows a date or a time."""
    if STYLES not in package.namelist():
        return frozenset()
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    styles: list[int] = []
    for parent, name, found in _attributes(package, STYLES, "numFmt", "xf"):
        if name == "numFmt":
            formats[_whole(found.get("numFmtId"))] = found.get("formatCode", "")[:255]
        elif parent == "cellXfs":
            styles.append(_whole(found.get("numFmtId")))
    return frozenset(number for number, number_format in enumerate(styles) if is_date_format(formats.get(number_format, "")))


def unescape_text(text: str) -> str:
    """Text of a cell with the `_x000D_` of Open XML turned back into the character."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def local_name(name: str) -> str:
    """The name without its prefix: some programs write `x:row`."""
    return name.rpartition(":")[2]


def _attributes(package: zipfile.ZipFile, part: str, *wanted: str) -> list[tuple[str, str, Mapping[str, str]]]:
    if part not in package.namelist():
        raise FileRefused("broken-workbook", value=part, reason="missing")
    if package.getinfo(part).file_size > _SMALL_PART_BYTES:
        raise FileRefused("workbook-too-large", limit=_SMALL_PART_BYTES, what=part)
    handler = _Attributes(frozenset(wanted))
    for _ in parse_part(package, part, handler):
        pass
    return handler.found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0

"""Which encoding a text file is in: strict UTF-8 first, then CP949, UTF-16 by its mark, and never a mixture in silence."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator

from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.upload import Upload

UTF_8, UTF_8_SIG, UTF_16, CP949 = "utf-8", "utf-8-sig", "utf-16", "cp949"
_HANGUL = re.compile("[가-힣]")


def find_encoding(upload: Upload) -> str:
    """`utf-8`, `utf-8-sig`, `utf-16` or `cp949`. Raises `FileRefused` naming the line that is in none, or in another than the rest.

    UTF-8 comes first because its Hangul often decodes as CP949 too, to other letters. For the same reason a file of CP949 lines with
    UTF-8 lines between them would pass as CP949: each line is asked for itself.
    """
    with upload.open() as stream:
        head = stream.read(3)
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _checked_utf16(upload)
    first_lines: dict[str, int] = {}
    counts = {UTF_8: 0, CP949: 0}
    for number, encoding in _line_encodings(upload):
        first_lines.setdefault(encoding, number)
        counts[encoding] += 1
    if len(first_lines) > 1:
        # The fewer lines are the strangers; of as many, those that came later.
        stranger = min(first_lines, key=lambda encoding: (counts[encoding], -first_lines[encoding]))
        raise FileRefused("mixed-encodings", line=first_lines[stranger])
    if head == BOM_UTF8:
        if CP949 in first_lines:
            raise FileRefused("mixed-encodings", line=first_lines[CP949])
        return UTF_8_SIG
    return CP949 if CP949 in first_lines else UTF_8


def _checked_utf16(upload: Upload) -> str:
    with upload.open() as stream:
        try:
            stream.read().decode(UTF_16)
        except UnicodeDecodeError as fault:
            raise FileRefused("unknown-encoding", encoding="UTF-16", reason=fault.reason) from fault
    return UTF_16


def _line_encodings(upload: Upload) -> Iterator[tuple[int, str]]:
    """(line, encoding) of each line that settles one; plain ASCII fits all. A line feed is never part of a longer character."""
    with upload.open() as stream:
        for number, line in enumerate(stream, start=1):
            if line.isascii():
                continue
            text = _decoded(line, UTF_8)
            if text is None and _decoded(line, CP949) is None:
                raise FileRefused("mixed-encodings", line=number)
            # A few pairs of CP949 letters are valid UTF-8 of some other script; nobody means that script here.
            if text is None or _HANGUL.search(text) or _decoded(line, CP949) is None:
                yield number, CP949 if text is None else UTF_8


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None

"""The fonts of the sheets, and which characters they can show."""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

from geo_app.domain.errors import GeoAppError

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = ("Pretendard", "Noto Sans SC")
FILES = ("Pretendard-Regular.ttf", "Pretendard-Bold.ttf", "NotoSansSC-Medium.ttf")
INVISIBLE = "\u034f\u115f\u1160\u3164\uffa0"  # joiners and Hangul fillers: letters by their category, nothing on paper
BOX = "□"  # what stands for a letter that no font here has
_UNICODE_FULL = (3, 10)  # platform and encoding of the subtable that holds every plane
_SEGMENTED_COVERAGE = 12
_TABLES_AT, _TABLE_RECORD, _SUBTABLES_AT, _SUBTABLE_RECORD = 12, ">4sIII", 4, ">HHI"
_GROUPS_AT, _GROUP_RECORD = 16, ">III"


class FontsMissing(GeoAppError):
    """The fonts were not fetched when the project was installed. Values: `folder`, `file`."""

    code = "fonts-missing"


def find_font_files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The font files, the first family's first. Raises `FontsMissing`."""
    for name in FILES:
        if not (folder / name).is_file():
            raise FontsMissing(folder=str(folder), file=name)
    return tuple(folder / name for name in FILES)


def read_coverage(data: bytes) -> frozenset[int]:
    """The code points that a TrueType font has a glyph for, from its `cmap` subtable of format 12 (OpenType 1.9).

    Raises `ValueError` where it has no such subtable, `struct.error` where the file is cut off.
    """
    table_count = struct.unpack_from(">H", data, 4)[0]
    tables = [struct.unpack_from(_TABLE_RECORD, data, _TABLES_AT + 16 * place) for place in range(table_count)]
    cmap = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    subtable_count = struct.unpack_from(">H", data, cmap + 2)[0]
    for place in range(subtable_count):
        platform, encoding, offset = struct.unpack_from(_SUBTABLE_RECORD, data, cmap + _SUBTABLES_AT + 8 * place)
        if (platform, encoding) == _UNICODE_FULL and struct.unpack_from(">H", data, cmap + offset)[0] == _SEGMENTED_COVERAGE:
            return _read_groups(data, cmap + offset)
    raise ValueError(_UNICODE_FULL)


def _read_groups(data: bytes, at: int) -> frozenset[int]:
    count = struct.unpack_from(">I", data, at + 12)[0]
    found: set[int] = set()
    for place in range(count):
        first, last, glyph = struct.unpack_from(_GROUP_RECORD, data, at + _GROUPS_AT + 12 * place)
        found.update(range(first if glyph else first + 1, last + 1))  # glyph 0 is the box of the font itself
    return frozenset(found)


@lru_cache(maxsize=1)
def known_characters() -> frozenset[int]:
    """The code points that a sheet can show in either weight. Raises `FontsMissing`."""
    regular, bold, han = (read_coverage(path.read_bytes()) for path in find_font_files())
    return (regular & bold) | han


def printable(text: str, limit: int) -> str:
    """The text as paper can show it: on one line, composed, at most `limit` characters, nothing that no font has.

    Marks that steer other text (bidirectional overrides, zero-width signs) and pictographs without a glyph are left out; a letter
    without one is shown as a box, so that nobody takes the rest for the whole.
    """
    # Nobody's name needs more; what is cut off is not worth composing.
    composed = unicodedata.normalize("NFC", text[: 4 * limit])
    told = " ".join("".join(_shown(sign) for sign in composed).split())
    return told if len(told) <= limit else told[: limit - 1].rstrip() + "…"


def _shown(sign: str) -> str:
    category = unicodedata.category(sign)
    if category[0] == "Z" or sign in "\t\n\r":
        return " "
    if category[0] == "C" or sign in INVISIBLE:
        return ""
    if ord(sign) in known_characters():
        return sign
    return BOX if category[0] in "LN" else ""

"""One coordinate as text: plain decimals are read; everything else is refused with what was probably meant."""

import math
import re
import unicodedata
from typing import Any

from geo_app.ingest.cell_values import BadCell

_PLAIN = re.compile(r"[+-]?(?:\d{1,12}(?:\.(\d{0,30}))?|\.(\d{1,30}))", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d{1,12}(\.\d{0,30})?e[+-]?\d{1,6}", re.IGNORECASE | re.ASCII)
_DMS = re.compile(
    r"[NSEW북동]?\s*(\d{1,3})\s*(?:°|º|도|d|:|\s)\s*(\d{1,2})\s*(?:['′’분m]|:|\s)\s*(\d{1,2}(?:\.\d{1,9})?)\s*(?:\"|″|”|''|초|s)?\s*[NSEW]?",
    re.IGNORECASE | re.ASCII,
)
_DECIMAL_COMMA = re.compile(r"([+-]?\d{1,3}),(\d{2,15})", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,15})?", re.ASCII)
_LARGEST = 1e8  # no readable coordinate system has numbers this large
_LETTERED = re.compile(r"[NSEW]?\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*[°º도]?\s*[NSEW]?", re.IGNORECASE | re.ASCII)


def parse_coordinate(text: str) -> tuple[float, int]:
    """The number and how many decimals it was written with. Raises `BadCell`, with `guess` where the meaning is plain to see.

    >>> parse_coordinate("126.793")
    (126.793, 3)
    """
    found = _PLAIN.fullmatch(text)
    if found:
        return float(text), len(found[1] or found[2] or "")
    if _NOT_FINITE.fullmatch(text) or (_EXPONENT.fullmatch(text) and not math.isfinite(float(text))):
        raise BadCell("coordinate-not-finite", text)
    raise BadCell("bad-coordinate", text, guess=guess_coordinate(text))


def parse_json_coordinate(value: Any) -> tuple[float, int]:
    """The same for a number of GeoJSON. Raises `BadCell`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadCell("broken-geometry", str(value), reason="not-a-number")
    if not math.isfinite(value):
        raise BadCell("coordinate-not-finite", str(value))
    text = repr(value)
    return float(value), 15 if "e" in text else len(text.partition(".")[2].rstrip("0"))


def guess_coordinate(text: str) -> str:
    """What was probably meant, in plain decimals; empty where nothing is plain to see. It is offered, never taken.

    >>> [guess_coordinate(text) for text in ("35°8'24", "35,1400", "３５．１４", "35.14N")]
    ['35.14', '35.1400', '35.14', '35.14']
    """
    half_width = unicodedata.normalize("NFKC", text).replace("′", "'").replace("″", '"').strip()
    if half_width != text and _PLAIN.fullmatch(half_width):
        return half_width
    if found := _DMS.fullmatch(half_width):
        degrees, minutes, seconds = (float(part) for part in found.groups())
        return f"{degrees + minutes / 60 + seconds / 3600:.7f}".rstrip("0").rstrip(".")
    if found := _DECIMAL_COMMA.fullmatch(half_width):
        return f"{found[1]}.{found[2]}"
    if _THOUSANDS.fullmatch(half_width):
        return half_width.replace(",", "")
    if found := _LETTERED.fullmatch(half_width):
        return found[1]
    is_plausible = _EXPONENT.fullmatch(half_width) is not None and abs(float(half_width)) < _LARGEST
    return f"{float(half_width):.7f}" if is_plausible else ""

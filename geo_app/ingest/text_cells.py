"""Text of one cell: the letters as typed, without what cannot be seen, and safe to open in a spreadsheet again."""

import re
import unicodedata

# C0 and C1 controls but tab and line breaks, soft hyphen, zero-width marks, bidi embeddings, overrides and isolates. The zero-width
# joiner (U+200D) stays: family and profession emoji are spelled with it. Code points that are no characters (U+FFFE …), which XML forbids.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)) + "]"
)
_BLANK = re.compile("[\\s\u200d\ufe0e\ufe0f\u115f\u1160\u3164\u2800]*")
_LINE_SPACE = re.compile("[\\t\\r\\n\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EVERYDAY = re.compile("[0-9A-Za-z가-힣(](?:[ -~가-힣]*[!-~가-힣])?")
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection), full-width twins included.
FORMULA_STARTS = "=+\\-@\t\r\n＝＋－＠"
_FORMULA = re.compile(f"'*[{FORMULA_STARTS}]")
_NEUTRALISED = re.compile(f"'+[{FORMULA_STARTS}]")


def is_everyday(text: str) -> bool:
    """True for what nearly every cell holds: Hangul syllables and printable ASCII that no rule here would change."""
    return _EVERYDAY.fullmatch(text) is not None


def plain_text(text: str, *, keeps_lines: bool = False) -> str:
    r"""NFC, no invisible marks, no space at the ends; line breaks become spaces unless `keeps_lines`.

    >>> plain_text("  카페\u202e 달\n고나 ")
    '카페 달 고나'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if keeps_lines:
        return visible.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _LINE_SPACE.sub(" ", visible).strip()


def list_invisible(text: str) -> list[str]:
    r"""The invisible marks in the text as `U+202E`, each once, in order.

    >>> list_invisible("a\u202eb\u200b")
    ['U+202E', 'U+200B']
    """
    if text.isascii() and text.isprintable():
        return []
    return list(dict.fromkeys(f"U+{ord(mark):04X}" for mark in _INVISIBLE.findall(text)))


def is_blank(text: str) -> bool:
    """True when nothing in it would be seen (spaces, Hangul fillers, a lone joiner)."""
    return _BLANK.fullmatch(text) is not None


def has_half_character(text: str) -> bool:
    """True when a lone surrogate is in it: JSON can spell one, no encoding can write it."""
    return _SURROGATE.search(text) is not None


def neutralise_formula(text: str) -> str:
    """The text with a leading `'` where a spreadsheet would otherwise compute it. `restore_formula` gives it back.

    >>> neutralise_formula("=HYPERLINK(1)"), neutralise_formula("'=x"), neutralise_formula("it's")
    ("'=HYPERLINK(1)", "''=x", "it's")
    """
    return "'" + text if _FORMULA.match(text) else text


def restore_formula(text: str) -> str:
    """The text without the `'` that `neutralise_formula` (or another careful exporter) put before it."""
    return text[1:] if _NEUTRALISED.match(text) else text

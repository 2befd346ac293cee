"""Names and addresses as people mean them, for meeting a row with its record."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_PROVINCE = re.compile(r"^(광주광역시|전남광주통합특별시|광주시|광주)\s*")
_BRACKETS = re.compile(r"\([^()]*\)")


def normalise_text(text: str) -> str:
    """NFC, one space between words, no space at the ends (a Mac writes Hangul as NFD)."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def match_key(name: str, address: str | None) -> str:
    """One key for the same name at the same address: case, spaces, brackets and both spellings of the province are folded.

    >>> match_key("CU 수완아름마을점", "광주광역시 광산구 수완로 1 (수완동)")
    'cu수완아름마을점|광산구수완로1'
    """
    folded_address = _PROVINCE.sub("", _BRACKETS.sub("", normalise_text(address or "")))
    return f"{normalise_text(name).casefold()}|{folded_address.casefold()}".replace(" ", "")

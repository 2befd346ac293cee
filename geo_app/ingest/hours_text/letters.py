"""One spelling for each sign: full-width letters, the many dashes, dots and brackets that people type."""

import unicodedata

_FULL_WIDTH_FIRST, _FULL_WIDTH_LAST = 0xFF01, 0xFF5E
_FULL_WIDTH_SHIFT = 0xFEE0
_SIGNS = {
    "~": "∼〜˜∽～",
    "-": "–—―−‐‑‒ㅡ",
    "·": "ㆍ・‧•∙⋅ᆞ･",
    ",": "、､",
    "(": "[{<【〔〈《「［｛＜",
    "|": "ㅣ│┃￨",
    ")": "]}>】〕〉》」］｝＞",
    " ": "\t\u00a0\u2002\u2003\u2009\u3000",
    "\n": "\r\u2028\u2029\v\f",
}
_PLAIN = {ord(sign): plain for plain, signs in _SIGNS.items() for sign in signs}


def plain_letters(text: str) -> str:
    """The text in NFC with one spelling for each sign, in lower case; as many characters as the NFC text has.

    >>> plain_letters("０９：００～１８：００［평일］")
    '09:00~18:00(평일)'
    """
    return "".join(map(_plain_letter, unicodedata.normalize("NFC", text)))


def _plain_letter(letter: str) -> str:
    plain = _PLAIN.get(ord(letter))
    if plain is None and _FULL_WIDTH_FIRST <= ord(letter) <= _FULL_WIDTH_LAST:
        folded = chr(ord(letter) - _FULL_WIDTH_SHIFT)
        plain = _PLAIN.get(ord(folded), folded)
    lower = (plain or letter).lower()
    # A few capitals become two letters; they are no part of any word here, and places in the text must stay.
    return lower if len(lower) == 1 else letter

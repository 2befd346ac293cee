"""How wide a text is where every Latin letter is as wide as every other: on a terminal, and roughly in a sheet."""

import unicodedata


def text_width(text: str) -> int:
    """In Latin letters; Hangul takes two.

    >>> text_width("광산 A")
    6
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)

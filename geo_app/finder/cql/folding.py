"""Texts compared without their case or their accents, and matched with patterns."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from geo_app.finder.item_columns import nfc

_ESCAPE: Final = "\\"


def fold_case(text: str) -> str:
    """Full case folding of Unicode: 'Straße' and 'STRASSE' are one."""
    return nfc(text.casefold())


def fold_accents(text: str) -> str:
    """Without combining marks: 'débárquér' is 'debarquer'. Hangul stays whole."""
    parts = unicodedata.normalize("NFD", text)
    return nfc("".join(letter for letter in parts if unicodedata.category(letter) != "Mn"))


FOLDS: Final[Mapping[str, Callable[[str], str]]] = {"casei": fold_case, "accenti": fold_accents}


def build_matcher(pattern: str) -> Callable[[str], bool]:
    """Tells whether a text matches a pattern: `%` any letters or none, `_` one letter; what follows a backslash is itself.

    Each piece between two `%` is looked for from where the last one ended. A single regular expression with several `.*` would try
    all their lengths against each other.
    """
    first, *others = [re.compile(piece, re.DOTALL) for piece in _pieces(pattern)]
    if not others:
        return lambda text: first.fullmatch(text) is not None
    *middle, last = others
    # Of the last piece every letter is one letter, so its length is known: it ends where the text ends.
    last_length = _length(pattern)

    def matches(text: str) -> bool:
        found = first.match(text)
        for piece in middle:
            if found is None:
                return False
            found = piece.search(text, found.end())
        start = len(text) - last_length
        return found is not None and found.end() <= start and last.fullmatch(text, start) is not None

    return matches


def _pieces(pattern: str) -> list[str]:
    pieces = [""]
    for letter, is_wild in _letters(pattern):
        if is_wild and letter == "%":
            pieces.append("")
        else:
            pieces[-1] += "." if is_wild else re.escape(letter)
    return pieces


def _length(pattern: str) -> int:
    length = 0
    for letter, is_wild in _letters(pattern):
        length = 0 if is_wild and letter == "%" else length + 1
    return length


def _letters(pattern: str) -> Iterator[tuple[str, bool]]:
    """The letters of a pattern, and whether each is a wildcard."""
    letters = iter(pattern)
    for letter in letters:
        if letter == _ESCAPE:
            yield next(letters, _ESCAPE), False
        else:
            yield letter, letter in "%_"

"""A CQL2 text as words, and a cursor that walks along them."""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from geo_app.finder.cql.faults import BadFilter

MAX_CHARS: Final = 4_000
MAX_DEPTH: Final = 64
_WORD: Final = re.compile(
    r"""(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<text>'(?:\\'|''|[^'])*')
    |(?P<quoted>"[^"]+")
    |(?P<name>(?:[^\W\d]|:)[\w.:]*)
    |(?P<mark><=|>=|<>|[=<>+\-*/%^(),])""",
    re.VERBOSE,
)
_SPACE: Final = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its kind (number, text, quoted, name, mark, end), how it is written, and its position from 0."""

    kind: str
    written: str
    position: int

    @property
    def keyword(self) -> str:
        """A name in capitals, a mark as it is; empty for what can be no keyword."""
        return self.written.upper() if self.kind in ("name", "mark") else ""


class Cursor:
    """Walks along a text once, without ever going back."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARS:
            raise BadFilter(f"{len(text)} characters", f"at most {MAX_CHARS} characters")
        self._words = list(_split(text))
        self._next = 0
        self._depth = 0

    @property
    def word(self) -> Word:
        """The next word."""
        return self._words[self._next]

    @property
    def word_after(self) -> Word:
        """The word behind the next."""
        return self._words[min(self._next + 1, len(self._words) - 1)]

    def take(self) -> Word:
        """The next word, and go on behind it."""
        word = self.word
        self._next = min(self._next + 1, len(self._words) - 1)
        return word

    def is_at(self, *keywords: str) -> bool:
        """True where the next word is one of these keywords."""
        return self.word.keyword in keywords and bool(self.word.keyword)

    def has_taken(self, keyword: str) -> bool:
        """Go on behind a keyword where it is next."""
        if not self.is_at(keyword):
            return False
        self.take()
        return True

    def expect(self, keyword: str) -> None:
        """Go on behind a keyword that must be next. Raises `BadFilter`."""
        if not self.has_taken(keyword):
            raise self.fault(keyword)

    def take_number(self) -> float:
        """The number that must come next, without a sign. Raises `BadFilter`."""
        value = float(self.word.written) if self.word.kind == "number" else math.nan
        if not math.isfinite(value):
            raise self.fault("a number" if math.isnan(value) else "a finite number")
        self.take()
        return value

    def fault(self, expected: str) -> BadFilter:
        """What to raise where the next word is not what may stand here."""
        return BadFilter(self.word.written or "…", expected, self.word.position + 1)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level down. Raises `BadFilter` where that is too deep."""
        if self._depth >= MAX_DEPTH:
            raise self.fault(f"at most {MAX_DEPTH} levels")
        self._depth += 1
        yield
        self._depth -= 1


def _split(text: str) -> Iterator[Word]:
    position = _end_of_space(text, 0)
    while position < len(text):
        found = _WORD.match(text, position)
        if found is None or found.lastgroup is None:
            raise BadFilter(text[position], "a word of CQL2", position + 1)
        yield Word(found.lastgroup, found[0], position)
        position = _end_of_space(text, found.end())
    yield Word("end", "", len(text))


def _end_of_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position

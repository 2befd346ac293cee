"""A JSON text read piece by piece: features one at a time, with duplicate keys, depth and numbers watched."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn, TextIO

from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused

_CHUNK_CHARS = 1 << 18
_SPACE = " \t\n\r"
# Faults of the decoder that only mean "more text may come" stand at the end of what was read, or at the start of an open string.
_PARTIAL_CHARS = 16


class JsonStream:
    """A cursor over JSON text. Every fault is a `FileRefused` with its line."""

    def __init__(self, stream: TextIO, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._text = ""
        self._at = 0
        self._lines_before = 1
        self._is_at_end = False
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_int=self._integer, parse_constant=self._constant)

    @property
    def line(self) -> int:
        """The line of the cursor, from 1."""
        return self._lines_before + self._text.count("\n", 0, self._at)

    def peek(self) -> str:
        """The next character that is not space; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._fill():
                return ""

    def expect(self, wanted: str) -> None:
        """Steps over `wanted`, the next character."""
        if self.peek() != wanted:
            self._refuse("broken-json")
        self._at += 1

    def members(self) -> Iterator[str]:
        """The keys of the object at the cursor; the caller reads each value before it asks for the next key."""
        seen: set[str] = set()
        for _ in self._parts("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                self._refuse("broken-json")
            if key in seen:
                self._refuse("duplicate-json-key", key=key)
            seen.add(key)
            self.expect(":")
            yield key

    def items(self) -> Iterator[int]:
        """The places of the array at the cursor, from 0; the caller reads each value before it asks for the next."""
        yield from self._parts("[", "]")

    def value(self) -> Any:
        """The whole value at the cursor."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as fault:
                is_partial = fault.msg.startswith("Unterminated string") or fault.pos >= len(self._text) - _PARTIAL_CHARS
                if not (is_partial and self._fill()):
                    self._at = min(fault.pos, len(self._text))
                    self._refuse("broken-json")
            except RecursionError:
                self._refuse("json-too-deep", limit=self._limits.json_depth)
            else:
                # A number that ends where the text read so far ends may go on.
                if end == len(self._text) and isinstance(value, int | float) and self._fill():
                    continue
                if _depth(value, self._limits.json_depth) > self._limits.json_depth:
                    self._refuse("json-too-deep", limit=self._limits.json_depth)
                self._at = end
                return value

    def end(self) -> None:
        """Checks that nothing stands after the value."""
        if self.peek():
            self._refuse("broken-json")

    def _parts(self, opening: str, closing: str) -> Iterator[int]:
        self.expect(opening)
        if self.peek() == closing:
            self._at += 1
            return
        number = 0
        while True:
            yield number
            number += 1
            if self.peek() == closing:
                self._at += 1
                return
            self.expect(",")
            self.peek()

    def _fill(self) -> bool:
        """Reads on, at least doubling what is held, so that a long value is tried again only a few times."""
        held = self._text[self._at :]
        if len(held) > self._limits.feature_chars:
            self._refuse("feature-too-large", limit=self._limits.feature_chars)
        more = "" if self._is_at_end else self._stream.read(max(_CHUNK_CHARS, len(held)))
        if not more:
            self._is_at_end = True
            return False
        self._lines_before += self._text.count("\n", 0, self._at)
        self._text, self._at = held + more, 0
        return True

    def _refuse(self, code: str, **details: str | int) -> NoReturn:
        raise FileRefused(code, details, line=self.line)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [key for key, _ in pairs]
            self._refuse("duplicate-json-key", key=next(key for key in keys if keys.count(key) > 1))
        return found

    def _integer(self, digits: str) -> int:
        if len(digits) > self._limits.integer_digits:
            self._refuse("integer-too-long", limit=self._limits.integer_digits)
        return int(digits)

    def _constant(self, word: str) -> NoReturn:
        raise FileRefused("json-not-finite", line=self.line, value=word)


def _depth(value: Any, limit: int) -> int:
    """How many containers deep, counted no further than one past `limit`."""
    if limit < 0 or not isinstance(value, dict | list) or not value:
        return 0
    parts = value.values() if isinstance(value, dict) else value
    return 1 + max((_depth(part, limit - 1) for part in parts if isinstance(part, dict | list)), default=0)

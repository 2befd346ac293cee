"""What staff type at a command: days, names, reasons, read once, with every fault told in their language."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import NoReturn

import click

from geo_app.cli.showing import now, operator
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words, get_words
from geo_app.wording.labels import label
from geo_app.workspace.calendar_edits import Editor

# 2026-06-03, 2026-6-3, 2026.6.3., 2026/6/3, 2026년 6월 3일, 20260603.
_DAY = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_YEAR = re.compile(r"(\d{4})년?", re.ASCII)
_LONGEST_TEXT = 300
_NO_WORDS: Mapping[str, str] = {}


class Typed:
    """Reads what was typed. Whatever cannot be read ends the command as a usage error (exit 2) that says what to write."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def day(self, text: str | None, name: str) -> date:
        """A day in one of the forms that people write."""
        given = self._given(text, name)
        found = _DAY.fullmatch(given)
        if found is None:
            self._refuse(name, self._words("{value} is not a day. Write it as 2026-06-03.", value=given))
        try:
            return date(*(int(part) for part in found.groups() if part))
        except ValueError:
            self._refuse(name, self._words("There is no day {value} in any calendar.", value=given))

    def text(self, text: str | None, name: str) -> str:
        """A text on one line without control characters."""
        given = unicodedata.normalize("NFC", self._given(text, name))
        if len(given) > _LONGEST_TEXT:
            self._refuse(name, self._words("It has {length} characters; write at most {limit}.", length=len(given), limit=_LONGEST_TEXT))
        if any(unicodedata.category(character)[0] == "C" or character in "\u2028\u2029" for character in given):
            self._refuse(name, self._words("It holds invisible characters. Type it again on one line."))
        return given

    def choice(self, text: str | None, name: str, table: Mapping[str, str], spoken: Mapping[str, str] = _NO_WORDS) -> str:
        """A code of `table` (code → message id): the code, its word in the reader's language or in Korean, or one of `spoken`."""
        labels = {_folded(label(words, table, code)): code for words in (get_words(DEFAULT_LANGUAGE), self._words) for code in table}
        listed = ", ".join(f"{label(self._words, table, code)} ({code})" for code in table)
        given = self._given(text, name, expected=listed)
        found = {**labels, **spoken, **{code: code for code in table}}.get(_folded(given))
        if found is None:
            self._refuse(name, self._words("{value} is not known. Use one of: {known}.", value=given, known=listed))
        return found

    def day_count(self, first: date, last: date, *, most: int) -> int:
        """How many days from the first to the last, both included; 1 … `most`."""
        count = (last - first).days + 1
        if count < 1:
            self._refuse("--until", self._words("{last} is before {first}. Give the last day.", first=first, last=last))
        if count > most:
            self._refuse(
                "--until",
                self._words("{first} to {last} are {count} days; at most {limit}.", first=first, last=last, count=count, limit=most),
            )
        return count

    def editor(self, reason: str | None) -> Editor:
        """Who types now, and why."""
        return Editor(operator(), self.text(reason, "--reason"), now())

    def _given(self, text: str | None, name: str, *, expected: str = "") -> str:
        given = (text or "").strip()
        if not given:
            hint = self._words("It is needed. Use one of: {known}.", known=expected) if expected else self._words("It is needed.")
            self._refuse(name, hint)
        return given

    def _refuse(self, name: str, sentence: str) -> NoReturn:
        raise click.UsageError(f"{name}: {sentence}")


def _folded(word: str) -> str:
    return "".join(unicodedata.normalize("NFC", word).casefold().split())


def read_year(text: str | None, words: Words) -> int | None:
    """The year of `--year`, or None where none was given."""
    if text is None:
        return None
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        raise click.UsageError(words("--year: {value} is not a year. Write it as 2026.", value=text))
    return int(found[1])

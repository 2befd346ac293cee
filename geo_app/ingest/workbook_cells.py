"""Cells of a worksheet as text, streamed: one row in memory at a time, however far away the last cell claims to be."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.workbook_parts import MOST_DIGITS, local_name, unescape_text

_REFERENCE = re.compile(r"([A-Z]{1,7})\d*")
_EXACT = 1e15
FORMULA_WITHOUT_VALUE = "\ue000formula"  # private-use marks: no cell of a real file holds them
ERROR_CELL = "\ue000error"


@dataclass(slots=True)
class SheetRow:
    """One row: its number as the program shows it, and its cells' texts by place, the first column being 0."""

    line: int
    cells: dict[int, str] = field(default_factory=dict)


class StringsHandler(ContentHandler):
    """Collects the table of shared strings; phonetic guides are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._pieces: list[str] | None = None
        self._text: list[str] = []
        self._phonetic = 0

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]  # noqa: N802, ARG002 (SAX names it)
        """A tag opens."""
        tag = local_name(name)
        if tag == "si":
            self._text = []
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "t" and not self._phonetic:
            self._pieces = self._text

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX names it)
        """A tag closes."""
        tag = local_name(name)
        if tag == "t":
            self._pieces = None
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "si":
            self.strings.append(unescape_text("".join(self._text)))

    def characters(self, content: str) -> None:
        """Text between tags."""
        if self._pieces is not None:
            self._pieces.append(content)


class SheetHandler(ContentHandler):
    """Collects finished rows in `rows`, from which the reader takes them. Raises `FileRefused` past the limits."""

    def __init__(self, strings: list[str], date_styles: frozenset[int], limits: Limits, *, is_1904: bool = False) -> None:
        super().__init__()
        self.rows: list[SheetRow] = []
        self._strings = strings
        self._date_styles = date_styles
        self._limits = limits
        self._epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
        self._row = SheetRow(0)
        self._column = -1
        self._cell_count = 0
        self._type, self._style = "n", 0
        self._has_formula = False
        self._value: list[str] = []
        self._is_collecting = False
        self._phonetic = 0

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]  # noqa: N802 (SAX names it)
        """A tag opens."""
        tag = local_name(name)
        if tag == "c":
            self._start_cell(attrs.get("r"), attrs.get("t", "n"), attrs.get("s", "0"))
        elif tag == "v" or (tag == "t" and self._type == "inlineStr" and not self._phonetic):
            self._is_collecting = True
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "row":
            self._start_row(attrs.get("r"))

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX names it)
        """A tag closes."""
        tag = local_name(name)
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t"):
            self._is_collecting = False
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "row" and self._row.cells:
            self.rows.append(self._row)

    def characters(self, content: str) -> None:
        """Text between tags."""
        if self._is_collecting:
            self._value.append(content)

    def _start_row(self, reference: str | None) -> None:
        is_number = reference is not None and reference.isascii() and reference.isdigit() and len(reference) <= MOST_DIGITS
        self._row = SheetRow(int(reference) if is_number and reference else self._row.line + 1)
        self._column = -1

    def _start_cell(self, reference: str | None, kind: str, style: str) -> None:
        self._cell_count += 1
        if self._cell_count > self._limits.workbook_cells:
            raise FileRefused("workbook-too-large", line=self._row.line, limit=self._limits.workbook_cells, what="cells")
        found = _REFERENCE.match(reference) if reference else None
        self._column = _column_number(found[1]) if found else self._column + 1
        self._type, self._style = kind, int(style) if style.isascii() and style.isdigit() else 0
        self._has_formula, self._value = False, []

    def _end_cell(self) -> None:
        raw = "".join(self._value)
        text = self._text(raw) if raw else (FORMULA_WITHOUT_VALUE if self._has_formula else "")
        if not text:
            return
        if self._column >= self._limits.columns:
            raise FileRefused("too-many-columns", line=self._row.line, limit=self._limits.columns)
        if self._row.line > self._limits.rows + 1:
            raise FileRefused("too-many-rows", line=self._row.line, limit=self._limits.rows)
        self._row.cells[self._column] = text

    def _text(self, raw: str) -> str:
        if self._type == "s":
            place = int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= MOST_DIGITS else -1
            if not 0 <= place < len(self._strings):
                raise FileRefused("broken-workbook", line=self._row.line, reason="shared string")
            return self._strings[place]
        if self._type == "n":
            return number_text(raw, is_date=self._style in self._date_styles, epoch=self._epoch)
        if self._type == "b":
            return "TRUE" if raw == "1" else "FALSE"
        if self._type == "e":
            return ERROR_CELL + raw
        return unescape_text(raw)


def number_text(raw: str, *, is_date: bool, epoch: dt.datetime = WINDOWS_EPOCH) -> str:
    """A stored number as a person would have typed it: `12` for 12.0, `2026-11-21` for a day, `09:30` for a time.

    >>> number_text("12.0", is_date=False), number_text("46347", is_date=True), number_text("0.5", is_date=True)
    ('12', '2026-11-21', '12:00')
    """
    try:
        number = float(raw)
    except ValueError:
        return raw
    if is_date:
        return _moment_text(number, epoch) or raw
    is_whole = number.is_integer() and abs(number) < _EXACT
    return str(int(number)) if is_whole else repr(number)


def _moment_text(number: float, epoch: dt.datetime) -> str | None:
    try:
        moment = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return None
    if isinstance(moment, dt.datetime):
        is_day = moment.time() == dt.time()
        return moment.date().isoformat() if is_day else moment.isoformat(sep=" ", timespec="minutes")
    return moment.isoformat(timespec="minutes") if isinstance(moment, dt.time) else None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1

"""One row's cells by our field names: text as people see it, with a warning for each thing that was taken off."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.refusal import shortened
from geo_app.ingest.table import RawRow
from geo_app.ingest.text_cells import has_half_character, is_blank, is_everyday, list_invisible, plain_text, restore_formula

NAME_CHARS = 200
ADDRESS_CHARS = 300
NOTE_CHARS = 2_000
TEXT_CHARS = 500
URL_CHARS = 2_000
JSON_CHARS = 131_072
EXACT_FLOAT = 1e15  # whole numbers below it are written without a point
_LONE = "�"


class RowCells:
    """Reads one row. `headers` is field → header; `defaults` stand in for fields that the file has no column for."""

    def __init__(self, row: RawRow, headers: Mapping[str, str], defaults: Mapping[str, str], *, restores_formulas: bool) -> None:
        self.line = row.line
        self.problems: list[Problem] = []
        self._cells = row.cells
        self._headers = headers
        self._defaults = defaults
        self._restores = restores_formulas

    def raw(self, name: str) -> Any:
        """The cell as the file has it; empty text where there is none."""
        header = self._headers.get(name)
        if header is None:
            return self._defaults.get(name, "")
        value = self._cells.get(header)
        return "" if value is None else value

    def text(self, name: str, limit: int = TEXT_CHARS, *, keeps_lines: bool = False) -> str:
        """The cell as text, at most `limit` characters. Raises `BadCell`; empty where nothing can be seen in it."""
        value = self.raw(name)
        if value == "":
            return ""
        if isinstance(value, str) and len(value) <= limit and is_everyday(value):
            return _shared(value)
        written = value if isinstance(value, str) else _scalar_text(value)
        if self._restores:
            written = restore_formula(written)
        if has_half_character(written):
            raise BadCell("half-character", ascii(written))
        text = plain_text(written, keeps_lines=keeps_lines)
        if len(text) > limit:
            raise BadCell("text-too-long", text, limit=limit, length=len(text))
        if marks := list_invisible(written):
            self.warn("invisible-characters", name, text, marks=", ".join(marks[:10]))
        if _LONE in text:
            self.warn("replacement-character", name, text)
        return "" if is_blank(text) else text

    def warn(self, code: str, name: str | None, value: str | None = None, **details: str | float) -> None:
        """Lists a warning for the cell of a field."""
        self.problems.append(Problem(code, Severity.WARNING, self.line, self.header(name), shortened(value), details))

    def fail(self, name: str | None, fault: BadCell) -> None:
        """Lists the error that keeps the row out."""
        self.problems.append(Problem(fault.code, Severity.ERROR, self.line, self.header(name), fault.value, fault.details))

    def header(self, name: str | None) -> str | None:
        """The column of a field as the file writes it."""
        return None if name is None else self._headers.get(name, name)


@lru_cache(maxsize=4096)
def _shared(text: str) -> str:
    """The same text as one object: columns of few words repeat them in every row."""
    return text


def _scalar_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_FLOAT:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)

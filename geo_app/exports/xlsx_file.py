"""XLSX out: every text a text cell, never a formula; a second sheet says whose data it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from geo_app.domain.layers import Layer
from geo_app.domain.problem import Problem, Severity
from geo_app.exports.columns import Cell, layer_table
from geo_app.exports.metadata import ExportMetadata, FileNotes
from geo_app.exports.sheet_looks import HEAD_FONT, MEASURED_ROWS, WRAPPED, number_format, set_columns, set_notes
from geo_app.ingest.text_cells import neutralise_formula
from geo_app.ingest.xlsx_table import NOTES_SHEET

CELL_CHARS = 32_767  # the most a cell of this format holds
SHEET_CHARS = 31  # the most a sheet's name holds
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATES = re.compile("[\ud800-\udfff\ufffe\uffff]")


def write_xlsx(features: Iterable[Mapping[str, Any]], layer: Layer, metadata: ExportMetadata, path: Path) -> list[Problem]:
    """Writes the workbook; what a cell of this format cannot hold is a problem with its line, column and value."""
    columns, rows = layer_table(features, layer)
    return write_xlsx_rows(layer.name, columns, rows, metadata, path)


def write_xlsx_rows(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Cell]],
    metadata: FileNotes,
    path: Path,
    *,
    header: Sequence[str] | None = None,
    told: Sequence[tuple[str, Cell]] = (),
) -> list[Problem]:
    """The same of any rows: cells by column. `title` names the sheet; `header` has other words above the columns than their names.

    `told`: the lines of the sheet of notes in the reader's words; without them it has the names and values of `metadata`.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:SHEET_CHARS])
    titles, left = header or columns, iter(rows)
    first = list(islice(left, MEASURED_ROWS))
    set_columns(sheet, titles, columns, first)
    sheet.append([_head(sheet, text) for text in titles])
    formats = [number_format(column) for column in columns]
    problems: list[Problem] = []
    for line, cells in enumerate(chain(first, left), start=2):
        found = [_list_unwritable(line, column, cells.get(column)) for column in columns]
        problems += [problem for problem in found if problem is not None]
        sheet.append([
            _cell(sheet, None if problem else cells.get(column), shown)
            for column, problem, shown in zip(columns, found, formats, strict=True)
        ])  # fmt: skip
    _write_notes(book.create_sheet(NOTES_SHEET), told or tuple(metadata.members().items()))
    book.save(path)
    return problems


def _write_notes(sheet: Any, lines: Sequence[tuple[str, Cell]]) -> None:
    set_notes(sheet)
    for name, value in lines:
        cell = WriteOnlyCell(sheet, value) if not isinstance(value, str) else _cell(sheet, value)
        cell.alignment = WRAPPED
        sheet.append([_head(sheet, name), cell])


def _head(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = HEAD_FONT
    return cell


def _cell(sheet: Any, value: Cell, shown: str | None = None) -> Any:
    if not isinstance(value, str):
        if shown is None or value is None or isinstance(value, bool):
            return value
        number = WriteOnlyCell(sheet, value)
        number.number_format = shown
        return number
    # Excel reads `_x000D_` as a carriage return; the underscore is escaped where a text only looks like that.
    cell = WriteOnlyCell(sheet, _LOOKS_ESCAPED.sub("_x005F_", neutralise_formula(value)))
    cell.data_type = "s"
    return cell


def _list_unwritable(line: int, column: str, value: Cell) -> Problem | None:
    if not isinstance(value, str):
        return None
    if len(value) >= CELL_CHARS:
        told = {"limit": CELL_CHARS, "length": len(value)}
        return Problem("cell-too-long-for-xlsx", Severity.ERROR, line, column, value[:100], told)
    lost = "".join(dict.fromkeys(ILLEGAL_CHARACTERS_RE.findall(value) + _SURROGATES.findall(value)))
    return (
        Problem(
            "cannot-encode", line=line, column=column, value=ascii(value[:100]), details={"encoding": "xlsx", "characters": ascii(lost)}
        )
        if lost
        else None
    )

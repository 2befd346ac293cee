"""A workbook's first sheet as a table."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack

from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused
from geo_app.ingest.table import RawRow, Table, check_headers, fit_cells
from geo_app.ingest.text_cells import plain_text
from geo_app.ingest.upload import Upload
from geo_app.ingest.workbook_cells import ERROR_CELL, FORMULA_WITHOUT_VALUE, SheetHandler, SheetRow, StringsHandler
from geo_app.ingest.workbook_parts import STRINGS, list_date_styles, list_sheets, open_package, parse_part, starts_in_1904

NOTES_SHEET = "정보"  # the second sheet of our own exports: source, licence, revision


def read_xlsx(upload: Upload, limits: Limits) -> Table:
    """The table of the first worksheet; further sheets with a name of their own are said to be left out. Raises `FileRefused`."""
    with ExitStack() as opened:
        package = opened.enter_context(open_package(opened.enter_context(upload.open()), limits))
        sheets = list_sheets(package)
        if not sheets:
            raise FileRefused("broken-workbook", reason="no worksheet")
        rows = _sheet_rows(package, sheets[0][1], limits, opened.pop_all())
        first = next(rows, None)
    if first is None:
        raise FileRefused("empty-file")
    headers = check_headers([plain_text(cell) for cell in _cells(first, limits.columns)], limits, first.line)
    others = [title for title, _ in sheets[1:] if title != NOTES_SHEET]
    problems = (
        [Problem("other-sheets-ignored", Severity.WARNING, details={"read": sheets[0][0], "ignored": ", ".join(others)})] if others else []
    )
    return Table(_rows(rows, headers, limits), headers, problems=problems)


def _sheet_rows(package: zipfile.ZipFile, part: str, limits: Limits, opened: ExitStack) -> Iterator[SheetRow]:
    """The sheet's rows; `opened`, the package and its file, is closed after the last of them."""
    with opened:
        handler = SheetHandler(_strings(package), list_date_styles(package), limits, is_1904=starts_in_1904(package))
        for _ in parse_part(package, part, handler):
            yield from handler.rows
            handler.rows.clear()


def _strings(package: zipfile.ZipFile) -> list[str]:
    if STRINGS not in package.namelist():
        return []
    handler = StringsHandler()
    for _ in parse_part(package, STRINGS, handler):
        pass
    return handler.strings


def _rows(rows: Iterator[SheetRow], headers: tuple[str, ...], limits: Limits) -> Iterator[RawRow]:
    for count, row in enumerate(rows, start=1):
        if count > limits.rows:
            raise FileRefused("too-many-rows", line=row.line, limit=limits.rows)
        yield _row(row, headers)


def _row(row: SheetRow, headers: tuple[str, ...]) -> RawRow:
    for place, cell in row.cells.items():
        if cell.startswith((FORMULA_WITHOUT_VALUE, ERROR_CELL)):
            code = "formula-without-value" if cell == FORMULA_WITHOUT_VALUE else "formula-error"
            column = headers[place] if place < len(headers) else None
            return RawRow(
                row.line,
                {},
                fault=Problem(code, line=row.line, column=column, value=cell.removeprefix(ERROR_CELL) if code == "formula-error" else None),
            )
    cells = _cells(row, len(headers))
    fitted = fit_cells(cells, headers)
    if fitted is None:
        return RawRow(row.line, {}, fault=Problem("ragged-row", line=row.line, details={"found": len(cells), "expected": len(headers)}))
    return RawRow(row.line, fitted)


def _cells(row: SheetRow, width: int) -> list[str]:
    """The row's texts from the first column on, empty ones between, at least up to its last filled cell or `width`."""
    if not row.cells:
        return [""] * width
    last = max(row.cells) + 1
    return [row.cells.get(place, "") for place in range(max(last, width))]

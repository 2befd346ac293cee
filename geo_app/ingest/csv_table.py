"""CSV as Korean offices write it: four encodings, three separators, quoted line breaks."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TextIO

from geo_app.domain.problem import Problem
from geo_app.ingest.encodings import find_encoding
from geo_app.ingest.limits import Limits
from geo_app.ingest.refusal import FileRefused, shortened
from geo_app.ingest.table import RawRow, Table, check_headers, fit_cells
from geo_app.ingest.text_cells import plain_text
from geo_app.ingest.upload import Upload

SEPARATORS = (",", "\t", ";")
_EXCEL_HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def read_csv(upload: Upload, limits: Limits, count_known: Callable[[tuple[str, ...]], int]) -> Table:
    """The table of a CSV file. `count_known(headers)` says how many of them mean something here: it settles the separator.

    Raises `FileRefused` for what concerns the whole file; a row that does not fit carries its own `fault`.
    """
    encoding = find_encoding(upload)
    with closing(_open_text(upload, encoding)) as stream:
        separator, skipped = _find_separator(stream, limits, count_known)
    rows = _records(upload, encoding, separator, skipped, limits)
    line, first = next(((line, cells) for line, cells in rows if isinstance(cells, Problem) or any(cells)), (1, []))
    if isinstance(first, Problem):
        raise FileRefused(first.code, line=line)
    headers = check_headers([plain_text(cell) for cell in first], limits, line)
    return Table(_rows(rows, headers, limits), headers, encoding)


def _open_text(upload: Upload, encoding: str) -> TextIO:
    return io.TextIOWrapper(upload.open(), encoding=encoding, errors="strict", newline="")


def _find_separator(stream: TextIO, limits: Limits, count_known: Callable[[tuple[str, ...]], int]) -> tuple[str, int]:
    """The separator, and how many lines stand before the header (`sep=;`, which Excel writes and reads)."""
    skipped = 0
    for line in _lines(stream, limits):
        hint = _EXCEL_HINT.fullmatch(line)
        if hint and not skipped:
            skipped = 1
        elif line.strip():
            return max(SEPARATORS, key=lambda separator: _header_rank(line, separator, count_known)), skipped
    raise FileRefused("empty-file")


def _header_rank(line: str, separator: str, count_known: Callable[[tuple[str, ...]], int]) -> tuple[int, int]:
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return 0, 0
    return count_known(tuple(plain_text(cell) for cell in cells[:1000])), len(cells)


def _records(upload: Upload, encoding: str, separator: str, skipped: int, limits: Limits) -> Iterator[tuple[int, list[str] | Problem]]:
    with closing(_open_text(upload, encoding)) as stream:
        lines = _lines(stream, limits)
        for _ in range(skipped):
            next(lines)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        while True:
            line = skipped + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                if "field larger" in str(fault):
                    raise FileRefused("cell-too-long", line=line, limit=limits.cell_chars) from fault
                yield line, Problem("bad-quotes", line=line)
            else:
                yield line, cells


def _lines(stream: TextIO, limits: Limits) -> Iterator[str]:
    number = 0
    while line := stream.readline(limits.line_chars + 1):
        number += 1
        if len(line) > limits.line_chars:
            raise FileRefused("line-too-long", line=number, limit=limits.line_chars)
        yield line


def _rows(records: Iterator[tuple[int, list[str] | Problem]], headers: tuple[str, ...], limits: Limits) -> Iterator[RawRow]:
    count = 0
    for line, cells in records:
        if not cells or cells == [""] * len(headers):
            continue
        count += 1
        if count > limits.rows:
            raise FileRefused("too-many-rows", line=line, limit=limits.rows)
        yield _row(line, cells, headers)


def _row(line: int, cells: list[str] | Problem, headers: tuple[str, ...]) -> RawRow:
    if isinstance(cells, Problem):
        return RawRow(line, {}, fault=cells)
    if any("\0" in cell for cell in cells):
        return RawRow(line, {}, fault=Problem("nul-character", line=line))
    fitted = fit_cells(cells, headers)
    if fitted is None:
        shown = shortened(" | ".join(cells))
        return RawRow(
            line, {}, fault=Problem("ragged-row", line=line, value=shown, details={"found": len(cells), "expected": len(headers)})
        )
    return RawRow(line, fitted)

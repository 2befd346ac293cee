"""CSV out: UTF-8 with its mark for spreadsheets, CP949 where somebody asks for it and it can hold every letter."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geo_app.domain.layers import Layer
from geo_app.domain.problem import Problem
from geo_app.exports.columns import Cell, layer_table, list_json_columns
from geo_app.ingest.text_cells import neutralise_formula

# By what people call them. UTF-8 always carries its mark: without it Excel reads Hangul as Latin letters.
CP949 = "cp949"
ENCODINGS = {"utf-8": "utf-8-sig", "utf-8-sig": "utf-8-sig", CP949: CP949}


def name_cp949(data: bytes) -> str:
    """The charset under which programs read these bytes of CP949 as they were meant.

    No one name is known to all. Browsers read CP949 under `euc-kr` and `windows-949` and know no `cp949`; Python and others read `euc-kr`
    to the letter, without the 8,822 syllables that CP949 added. So text of EUC-KR, nearly all of it, goes under the name everybody knows;
    with a syllable beyond it goes `windows-949`, which no program takes for something smaller.
    """
    try:
        is_plain = data.decode("euc-kr") == data.decode(CP949)
    except UnicodeDecodeError:
        is_plain = False
    return "euc-kr" if is_plain else "windows-949"


def write_csv(features: Iterable[Mapping[str, Any]], layer: Layer, path: Path, *, encoding: str) -> list[Problem]:
    """Writes the table; a cell that the encoding cannot hold is a problem with its line, column and value, never a silent `?`."""
    columns, rows = layer_table(features, layer)
    return write_csv_rows(columns, rows, path, encoding=encoding, json_columns=list_json_columns(layer))


def write_csv_rows(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Cell]],
    path: Path,
    *,
    encoding: str,
    header: Sequence[str] | None = None,
    json_columns: frozenset[str] = frozenset(),
) -> list[Problem]:
    r"""The same of any rows: cells by column. `header` has other words above the columns than their names.

    In `json_columns` a letter that the encoding cannot hold is written as JSON writes it, `\u2013`, and nothing is lost.
    """
    problems: list[Problem] = []
    with path.open("w", encoding=encoding, errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        titles = [cell_text(title) for title in header or columns]
        problems += _list_unwritable(1, columns, titles, encoding)
        writer.writerow(titles)
        for line, cells in enumerate(rows, start=2):
            texts = [cell_text(cells.get(column)) for column in columns]
            if encoding == CP949:
                texts = [_escaped(text) if column in json_columns else text for column, text in zip(columns, texts, strict=True)]
            problems += _list_unwritable(line, columns, texts, encoding)
            writer.writerow(texts)
    return problems


def cell_text(cell: Cell) -> str:
    """A cell as text: what a person typed is made safe for spreadsheets, numbers stay as they are."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return neutralise_formula(cell) if isinstance(cell, str) else repr(cell)


def _list_unwritable(line: int, columns: Sequence[str], texts: list[str], encoding: str) -> list[Problem]:
    problems = []
    for column, text in zip(columns, texts, strict=True):
        if not text.isascii() and (lost := _list_lost(text, encoding)):
            problems.append(
                Problem("cannot-encode", line=line, column=column, value=text[:200], details={"encoding": encoding, "characters": lost})
            )
    return problems


def _escaped(text: str) -> str:
    return "".join(letter if _fits(letter, CP949) else json.dumps(letter)[1:-1] for letter in text)


def _list_lost(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(dict.fromkeys(letter for letter in text if not _fits(letter, encoding)))[:50]
    return ""


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True

"""Facts kept by hand that complete an extract: codes that no package has, and figures of a year that it lacks.

`dong_table.csv`: one row a dong by `sgis_2020`; `dong_pairs.csv`: which administrative dongs a legal dong belongs to, by `legal_code`.
Both are optional. A column that is absent or a cell that is empty says nothing.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TABLE_NAME = "dong_table.csv"
PAIRS_NAME = "dong_pairs.csv"
# The table's prefix of a figure's column → the figure; the year follows: pop_2025, pop_kr_2025, pop_foreign_2025.
_FIGURE_COLUMNS = {"pop": "total", "pop_kr": "korean", "pop_foreign": "foreign", "establishments": "establishments"}

Row = dict[str, str]
Code = dict[str, str]


@dataclass(frozen=True, slots=True)
class DongFacts:
    """`dongs` by SGIS code (2020, 7 digits), `pairs` by legal-dong code (10 digits)."""

    dongs: dict[str, Row] = field(default_factory=dict)
    pairs: dict[str, list[Row]] = field(default_factory=dict)


def load_facts(folder: Path) -> DongFacts:
    """The facts of the folder; empty where it has none."""
    facts = DongFacts()
    for row in _read_rows(folder / TABLE_NAME):
        facts.dongs[row["sgis_2020"]] = row
    for row in _read_rows(folder / PAIRS_NAME):
        facts.pairs.setdefault(row["legal_code"], []).append(row)
    return facts


def mois_codes(row: Row, prefix: str) -> list[Code]:
    """The MOIS codes of a row with the days they are valid.

    The columns: `<prefix>`, `<prefix>_until`, `<prefix>_next`, `<prefix>_next_from`, `<prefix>_next_note`.
    """
    now = _filled(scheme="mois", code=row.get(prefix, ""), valid_until=row.get(f"{prefix}_until", ""))
    later = _filled(
        scheme="mois",
        code=row.get(f"{prefix}_next", ""),
        valid_from=row.get(f"{prefix}_next_from", ""),
        note=row.get(f"{prefix}_next_note", ""),
    )
    return [code for code in (now, later) if "code" in code]


def table_figures(row: Row) -> dict[tuple[str, str], int]:
    """The figures of a row by (year, figure)."""
    figures: dict[tuple[str, str], int] = {}
    for column, text in row.items():
        stem, _, year = column.rpartition("_")
        if stem in _FIGURE_COLUMNS and year.isdigit() and text:
            figures[year, _FIGURE_COLUMNS[stem]] = int(text)
    return figures


def _filled(**members: str) -> Code:
    return {name: value for name, value in members.items() if value}


def _read_rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))

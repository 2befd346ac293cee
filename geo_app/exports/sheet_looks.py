"""How a sheet of a workbook looks: columns as wide as what they hold, a bold head that stays in view, numbers a person can read."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from geo_app.exports.columns import Cell
from geo_app.wording.text_width import text_width

MEASURED_ROWS: Final = 200  # what stands below is as wide as what stands above
HEAD_FONT: Final = Font(bold=True)
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
NOTES_WIDTHS: Final = (24, 90)
_LEAST_WIDTH, _MOST_WIDTH, _MARGIN = 8, 48, 2
_AMOUNTS: Final = (
    "demand",
    "covered",
    "uncovered",
    "uncovered_a",
    "uncovered_b",
    "served_change",
    "weight",
    "people",
    "people_hours",
    "gain",
)
_COUNTS: Final = ("employees", "distance_m", "open_count", "cell_count", "tenants", "area_m2")


def number_format(column: str) -> str | None:
    """How a column's numbers are shown, by its name; None as they stand (years, hours, ranks). The values keep all their digits.

    >>> [number_format(name) for name in ("share_a", "mean_travel_min", "uncovered", "employees", "lon", "hour")]
    ['0.000', '0.0', '#,##0.0', '#,##0', '0.000000', None]
    """
    if column == "share" or column.endswith("_share") or column.startswith("share_"):
        return "0.000"
    if column in ("lon", "lat"):
        return "0.000000"
    if column in _AMOUNTS:
        return "#,##0.0"
    if column in _COUNTS:
        return "#,##0"
    return "0.0" if column.endswith("_min") else None


def set_columns(sheet: Any, titles: Sequence[str], columns: Sequence[str], rows: Sequence[Mapping[str, Cell]]) -> None:
    """Widths by the title and the rows given, and the head row held in view; before any row is written."""
    for number, (title, column) in enumerate(zip(titles, columns, strict=True), start=1):
        widest = max([text_width(title), *(text_width(_shown(row.get(column), column)) for row in rows[:MEASURED_ROWS])])
        sheet.column_dimensions[get_column_letter(number)].width = min(max(widest + _MARGIN, _LEAST_WIDTH), _MOST_WIDTH)
    sheet.freeze_panes = "A2"


def set_notes(sheet: Any) -> None:
    """A sheet of two columns, a name and a text."""
    for letter, width in zip("AB", NOTES_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


def _shown(cell: Cell, column: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        decimals = (number_format(column) or "0.000000").partition(".")[2]
        return f"{cell:,.{len(decimals)}f}"
    return str(cell)

"""A table of demand from outside: figures by square of the national grid, by dong, or at points; CSV or XLSX, Korean headers."""

import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from geo_app.domain.demand import PlacedBy
from geo_app.domain.errors import BadArgument
from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.cell_values import BadCell, parse_number
from geo_app.ingest.csv_table import read_csv
from geo_app.ingest.demand_columns import DONG, FIGURE, GRID, LAT, LON, count_known, map_columns
from geo_app.ingest.demand_points import PointCells
from geo_app.ingest.limits import LIMITS, Limits
from geo_app.ingest.refusal import FileRefused, ProblemList, shortened
from geo_app.ingest.table import RawRow, Table
from geo_app.ingest.text_cells import plain_text, restore_formula
from geo_app.ingest.upload import CSV, XLSX, Upload, get_format
from geo_app.ingest.xlsx_table import read_xlsx
from geo_app.spatial.grid import CELL_M, grid_code, parse_grid_code

_ONE_EACH: Final = "1"


@dataclass(frozen=True, slots=True)
class DemandGround:
    """What rows are placed on. `dongs`: folded name, code or id → id. `cells`: corners (south-west) of the cells, EPSG:5179 m."""

    dongs: Mapping[str, str]
    cells: AbstractSet[tuple[int, int]]


@dataclass(slots=True)
class DemandReading:
    """What the file holds. `rows`: (grid code or dong id, figure), by place; empty where an error keeps the file out.

    `mapping`: header → part. `row_count` rows were met; `total` is the sum that is in, `outside_total` what lies outside the district.
    """

    placed_by: PlacedBy = PlacedBy.CELL
    rows: tuple[tuple[str, float], ...] = ()
    mapping: dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    problems: list[Problem] = field(default_factory=list)
    row_count: int = 0
    total: float = 0.0
    outside_total: float = 0.0

    @property
    def has_errors(self) -> bool:
        """True where the file stays out."""
        return any(problem.is_error for problem in self.problems)


def read_demand_file(upload: Upload, ground: DemandGround, limits: Limits = LIMITS) -> DemandReading:
    """The reading of a file; it never raises for what the file holds. Raises `OSError` only."""
    return _Reader(ground, limits).read(upload)


def fold_dong(text: str) -> str:
    """A dong's name or code as it is looked up: NFC, without what stands before it.

    >>> fold_dong("광주광역시 광산구 송정1동 "), fold_dong("2920051500")
    ('송정1동', '2920051500')
    """
    words = unicodedata.normalize("NFC", text).split()
    return words[-1].casefold() if words else ""


class _Reader:
    """One file, read once."""

    def __init__(self, ground: DemandGround, limits: Limits) -> None:
        self._ground = ground
        self._points = PointCells(ground.cells)
        self._limits = limits
        self._problems = ProblemList(limits.problems_per_code)
        self._reading = DemandReading()
        self._figures: dict[str, float] = {}
        self._lines: dict[str, int] = {}

    def read(self, upload: Upload) -> DemandReading:
        reading = self._reading
        try:
            table = self._open(upload)
            columns = map_columns(table.headers)
            reading.encoding = table.encoding or ""
            reading.mapping = {header: part for part, header in columns.items()}
            reading.placed_by = PlacedBy.DONG if DONG in columns else PlacedBy.CELL
            for problem in table.problems:
                self._problems.add(problem)
            self._read_rows(table, columns)
        except FileRefused as refused:
            self._problems.add(refused.problem)
        reading.problems = self._problems.listed()
        reading.rows = () if reading.has_errors else tuple(sorted(self._figures.items()))
        reading.total = sum(figure for _, figure in reading.rows)
        return reading

    def _read_rows(self, table: Table, columns: Mapping[str, str]) -> None:
        for row in table.rows:
            self._reading.row_count += 1
            self._read_row(row, columns)
        if not self._reading.row_count:
            raise FileRefused("no-rows")
        if not self._figures and not any(problem.is_error for problem in self._problems.listed()):
            raise FileRefused("demand-nothing-inside")

    def _open(self, upload: Upload) -> Table:
        kind = get_format(upload, self._limits)
        if kind == CSV:
            return read_csv(upload, self._limits, count_known)
        if kind == XLSX:
            return read_xlsx(upload, self._limits)
        raise FileRefused("unsupported-format", value=upload.name, extension=kind, known=".csv, .xlsx")

    def _read_row(self, row: RawRow, columns: Mapping[str, str]) -> None:
        if row.fault is not None:
            self._problems.add(row.fault)
            return
        texts = {part: restore_formula(plain_text(str(row.cells.get(header, "")))) for part, header in columns.items()}
        part = next(iter(columns))
        try:
            figure = self._figure(texts.get(FIGURE, _ONE_EACH))
            part, place = self._place(texts)
        except BadCell as bad:
            part = FIGURE if bad.code in ("bad-number", "negative-figure") else part
            self._problems.add(Problem(bad.code, Severity.ERROR, row.line, columns.get(part), bad.value, bad.details))
            return
        if place is None:
            self._tell_outside(row.line, columns[part], texts[part], figure, is_error=part == LON)
        else:
            self._add(row.line, columns[part], place, figure, may_repeat=part == LON)

    def _figure(self, text: str) -> float:
        figure = parse_number(text)
        if figure < 0:
            raise BadCell("negative-figure", text)
        return figure

    def _place(self, texts: Mapping[str, str]) -> tuple[str, str | None]:
        """The part that says where, and the place's key; None outside the district. Raises `BadCell`."""
        if GRID in texts:
            return GRID, self._square(texts[GRID])
        if DONG in texts:
            dong_id = self._ground.dongs.get(fold_dong(texts[DONG]))
            if dong_id is None:
                raise BadCell(
                    "unknown-dong", texts[DONG], known=", ".join(sorted(name for name in self._ground.dongs if name.endswith("동")))
                )
            return DONG, dong_id
        return LON, self._points.cell(texts[LON], texts[LAT])

    def _square(self, text: str) -> str | None:
        try:
            square = parse_grid_code(text)
        except BadArgument:
            raise BadCell("bad-grid-code", text) from None
        x = range(square.x_min // CELL_M * CELL_M, square.x_min + square.size_m, CELL_M)
        y = range(square.y_min // CELL_M * CELL_M, square.y_min + square.size_m, CELL_M)
        is_inside = any((east, north) in self._ground.cells for east in x for north in y)
        return grid_code(square.x_min, square.y_min, square.size_m) if is_inside else None

    def _tell_outside(self, line: int, column: str, text: str, figure: float, *, is_error: bool) -> None:
        # A national grid file holds the neighbours' squares too; a point outside is more likely a slip.
        severity = Severity.ERROR if is_error else Severity.WARNING
        self._reading.outside_total += figure
        self._problems.add(Problem("demand-outside", severity, line, column, shortened(text)))

    def _add(self, line: int, column: str, place: str, figure: float, *, may_repeat: bool) -> None:
        if place in self._figures and not may_repeat:
            self._problems.add(Problem("demand-twice", Severity.ERROR, line, column, place, {"first": self._lines[place]}))
            return
        self._lines.setdefault(place, line)
        self._figures[place] = self._figures.get(place, 0.0) + figure

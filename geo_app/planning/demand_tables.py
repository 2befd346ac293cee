"""The office's own tables of demand, laid over the cells."""

from typing import Final

import numpy as np

from geo_app.domain.demand import TABLE_PREFIX, DemandTable, PlacedBy, load_table
from geo_app.planning.cells import Cells
from geo_app.planning.demand_bases import spread_by_area
from geo_app.planning.demand_info import DemandInfo
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray
from geo_app.spatial.grid import CELL_M, GridSquare, parse_grid_code

TABLE_PARAMETER: Final = "table:"


def list_tables(snapshot: Snapshot) -> tuple[DemandTable, ...]:
    """The tables of a revision, by key. Raises `BadRecord`."""
    keys = sorted(name.removeprefix(TABLE_PREFIX) for name in snapshot.documents if name.startswith(TABLE_PREFIX))
    return tuple(load_table(key, snapshot.document(f"{TABLE_PREFIX}{key}")) for key in keys)


def find_table(snapshot: Snapshot, key: str) -> DemandTable | None:
    """The table of that key, or None. Raises `BadRecord`."""
    record = snapshot.document(f"{TABLE_PREFIX}{key}")
    return None if record is None else load_table(key, record)


def table_info(table: DemandTable, left_out: tuple[str, ...] = ()) -> DemandInfo:
    """What a page must say of a table."""
    key = f"{TABLE_PARAMETER}{table.key}"
    return DemandInfo(key, "", table.unit, table.source, table.year, names={"ko": table.name}, left_out=left_out)


def load_table_base(table: DemandTable, cells: Cells) -> tuple[DemandInfo, FloatArray]:
    """A table over the pieces, (p,) float64.

    A square's figure is put whole on the part of it that lies in the district: a file of the district counts nobody outside. Within a cell
    it is spread by area. A place that no longer meets the district is `left_out`, its figure too.
    """
    if table.placed_by is PlacedBy.DONG:
        position = {dong_id: number for number, dong_id in enumerate(cells.dong_ids)}
        by_dong = np.zeros(len(cells.dong_ids))
        for dong_id, figure in table.rows:
            if dong_id in position:
                by_dong[position[dong_id]] += figure
        left_out = tuple(dong_id for dong_id, _ in table.rows if dong_id not in position)
        return table_info(table, left_out), spread_by_area(cells, by_dong)
    by_cell, left_out = _by_cell(table, cells)
    inside_m2 = cells.sum_by_cell(cells.piece_area_m2)
    return table_info(table, left_out), by_cell[cells.piece_cell] * cells.piece_area_m2 / inside_m2[cells.piece_cell]


def _by_cell(table: DemandTable, cells: Cells) -> tuple[FloatArray, tuple[str, ...]]:
    inside_m2 = cells.sum_by_cell(cells.piece_area_m2)
    by_cell, left_out = np.zeros(len(cells)), []
    for code, figure in table.rows:
        shared = overlaps(parse_grid_code(code))
        ground = [(cells.position_of[corner], share) for corner, share in shared if corner in cells.position_of]
        # Of a larger square each cell takes by its ground in the district; of a smaller one by what the square covers of it.
        weighed = [(cell, share * inside_m2[cell]) for cell, share in ground]
        total = sum(weight for _, weight in weighed)
        for cell, weight in weighed:
            by_cell[cell] += figure * weight / total
        if not weighed:
            left_out.append(code)
    return by_cell, tuple(left_out)


def overlaps(square: GridSquare) -> list[tuple[tuple[int, int], float]]:
    """The cells of 250 m that a square of the grid meets: south-western corner, EPSG:5179 metres, and the share of the cell it covers."""
    along_x, along_y = _along(square.x_min, square.size_m), _along(square.y_min, square.size_m)
    return [((x, y), share_x * share_y) for x, share_x in along_x for y, share_y in along_y]


def _along(start_m: int, size_m: int) -> list[tuple[int, float]]:
    first = start_m // CELL_M * CELL_M
    cells = range(first, start_m + size_m, CELL_M)
    return [(cell, (min(cell + CELL_M, start_m + size_m) - max(cell, start_m)) / CELL_M) for cell in cells]

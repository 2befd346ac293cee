"""How much of the district a street network reaches: what tells a file of the district from a few streets somewhere in it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.problem import Problem, Severity
from geo_app.planning.cells import Cells, build_cells
from geo_app.planning.plan_site import list_plan_sites
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray, LonLat, to_grid
from geo_app.spatial.geodesy import paired_distances_m
from geo_app.spatial.grid import CELL_M
from geo_app.travel.placement import SNAP_LIMIT_M, may_go_back, may_go_forward
from geo_app.travel.routing import StreetRouter
from geo_app.travel.speeds import Mode
from geo_app.travel.streets import Streets

# Assumptions. Under half, answers would tell of the file's holes rather than of the district, and straight lines come nearer the truth;
# fields, hills and water leave a whole file of streets a few per cent short.
LEAST_SHARE: Final = 0.5
GOOD_SHARE: Final = 0.9
_COUNTED_LAYER = "shelters"
_DECIMALS = 4


def measure_reach(snapshot: Snapshot, streets: Streets, on_day: date) -> dict[str, Any]:
    """What of the district lies within `limit_m` of a street, as plain values.

    `cells` squares of the grid and `places` counted shelters inside the district; `modes`: for each mode how many of them are near a
    street that it may use (`cells_near`, `places_near`), their shares (0–1, None of none), and `length_m` of its streets on the squares.
    """
    cells = build_cells(snapshot)
    sites = [site for site in list_plan_sites(snapshot, _COUNTED_LAYER, on_day).counted if not site.is_neighbour]
    places = LonLat(np.array([(site.lon, site.lat) for site in sites], dtype=np.float64).reshape(-1, 2))
    router, inside_m = StreetRouter(streets), _lengths_inside_m(streets, cells)
    modes = {}
    for mode in Mode:
        cells_near, places_near = (_count_near(router, points, mode) for points in (LonLat(cells.point_lonlat), places))
        modes[mode.value] = {
            "length_m": round(float(inside_m[may_go_forward(streets, mode) | may_go_back(streets, mode)].sum())),
            "cells_near": cells_near,
            "places_near": places_near,
            "cells_share": _share(cells_near, len(cells)),
            "places_share": _share(places_near, len(places)),
        }
    return {"limit_m": SNAP_LIMIT_M, "cells": len(cells), "places": len(places), "modes": modes}


def list_reach_problems(reach: Mapping[str, Any], *, accept_sparse: bool) -> Iterator[Problem]:
    """An error where the worst share of any mode is below `LEAST_SHARE` and nobody accepted that, a warning below `GOOD_SHARE`."""
    modes = reach["modes"]
    shares = [share for facts in modes.values() for share in (facts["cells_share"], facts["places_share"]) if share is not None]
    least = min(shares, default=1.0)
    if least >= GOOD_SHARE:
        return
    is_refused = least < LEAST_SHARE and not accept_sparse
    told = {mode: f"{100 * (facts['cells_share'] or 0.0):.1f}" for mode, facts in modes.items()}
    near = min(facts["places_near"] for facts in modes.values())
    details = {"metres": round(reach["limit_m"]), "places": reach["places"], "near": near, "least": round(100 * LEAST_SHARE), **told}
    yield Problem("roads-sparse" if is_refused else "roads-thin", Severity.ERROR if is_refused else Severity.WARNING, details=details)


def _count_near(router: StreetRouter, points: LonLat, mode: Mode) -> int:
    return int((router.place(points, mode).edge >= 0).sum()) if len(points) else 0


def _share(near: int, count: int) -> float | None:
    return round(near / count, _DECIMALS) if count else None


def _lengths_inside_m(streets: Streets, cells: Cells) -> FloatArray:
    """(m,) float64 metres of each edge on the district's squares; a straight stretch belongs to the square of its middle."""
    line, offsets = streets.line_lonlat, streets.line_offsets
    steps_m = paired_distances_m(line[:-1, 0], line[:-1, 1], line[1:, 0], line[1:, 1])
    owner = np.repeat(np.arange(streets.n_edges), np.diff(offsets))
    is_step = owner[:-1] == owner[1:]
    squares = np.floor(to_grid(LonLat((line[:-1] + line[1:]) / 2)) / CELL_M).astype(np.int64)
    is_inside = is_step & np.isin(_one_number(squares), _one_number(cells.corner_xy // CELL_M))
    inside_m: FloatArray = np.bincount(owner[:-1][is_inside], weights=steps_m[is_inside], minlength=streets.n_edges).astype(np.float64)
    return inside_m


def _one_number(squares: NDArray[np.int64]) -> NDArray[np.int64]:
    numbers: NDArray[np.int64] = squares[:, 0] << 32 | (squares[:, 1] & 0xFFFFFFFF)
    return numbers

"""The built-in demands that are counted somewhere: residents, foreign residents, establishments by dong, workers by complex."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from geo_app.domain.demand import DemandUnit
from geo_app.planning.cells import Cells
from geo_app.planning.complex_ground import ComplexGround, list_complexes, spread_over
from geo_app.planning.demand_info import DemandInfo
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray

COMPLEX_WORKERS: Final = "complex-workers"
_UNKNOWN_SOURCE: Final = "–"


@dataclass(frozen=True, slots=True)
class DongFigure:
    """A figure that the dongs carry by year. `read` takes a dong's properties and gives the figures by year."""

    name_msgid: str
    unit: DemandUnit
    read: Callable[[Mapping[str, Any]], Mapping[str, Any]]


def _population(part: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    return lambda properties: {year: figures.get(part) for year, figures in (properties.get("population") or {}).items()}


DONG_FIGURES: Final[Mapping[str, DongFigure]] = {
    "residents": DongFigure("Residents", DemandUnit.PEOPLE, _population("total")),
    "foreign-residents": DongFigure("Foreign residents", DemandUnit.PEOPLE, _population("foreign")),
    "establishments": DongFigure("Establishments", DemandUnit.ESTABLISHMENTS, lambda properties: properties.get("establishments") or {}),
}
BASE_KEYS: Final = (*DONG_FIGURES, COMPLEX_WORKERS)
COMPLEX_WORKERS_MSGID: Final = "Workers of industrial complexes"


def list_years(snapshot: Snapshot, key: str) -> tuple[int, ...]:
    """The years of which any dong has the figure, newest first."""
    rows = _dong_rows(snapshot).values()
    return tuple(
        sorted({int(year) for row in rows for year, value in DONG_FIGURES[key].read(row).items() if value is not None}, reverse=True)
    )


def load_dong_base(snapshot: Snapshot, cells: Cells, key: str, year: int) -> tuple[DemandInfo, FloatArray]:
    """A figure by dong of one year, (p,) float64: spread over each dong's pieces by area, so that each dong keeps its sum.

    The figures of later years were counted within that year's dongs and stand here on the polygons of the layer: joined by name.
    """
    figure, rows = DONG_FIGURES[key], _dong_rows(snapshot)
    told = [figure.read(rows[dong_id]).get(str(year)) for dong_id in cells.dong_ids]
    by_dong = np.asarray([0.0 if value is None else float(value) for value in told])
    left_out = tuple(name for name, value in zip(cells.dong_names, told, strict=True) if value is None)
    is_newest = year == next(iter(list_years(snapshot, key)), year)
    parameter = key if is_newest else f"{key}:{year}"
    info = DemandInfo(parameter, figure.name_msgid, figure.unit, _source(snapshot, "dongs"), year, left_out=left_out)
    return info, spread_by_area(cells, by_dong)


def load_complex_base(snapshot: Snapshot, cells: Cells) -> tuple[DemandInfo, FloatArray]:
    """The workers of the complexes, (p,) float64: each head count spread evenly over the complex's ground inside the district.

    Complexes without a head count or without ground are `left_out`.
    """
    base, left_out, counted = np.zeros(cells.piece_count), [], []
    for ground in list_complexes(snapshot):
        shares = spread_over(cells, ground) if ground.employees else None
        if shares is None or not ground.employees or not shares.any():
            left_out.append(ground.name)
            continue
        base += shares * ground.employees
        counted.append(ground)
    return _complex_info(snapshot, counted, tuple(left_out)), base


def spread_by_area(cells: Cells, by_dong: FloatArray) -> FloatArray:
    """(d,) figures of dongs → (p,) figures of pieces, by area."""
    areas = cells.sum_by_dong(cells.piece_area_m2)
    per_m2 = np.divide(by_dong, areas, out=np.zeros(len(by_dong)), where=areas > 0)
    spread: FloatArray = per_m2[cells.piece_dong] * cells.piece_area_m2
    return spread


def _complex_info(snapshot: Snapshot, counted: list[ComplexGround], left_out: tuple[str, ...]) -> DemandInfo:
    years = sorted({ground.year for ground in counted if ground.year is not None})
    source = _source(snapshot, "industrial-complexes")
    return DemandInfo(
        COMPLEX_WORKERS,
        COMPLEX_WORKERS_MSGID,
        DemandUnit.PEOPLE,
        f"{source} ({years[0]}–{years[-1]})" if len(years) > 1 else source,
        years[0] if len(years) == 1 else None,
        is_rough=any(ground.is_circle for ground in counted),
        left_out=left_out,
    )


def _dong_rows(snapshot: Snapshot) -> dict[str, Mapping[str, Any]]:
    layer = snapshot.layers.get("dongs")
    features = [] if layer is None else [layer.feature(position) for position in range(len(layer))]
    return {feature["id"]: feature["properties"] for feature in features}


def _source(snapshot: Snapshot, layer: str) -> str:
    """Who made a layer's file: the card's producer; where the district came without cards, the source its records name."""
    files = (f"{layer}.geojson", f"{layer}.json")
    cards = [item["producer"] for item in snapshot.document("sources") or () if item.get("file") in files]
    if cards:
        return str(cards[0])
    held = snapshot.layers.get(layer)
    named = sorted({str(held.feature(position)["properties"].get("source", "")) for position in range(len(held))} - {""}) if held else []
    return ", ".join(named) or _UNKNOWN_SOURCE

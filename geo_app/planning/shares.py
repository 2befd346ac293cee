"""Shares of areas: how the demand of each dong, complex, job and group is served in one slice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo_app.domain.demand import DemandUnit
from geo_app.planning.answers import AreaShare, BoolArray, FloatArray
from geo_app.planning.complexes import Complex
from geo_app.planning.demand import JOB_PREFIX
from geo_app.planning.world import PlanningWorld

Minutes = NDArray[np.float32]
_EQUAL_DECIMALS = 6  # as shares are passed on: nobody sees a finer difference


@dataclass(frozen=True, slots=True, eq=False)
class CellService:
    """What one slice says of each of (n,) cells: `covered`, `nominal` (every place always open to all), minutes to the nearest usable."""

    covered: BoolArray
    nominal: BoolArray
    travel_min: Minutes


def share_weights(weight: FloatArray, service: CellService, *, key: str, name: str, scheme: str | None = None) -> AreaShare:
    """The share of a demand, (k,) in the unit of the answer, that lies in (k,) cells as `service` has them."""
    demand = float(np.cumsum(weight)[-1]) if len(weight) else 0.0
    covered = summed(weight, service.covered)
    mean, median = average_minutes(weight, service.travel_min)
    return AreaShare(
        key=key,
        name=name,
        scheme=scheme,
        demand=demand,
        covered=covered,
        share=covered / demand if demand > 0 else None,
        nominal_share=summed(weight, service.nominal) / demand if demand > 0 else None,
        uncovered=demand - covered,
        mean_travel_min=mean,
        median_travel_min=median,
    )


def summed(weight: FloatArray, where: BoolArray) -> float:
    """The weight that lies where something holds.

    Added up one by one, in an order that does not depend on what holds: so more never adds up to less, and all of it to the whole.
    """
    return float(np.cumsum(np.where(where, weight, 0.0))[-1]) if len(weight) else 0.0


def average_minutes(weight: FloatArray, minutes: Minutes) -> tuple[float | None, float | None]:
    """(mean, median) by weight: the mean of those who reach a place at all, the median of everybody, where more than half reach one."""
    reached = np.isfinite(minutes) & (weight > 0)
    if not reached.any():
        return None, None
    mean = float(np.average(minutes[reached].astype(np.float64), weights=weight[reached]))
    order = np.argsort(minutes, kind="stable")
    so_far = np.cumsum(weight[order])
    middle = float(minutes[order][np.searchsorted(so_far, so_far[-1] / 2)])
    return mean, middle if np.isfinite(middle) else None


def share_dongs(world: PlanningWorld, by_piece: FloatArray, service: CellService) -> tuple[AreaShare, ...]:
    """Every dong, by name, then id; (p,) demand by piece."""
    cells = world.cells
    found = []
    for number, (dong_id, name) in enumerate(zip(cells.dong_ids, cells.dong_names, strict=True)):
        pieces = np.flatnonzero(cells.piece_dong == number)
        found.append(share_weights(by_piece[pieces], _at(service, cells.piece_cell[pieces]), key=dong_id, name=name))
    return _in_order(found)


def share_groups(world: PlanningWorld, by_piece: FloatArray, service: CellService) -> tuple[AreaShare, ...]:
    """Every group of dongs that the office keeps, by scheme, then name. Its dongs go by their names."""
    cells = world.cells
    names = np.asarray(cells.dong_names)
    found = []
    for group in world.district.groups if world.district is not None else ():
        pieces = np.flatnonzero(np.isin(names, group.dongs)[cells.piece_dong])
        of_group = _at(service, cells.piece_cell[pieces])
        found.append(share_weights(by_piece[pieces], of_group, key=group.name, name=group.name, scheme=group.scheme))
    return tuple(sorted(found, key=lambda share: (share.scheme or "", share.name)))


def share_complexes(complexes: Iterable[Complex], service: CellService) -> tuple[AreaShare, ...]:
    """Every complex on the district's ground, by name, then id, whatever the demand: its own workers, or its bare ground."""
    return _in_order([_share_complex(item, service) for item in complexes])


def share_jobs(world: PlanningWorld, hour: int, service: CellService) -> tuple[AreaShare, ...]:
    """Every job of the curves, in their order, each spread by its own base in that hour; none where there are no curves."""
    found = []
    for part in world.job_parts:
        weight = world.cells.sum_by_cell(part.base) * (1.0 if part.curve is None else float(part.curve[hour]))
        share = share_weights(weight, service, key=part.job or "", name=part.names["ko"] if part.names else part.job or "")
        found.append(replace(share, unit=world.demand(f"{JOB_PREFIX}{part.job}").info.unit))
    return tuple(found)


def find_worst(dongs: Sequence[AreaShare]) -> AreaShare | None:
    """The dong with the lowest share, of equals the one with the most not served, then the first by name; None without any demand."""
    return next(iter(list_worst(dongs)), None)


def list_worst(dongs: Sequence[AreaShare]) -> tuple[AreaShare, ...]:
    """All dongs that are as badly off as the worst, those with the most not served first; none without any demand."""
    counted = [(round(item.share, _EQUAL_DECIMALS), item) for item in dongs if item.share is not None]
    least = min((share for share, _ in counted), default=0.0)
    return tuple(sorted((item for share, item in counted if share == least), key=lambda item: -(item.uncovered or 0.0)))


def _share_complex(item: Complex, service: CellService) -> AreaShare:
    there = _at(service, item.cells)
    by_ground = share_weights(item.cell_share, there, key=item.id, name=item.name)
    workers = item.workers
    if workers is None or by_ground.share is None:
        return replace(by_ground, demand=None, covered=None, uncovered=None, unit=DemandUnit.PEOPLE)
    covered = workers * by_ground.share
    return replace(by_ground, demand=workers, covered=covered, uncovered=workers - covered, unit=DemandUnit.PEOPLE)


def _at(service: CellService, cells: NDArray[np.integer]) -> CellService:
    return CellService(service.covered[cells], service.nominal[cells], service.travel_min[cells])


def _in_order(found: Iterable[AreaShare]) -> tuple[AreaShare, ...]:
    return tuple(sorted(found, key=lambda share: (share.name, share.key)))

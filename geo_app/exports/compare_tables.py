"""Differences between two answers as tables for files: by dong, by complex, by hour of the week."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from geo_app.domain.demand import DemandUnit
from geo_app.exports.columns import Cell
from geo_app.exports.file_basis import value_labels
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column
from geo_app.planning.answers import WeekAnswer
from geo_app.planning.compare import AreaChange, hour_changes
from geo_app.wording.catalogue import Words
from geo_app.wording.week_table import weekday_name

HOURS_OF_DAY = 24
SHARE_DECIMALS, DEMAND_DECIMALS = 6, 3
_SHARE_WORDS = MappingProxyType({
    "share_a": "A: in reality",
    "share_b": "B: in reality",
    "share_change": "Difference",
})  # fmt: skip
_AREA_WORDS = MappingProxyType({
    "id": "id",
    "name": "Name",
    **_SHARE_WORDS,
    "served_change": "More or fewer served",
    "uncovered_a": "A: not served",
    "uncovered_b": "B: not served",
    "unit": "Unit of demand",
})  # fmt: skip
_WORKER_WORDS = MappingProxyType({
    **_AREA_WORDS,
    "served_change": "More or fewer workers served",
    "uncovered_a": "A: workers not served",
    "uncovered_b": "B: workers not served",
})  # fmt: skip
_HOUR_WORDS = MappingProxyType({
    "hour_of_week": "Hour of the week",
    "weekday": "Day",
    "hour": "Hour",
    **_SHARE_WORDS,
    "uncovered_a": "A: not served",
    "uncovered_b": "B: not served",
    "unit": "Unit of demand",
})  # fmt: skip
Basis = Sequence[tuple[Column, Cell]]


def dong_changes_table(
    changes: Sequence[AreaChange], shapes: Mapping[str, Any], unit: DemandUnit, metadata: AnalysisMetadata, basis: Basis, words: Words
) -> AnalysisTable:
    """A row a dong; shares are 0–1, amounts in the demand's unit. `shapes`: geometries by id, EPSG:4326."""
    return _area_table("dongs", _AREA_WORDS, changes, shapes, unit, metadata, basis, words)


def complex_changes_table(
    changes: Sequence[AreaChange], shapes: Mapping[str, Any], metadata: AnalysisMetadata, basis: Basis, words: Words
) -> AnalysisTable:
    """The same of complexes: their amounts are workers, whatever demand was asked about."""
    return _area_table("complexes", _WORKER_WORDS, changes, shapes, DemandUnit.PEOPLE, metadata, basis, words)


def hour_changes_table(
    before: WeekAnswer, after: WeekAnswer, unit: DemandUnit, metadata: AnalysisMetadata, basis: Basis, words: Words
) -> AnalysisTable:
    """A row an hour of the week, Monday 00:00 first; a share is empty where there is no demand."""
    changes = hour_changes(before, after)
    rows: list[dict[str, Cell]] = [
        {
            "hour_of_week": hour,
            "weekday": weekday_name(hour // HOURS_OF_DAY, words),
            "hour": hour % HOURS_OF_DAY,
            "share_a": _rounded(float(before.shares[hour]), SHARE_DECIMALS),
            "share_b": _rounded(float(after.shares[hour]), SHARE_DECIMALS),
            "share_change": _rounded(float(changes[hour]), SHARE_DECIMALS),
            "uncovered_a": _rounded(float(before.uncovered[hour]), DEMAND_DECIMALS),
            "uncovered_b": _rounded(float(after.uncovered[hour]), DEMAND_DECIMALS),
            "unit": unit.value,
        }
        for hour in range(len(changes))
    ]
    return AnalysisTable("hours", _columns(_HOUR_WORDS, words), rows, None, metadata, basis)


def _area_table(
    name: str, titles: Mapping[str, str], changes: Sequence[AreaChange], shapes: Mapping[str, Any], unit: DemandUnit,
    metadata: AnalysisMetadata, basis: Basis, words: Words,
) -> AnalysisTable:  # fmt: skip
    rows = [_area_row(item, unit) for item in changes]
    geometry = [shapes.get(item.before.key) for item in changes]
    return AnalysisTable(name, _columns(titles, words), rows, geometry, metadata, basis)


def _area_row(item: AreaChange, unit: DemandUnit) -> dict[str, Cell]:
    return {
        "id": item.before.key,
        "name": item.before.name,
        "share_a": _rounded(item.before.share, SHARE_DECIMALS),
        "share_b": _rounded(item.after.share, SHARE_DECIMALS),
        "share_change": _rounded(item.share_change, SHARE_DECIMALS),
        "served_change": _rounded(item.served_change, DEMAND_DECIMALS),
        "uncovered_a": _rounded(item.before.uncovered, DEMAND_DECIMALS),
        "uncovered_b": _rounded(item.after.uncovered, DEMAND_DECIMALS),
        "unit": unit.value,
    }


def _columns(titles: Mapping[str, str], words: Words) -> tuple[Column, ...]:
    return tuple(Column(name, words(title), value_labels(name, words)) for name, title in titles.items())


def _rounded(value: float | None, decimals: int) -> float | None:
    # Adding nothing turns a negative zero, which a file would show as -0, into zero.
    return None if value is None or not np.isfinite(value) else round(value, decimals) + 0.0

"""Which administrative dong a place lies in, asked for many places at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo_app.domain.provenance import POINT_PRECISIONS
from geo_app.spatial.index import SpatialIndex


class DongFinder:
    """Answers from the dongs' polygons; without polygons every answer is None."""

    def __init__(self, names: Sequence[str], areas: Sequence[BaseGeometry]) -> None:
        self._names = tuple(names)
        self._index = SpatialIndex([str(number) for number in range(len(names))], list(areas))

    def names_of(self, records: Sequence[dict[str, Any]]) -> list[str | None]:
        """The dong's name for each record; None without coordinates, outside every dong, or for an area. A border belongs to the first."""
        answers: list[str | None] = [None] * len(records)
        places = [(number, _point(record)) for number, record in enumerate(records)]
        located = [(number, point) for number, point in places if point is not None]
        if not located or not self._names:
            return answers
        rows, positions = self._index.containing_many(np.asarray([point for _, point in located], dtype=np.float64))
        # From the last to the first: a place on a border keeps the first dong that holds it.
        for row, position in zip(rows[::-1].tolist(), positions[::-1].tolist(), strict=True):
            answers[located[row][0]] = self._names[position]
        return answers


def _point(record: dict[str, Any]) -> tuple[float, float] | None:
    geometry = record.get("geometry")
    # A point that only stands for a dong or a complex says nothing of which dong the place lies in.
    if geometry is None or record["precision"] not in POINT_PRECISIONS:
        return None
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"]
        return lon, lat
    if record["layer"] in ("dongs", "legal-dongs"):
        return None
    inside = shape(geometry).representative_point()
    return inside.x, inside.y

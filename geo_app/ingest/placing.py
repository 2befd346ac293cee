"""Rows of a file find their place on the ground: one coordinate system for all, then every doubt about each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geo_app.domain.layers import GeometryKind, Layer
from geo_app.domain.problem import Problem, Severity
from geo_app.domain.provenance import Precision
from geo_app.ingest.areas import place_area
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.columns import Columns
from geo_app.ingest.crs_choice import choose_crs
from geo_app.ingest.drafts import UnplacedRow
from geo_app.ingest.frame import Frame
from geo_app.ingest.point_checks import PointCheck, check_points
from geo_app.ingest.refusal import ProblemList
from geo_app.ingest.row import Row
from geo_app.spatial.crs import GEOGRAPHIC, FloatArray

# Decimals of degrees: 4 are 10 m, 3 are 100 m, 2 are a kilometre; fewer say nothing about a place of a district.
_ADDRESS_DECIMALS, _STREET_DECIMALS, _DONG_DECIMALS = 4, 3, 2


@dataclass(frozen=True, slots=True)
class Placement:
    """Rows with their geometry in EPSG:4326, in the file's order, and the system the file was read in."""

    rows: list[Row]
    crs: str
    crs_guessed: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of a file are placed by: what the layer takes, where the district lies, what the file calls its columns."""

    layer: Layer
    frame: Frame
    columns: Columns


class Placer:
    """Places the rows of one file; `problems` takes what is said on the way.

    `allow_outside` turns `outside-district` into a warning; `repair_swapped` puts swapped pairs right and says so.
    """

    def __init__(self, ground: Ground, problems: ProblemList, *, allow_outside: bool, repair_swapped: bool) -> None:
        self._layer = ground.layer
        self._frame = ground.frame
        self._columns = ground.columns
        self._problems = problems
        self._allow_outside = allow_outside
        self._repair_swapped = repair_swapped
        self._crs = GEOGRAPHIC
        self._points = np.empty(0, dtype=object)

    def place(self, rows: Sequence[UnplacedRow], declared_crs: str | None, *, lacks_crs: bool = False) -> Placement:
        """Every row that has a place or never claimed one. `lacks_crs` as in `Table`.

        Raises `FileRefused` where the coordinate system stays unknown.
        """
        xy = _file_pairs(rows)
        choice = choose_crs(xy[np.isfinite(xy).all(axis=1)], self._frame, declared_crs, lacks_crs=lacks_crs)
        self._crs = choice.crs
        self._problems.extend(choice.problems)
        checks = check_points(xy, choice.crs, self._frame, repair_swapped=self._repair_swapped)
        self._points = np.asarray(shapely.points(checks.lonlat))
        placed = [self._place_row(row, number, checks) for number, row in enumerate(rows)]
        self._say_unlocated(rows)
        return Placement([row for row in placed if row is not None], choice.crs, choice.is_guessed)

    def _place_row(self, row: UnplacedRow, number: int, checks: PointCheck) -> Row | None:
        outline = row.outline
        if outline is None:
            draft = row.draft if row.precision is None else replace(row.draft, precision=row.precision)
            return Row(row.line, draft, row.site_id)
        is_area = outline.area is not None
        if self._layer.geometry is (GeometryKind.POINT if is_area else GeometryKind.AREA):
            found = "Point" if outline.area is None else outline.area.geom_type
            self._say(row, Severity.ERROR, "wrong-geometry", found, found=found)
            return None
        return self._place_area(row) if is_area else self._place_point(row, number, checks)

    def _place_point(self, row: UnplacedRow, number: int, checks: PointCheck) -> Row | None:
        if not self._passes(row, checks.faults.get(number)):
            return None
        precision = row.precision or self._precision(row)
        if precision is Precision.NONE and row.precision is None:
            self._say(
                row,
                Severity.WARNING,
                "imprecise-coordinates",
                self._points[number].wkt,
                decimals=row.outline.decimals if row.outline else 0,
            )
            return Row(row.line, row.draft, row.site_id)
        return Row(row.line, replace(row.draft, geometry=self._points[number], precision=precision), row.site_id)

    def _place_area(self, row: UnplacedRow) -> Row | None:
        assert row.outline is not None  # noqa: S101 - the caller has looked
        assert row.outline.area is not None  # noqa: S101
        try:
            placed = place_area(row.outline.area, self._crs, self._frame)
        except BadCell as fault:
            self._say(row, Severity.ERROR, fault.code, fault.value, **fault.details)
            return None
        if row.outline.was_open:
            self._say(row, Severity.WARNING, "ring-closed")
        if placed.before_m2 is not None and placed.after_m2 is not None:
            self._say(row, Severity.WARNING, "geometry-repaired", before_m2=round(placed.before_m2), after_m2=round(placed.after_m2))
        if not shapely.intersects(self._frame.area, placed.geometry):
            inside = placed.geometry.representative_point()
            fault_point = BadCell("outside-district", row.draft.name, distance_m=self._frame.distance_from_border_m(inside.x, inside.y))
            if not self._passes(row, fault_point):
                return None
        default = Precision.DONG if self._layer.geometry is GeometryKind.AREA else Precision.COMPLEX
        return Row(row.line, replace(row.draft, geometry=placed.geometry, precision=row.precision or default), row.site_id)

    def _passes(self, row: UnplacedRow, fault: BadCell | None) -> bool:
        """Says the fault; true where the row may come in with it."""
        if fault is None:
            return True
        passes = (fault.code == "outside-district" and self._allow_outside) or fault.code == "axes-put-right"
        self._say(row, Severity.WARNING if passes else Severity.ERROR, fault.code, fault.value, **fault.details)
        if passes and fault.code == "outside-district" and self._frame.name and self._frame.name in (row.draft.address or ""):
            told = {"district": self._frame.name}
            problem = Problem("place-disagrees", Severity.WARNING, row.line, self._columns.address, row.draft.address, told)
            self._problems.add(problem)
        return passes

    def _precision(self, row: UnplacedRow) -> Precision:
        if self._layer.geometry is GeometryKind.POINT_OR_AREA:
            return Precision.COMPLEX
        decimals = row.outline.decimals if row.outline else 0
        if self._crs != GEOGRAPHIC or decimals >= _ADDRESS_DECIMALS:
            return Precision.ADDRESS
        if decimals == _STREET_DECIMALS:
            return Precision.STREET
        return Precision.DONG if decimals == _DONG_DECIMALS else Precision.NONE

    def _say(self, row: UnplacedRow, severity: Severity, code: str, value: str | None = None, **details: str | float) -> None:
        self._problems.add(Problem(code, severity, row.line, self._columns.place(row), value, details))

    def _say_unlocated(self, rows: Sequence[UnplacedRow]) -> None:
        unlocated = [row.line for row in rows if row.outline is None]
        if unlocated:
            told = {"count": len(unlocated)}
            self._problems.add(Problem("unlocated-rows", Severity.WARNING, unlocated[0], self._columns.place(), None, told))


def _file_pairs(rows: Sequence[UnplacedRow]) -> FloatArray:
    """(n, 2) pairs as the file writes them, NaN where a row has none; an area stands with one of its corners."""
    pairs = np.full((len(rows), 2), np.nan)
    for number, row in enumerate(rows):
        if row.outline is not None:
            area = row.outline.area
            pairs[number] = (row.outline.x, row.outline.y) if area is None else area.bounds[:2]
    return pairs

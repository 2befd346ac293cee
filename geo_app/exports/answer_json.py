"""What every answer of coverage is written with: its head, the parts of the demand, and numbers that JSON knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from geo_app.exports.coverage_query import permalink, question_parameters, shown_parameters
from geo_app.planning.answers import AreaShare
from geo_app.planning.demand_info import DemandInfo
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.scenario import Edit

SHARE_DECIMALS, DEMAND_DECIMALS, MINUTES_DECIMALS, DEGREES_DECIMALS = 6, 3, 2, 6
_TENTHS = 10
_ROUNDING = 1e-4  # of a tenth of a minute: what float32 minutes are exact to


@dataclass(frozen=True, slots=True)
class AnswerHead:
    """What every document says of itself: the revision, the question, the code that answered. `root` is the path prefix of links."""

    revision: int
    question: CoverageQuestion
    edits: tuple[Edit, ...]
    code_version: str
    root: str = ""
    notes: tuple[str, ...] = ()

    def members(self) -> dict[str, Any]:
        """The same by name."""
        parameters = question_parameters(self.question, self.edits)
        return {
            "revision": self.revision,
            "code_version": self.code_version,
            "at": parameters["at"],
            "day": parameters["day"],
            "parameters": shown_parameters(self.question, self.edits),
            "permalink": permalink(parameters, revision=self.revision, code_version=self.code_version, root=self.root),
        }


def json_bytes(document: Mapping[str, Any]) -> bytes:
    """Compact UTF-8 JSON with sorted keys; what is not a number is null."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS | orjson.OPT_SERIALIZE_NUMPY)


def area_members(area: AreaShare, unit: str) -> dict[str, Any]:
    """A part of the demand by field, in its own unit or the answer's; `scheme` only where it has one."""
    told = {
        "key": area.key,
        "name": area.name,
        "unit": str(area.unit or unit),
        "demand": demand_value(area.demand),
        "covered": demand_value(area.covered),
        "uncovered": demand_value(area.uncovered),
        "share": share_value(area.share),
        "nominal_share": share_value(area.nominal_share),
        "mean_travel_min": _rounded(area.mean_travel_min, MINUTES_DECIMALS),
        "median_travel_min": _rounded(area.median_travel_min, MINUTES_DECIMALS),
    }
    return told if area.scheme is None else {**told, "scheme": area.scheme}


def demand_members(info: DemandInfo) -> dict[str, Any]:
    """Whom the figures count, of which year, from where."""
    names = dict(info.names)
    told = {"name": names.get("ko", info.name_msgid), "name_en": names.get("en", info.name_msgid)}
    fields = ("key", "source", "year", "is_assumption", "is_rough")
    return {**{name: getattr(info, name) for name in fields}, **told, "unit": info.unit.value, "left_out": list(info.left_out)}


def geometry_members(geometry: Any) -> dict[str, Any] | None:
    """A shapely geometry in EPSG:4326 as GeoJSON, to about a tenth of a metre; null where it is empty."""
    if geometry is None or geometry.is_empty:
        return None
    rounded = shapely.transform(geometry, lambda lonlat: np.round(lonlat, DEGREES_DECIMALS))
    told: dict[str, Any] = orjson.loads(shapely.to_geojson(rounded))
    return told


def minutes_list(minutes: NDArray[np.floating[Any]]) -> list[float | None]:
    """Minutes as JSON knows them: what cannot be reached is null, never a number."""
    return _finite(minutes.astype(np.float64).round(MINUTES_DECIMALS))


def tenths_list(minutes: NDArray[np.floating[Any]]) -> list[float | None]:
    """Minutes rounded up to a tenth, so that what lies beyond a limit never looks within it; null as in `minutes_list`."""
    return _finite(np.ceil(minutes.astype(np.float64) * _TENTHS - _ROUNDING) / _TENTHS)


def _finite(values: NDArray[np.float64]) -> list[float | None]:
    return [value if is_known else None for value, is_known in zip(values.tolist(), np.isfinite(values).tolist(), strict=True)]


def share_list(shares: NDArray[np.float64]) -> list[float | None]:
    """Shares 0–1 as JSON knows them; NaN is null."""
    return _finite(shares.round(SHARE_DECIMALS))


def share_value(value: float | None) -> float | None:
    """A share 0–1 to a millionth; None stays None."""
    return _rounded(value, SHARE_DECIMALS)


def demand_value(value: float | None) -> float | None:
    """An amount of demand to a thousandth; None stays None."""
    return _rounded(value, DEMAND_DECIMALS)


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(float(value), decimals) + 0.0

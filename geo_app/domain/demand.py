"""Demand as numbered inputs: curves by hour of the week for each job, and the office's own tables; what makes them valid."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from geo_app.domain.errors import BadRecord, GeoAppError

HOURS_OF_WEEK: Final = 168  # 0 is Monday 00:00–00:59, 167 Sunday 23:00–23:59, Seoul
CURVES_DOCUMENT: Final = "curves"
TABLE_PREFIX: Final = "demand:"  # a table's document is `demand:<key>`
KEY_CHARS: Final = 40
_KEY = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{KEY_CHARS - 1}}}")


class DemandUnit(StrEnum):
    """What a figure counts. An index counts nothing: only its proportions mean something."""

    PEOPLE = "people"
    ESTABLISHMENTS = "establishments"
    INDEX = "index"


class CurveStatus(StrEnum):
    """A measured curve names whose measurement it is; an assumption gives its reason."""

    ASSUMPTION = "assumption"
    MEASURED = "measured"


class PlacedBy(StrEnum):
    """What the rows of a table name: squares of the national grid by code, or administrative dongs by id."""

    CELL = "cell"
    DONG = "dong"


class UnknownDemand(GeoAppError):
    """No demand has that name. Values: `demand`, `known` (comma-separated)."""

    code = "unknown-demand"


@dataclass(frozen=True, slots=True, eq=False)
class JobCurve:
    """When and where the people of one job are about, relative to their own busiest hour.

    `curve`: 168 shares 0–1 by hour of the week, 1 the busiest. `base`: built-in demand → share of the job spread by it, adding up to 1.
    `people` is a head count with `people_source`, or None: then only proportions are known. `names` by language, with Korean and English.
    """

    id: str
    names: Mapping[str, str]
    base: Mapping[str, float]
    curve: tuple[float, ...]
    status: CurveStatus
    reason: str
    source: str
    people: float | None = None
    people_source: str = ""

    def name(self, lang: str) -> str:
        """The job's name in that language, else in English."""
        return self.names.get(lang) or self.names["en"]


@dataclass(frozen=True, slots=True, eq=False)
class DemandTable:
    """The office's own figures. `rows`: (code of a grid square or id of a dong, figure ≥ 0), each place once, in the order of places."""

    key: str
    name: str
    year: int
    source: str
    unit: DemandUnit
    placed_by: PlacedBy
    rows: tuple[tuple[str, float], ...]
    file_sha256: str = ""


def load_curves(record: Sequence[Mapping[str, Any]]) -> tuple[JobCurve, ...]:
    """The curves that a stored document tells, in its order. Raises `BadRecord` naming the job and what is wrong."""
    if not isinstance(record, list | tuple):
        raise BadRecord(id=CURVES_DOCUMENT, field="", reason="not a list")
    jobs = tuple(_load_job(item) for item in record)
    seen: set[str] = set()
    for job in jobs:
        if job.id in seen:
            raise BadRecord(id=job.id, field="id", reason="twice")
        seen.add(job.id)
    return jobs


def curves_record(jobs: Sequence[JobCurve]) -> list[dict[str, Any]]:
    """Plain JSON values, the form of the stored document."""
    return [_job_record(job) for job in jobs]


def load_table(key: str, record: Mapping[str, Any]) -> DemandTable:
    """The table that a stored document tells. Raises `BadRecord`."""
    try:
        rows = tuple((str(place), float(figure)) for place, figure in record["rows"])
        table = DemandTable(
            key=check_key(key),
            name=str(record["name"]),
            year=int(record["year"]),
            source=str(record["source"]),
            unit=DemandUnit(record["unit"]),
            placed_by=PlacedBy(record["placed_by"]),
            rows=rows,
            file_sha256=str(record.get("file_sha256", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BadRecord(id=f"{TABLE_PREFIX}{key}", field=_blamed(fault), reason=str(fault)) from fault
    if len({place for place, _ in rows}) != len(rows) or not all(math.isfinite(figure) and figure >= 0 for _, figure in rows):
        raise BadRecord(id=f"{TABLE_PREFIX}{key}", field="rows", reason="a place twice, or a figure below 0")
    return table


def table_record(table: DemandTable) -> dict[str, Any]:
    """Plain JSON values, the form of the stored document; the key is the document's own."""
    return {
        "name": table.name,
        "year": table.year,
        "source": table.source,
        "unit": table.unit.value,
        "placed_by": table.placed_by.value,
        "rows": [[place, figure] for place, figure in table.rows],
        "file_sha256": table.file_sha256,
    }


def check_key(text: str) -> str:
    """The key of a job or table: lower-case Latin letters, digits and hyphens. Raises `ValueError`."""
    if not _KEY.fullmatch(text):
        raise ValueError(text)
    return text


def _load_job(item: Mapping[str, Any]) -> JobCurve:
    try:
        people = item.get("people")
        job = JobCurve(
            id=check_key(item["id"]),
            names=MappingProxyType({lang: str(name) for lang, name in item["names"].items()}),
            base=MappingProxyType({key: float(share) for key, share in item["base"].items()}),
            curve=tuple(float(value) for value in item["curve"]),
            status=CurveStatus(item["status"]),
            reason=str(item.get("reason", "")),
            source=str(item.get("source", "")),
            people=None if people is None else float(people),
            people_source=str(item.get("people_source", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        shown = str(item.get("id", "")) if isinstance(item, Mapping) else ""
        raise BadRecord(id=shown, field=_blamed(fault), reason=str(fault)) from fault
    for field, is_right in _job_rules(job):
        if not is_right:
            raise BadRecord(id=job.id, field=field, reason="not as required")
    return job


def _job_rules(job: JobCurve) -> list[tuple[str, bool]]:
    """What must hold, by the field to blame; NaN fails each comparison."""
    is_told = bool(job.reason if job.status is CurveStatus.ASSUMPTION else job.source)
    return [
        ("names", bool(job.names.get("ko") and job.names.get("en"))),
        ("base", bool(job.base) and all(share > 0 for share in job.base.values()) and abs(sum(job.base.values()) - 1) < 1e-9),  # noqa: PLR2004 rounding
        ("curve", len(job.curve) == HOURS_OF_WEEK and all(0 <= value <= 1 for value in job.curve) and max(job.curve) > 0),
        ("reason" if job.status is CurveStatus.ASSUMPTION else "source", is_told),
        ("people", job.people is None or (0 < job.people < math.inf and bool(job.people_source))),
    ]


def _job_record(job: JobCurve) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": job.id,
        "names": dict(job.names),
        "base": dict(job.base),
        "status": job.status.value,
        "reason": job.reason,
        "source": job.source,
        "curve": list(job.curve),
    }
    return record if job.people is None else {**record, "people": job.people, "people_source": job.people_source}


def _blamed(fault: Exception) -> str:
    return str(fault.args[0]) if isinstance(fault, KeyError) and fault.args else "record"

"""How many people are where, at which hour of the week: the demands a district knows, and the one that a parameter asks for.

`residents`, `foreign-residents`, `establishments` (newest year, or `residents:2020`), `complex-workers`: what somebody counted.
`job:<id>`: one job of the curves; `jobs`: all of them in equal parts; `mix:rider=60,courier=40`. `table:<key>`: the office's own.
Nobody published how many riders or couriers a district has: a job without a head count is an index of 1,000 at its busiest hour.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from geo_app.domain.demand import DemandUnit, JobCurve, UnknownDemand
from geo_app.domain.errors import BadArgument
from geo_app.planning.cells import Cells, build_cells
from geo_app.planning.curves import CurveBook, get_curves
from geo_app.planning.demand_bases import COMPLEX_WORKERS, DONG_FIGURES, list_years, load_complex_base, load_dong_base
from geo_app.planning.demand_info import Demand, DemandInfo, DemandPart
from geo_app.planning.demand_tables import TABLE_PARAMETER, find_table, list_tables, load_table_base, table_info
from geo_app.snapshot.snapshot import Snapshot
from geo_app.spatial.crs import FloatArray

__all__ = ["DEFAULT_DEMAND", "Demand", "DemandInfo", "DemandPart", "list_demands", "load_demand"]

DEFAULT_DEMAND: Final = "residents"
INDEX_TOTAL: Final = 1_000.0
JOBS: Final = "jobs"
JOBS_MSGID: Final = "All jobs, in equal parts"
MIX_MSGID: Final = "Mix of jobs"
JOB_PREFIX: Final = "job:"
_MIX = "mix:"
_SHARE = re.compile(r"([a-z0-9-]+)=(\d{1,6}(?:\.\d{1,6})?)", re.ASCII)


def list_demands(snapshot: Snapshot) -> tuple[DemandInfo, ...]:
    """All demands that the district can be asked for, without mixes: counts (newest year first), jobs, all jobs, tables."""
    cells = build_cells(snapshot)
    infos = [load_dong_base(snapshot, cells, key, year)[0] for key in DONG_FIGURES for year in list_years(snapshot, key)]
    workers, _ = load_complex_base(snapshot, cells)
    book = get_curves(snapshot)
    jobs = [_job_info(job) for job in book.jobs]
    return (*infos, workers, *jobs, *([_jobs_info(book)] if jobs else []), *(table_info(table) for table in list_tables(snapshot)))


def load_demand(snapshot: Snapshot, cells: Cells, text: str = DEFAULT_DEMAND) -> Demand:
    """The demand that a parameter asks for, over the district's cells.

    Raises `UnknownDemand` naming those that are known, `BadArgument` for a mix that cannot be read, `BadRecord` for a broken document.
    """
    key = text.strip()
    base, _, year = key.partition(":")
    if base in DONG_FIGURES:
        return _counted(*load_dong_base(snapshot, cells, base, _year(snapshot, base, year, text)))
    if key == COMPLEX_WORKERS:
        return _counted(*load_complex_base(snapshot, cells))
    if key.startswith(TABLE_PARAMETER):
        table = find_table(snapshot, key.removeprefix(TABLE_PARAMETER))
        if table is None:
            raise _unknown(snapshot, text)
        return _counted(*load_table_base(table, cells))
    return _JobDemands(snapshot, cells).load(key, text)


class _JobDemands:
    """Jobs over the cells of one snapshot."""

    def __init__(self, snapshot: Snapshot, cells: Cells) -> None:
        self._snapshot = snapshot
        self._cells = cells
        self._book = get_curves(snapshot)

    def load(self, key: str, text: str) -> Demand:
        if key.startswith(JOB_PREFIX):
            job = self._job(key.removeprefix(JOB_PREFIX), text)
            return self._demand(_job_info(job), [(job, job.people or INDEX_TOTAL)])
        if key == JOBS and self._book.jobs:
            info = _jobs_info(self._book)
            equal = INDEX_TOTAL / len(self._book.jobs)
            counted = info.unit is DemandUnit.PEOPLE
            return self._demand(info, [(job, (job.people or 0.0) if counted else equal) for job in self._book.jobs])
        if key.startswith(_MIX):
            shares = dict(_read_mix(key.removeprefix(_MIX)))
            parts = [(self._job(job_id, text), share * INDEX_TOTAL) for job_id, share in shares.items()]
            written = ",".join(f"{job_id}={_plain(share * 100)}" for job_id, share in shares.items())
            return self._demand(_index_info(f"{_MIX}{written}", MIX_MSGID, [job for job, _ in parts]), parts)
        raise _unknown(self._snapshot, text)

    def _job(self, job_id: str, text: str) -> JobCurve:
        job = self._book.find(job_id)
        if job is None:
            raise _unknown(self._snapshot, text)
        return job

    def _demand(self, info: DemandInfo, totals: list[tuple[JobCurve, float]]) -> Demand:
        """A part for each job, whose base adds up to its total; nothing where none of its bases is known here."""
        parts = [DemandPart(job.id, self._spread(job) * total, np.asarray(job.curve), job.names) for job, total in totals]
        return Demand(info, tuple(parts))

    def _spread(self, job: JobCurve) -> FloatArray:
        """(p,) float64 that adds up to 1, or to 0."""
        spread = np.zeros(self._cells.piece_count)
        for key, share in job.base.items():
            base = self._base(key)
            total = float(base.sum())
            # A base that nobody counted here leaves its share to the others.
            spread += base * (share / total) if total > 0 else 0.0
        total = float(spread.sum())
        return spread / total if total > 0 else spread

    def _base(self, key: str) -> FloatArray:
        if key == COMPLEX_WORKERS:
            return load_complex_base(self._snapshot, self._cells)[1]
        years = list_years(self._snapshot, key) if key in DONG_FIGURES else ()
        return load_dong_base(self._snapshot, self._cells, key, years[0])[1] if years else np.zeros(self._cells.piece_count)


def _counted(info: DemandInfo, base: FloatArray) -> Demand:
    return Demand(info, (DemandPart(None, base),))


def _year(snapshot: Snapshot, key: str, text: str, asked: str) -> int:
    years = list_years(snapshot, key)
    if not text and years and ":" not in asked:
        return years[0]
    if text.isascii() and text.isdecimal() and int(text) in years:
        return int(text)
    raise _unknown(snapshot, asked)


def _read_mix(text: str) -> Iterator[tuple[str, float]]:
    """(job, share) in the order given; the shares add up to 1. Raises `BadArgument`."""
    found = [_SHARE.fullmatch(part.strip()) for part in text.split(",")]
    given: Mapping[str, float] = {match[1]: float(match[2]) for match in found if match}
    total = math.fsum(given.values())
    if len(given) != len(found) or total <= 0:
        raise BadArgument(name="demand", value=f"{_MIX}{text}", expected=f"{_MIX}rider=60,courier=40")
    for job_id, share in given.items():
        yield job_id, share / total


def _job_info(job: JobCurve) -> DemandInfo:
    unit = DemandUnit.INDEX if job.people is None else DemandUnit.PEOPLE
    source = "; ".join(text for text in (job.people_source, job.source) if text)
    return DemandInfo(f"{JOB_PREFIX}{job.id}", "", unit, source, names=job.names, is_assumption=_is_assumed(job))


def _jobs_info(book: CurveBook) -> DemandInfo:
    info = _index_info(JOBS, JOBS_MSGID, list(book.jobs))
    if any(job.people is None for job in book.jobs):
        return info
    return DemandInfo(JOBS, "All jobs", DemandUnit.PEOPLE, info.source, is_assumption=any(_is_assumed(job) for job in book.jobs))


def _index_info(key: str, msgid: str, jobs: list[JobCurve]) -> DemandInfo:
    source = "; ".join(dict.fromkeys(job.source for job in jobs if job.source))
    return DemandInfo(key, msgid, DemandUnit.INDEX, source, is_assumption=True)


def _is_assumed(job: JobCurve) -> bool:
    return job.people is None or job.status.value == "assumption"


def _unknown(snapshot: Snapshot, text: str) -> UnknownDemand:
    return UnknownDemand(demand=text, known=", ".join(info.key for info in list_demands(snapshot)))


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")

"""Curves by hour of the week as a table that people edit: a row for each job and day, a column for each hour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo_app.domain.demand import CurveStatus, JobCurve, curves_record, load_curves
from geo_app.domain.errors import BadRecord
from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.cell_values import BadCell, parse_number
from geo_app.ingest.csv_table import read_csv
from geo_app.ingest.headers import fold_header
from geo_app.ingest.limits import LIMITS, Limits
from geo_app.ingest.refusal import FileRefused, ProblemList
from geo_app.ingest.table import RawRow, Table
from geo_app.ingest.text_cells import plain_text, restore_formula
from geo_app.ingest.upload import CSV, XLSX, Upload, get_format
from geo_app.ingest.xlsx_table import read_xlsx

LANGUAGES: Final = ("ko", "en", "vi", "zh", "ru", "uz")
DAYS: Final = ("월", "화", "수", "목", "금", "토", "일")
_HOURS: Final = tuple(f"{hour:02d}시" for hour in range(24))
_NAMES: Final = tuple(f"name_{lang}" for lang in LANGUAGES)
_DETAILS: Final = (*_NAMES, "base", "status", "people", "people_source", "reason", "source")
COLUMNS: Final = ("job", "요일", *_HOURS, *_DETAILS)
_MOST_JOBS: Final = 30


@dataclass(slots=True)
class CurvesReading:
    """The jobs that a file tells, in its order; none where a problem keeps it out."""

    jobs: tuple[JobCurve, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    encoding: str = ""


def curve_rows(jobs: Sequence[JobCurve]) -> list[dict[str, Any]]:
    """The rows of `COLUMNS`: seven a job; what is said of the job stands beside its Monday."""
    return [
        {
            "job": job.id,
            "요일": day,
            **dict(zip(_HOURS, job.curve[number * 24 : number * 24 + 24], strict=True)),
            **(_details(job) if number == 0 else {}),
        }
        for job in jobs
        for number, day in enumerate(DAYS)
    ]


def read_curves_file(upload: Upload, known: Sequence[JobCurve], limits: Limits = LIMITS) -> CurvesReading:
    """The reading of a CSV or XLSX file in the form of `curve_rows`; what it leaves empty of a job in `known` stays as it is there.

    It never raises for what the file holds. Raises `OSError` only.
    """
    return _Reader(known, limits).read(upload)


class _Reader:
    def __init__(self, known: Sequence[JobCurve], limits: Limits) -> None:
        self._known = {record["id"]: record for record in curves_record(known)}
        self._limits = limits
        self._problems = ProblemList(limits.problems_per_code)
        self._shares: dict[str, dict[int, list[float]]] = {}
        self._told: dict[str, dict[str, str]] = {}

    def read(self, upload: Upload) -> CurvesReading:
        reading = CurvesReading()
        try:
            table = self._open(upload)
            reading.encoding = table.encoding or ""
            columns = _columns(table.headers)
            self._read_rows(table, columns)
        except FileRefused as refused:
            self._problems.add(refused.problem)
        jobs = [self._job(job_id) for job_id in self._shares]
        reading.problems = self._problems.listed()
        is_whole = not any(problem.is_error for problem in reading.problems)
        reading.jobs = tuple(job for job in jobs if job is not None) if is_whole else ()
        return reading

    def _read_rows(self, table: Table, columns: Mapping[str, str]) -> None:
        for row in table.rows:
            self._read_row(row, columns)
        if not self._shares and not any(problem.is_error for problem in self._problems.listed()):
            raise FileRefused("no-rows")

    def _open(self, upload: Upload) -> Table:
        kind = get_format(upload, self._limits)
        if kind == CSV:
            return read_csv(upload, self._limits, lambda headers: len(set(map(fold_header, headers)) & set(map(fold_header, COLUMNS))))
        if kind == XLSX:
            return read_xlsx(upload, self._limits)
        raise FileRefused("unsupported-format", value=upload.name, extension=kind, known=".csv, .xlsx")

    def _read_row(self, row: RawRow, columns: Mapping[str, str]) -> None:
        if row.fault is not None:
            self._problems.add(row.fault)
            return
        texts = {name: restore_formula(plain_text(str(row.cells.get(header, "")))) for name, header in columns.items()}
        job, day = texts["job"], texts["요일"].removesuffix("요일")
        if day not in DAYS:
            self._fault("curve-unknown-day", row.line, columns["요일"], texts["요일"])
        elif not job or (job not in self._shares and len(self._shares) >= _MOST_JOBS):
            self._fault("curve-bad-job", row.line, columns["job"], job, field="id")
        elif DAYS.index(day) in self._shares.setdefault(job, {}):
            self._fault("curve-day-twice", row.line, columns["요일"], f"{job} {day}")
        else:
            self._shares[job][DAYS.index(day)] = self._hours(row.line, texts, columns)
            told = self._told.setdefault(job, {})
            told.update({name: texts[name] for name in _DETAILS if texts.get(name)})

    def _hours(self, line: int, texts: Mapping[str, str], columns: Mapping[str, str]) -> list[float]:
        shares = []
        for hour in _HOURS:
            try:
                share = parse_number(texts[hour])
            except BadCell as bad:
                self._problems.add(Problem(bad.code, Severity.ERROR, line, columns[hour], bad.value, bad.details))
                share = 0.0
            if not 0 <= share <= 1:
                self._fault("curve-bad-share", line, columns[hour], texts[hour])
            shares.append(share)
        return shares

    def _job(self, job_id: str) -> JobCurve | None:
        days = self._shares[job_id]
        missing = ", ".join(day for number, day in enumerate(DAYS) if number not in days)
        if missing:
            self._problems.add(Problem("curve-days-missing", value=job_id, details={"days": missing}))
            return None
        curve = [share for number in range(len(DAYS)) for share in days[number]]
        try:
            record = {"id": job_id, **_record(self._known.get(job_id, {}), self._told.get(job_id, {})), "curve": curve}
            return load_curves([record])[0]
        except BadRecord as fault:
            field_name = str(fault.values["field"])
            self._problems.add(Problem("curve-bad-job", value=job_id, details={"field": field_name, "reason": str(fault.values["reason"])}))
            return None

    def _fault(self, code: str, line: int, column: str, value: str, **details: str) -> None:
        self._problems.add(Problem(code, Severity.ERROR, line, column, value, details))


def _columns(headers: Sequence[str]) -> dict[str, str]:
    by_word = {fold_header(header): header for header in reversed(headers)}
    found = {name: by_word[fold_header(name)] for name in COLUMNS if fold_header(name) in by_word}
    missing = [name for name in ("job", "요일", *_HOURS) if name not in found]
    if missing:
        raise FileRefused("curve-columns-missing", missing=", ".join(missing))
    return found


def _details(job: JobCurve) -> dict[str, Any]:
    names = {f"name_{lang}": job.names.get(lang, "") for lang in LANGUAGES}
    base = ",".join(f"{key}={share:g}" for key, share in job.base.items())
    told = {
        "status": job.status.value,
        "people": job.people,
        "people_source": job.people_source,
        "reason": job.reason,
        "source": job.source,
    }
    return {**names, "base": base, **told}


def _record(known: Mapping[str, Any], told: Mapping[str, str]) -> dict[str, Any]:
    """What is known of a job with what the file tells of it put over it. A base that cannot be read is left for the check to name."""
    names = {**known.get("names", {}), **{name.removeprefix("name_"): told[name] for name in _NAMES if name in told}}
    plain = {name: told[name] for name in ("status", "people_source", "reason", "source") if name in told}
    people = {"people": told["people"].replace(",", "")} if "people" in told else {}
    base = {"base": dict(part.split("=", 1) for part in told["base"].split(",") if "=" in part)} if "base" in told else {}
    return {"status": CurveStatus.ASSUMPTION.value, **known, "names": names, **plain, **people, **base}

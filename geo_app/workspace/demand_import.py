"""The numbered inputs of demand, changed by staff: tables and curves from files, each one revision or none."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from geo_app.domain.change import Change, Revision, RevisionDraft
from geo_app.domain.demand import CURVES_DOCUMENT, TABLE_PREFIX, DemandTable, DemandUnit, JobCurve, check_key, curves_record, table_record
from geo_app.domain.errors import BadArgument, GeoAppError
from geo_app.domain.problem import Problem
from geo_app.domain.record import canonical_json
from geo_app.ingest.curves_file import CurvesReading, read_curves_file
from geo_app.ingest.demand_file import DemandGround, DemandReading, fold_dong, read_demand_file
from geo_app.ingest.upload import Upload
from geo_app.planning.cells import build_cells
from geo_app.planning.curves import CurveBook, read_curves
from geo_app.planning.demand_bases import BASE_KEYS
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.calendar_edits import Editor
from geo_app.workspace.packs import DOCUMENTS
from geo_app.workspace.workspace import Workspace


class UnknownTable(GeoAppError):
    """No table of demand has that key. Values: `key`, `known`."""

    code = "unknown-demand-table"


@dataclass(frozen=True, slots=True)
class TableOrder:
    """What a table is called and where it comes from; `unit` is what its figures count."""

    path: Path
    key: str
    name: str
    year: int
    source: str
    unit: DemandUnit
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class TableImport:
    """What came of a table: the reading, and the revision; None where nothing was written: refused, a dry run, or there already."""

    reading: DemandReading
    revision: Revision | None
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class CurvesImport:
    """What came of a file of curves. `jobs` are those that now hold, or would."""

    problems: Sequence[Problem]
    jobs: tuple[JobCurve, ...]
    revision: Revision | None
    is_same: bool = False


def import_table(workspace: Workspace, order: TableOrder, editor: Editor) -> TableImport:
    """Read a file and publish it as the table of that key, in the place of an older one; nothing is written while it has an error.

    Raises `BadArgument` for a key that is none, `StaleRevision` where somebody published meanwhile, `OSError`.
    """
    key = _checked_key(order.key)
    head = workspace.ledger.head_number()
    reading = read_demand_file(Upload(order.path.name, order.path), demand_ground(workspace.load_snapshot()))
    if reading.has_errors:
        return TableImport(reading, None)
    digest = hashlib.sha256(order.path.read_bytes()).hexdigest()
    table = DemandTable(key, order.name, order.year, order.source, order.unit, reading.placed_by, reading.rows, digest)
    revision, is_same = _publish(workspace, f"{TABLE_PREFIX}{key}", table_record(table), editor, head, is_dry_run=order.is_dry_run)
    return TableImport(reading, revision, is_same)


def remove_table(workspace: Workspace, key: str, editor: Editor) -> Revision:
    """Withdraw a table; earlier revisions keep it. Raises `UnknownTable`, `StaleRevision`."""
    head = workspace.ledger.head_number()
    names = [name for name in workspace.packs.documents(head) if name.startswith(TABLE_PREFIX)]
    if f"{TABLE_PREFIX}{key}" not in names:
        raise UnknownTable(key=key, known=", ".join(sorted(name.removeprefix(TABLE_PREFIX) for name in names)) or "–")
    change = Change(DOCUMENTS, f"{TABLE_PREFIX}{key}", None)
    return workspace.publish_draft(_draft(editor, change), expected_head=head)


def read_curve_book(workspace: Workspace) -> CurveBook:
    """The curves of the newest revision, or the built-in ones."""
    return read_curves(workspace.packs.documents(workspace.ledger.head_number()).get(CURVES_DOCUMENT))


def import_curves(workspace: Workspace, path: Path, editor: Editor, *, source: str, is_dry_run: bool = False) -> CurvesImport:
    """Read a file and publish its curves as all that the district has; nothing is written while it has an error.

    `source` says where what changed comes from: it stands with each job that is new or differs and whose own source cell says nothing new.
    Raises `StaleRevision`, `OSError`.
    """
    head = workspace.ledger.head_number()
    book = read_curve_book(workspace)
    reading = read_curves_file(Upload(path.name, path), book.jobs)
    problems = [*reading.problems, *_strange_bases(reading)]
    if any(problem.is_error for problem in problems):
        return CurvesImport(problems, (), None)
    jobs = tuple(_sourced(job, book.find(job.id), source) for job in reading.jobs)
    revision, is_same = _publish(workspace, CURVES_DOCUMENT, curves_record(jobs), editor, head, is_dry_run=is_dry_run)
    return CurvesImport(problems, jobs, revision, is_same)


def demand_ground(snapshot: Snapshot) -> DemandGround:
    """What rows of a table are placed on: the dongs by name, code and id, and the district's cells."""
    cells, layer = build_cells(snapshot), snapshot.get_layer("dongs")
    features = [layer.feature(position) for position in range(len(layer))]
    spelled = {fold_dong(word): feature["id"] for feature in features for word in _spellings(feature)}
    return DemandGround(spelled, frozenset(cells.position_of))


def _spellings(feature: dict[str, Any]) -> Iterable[str]:
    properties = feature["properties"]
    return (feature["id"], properties["name"], *(str(item["code"]) for item in properties.get("codes") or ()))


def _strange_bases(reading: CurvesReading) -> list[Problem]:
    strange = [(job.id, key) for job in reading.jobs for key in job.base if key not in BASE_KEYS]
    return [Problem("curve-unknown-base", value=f"{job}: {key}", details={"known": ", ".join(BASE_KEYS)}) for job, key in strange]


def _sourced(job: JobCurve, before: JobCurve | None, source: str) -> JobCurve:
    if before is None:
        return job if job.source else replace(job, source=source)
    is_other = (job.curve, job.base, job.people) != (before.curve, before.base, before.people)
    return replace(job, source=source) if is_other and job.source == before.source else job


def _publish(workspace: Workspace, name: str, record: Any, editor: Editor, head: int, *, is_dry_run: bool) -> tuple[Revision | None, bool]:
    stored = workspace.packs.documents(head).get(name)
    body = canonical_json(record)
    if stored is not None and canonical_json(orjson.loads(stored)) == body:
        return None, True
    if is_dry_run:
        return None, False
    return workspace.publish_draft(_draft(editor, Change(DOCUMENTS, name, body)), expected_head=head), False


def _draft(editor: Editor, change: Change) -> RevisionDraft:
    return RevisionDraft(editor.actor, editor.reason, editor.channel, editor.at, [change])


def _checked_key(text: str) -> str:
    try:
        return check_key(text)
    except ValueError:
        raise BadArgument(name="--key", value=text, expected="night-workers-2026") from None

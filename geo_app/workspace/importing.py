"""Bringing a file into a layer: read, meet the records that are there, publish by one revision or tell why not."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar

from shapely import union_all
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo_app.desk.imports import expire_imports, find_import, remember_import
from geo_app.domain.change import Change, Channel, Revision, RevisionDraft
from geo_app.domain.errors import StaleRevision
from geo_app.domain.layers import Layer, get_layer
from geo_app.domain.problem import Problem
from geo_app.domain.provenance import Status
from geo_app.domain.record import Record, canonical_json, draft_record
from geo_app.ingest.frame import Frame
from geo_app.ingest.matching import Matching, match_reading
from geo_app.ingest.reading import Reading, read_file
from geo_app.ingest.refusal import in_file_order
from geo_app.workspace.aside import ChangesAside
from geo_app.workspace.founding import read_district
from geo_app.workspace.workspace import Workspace

READ_BLOCK = 1 << 20
NOTES_KEPT = timedelta(days=730)  # of files imported; whoever brings one back after that is told what it changes, as ever
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to import and how. `source` names the source that the rows belong to; `crs` is what the clerk says of the coordinates."""

    path: Path
    layer: Layer
    source: str
    crs: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    is_dry_run: bool = False
    skip_bad: bool = False
    is_complete: bool = False
    allow_outside: bool = False
    repair_swapped: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. `revision` is None where nothing was written; `is_applied` tells a refusal from nothing to do.

    `problems` are in the file's order, whole-file ones first. `is_refused`: an error concerns the whole file, and no row may come in.
    """

    revision: Revision | None
    is_applied: bool
    added: int
    changed: int
    unchanged: int
    absent: int
    closed: int
    rejected: int
    encoding: str
    crs: str
    crs_guessed: bool
    mapping: Mapping[str, str]
    problems: tuple[Problem, ...]
    seen_in_revision: int | None = None
    is_refused: bool = False


def import_file(workspace: Workspace, order: ImportOrder, *, actor: str, reason: str, at: datetime) -> ImportReport:
    """Read the file and publish what it says. Nothing is written on a dry run, or while rows are kept out and `skip_bad` is not set.

    Raises `StaleRevision` where somebody published between the reading and the writing, `BrokenStore`, `OSError`.
    """
    head = workspace.ledger.head_number()
    reading = read_file(
        order.path,
        layer=order.layer,
        source=order.source,
        frame=district_frame(workspace, head),
        crs=order.crs,
        defaults=order.defaults,
        allow_outside=order.allow_outside,
        repair_swapped=order.repair_swapped,
    )
    existing = _records(workspace, order.layer, head)
    matching = match_reading(reading, existing, layer=order.layer, source=order.source, is_complete=order.is_complete)
    is_refused = reading.is_refused or matching.is_refused
    is_good = not is_refused and (order.skip_bad or not (reading.has_errors or matching.rejected))
    is_applied = is_good and not order.is_dry_run
    report = _report(reading, matching, is_refused=is_refused, is_applied=is_applied)
    # A hundred thousand drafts and their stored form need not be held at once: each row is let go as its change is laid aside.
    reading.rows.clear()
    with TemporaryFile("w+", encoding="utf-8") as aside:
        changes = ChangesAside(_changes(workspace, order.layer, matching, head) if is_applied else (), aside)
        del reading, matching
        return _publish(workspace, order, report, RevisionDraft(actor, reason, Channel.OPERATOR, at, changes), head)


def district_frame(workspace: Workspace, head: int) -> Frame:
    """The ground files are read against at revision `head`: the district's bounds, its area from the dongs, its legal dongs for addresses.

    Read from the ledger and not from a snapshot: that would hold every layer in memory beside the file.
    """
    district = read_district(workspace, head)
    dongs = [area for _, area in _areas(workspace, "dongs", head)]
    return Frame(
        bounds_lonlat=district.bounds_lonlat,
        border=union_all(dongs) if dongs else None,
        name=district.names["ko"],
        legal_dongs=tuple(_areas(workspace, "legal-dongs", head)),
    )


def _publish(workspace: Workspace, order: ImportOrder, report: ImportReport, draft: RevisionDraft, head: int) -> ImportReport:
    digest = _digest(order.path)
    note = find_import(workspace.desk, file_sha256=digest, layer=order.layer.name, source=order.source)
    members = {name: getattr(report, name) for name in ImportReport.__slots__}
    members["seen_in_revision"] = None if note is None else note.revision
    if draft.changes:
        revision = _publish_unless_touched(workspace, draft, order.layer, head)
        remember_import(
            workspace.desk, file_sha256=digest, layer=order.layer.name, source=order.source, revision=revision.number, at=draft.made_at
        )
        expire_imports(workspace.desk, before=draft.made_at - NOTES_KEPT)
        members["revision"] = revision
    return ImportReport(**members)


def _publish_unless_touched(workspace: Workspace, draft: RevisionDraft, layer: Layer, head: int) -> Revision:
    # Somebody may publish to another layer while a large file is read; only a change of this layer makes the reading stale.
    while True:
        try:
            return workspace.publish_draft(draft, expected_head=head)
        except StaleRevision:
            newest = workspace.ledger.head_number()
            if workspace.ledger.collection_heads(at=newest).get(layer.name, 0) > head:
                raise
            head = newest


def _report(reading: Reading, matching: Matching, *, is_refused: bool, is_applied: bool) -> ImportReport:
    return ImportReport(
        revision=None,
        is_applied=is_applied,
        added=len(matching.added),
        changed=len(matching.changed),
        unchanged=matching.unchanged,
        absent=len(matching.absent),
        closed=len(matching.closed),
        rejected=reading.rejected_count + matching.rejected,
        encoding=reading.encoding,
        crs=reading.crs,
        crs_guessed=reading.crs_guessed,
        mapping=dict(reading.mapping),
        problems=tuple(in_file_order([*reading.problems, *matching.problems])),
        is_refused=is_refused,
    )


def _changes(workspace: Workspace, layer: Layer, matching: Matching, head: int) -> Iterator[Change]:
    new_ids = (site_id for site_id in workspace.new_ids(layer) if site_id not in matching.named_ids)
    for site_id, row in zip(new_ids, _drained(matching.added), strict=False):
        yield workspace.changed(site_id, draft_record(row.draft))
    for site_id, row in _drained(matching.changed):
        yield workspace.changed(site_id, draft_record(row.draft))
    gone = set(matching.closed)
    for site_id, record in _records(workspace, layer, head) if gone else ():
        if site_id in gone:
            yield Change(layer.name, site_id, canonical_json({**record, "status": Status.CLOSED.value}))


def _drained(items: list[Item]) -> Iterator[Item]:
    items.reverse()
    while items:
        yield items.pop()


def _records(workspace: Workspace, layer: Layer, head: int) -> Iterator[tuple[str, Record]]:
    for key, body in workspace.ledger.iter_state(layer.name, at=head):
        yield key, json.loads(body)


def _areas(workspace: Workspace, layer: str, head: int) -> Iterator[tuple[str, BaseGeometry]]:
    for _, record in _records(workspace, get_layer(layer), head):
        if "geometry" in record:
            yield record["name"], shape(record["geometry"])


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(READ_BLOCK):
            digest.update(block)
    return digest.hexdigest()

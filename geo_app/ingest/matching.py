"""Rows of a file meet the records that are there: added, changed, unchanged, absent, and every doubt as a problem."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from geo_app.domain.layers import Layer
from geo_app.domain.problem import Problem, Severity
from geo_app.domain.provenance import Status
from geo_app.domain.record import Record, draft_record, load_draft
from geo_app.ingest.identities import RowIndex, record_point
from geo_app.ingest.limits import LIMITS
from geo_app.ingest.merging import merge_draft
from geo_app.ingest.neighbours import Neighbours
from geo_app.ingest.reading import Reading
from geo_app.ingest.refusal import ProblemList
from geo_app.ingest.row import Row


class Tier(IntEnum):
    """By what a row met a record; the lower one is the surer."""

    ID = 0
    SOURCE_KEY = 1
    NAME_AND_ADDRESS = 2


@dataclass(slots=True)
class Matching:
    """What applying a file would do. `changed` rows carry the whole new draft, what the file does not speak of kept from the record.

    `absent`: records of the file's source that no row met and that stay as they are. `closed`: the same where the file is the whole
    source; their status becomes closed. Problems here are about meetings only; errors keep their row out.
    """

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[str, Row]] = field(default_factory=list)
    unchanged: int = 0
    absent: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A record that a row may mean. `merged` is None where the row would change nothing."""

    tier: Tier
    record_id: str
    is_open: bool
    merged: Row | None


def match_reading(reading: Reading, existing: Iterable[tuple[str, Record]], *, layer: Layer, source: str, is_complete: bool) -> Matching:
    """The matching of a whole reading. With rows kept out a file is never the whole source: nothing is closed, and that is said."""
    may_close = is_complete and not reading.rejected_count
    matching = match_rows(reading.rows, existing, layer=layer, source=source, is_complete=may_close, carried=reading.carried)
    if is_complete and not may_close:
        matching.problems.append(Problem("complete-with-errors", details={"count": reading.rejected_count}))
    return matching


def match_rows(
    rows: Sequence[Row],
    existing: Iterable[tuple[str, Mapping[str, Any]]],
    *,
    layer: Layer,
    source: str,
    is_complete: bool,
    carried: frozenset[str] | None = None,
) -> Matching:
    """The matching of rows with (id, record) of a layer. `carried`: the parts of a record that the file speaks of; None for all.

    A row meets its record by the id it names, else by its source's own key, else by name and address. Two candidates of the same
    kind are a problem, never a guess. Records are looked at one by one and not kept.
    """
    return _Matcher(rows, layer, source, carried).match(existing, is_complete=is_complete)


class _Matcher:
    def __init__(self, rows: Sequence[Row], layer: Layer, source: str, carried: frozenset[str] | None) -> None:
        self._rows = rows
        self._layer = layer
        self._source = source
        self._carried = carried
        self._index = RowIndex(rows)
        self._meetings: dict[int, list[_Meeting]] = {}
        self._neighbours = Neighbours()
        self._own_open: list[str] = []
        self._problems = ProblemList(LIMITS.problems_per_code)

    def match(self, existing: Iterable[tuple[str, Mapping[str, Any]]], *, is_complete: bool) -> Matching:
        for record_id, record in existing:
            self._meet(record_id, record)
        matching = Matching()
        taken: dict[str, Row] = {}
        for number, row in enumerate(self._rows):
            self._settle(row, self._best(number), matching, taken)
        self._warn_neighbours(matching)
        meant = {meeting.record_id for meetings in self._meetings.values() for meeting in meetings}
        missing = [record_id for record_id in self._own_open if record_id not in meant]
        matching.closed, matching.absent = (missing, []) if is_complete else ([], missing)
        matching.problems = self._problems.listed()
        return matching

    def _meet(self, record_id: str, record: Mapping[str, Any]) -> None:
        if record.get("layer", self._layer.name) != self._layer.name:
            return
        is_open = record.get("status") != Status.CLOSED.value
        if is_open and record["provenance"].get("source") == self._source:
            self._own_open.append(record_id)
        if is_open:
            self._neighbours.add(record_id, record["name"], record_point(record), has_address=bool(record.get("address")))
        for number, tier in self._index.find(record_id, record):
            self._meetings.setdefault(number, []).append(_Meeting(Tier(tier), record_id, is_open, self._merge(self._rows[number], record)))

    def _merge(self, row: Row, record: Mapping[str, Any]) -> Row | None:
        before = load_draft(record)
        merged = merge_draft(before, row.draft, self._carried)
        return None if draft_record(merged) == draft_record(before) else replace(row, draft=merged)

    def _best(self, number: int) -> list[_Meeting]:
        meetings = self._meetings.get(number, [])
        surest = min((meeting.tier for meeting in meetings), default=None)
        best = [meeting for meeting in meetings if meeting.tier is surest]
        # A place that closed and came back under a new record is the open one.
        return [meeting for meeting in best if meeting.is_open] or best

    def _settle(self, row: Row, meetings: list[_Meeting], matching: Matching, taken: dict[str, Row]) -> None:
        if len(meetings) > 1:
            self._say(row, "ambiguous-match", Severity.ERROR, ids=", ".join(sorted(meeting.record_id for meeting in meetings)[:10]))
            return
        if not meetings:
            if row.site_id is not None:
                self._say(row, "unknown-id", Severity.WARNING, id=row.site_id)
            matching.added.append(row)
            return
        meeting = meetings[0]
        earlier = taken.setdefault(meeting.record_id, row)
        if earlier is not row:
            self._say(row, "two-rows-one-record", Severity.ERROR, id=meeting.record_id, first_line=earlier.line)
        elif meeting.merged is None:
            matching.unchanged += 1
        else:
            matching.changed.append((meeting.record_id, meeting.merged))

    def _warn_neighbours(self, matching: Matching) -> None:
        for row in matching.added:
            draft = row.draft
            near = self._neighbours.find(draft)
            if near is not None:
                self._say(row, "near-duplicate", Severity.WARNING, id=near.label, name=near.name, distance_m=near.distance_m)
            elif (same := self._neighbours.find_nameless(draft)) is not None:
                self._say(row, "same-name", Severity.WARNING, id=same)
            self._neighbours.add_row(row)

    def _say(self, row: Row, code: str, severity: Severity, **details: str | float) -> None:
        shown = f"{row.draft.name} · {row.draft.address}" if row.draft.address else row.draft.name
        self._problems.add(Problem(code, severity, row.line, None, shown, details))

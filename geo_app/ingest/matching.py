"""Rows of a file meet the records that are there: added, changed, unchanged, absent, and every doubt as a problem."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geo_app.domain.layers import Layer
from geo_app.domain.problem import Problem, Severity
from geo_app.domain.provenance import Status
from geo_app.domain.record import Record, draft_record, load_draft
from geo_app.ingest.assigning import Assignment, Meeting, assign_rows
from geo_app.ingest.attributes import OTHER
from geo_app.ingest.columns import Columns
from geo_app.ingest.completeness import Completeness
from geo_app.ingest.identities import RowIndex, Tier, place_digest, record_point
from geo_app.ingest.limits import LIMITS
from geo_app.ingest.merging import merge_draft
from geo_app.ingest.neighbours import Neighbours
from geo_app.ingest.reading import Reading
from geo_app.ingest.refusal import ProblemList, in_file_order
from geo_app.ingest.repeats import shown_place
from geo_app.ingest.row import Row

_NO_COLUMNS = Columns()


@dataclass(slots=True)
class Matching:
    """What applying a file would do. `changed` rows carry the whole new draft, what the file does not speak of kept from the record.

    `absent`: records of the file's source that no row met and that stay as they are. `closed`: the same where the file is the whole
    source; their status becomes closed. Both are named among the problems. Problems here are about meetings only; errors keep their
    row out, and `rejected` counts those rows. `is_refused`: an error concerns the whole file, and nothing of it may be applied.
    `named_ids` are the ids that rows name: no new record may get one of them, or the same file would mean another place next time.
    """

    added: list[Row] = field(default_factory=list)
    changed: list[tuple[str, Row]] = field(default_factory=list)
    unchanged: int = 0
    absent: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    rejected: int = 0
    is_refused: bool = False
    problems: list[Problem] = field(default_factory=list)
    named_ids: set[str] = field(default_factory=set)


def match_reading(reading: Reading, existing: Iterable[tuple[str, Record]], *, layer: Layer, source: str, is_complete: bool) -> Matching:
    """The matching of a whole reading. With rows kept out a file is never the whole source: nothing is closed, and that is said."""
    matcher = _Matcher(reading.rows, layer, source, reading.carried, reading.columns)
    return matcher.match(existing, is_complete=is_complete, kept_out=reading.rejected_count)


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
    kind are a problem, never a guess. A row that meets a record of another source by name only adds to it, with a warning, and is
    kept out where its kind is another. Applying a matching and matching the same rows again changes nothing. Records are looked at
    one by one and not kept.
    """
    return _Matcher(rows, layer, source, carried, _NO_COLUMNS).match(existing, is_complete=is_complete, kept_out=0)


class _Matcher:
    def __init__(self, rows: Sequence[Row], layer: Layer, source: str, carried: frozenset[str] | None, columns: Columns) -> None:
        self._rows = rows
        self._layer = layer
        self._carried = carried
        self._columns = columns
        self._index = RowIndex(rows)
        self._meetings: dict[int, list[Meeting]] = {}
        self._neighbours = Neighbours()
        self._completeness = Completeness(source, rows)
        self._problems = ProblemList(LIMITS.problems_per_code)
        self._twins: dict[int, Row] = {}

    def match(self, existing: Iterable[tuple[str, Mapping[str, Any]]], *, is_complete: bool, kept_out: int) -> Matching:
        for record_id, record in existing:
            self._meet(record_id, record)
        matching = Matching(named_ids={row.site_id for row in self._rows if row.site_id is not None})
        found = assign_rows(self._rows, self._meetings)
        for number, row in enumerate(self._rows):
            self._settle(number, row, found, matching)
        self._warn_neighbours(matching)
        doubtful = (meeting.record_id for number in (*found.ambiguous, *found.refused) for meeting in self._meetings[number])
        spared = {meeting.record_id for meeting in found.met.values()}.union(doubtful)
        missing = self._completeness.settle(spared, is_complete=is_complete, kept_out=kept_out + matching.rejected)
        matching.absent, matching.closed, matching.is_refused = missing.absent, missing.closed, missing.is_refused
        matching.problems = in_file_order([*self._problems.listed(), *missing.problems])
        return matching

    def _meet(self, record_id: str, record: Mapping[str, Any]) -> None:
        if record.get("layer", self._layer.name) != self._layer.name:
            return
        is_open = record.get("status") != Status.CLOSED.value
        if is_open:
            self._completeness.add(record_id, record)
            self._neighbours.add(record_id, record["name"], record_point(record), has_address=bool(record.get("address")))
        for number, tier in self._index.find(record_id, record):
            self._meetings.setdefault(number, []).append(self._meeting(tier, record_id, record, self._rows[number]))

    def _meeting(self, tier: Tier, record_id: str, record: Mapping[str, Any], row: Row) -> Meeting:
        before = load_draft(record)
        merged = merge_draft(before, row.draft, self._carried, is_named=tier is Tier.ID)
        changed = None if draft_record(merged) == draft_record(before) else replace(row, draft=merged)
        is_open, source = before.status is not Status.CLOSED, before.provenance.source
        if source == row.draft.provenance.source:
            return Meeting(tier, record_id, is_open, changed)
        is_other_kind = is_open and tier >= Tier.NAME and self._is_kind_told(row) and before.kind not in (None, OTHER, row.draft.kind)
        return Meeting(tier, record_id, is_open, changed, sys.intern(source), before.kind if is_other_kind else None)

    def _is_kind_told(self, row: Row) -> bool:
        """True where the file has a kind for the row that says something; a default is no word of the file's."""
        return row.draft.kind not in (None, OTHER) and (self._carried is None or "kind" in self._carried)

    def _settle(self, number: int, row: Row, found: Assignment, matching: Matching) -> None:
        if number in found.ambiguous:
            self._refuse(matching, row, "ambiguous-match", ids=", ".join(found.ambiguous[number][:10]))
        elif number in found.refused:
            record_id, holder = found.refused[number]
            self._refuse(matching, row, "two-rows-one-record", id=record_id, first_line=self._rows[holder].line)
        elif number in found.met:
            if found.met[number].tier is not Tier.ID:
                self._find_twin(row)
            self._accept(row, found.met[number], matching)
        else:
            self._add(row, matching)

    def _accept(self, row: Row, meeting: Meeting, matching: Matching) -> None:
        other = meeting.other_source
        if other is not None:
            self._completeness.count_other(row, other)
        if other is not None and meeting.other_kind is not None:
            told = {"id": meeting.record_id, "source": other, "kind": meeting.other_kind}
            problem = Problem("kind-differs", line=row.line, column=self._columns.of("kind"), value=row.draft.kind, details=told)
            self._problems.add(problem)
            matching.rejected += 1
            return
        if other is not None and meeting.tier >= Tier.NAME:
            self._warn(row, "met-other-source" if meeting.is_open else "reopened-from-other", id=meeting.record_id, source=other)
        if meeting.merged is None:
            matching.unchanged += 1
        else:
            matching.changed.append((meeting.record_id, meeting.merged))

    def _add(self, row: Row, matching: Matching) -> None:
        twin = self._find_twin(row)
        if twin is not row:
            self._refuse(matching, row, "same-name-and-address", first_line=twin.line)
            return
        if row.site_id is not None:
            told = {"id": row.site_id}
            self._problems.add(Problem("unknown-id", Severity.WARNING, row.line, self._columns.of("id"), row.site_id, told))
        matching.added.append(row)

    def _find_twin(self, row: Row) -> Row:
        """The first row of this name and address, where only ids that are not there tell the rows apart; else the row itself."""
        is_told_apart = row.site_id is None or row.draft.provenance.source_key is not None
        return row if is_told_apart else self._twins.setdefault(place_digest(row.draft), row)

    def _warn_neighbours(self, matching: Matching) -> None:
        for row in matching.added:
            draft = row.draft
            near = self._neighbours.find(draft)
            if near is not None and near.record_id is not None:
                self._warn(row, "near-duplicate", id=near.record_id, name=near.name, distance_m=near.distance_m)
            elif near is not None:
                self._warn(row, "near-duplicate-row", first_line=near.line, name=near.name, distance_m=near.distance_m)
            elif (same := self._neighbours.find_nameless(draft)) is not None:
                self._warn(row, "same-name", id=same)
            self._neighbours.add_row(row)

    def _refuse(self, matching: Matching, row: Row, code: str, **details: str | float) -> None:
        matching.rejected += 1
        self._say(row, code, Severity.ERROR, **details)

    def _warn(self, row: Row, code: str, **details: str | float) -> None:
        self._say(row, code, Severity.WARNING, **details)

    def _say(self, row: Row, code: str, severity: Severity, **details: str | float) -> None:
        self._problems.add(Problem(code, severity, row.line, self._columns.of("name", "address"), shown_place(row), details))

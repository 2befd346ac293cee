"""Which row takes which record, where several could: the surer reason first, and the same verdict when the file comes again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geo_app.ingest.identities import Tier, means_same
from geo_app.ingest.row import Row


@dataclass(frozen=True, slots=True)
class Meeting:
    """A record that a row may mean. `merged` is None where the row would change nothing.

    `other_source` is the record's where it is not the row's own, and `other_kind` its kind where the row says another one.
    """

    tier: Tier
    record_id: str
    is_open: bool
    merged: Row | None
    other_source: str | None = None
    other_kind: str | None = None


@dataclass(slots=True)
class Assignment:
    """By row number: the meeting that holds; of doubtful rows the records that could be meant, or the (record, row) in the way.

    A row in none of the three is a new place.
    """

    met: dict[int, Meeting] = field(default_factory=dict)
    ambiguous: dict[int, list[str]] = field(default_factory=dict)
    refused: dict[int, tuple[str, int]] = field(default_factory=dict)


def assign_rows(rows: Sequence[Row], meetings: Mapping[int, Sequence[Meeting]]) -> Assignment:
    """The assignment of rows by what they may mean.

    A file that comes twice must get the same answer on the state that the first time left behind: rows that were added or changed find
    their own records again, and rows kept out stay out. So reasons are weighed tier by tier over all rows, whatever their order in
    the file; a record that is taken is nobody else's; and a row that lost its record is judged by what the record has become: a new
    place where it no longer means that, a doubt where it still does. By a name without address nearby nothing is ever certain: who
    loses there is a new place.
    """
    assigner = _Assigner(rows, meetings)
    for tier in Tier:
        assigner.settle(tier)
    return assigner.finish()


class _Assigner:
    def __init__(self, rows: Sequence[Row], meetings: Mapping[int, Sequence[Meeting]]) -> None:
        self._rows = rows
        self._meetings = meetings
        self._holders: dict[str, int] = {}
        self._held_back: dict[int, tuple[str, int]] = {}
        self.assignment = Assignment()

    def settle(self, tier: Tier) -> None:
        """Gives the rows of this tier their records; what stays open between several is ambiguous."""
        waiting = [number for number in sorted(self._meetings) if not self._is_settled(number) and self._wanted(number, tier)]
        while self._take_single(waiting, tier):
            waiting = [number for number in waiting if not self._is_settled(number)]
        for number in waiting:
            free = self._free(number, tier)
            if free:
                self.assignment.ambiguous[number] = sorted(meeting.record_id for meeting in free)
            else:
                self._judge_loser(number, tier)

    def finish(self) -> Assignment:
        """The assignment, with the rows kept out that lost their record and found no other."""
        self.assignment.refused |= {number: way for number, way in self._held_back.items() if not self._is_settled(number)}
        return self.assignment

    def _take_single(self, waiting: Sequence[int], tier: Tier) -> bool:
        """Rows with one free record take it; true where any did, for then others may have but one left."""
        has_taken = False
        for number in waiting:
            free = self._free(number, tier)
            if len(free) == 1:
                self.assignment.met[number] = free[0]
                self._holders[free[0].record_id] = number
                has_taken = True
        return has_taken

    def _judge_loser(self, number: int, tier: Tier) -> None:
        for meeting in self._wanted(number, tier):
            holder = self._holders[meeting.record_id]
            won = self.assignment.met[holder]
            if tier is Tier.SOURCE_KEY and self._has_key_still(number, won):
                self.assignment.refused[number] = (meeting.record_id, holder)
            elif tier is Tier.NAME and self._is_meant_still(number, won):
                self._held_back.setdefault(number, (meeting.record_id, holder))

    def _has_key_still(self, number: int, won: Meeting) -> bool:
        if won.merged is None:
            return True
        own, now = self._rows[number].draft.provenance, won.merged.draft.provenance
        return (own.source, own.source_key) == (now.source, now.source_key)

    def _is_meant_still(self, number: int, won: Meeting) -> bool:
        draft = self._rows[number].draft
        # Whoever writes our id into one of two rows has said which of the two the record is.
        is_told_apart = won.tier is Tier.ID and draft.provenance.source_key is not None
        return not is_told_apart and (won.merged is None or means_same(draft, won.merged.draft))

    def _is_settled(self, number: int) -> bool:
        found = self.assignment
        return number in found.met or number in found.ambiguous or number in found.refused

    def _wanted(self, number: int, tier: Tier) -> list[Meeting]:
        return [meeting for meeting in self._meetings[number] if meeting.tier is tier]

    def _free(self, number: int, tier: Tier) -> list[Meeting]:
        free = [meeting for meeting in self._wanted(number, tier) if meeting.record_id not in self._holders]
        # A place that closed and came back under a new record is the open one. Of closed ones it is the one that the row closed itself.
        said = [meeting for meeting in free if meeting.merged is None]
        return [meeting for meeting in free if meeting.is_open] or said[:1] or free

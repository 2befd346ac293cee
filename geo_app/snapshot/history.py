"""What the public may know of the revisions before: when each was made and how much it touched, never who or why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from geo_app.domain.errors import BadRecord

MOST_NOTES = 100  # newest revisions that a snapshot tells of


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """One revision. `counts`: how many records it wrote or withdrew, by collection (a layer's name, `documents`, `streets`).

    `made_at` has a zone. `sha256` is the seal of the revision, the same in every copy of it. Who made it and why was typed by
    staff for staff, so neither stands here.
    """

    number: int
    made_at: datetime
    counts: Mapping[str, int]
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentStamp:
    """The revision that last wrote a document, and when it was made (with a zone)."""

    revision: int
    made_at: datetime


def note_record(note: RevisionNote) -> dict[str, Any]:
    """The note as plain JSON values."""
    return {"number": note.number, "made_at": note.made_at.isoformat(), "counts": dict(note.counts), "sha256": note.sha256}


def load_note(record: Mapping[str, Any]) -> RevisionNote:
    """The note that plain values tell. Raises `BadRecord`."""
    try:
        counts = {str(name): int(count) for name, count in record["counts"].items()}
        made_at = datetime.fromisoformat(record["made_at"])
        note = RevisionNote(int(record["number"]), made_at, MappingProxyType(counts), str(record["sha256"]))
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise BadRecord(id=str(record.get("number", "")), field="history", reason=str(fault)) from fault
    if made_at.utcoffset() is None:
        raise BadRecord(id=str(note.number), field="history", reason="made_at without a zone")
    return note

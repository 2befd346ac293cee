"""What a revision says: who changed what, when, why and through which door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """The door a change came through; each has its own rule (a second person, a reason, its own place only)."""

    CONSOLE = "console"
    OPERATOR = "operator"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Change:
    """One record's new state. `collection` is a layer's name, or `documents` for numbered inputs (calendar, indicators …).

    `body` is canonical JSON (`domain.record.canonical_json`); None withdraws the record from publication.
    """

    collection: str
    key: str
    body: str | None


@dataclass(frozen=True, slots=True)
class RevisionDraft:
    """A revision before it has a number. `made_at` has a zone; `changes` is not empty and names each record once."""

    actor: str
    reason: str
    channel: Channel
    made_at: datetime
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Revision:
    """A published revision. `sha256` covers its own content and `previous_sha256`: a chain from revision 1 on."""

    number: int
    actor: str
    reason: str
    channel: Channel
    made_at: datetime
    change_count: int
    collections: tuple[str, ...]
    previous_sha256: str
    sha256: str

"""The seal of a revision: how a draft becomes numbered, hashed rows, the same in every store."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from geo_app.domain.change import Change, Channel, Revision, RevisionDraft
from geo_app.domain.errors import BadArgument, BrokenLedger, StaleRevision
from geo_app.domain.record import canonical_json, sha256_text

# What stands before revision 1 in the chain.
GENESIS_SHA256 = "0" * 64


class ChangeRow(NamedTuple):
    """A change as it is stored. `sha256` covers the four values before it."""

    revision: int
    collection: str
    key: str
    body: str | None
    sha256: str


class RevisionRow(NamedTuple):
    """A revision as it is stored: plain values; `made_at` is ISO 8601 with offset, `collections` a sorted JSON list.

    `sha256` covers the eight values before it and the SHA-256 of every change.
    """

    number: int
    actor: str
    reason: str
    channel: str
    made_at: str
    change_count: int
    collections: str
    previous_sha256: str
    sha256: str


def check_draft(draft: RevisionDraft) -> None:
    """Raises `BadArgument` naming the first thing that makes a draft unfit to publish."""
    for name, text in (("actor", draft.actor), ("reason", draft.reason)):
        if not text.strip() or not _is_storable(text):
            raise BadArgument(name=name, value=ascii(text), expected="text that is not blank")
    if draft.made_at.utcoffset() is None:
        raise BadArgument(name="made_at", value=draft.made_at.isoformat(), expected="a time with its zone")
    if not draft.changes:
        raise BadArgument(name="changes", value=0, expected="at least one change")
    _check_changes(draft.changes)


def _check_changes(changes: Iterable[Change]) -> None:
    seen: set[tuple[str, str]] = set()
    for change in changes:
        record = (change.collection, change.key)
        # Printable also means: no control character, no half of a surrogate pair.
        if not all(name and name.isprintable() for name in record):
            raise BadArgument(name="changes", value=ascii(record), expected="a collection and a key in printable text")
        if record in seen:
            raise BadArgument(name="changes", value="/".join(record), expected="each record once")
        if change.body is not None and not _is_storable(change.body):
            raise BadArgument(name="changes", value="/".join(record), expected="a body that is UTF-8 text")
        seen.add(record)


def check_expected_head(expected_head: int | None, head: Revision | None) -> None:
    """Raises `StaleRevision` where a head is expected and another one stands."""
    number = 0 if head is None else head.number
    if expected_head is not None and expected_head != number:
        raise StaleRevision(expected=expected_head, head=number)


def seal_draft(draft: RevisionDraft, head: Revision | None) -> tuple[Revision, list[ChangeRow]]:
    """The revision that follows `head`, and its change rows by collection and key, so that one content has one SHA-256."""
    number = 1 if head is None else head.number + 1
    changes = sorted(draft.changes, key=lambda change: (change.collection, change.key))
    facts = [(number, change.collection, change.key, change.body) for change in changes]
    rows = [ChangeRow(*fact, change_sha256(*fact)) for fact in facts]
    unsealed = RevisionRow(
        number=number,
        actor=draft.actor,
        reason=draft.reason,
        channel=draft.channel.value,
        made_at=draft.made_at.isoformat(),
        change_count=len(rows),
        collections=canonical_json(sorted({row.collection for row in rows})),
        previous_sha256=GENESIS_SHA256 if head is None else head.sha256,
        sha256="",
    )
    changes_digest = digest_hashes(row.sha256 for row in rows)
    return load_revision(unsealed._replace(sha256=revision_sha256(unsealed, changes_digest))), rows


def change_sha256(number: int, collection: str, key: str, body: str | None) -> str:
    """The seal of one change. The number is part of it, so a row cannot move to another revision unseen."""
    return sha256_text(canonical_json([number, collection, key, body]))


def digest_hashes(hashes: Iterable[str]) -> str:
    """One SHA-256 over the seals of a revision's changes, in their stored order."""
    digest = hashlib.sha256()
    for sha256 in hashes:
        digest.update(sha256.encode())
    return digest.hexdigest()


def revision_sha256(row: RevisionRow, changes_digest: str) -> str:
    """The seal of a revision row; the row's own `sha256` is no part of it."""
    return sha256_text(canonical_json([*row[:-1], changes_digest]))


def revision_row(revision: Revision) -> RevisionRow:
    """A revision as plain values."""
    return RevisionRow(
        number=revision.number,
        actor=revision.actor,
        reason=revision.reason,
        channel=revision.channel.value,
        made_at=revision.made_at.isoformat(),
        change_count=revision.change_count,
        collections=canonical_json(list(revision.collections)),
        previous_sha256=revision.previous_sha256,
        sha256=revision.sha256,
    )


def load_revision(row: RevisionRow) -> Revision:
    """The revision that a stored row tells. Raises `BrokenLedger` where the row cannot be read as one."""
    try:
        return Revision(
            **{
                **row._asdict(),
                "channel": Channel(row.channel),
                "made_at": datetime.fromisoformat(row.made_at),
                "collections": tuple(json.loads(row.collections)),
            }
        )
    except (ValueError, TypeError) as fault:
        raise BrokenLedger(revision=row.number, what="revision") from fault


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text

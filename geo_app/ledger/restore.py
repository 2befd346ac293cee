"""Going back: the changes that bring every collection to its state at an earlier revision. Nothing is overwritten."""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import groupby
from operator import itemgetter

from geo_app.domain.change import Change, Channel, RevisionDraft
from geo_app.ledger.port import Ledger

Record = tuple[str, str]


def draft_restoring(
    ledger: Ledger,
    revision: int,
    *,
    actor: str,
    reason: str,
    made_at: datetime,
    channel: Channel,
) -> RevisionDraft | None:
    """A draft that makes the published state equal to the one at `revision`, or None where it already is.

    Records created since are withdrawn, withdrawn ones come back. Take `ledger.head_number()` before this and append with it as
    `expected_head`, so that nothing published meanwhile is undone unseen. Raises `UnknownRevision`.
    """
    ledger.get_revision(revision)
    head = ledger.head_number()
    touched = sorted(name for name, last in ledger.collection_heads(at=head).items() if last > revision)
    changes = [
        Change(name, key, body)
        for name in touched
        for key, body in _iter_differences(ledger.iter_state(name, at=head), ledger.iter_state(name, at=revision))
    ]
    return RevisionDraft(actor, reason, channel, made_at, changes) if changes else None


def _iter_differences(now: Iterator[Record], then: Iterator[Record]) -> Iterator[tuple[str, str | None]]:
    """(key, body to set) where two states, each by key, differ; they are read side by side, so neither is held in memory."""
    sides = merge(((key, "now", body) for key, body in now), ((key, "then", body) for key, body in then))
    for key, group in groupby(sides, key=itemgetter(0)):
        bodies = {side: body for _, side, body in group}
        if bodies.get("now") != bodies.get("then"):
            yield key, bodies.get("then")

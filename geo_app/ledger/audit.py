"""The audit: every seal recomputed from the stored rows. `integrity_check` calls a flipped bit in a name sound; this does not."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from geo_app.domain.problem import Problem
from geo_app.domain.record import canonical_json
from geo_app.ledger.seal import GENESIS_SHA256, ChangeRow, RevisionRow, change_sha256, revision_sha256

NO_CHANGES_SHA256 = hashlib.sha256().hexdigest()


def find_faults(revisions: Iterable[RevisionRow], changes: Iterable[ChangeRow]) -> list[Problem]:
    """What does not match, by revision number. `revisions` come by number, `changes` in their stored order; values may be damaged.

    Codes and details: `ledger-record-altered` (revision, collection, key), `ledger-revision-altered` (revision: its own values, or
    a change added, lost or moved), `ledger-chain-broken` (revision: its link does not meet the one before), `ledger-revision-missing`
    (revision). A store may add `ledger-file-damaged` (what).
    """
    faults, digests = _audit_changes(changes)
    previous_sha256, next_number = GENESIS_SHA256, 1
    for row in revisions:
        if row.number != next_number:
            faults.append(_fault("ledger-revision-missing", next_number))
        elif row.previous_sha256 != previous_sha256:
            faults.append(_fault("ledger-chain-broken", row.number))
        if _recomputed_seal(row, digests.pop(row.number, NO_CHANGES_SHA256)) != row.sha256:
            faults.append(_fault("ledger-revision-altered", row.number))
        previous_sha256, next_number = row.sha256, row.number + 1
    # Changes left over belong to revisions that are gone, and a missing one in the midst is already named.
    named = {fault.details["revision"] for fault in faults if fault.code == "ledger-revision-missing"}
    faults += [_fault("ledger-revision-missing", number) for number in digests if number not in named]
    return sorted(faults, key=_revision_order)


def _audit_changes(changes: Iterable[ChangeRow]) -> tuple[list[Problem], dict[int, str]]:
    faults = []
    hashers: defaultdict[int, hashlib._Hash] = defaultdict(hashlib.sha256)
    for row in changes:
        # The stored seals go into the revision's digest, so that an altered record is named once, not twice.
        hashers[row.revision].update(str(row.sha256).encode())
        if _recomputed_change_seal(row) != row.sha256:
            faults.append(_fault("ledger-record-altered", row.revision, collection=_shown(row.collection), key=_shown(row.key)))
    return faults, {revision: hasher.hexdigest() for revision, hasher in hashers.items()}


def _recomputed_change_seal(row: ChangeRow) -> str | None:
    try:
        return change_sha256(*row[:-1])
    except (TypeError, ValueError):  # A damaged value may no longer be text at all.
        return None


def _recomputed_seal(row: RevisionRow, changes_digest: str) -> str | None:
    try:
        return revision_sha256(row, changes_digest)
    except (TypeError, ValueError):
        return None


def _fault(code: str, revision: object, **details: str) -> Problem:
    return Problem(code, details={"revision": revision if isinstance(revision, int) else _shown(revision), **details})


def _shown(value: object) -> str:
    return value if isinstance(value, str) else ascii(value)


def _revision_order(fault: Problem) -> tuple[int, str]:
    revision = fault.details["revision"]
    return (revision, "") if isinstance(revision, int) else (0, canonical_json(revision))

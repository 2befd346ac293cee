from contextlib import closing
from datetime import UTC, datetime

import pytest

from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import StaleRevision, UnknownRevision
from geo_app.ledger.memory import MemoryLedger
from geo_app.ledger.restore import draft_restoring

HOW = {"actor": "lee", "reason": "wrong list", "channel": Channel.OPERATOR, "made_at": datetime(2026, 11, 22, tzinfo=UTC)}


def states(ledger, at=None):
    return {name: list(ledger.iter_state(name, at=at)) for name in ("shelters", "documents")}


def publish_history(ledger, make_draft):
    ledger.append(make_draft({"a": "1", "b": "1", "c": "1"}))
    ledger.append(make_draft({"calendar": "2026"}, collection="documents"))
    ledger.append(make_draft({"a": None, "b": "2", "d": "1"}))
    ledger.append(make_draft({"calendar": "2027", "alerts": "1"}, collection="documents"))


def test_going_back_is_a_new_revision_that_brings_every_collection_back(ledger, make_draft):
    publish_history(ledger, make_draft)
    draft = draft_restoring(ledger, 2, **HOW)
    one = '{"name":"1"}'
    expected = [("documents", "alerts", None), ("documents", "calendar", '{"name":"2026"}')]
    expected += [("shelters", "a", one), ("shelters", "b", one), ("shelters", "d", None)]
    assert draft.changes == [Change(*change) for change in expected]
    assert (draft.actor, draft.reason, draft.channel, draft.made_at) == tuple(HOW.values())
    assert ledger.append(draft).number == 5
    assert states(ledger) == states(ledger, at=2)
    assert ledger.record_history("shelters", "d") == [(3, one), (5, None)]
    assert ledger.verify() == []


@pytest.mark.parametrize("revision", [1, 2, 3, 4])
def test_every_revision_can_be_reached_and_left_again(ledger, make_draft, revision):
    publish_history(ledger, make_draft)
    draft = draft_restoring(ledger, revision, **HOW)
    if draft is not None:
        ledger.append(draft)
        ledger.append(draft_restoring(ledger, 4, **HOW))
    assert states(ledger) == states(ledger, at=4)
    assert draft_restoring(ledger, 4, **HOW) is None


def test_nothing_to_restore_is_no_draft(ledger, make_draft):
    ledger.append(make_draft({"a": "1"}))
    ledger.append(make_draft({"a": "1", "never-there": None}))
    assert draft_restoring(ledger, 2, **HOW) is None
    assert draft_restoring(ledger, 1, **HOW) is None


@pytest.mark.parametrize("revision", [0, 2])
def test_a_revision_that_never_was_cannot_be_restored(ledger, make_draft, revision):
    ledger.append(make_draft({"a": "1"}))
    with pytest.raises(UnknownRevision):
        draft_restoring(ledger, revision, **HOW)


def test_what_is_published_meanwhile_is_not_undone_unseen(make_draft):
    with closing(MemoryLedger()) as ledger:
        publish_history(ledger, make_draft)
        head = ledger.head_number()
        draft = draft_restoring(ledger, 1, **HOW)
        ledger.append(make_draft({"a": "meanwhile"}))
        with pytest.raises(StaleRevision):
            ledger.append(draft, expected_head=head)

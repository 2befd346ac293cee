"""What a snapshot tells of the revisions before it, and that telling it costs no request anything."""

from datetime import datetime, timedelta

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.ledger.sqlite import SqliteLedger
from geo_app.snapshot.history import MOST_NOTES
from geo_app.workspace.old_revisions import OldRevisions

AT = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)


@pytest.fixture
def publish(workspace):
    def write(*changes, at=AT):
        revision = workspace.publish(changes, actor="김담당", reason="비공개 사유", channel=Channel.OPERATOR, at=at)
        workspace.keeper.refresh()
        return revision

    return write


def test_the_history_is_newest_first_with_counts_by_collection(workspace, publish):
    head = workspace.ledger.head_number()
    revision = publish(Change("shelters", "sh-000001", None), Change("documents", "note", "{}"))
    note, *before = workspace.keeper.current.history
    assert (note.number, note.made_at, note.sha256) == (head + 1, AT, revision.sha256)
    assert note.counts == {"documents": 1, "shelters": 1}
    assert [item.number for item in before] == list(range(head, 0, -1))
    assert "김담당" not in repr(note)
    assert "비공개" not in repr(note)


def test_only_the_newest_hundred_are_told_and_known_notes_are_not_read_again(workspace, publish, monkeypatch):
    counted = []
    count_changes = SqliteLedger.count_changes
    monkeypatch.setattr(SqliteLedger, "count_changes", lambda ledger, number: counted.append(number) or count_changes(ledger, number))
    head = workspace.ledger.head_number()
    for number in range(MOST_NOTES + 2):
        publish(Change("documents", "note", f'"{number}"'), at=AT + timedelta(minutes=number))
    told = workspace.keeper.current.history
    assert [note.number for note in told] == [*range(head + MOST_NOTES + 2, head + 2, -1)]
    assert counted == [*range(head + 1, head + MOST_NOTES + 3)]


def test_an_earlier_revision_knows_nothing_of_what_came_after(workspace, publish):
    head = workspace.ledger.head_number()
    publish(Change("documents", "note", '"later"'))
    newest = workspace.keeper.current
    older = OldRevisions(workspace.home, workspace.ledger).load(head, newest)
    assert older.history == newest.history[1:]

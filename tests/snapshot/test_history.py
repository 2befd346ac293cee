"""Notes of revisions: plain values and back, and what is no note."""

from datetime import datetime

import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import BadRecord
from geo_app.snapshot.history import RevisionNote, load_note, note_record

NOTE = RevisionNote(7, datetime(2026, 11, 21, 12, 0, 5, 250, tzinfo=SEOUL), {"dongs": 2, "shelters": 51}, "a" * 64)


def test_a_note_comes_back_from_plain_values_as_it_was():
    assert load_note(note_record(NOTE)) == NOTE
    assert note_record(load_note(note_record(NOTE))) == note_record(NOTE)


def test_a_note_says_neither_who_nor_why():
    assert set(note_record(NOTE)) == {"number", "made_at", "counts", "sha256"}


@pytest.mark.parametrize(
    "broken", [{"made_at": "2026-11-21T12:00:00"}, {"made_at": "yesterday"}, {"number": None}, {"counts": ["shelters"]}, {"sha256": ...}]
)
def test_what_is_no_note_is_refused(broken):
    members = {name: value for name, value in {**note_record(NOTE), **broken}.items() if value is not ...}
    with pytest.raises(BadRecord):
        load_note(members)

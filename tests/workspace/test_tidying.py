"""Tidying: once an hour, a fault tried again and told once, the log cut when nobody reads in it."""

from contextlib import closing
from datetime import datetime, timedelta

import pytest

from geo_app.desk.store import open_desk
from geo_app.domain.calendar import SEOUL
from geo_app.workspace.tidying import HourlyTidying

AT = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)


@pytest.fixture
def desk(tmp_path):
    with closing(open_desk(tmp_path / "desk.sqlite")) as opened:
        yield opened


def test_it_is_asked_in_the_first_look_of_each_hour(desk):
    asked = []
    tidying = HourlyTidying(desk, "notes", lambda at: bool(asked.append(at)))
    for minutes in (0, 10, 47, 48, 60):
        tidying.look(AT + timedelta(minutes=minutes))
    assert asked == [AT, AT + timedelta(minutes=48)]


def test_a_fault_is_told_once_and_tried_until_it_is_mended(desk, caplog):
    faults = [OSError("a secret"), OSError("a secret"), None]
    asked = []

    def tidy(at):
        asked.append(at)
        if (fault := faults[len(asked) - 1]) is not None:
            raise fault
        return False

    tidying = HourlyTidying(desk, "notes", tidy)
    for _ in range(4):
        tidying.look(AT)
    assert len(asked) == 3
    assert [record.getMessage() for record in caplog.records] == ["notes cannot be tidied: OSError"]


def test_who_does_it_on_the_way_is_told_of_a_fault(desk):
    tidying = HourlyTidying(desk, "notes", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tidying.do_when_due(AT)


def test_the_log_is_cut_once_nobody_reads_in_it(desk, tmp_path):
    log = tmp_path / "desk.sqlite-wal"
    tidying = HourlyTidying(desk, "notes", lambda _: True)
    with desk.lend() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM imports").fetchall()
        with desk.lend_for_writing() as writer:
            writer.execute("DELETE FROM imports")
            writer.execute("INSERT INTO imports VALUES ('x', 'x', 'x', 1, 'x')")
        tidying.look(AT)
        assert log.stat().st_size > 0
        reader.execute("COMMIT")
    tidying.look(AT + timedelta(seconds=1))
    assert log.stat().st_size == 0

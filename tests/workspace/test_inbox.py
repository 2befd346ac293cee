"""An inbox from outside: a file of strangers."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspace.test_publishing import record

from geo_app.desk.inbox import open_inbox
from geo_app.desk.reports import Outcome
from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.record import canonical_json
from geo_app.domain.report import Seen, Vouching
from geo_app.domain.wish import DayBand, WishTime
from geo_app.workspace.inbox import InboxInside, copy_inbox, import_inbox
from geo_app.workspace.inbox_file import NotAnInbox, read_inbox
from geo_app.workspace.public_room import PublicHome
from geo_app.workspace.reports import ReportBoard
from geo_app.workspace.wishes import WishBox

AT = datetime(2026, 11, 24, 13, 0, tzinfo=SEOUL)
DAWN = WishTime(DayBand.WEEKDAY, 2)


MANY_WISHES = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200001)
    INSERT INTO wishes (place, days, hour, made_on) SELECT 'dg-000001', 'weekday', 2, '2026-11-24' FROM n
"""


class Outside:
    """The doors' way into an inbox, without a server."""

    def __init__(self, folder):
        self.home = PublicHome(folder)
        self.home.prepare()
        self.inbox = open_inbox(self.home.inbox)
        self.reports, self.wishes = ReportBoard(self.home, self.inbox), WishBox(self.home, self.inbox)

    def execute(self, statement, *values):
        with self.inbox.lend_for_writing() as connection:
            return connection.execute(statement, values)

    def put(self, site_id="sh-000001", seen="closed", at="2026-11-24T03:00:00.000000+00:00", vouching=0):
        self.execute("UPDATE report_numbers SET newest = newest + 1")
        self.execute(
            "INSERT INTO reports (number, site_id, seen, reported_at, day, vouching) SELECT newest, ?, ?, ?, '', ? FROM report_numbers",
            site_id, seen, at, vouching,
        )  # fmt: skip


@pytest.fixture
def outside(tmp_path):
    made = Outside(tmp_path / "out")
    yield made
    made.inbox.close()


def counts(sorted_):
    return (sorted_.taken.added, sorted_.taken.changed, sorted_.taken.unchanged, sorted_.too_old, sorted_.unknown, sorted_.refused)


def test_reports_and_wishes_made_outside_stand_inside_and_twice_is_as_once(workspace, outside, tmp_path):
    for number in range(2):
        assert outside.reports.add("sh-000001", Seen.CLOSED, at=AT, address=f"203.0.113.{number}").outcome is Outcome.ADDED
    place = workspace.load_snapshot().layers["dongs"].ids[0]
    for number in range(3):
        outside.wishes.add(place, DAWN, at=AT, address=f"203.0.113.{number}")
    copy_inbox(outside.home.inbox, tmp_path / "copy.sqlite")
    reports, wishes = import_inbox(workspace, tmp_path / "copy.sqlite", at=AT + timedelta(minutes=5))
    assert (counts(reports), counts(wishes)) == ((2, 0, 0, 0, 0, 0), (3, 0, 0, 0, 0, 0))
    workspace.reports.look(AT + timedelta(minutes=5))
    assert workspace.reports.summaries(AT + timedelta(minutes=5))["sh-000001"].needs_check
    assert [(item.place, item.count) for item in workspace.wishes.counts()] == [(place, 3)]
    reports, wishes = import_inbox(workspace, tmp_path / "copy.sqlite", at=AT + timedelta(minutes=6))
    assert (counts(reports), counts(wishes)) == ((0, 0, 2, 0, 0, 0), (0, 0, 3, 0, 0, 0))
    assert [(item.place, item.count) for item in workspace.wishes.counts()] == [(place, 3)]


def test_the_file_of_a_running_server_is_read_with_its_log(workspace, outside):
    outside.reports.add("sh-000001", Seen.CLOSED, at=AT, address="203.0.113.1")
    assert outside.home.inbox.with_name("inbox.sqlite-wal").stat().st_size > 0
    reports, _ = import_inbox(workspace, outside.home.inbox, at=AT)
    assert reports.taken.added == 1
    assert outside.reports.add("sh-000002", Seen.CLOSED, at=AT, address="203.0.113.1").outcome is Outcome.ADDED


def test_a_report_changed_outside_is_changed_inside(workspace, outside):
    outside.reports.add("sh-000001", Seen.CLOSED, at=AT, address="203.0.113.1")
    import_inbox(workspace, outside.home.inbox, at=AT)
    later = AT + timedelta(minutes=2)
    outside.reports.add("sh-000001", Seen.OPEN, at=later, address="203.0.113.1")
    assert counts(import_inbox(workspace, outside.home.inbox, at=later)[0]) == (0, 1, 0, 0, 0, 0)
    workspace.reports.look(later)
    summary = workspace.reports.summaries(later)["sh-000001"]
    assert (summary.closed_count, summary.last_open_at) == (0, later)


def test_what_cannot_be_is_counted_and_left_outside(workspace, outside):
    for site in ("sh-999999", "ic-000001", "dg-000001"):  # nowhere, and places without a door
        outside.put(site)
    for site in ("x", "sh-000001'; DROP TABLE reports; --", "예시", "sh-٠٠٠٠٠١", ""):
        outside.put(site)
    for at in ("2026-11-23T03:59:00+00:00", "2020-01-01T00:00:00+00:00"):
        outside.put(at=at)
    for at in ("2027-01-01T00:00:00+00:00", "yesterday", "2026-11-24T03:00:00", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00"):
        outside.put(at=at)
    outside.put(vouching=2)  # a closed door vouches for nothing
    place = workspace.load_snapshot().layers["dongs"].ids[0]
    wishes = [
        (place, "2026-11-24"), (place, "2026-11-25"), (place, "2020-01-01"), ("sh-000001", "2026-11-24"),
        ("dg-999999", "2026-11-24"), ("a b", "2026-11-24"), (place, "soon"),
    ]  # fmt: skip
    for wished, day in wishes:
        outside.execute("INSERT INTO wishes (place, days, hour, made_on) VALUES (?, 'weekday', 2, ?)", wished, day)
    outside.put()
    reports, made = import_inbox(workspace, outside.home.inbox, at=AT)
    assert counts(reports) == (1, 0, 0, 3, 3, 10)
    assert counts(made) == (1, 0, 0, 1, 2, 3)


def test_a_report_vouches_only_for_hours_that_are_published_inside(workspace, outside):
    now = AT.isoformat()
    changes = [
        Change(
            "shelters",
            site_id,
            canonical_json(record(workspace, id=site_id, hours=[{"opening_hours": rule, "text": rule, "source": "test"}])),
        )
        for site_id, rule in (("sh-000001", "24/7"), ("sh-000002", "00:00-01:00"))
    ]
    workspace.publish(changes, actor="test", reason="test", channel=Channel.OPERATOR, at=AT)
    for site_id in ("sh-000001", "sh-000002"):
        outside.put(site_id, "open", now, Vouching.WHOLE)
    import_inbox(workspace, outside.home.inbox, at=AT + timedelta(minutes=1))
    workspace.reports.look(AT + timedelta(minutes=1))
    told = workspace.reports.summaries(AT + timedelta(minutes=1))
    assert (told["sh-000001"].last_check_at, told["sh-000002"].last_check_at) == (AT, None)
    assert told["sh-000002"].last_open_at == AT


@pytest.mark.parametrize(("days_old", "said", "stands"), [(0, 2, 2), (0, 1, 1), (180, 2, 2), (181, 2, 1), (None, 2, 1), (None, 0, 0)])
def test_a_report_vouches_no_more_than_a_fresh_one_could(workspace, outside, days_old, said, stands):
    day = None if days_old is None else (AT.date() - timedelta(days=days_old)).isoformat()
    dated = {} if day is None else {"as_of": day}
    hours = [{"opening_hours": "24/7", "text": "24/7", "source": "test", **dated}]
    changed = record(workspace, id="sh-000001", hours=hours)
    changed["provenance"] = {name: value for name, value in changed["provenance"].items() if name != "checked_on"}
    workspace.publish([Change("shelters", "sh-000001", canonical_json(changed))], actor="t", reason="t", channel=Channel.OPERATOR, at=AT)
    outside.put("sh-000001", "open", AT.isoformat(), said)
    reports, _ = import_inbox(workspace, outside.home.inbox, at=AT + timedelta(minutes=1))
    with workspace.desk.lend() as connection:
        assert connection.execute("SELECT vouching FROM reports").fetchall() == [(stands,)]
    assert reports.taken.vouching == (stands > 0)


def test_a_flood_onto_one_door_is_left_outside_and_counted(workspace, outside):
    for _ in range(200):
        outside.put()
    for _ in range(2):
        reports, _ = import_inbox(workspace, outside.home.inbox, at=AT)
        assert reports.taken.over_limit == 170
    workspace.reports.look(AT)
    assert workspace.reports.summaries(AT)["sh-000001"].closed_count == 30


def test_of_who_reported_nothing_leaves_the_machine_outside(outside, tmp_path):
    outside.reports.add("sh-000001", Seen.CLOSED, at=AT.replace(second=37), address="203.0.113.1")
    outside.wishes.add("dg-000001", DAWN, at=AT, address="203.0.113.1")
    with outside.inbox.lend() as connection:
        (tag,) = connection.execute("SELECT tag FROM reports").fetchone()
    copy_inbox(outside.home.inbox, tmp_path / "copy.sqlite")
    data = (tmp_path / "copy.sqlite").read_bytes()
    assert tag.encode() not in data
    assert read_inbox(tmp_path / "copy.sqlite").reports[0].report.reported_at == AT.replace(second=0)
    assert oct((tmp_path / "copy.sqlite").stat().st_mode)[-3:] == "600"
    with pytest.raises(InboxInside):
        copy_inbox(outside.home.inbox, outside.home.folder / "copy.sqlite")


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE reports; CREATE VIEW reports AS SELECT 1 id, 1 number, '' AS site_id, '' AS seen, '' AS reported_at, 0 AS vouching",
        "DROP TABLE wishes",
        "DROP TABLE wishes; CREATE VIRTUAL TABLE wishes USING fts5(id, place, days, hour, made_on)",
        "ALTER TABLE wishes DROP COLUMN place; ALTER TABLE wishes ADD COLUMN place TEXT AS (hex(zeroblob(1000000)))",
        "UPDATE inbox SET name = '../../etc'",
        "DELETE FROM inbox",
        "PRAGMA application_id = 1196639307",
        "PRAGMA user_version = 99",
        "INSERT INTO wishes (place, days, hour, made_on) VALUES (printf('%.*c', 100000, 'x'), 'weekday', 2, '2026-11-24')",
        MANY_WISHES,
    ],
    ids=range(10),
)
def test_a_file_of_another_form_is_refused_whole(outside, tmp_path, script):
    copy_inbox(outside.home.inbox, tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        try:
            raw.executescript(f"DROP INDEX wishes_by_time; DROP INDEX standing_wishes; {script};")
        except sqlite3.OperationalError as fault:
            pytest.skip(str(fault))
    with pytest.raises(NotAnInbox):
        read_inbox(tmp_path / "copy.sqlite")


def test_a_desk_and_any_other_file_are_no_inbox(workspace, tmp_path):
    for path in (workspace.home.desk, workspace.home.ledger, tmp_path / "nothing"):
        with pytest.raises(NotAnInbox):
            read_inbox(path)
    (tmp_path / "text").write_bytes(b"SQLite format 3\x00" + b"x" * 9_000)
    os.mkfifo(tmp_path / "pipe")
    for name in ("text", "pipe"):
        with pytest.raises(NotAnInbox):
            read_inbox(tmp_path / name)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), value=st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_refused_or_read_and_never_runs_away(made_inbox, tmp_path, place, value):
    data = bytearray(made_inbox)
    start = place % (len(data) - len(value))
    data[start : start + len(value)] = value
    (tmp_path / "x.sqlite").write_bytes(data)
    try:
        found = read_inbox(tmp_path / "x.sqlite")
    except NotAnInbox:
        return
    assert len(found.reports) + found.bad_reports < 1_000


@pytest.fixture(scope="module")
def made_inbox(tmp_path_factory):
    """The bytes of an inbox with some reports and wishes."""
    folder = tmp_path_factory.mktemp("made")
    made = Outside(folder / "out")
    for number in range(40):
        made.put(f"sh-{number:06}")
        made.execute("INSERT INTO wishes (place, days, hour, made_on) VALUES ('dg-000001', 'weekday', 2, '2026-11-24')")
    copy_inbox(made.home.inbox, folder / "copy.sqlite")
    made.inbox.close()
    data = (folder / "copy.sqlite").read_bytes()
    shutil.rmtree(folder)
    return data

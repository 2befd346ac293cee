"""Reports on the desk: one standing for each reporter, place and day; limits; leaving by age, from the file's bytes too."""

import multiprocessing
import sqlite3
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from geo_app.desk.imports import find_import
from geo_app.desk.report_tidying import cut_log, erase_reporters, tidy_reports
from geo_app.desk.reports import DOUBLE_TAP, Filing, Outcome, file_report, list_reports, newest_number
from geo_app.desk.schema import DESK_FILE
from geo_app.desk.store import open_desk
from geo_app.domain.errors import BadArgument
from geo_app.domain.report import (
    CHANGES_A_DAY,
    CLOSED_COUNTS_FOR,
    OPEN_COUNTS_FOR,
    PAIRED_WITHIN,
    REPORTS_AN_HOUR,
    Limit,
    Report,
    Seen,
    Vouching,
    summarise,
)

SEOUL = ZoneInfo("Asia/Seoul")
AT = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)
TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
FORK = multiprocessing.get_context("fork")
# The desk's file as its first version made it.
FIRST_SCHEMA = """
CREATE TABLE imports (
    file_sha256 TEXT NOT NULL,
    layer TEXT NOT NULL,
    source TEXT NOT NULL,
    revision INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (file_sha256, layer, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_by_age ON imports (imported_at);
PRAGMA application_id = 0x4753444B;
PRAGMA user_version = 1;
INSERT INTO imports VALUES ('ab', 'shelters', 'partners.csv', 7, '2026-11-01T00:00:00.000000+00:00');
"""
# What its second version added, with a report of today, one of yesterday, and their taps.
SECOND_SCHEMA = """
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    site_id TEXT NOT NULL,
    seen TEXT NOT NULL CHECK (seen IN ('open', 'closed')),
    reported_at TEXT NOT NULL,
    day TEXT NOT NULL,
    tag TEXT
) STRICT;
CREATE UNIQUE INDEX standing_reports ON reports (site_id, tag) WHERE tag IS NOT NULL;
CREATE INDEX reports_by_place ON reports (site_id, seen, reported_at);
CREATE TABLE report_numbers (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), newest INTEGER NOT NULL) STRICT;
INSERT INTO report_numbers (only_row, newest) VALUES (1, 2);
CREATE TABLE report_taps (
    tapped_at TEXT NOT NULL,
    site_id TEXT NOT NULL,
    day TEXT NOT NULL,
    tag TEXT
) STRICT;
CREATE INDEX report_taps_by_age ON report_taps (tapped_at);
PRAGMA user_version = 2;
INSERT INTO reports VALUES (1, 1, 'sh-000001', 'open', '2026-11-20T03:04:05.678901+00:00', '2026-11-20', NULL);
INSERT INTO reports VALUES (2, 2, 'sh-000001', 'closed', '2026-11-20T17:11:05.678901+00:00', '2026-11-21', 'a');
INSERT INTO report_taps VALUES ('2026-11-20T17:11:05.678901+00:00', 'sh-000001', '2026-11-21', 'a');
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.sqlite"


@pytest.fixture
def desk(path):
    with closing(open_desk(path)) as opened:
        yield opened


def file(desk, tag, *, at=AT, seen=Seen.CLOSED, site_id="sh-000001", day=TODAY, vouching=Vouching.NONE):
    return file_report(desk, Report(site_id, seen, at, vouching), tag=tag, day=day)


def find_open(desk, tag, *, vouching=Vouching.HALF, **more):
    """File an open door; how far the newest of the desk's reports vouches."""
    assert file(desk, tag, seen=Seen.OPEN, vouching=vouching, **more).outcome is not Outcome.LIMITED
    return list_reports(desk)[-1].report.vouching


def vouchings(desk):
    return [int(slip.report.vouching) for slip in list_reports(desk)]


def standing(desk):
    return [(slip.report.site_id, slip.report.seen.value, slip.report.reported_at) for slip in list_reports(desk)]


def tables(path):
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows}


def open_and_close(path):
    open_desk(path).close()


def test_a_desk_of_the_first_version_is_brought_up_to_date_and_keeps_its_notes(path, tmp_path):
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(FIRST_SCHEMA)
    with closing(open_desk(path)) as desk:
        assert find_import(desk, file_sha256="ab", layer="shelters", source="partners.csv").revision == 7
        assert file(desk, "a") == Filing(Outcome.ADDED)
    open_and_close(tmp_path / "new.sqlite")
    assert tables(path) == tables(tmp_path / "new.sqlite")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (DESK_FILE.schema_version,)


def test_a_desk_of_the_second_version_keeps_its_reports_which_are_no_checks_and_of_others_days_the_minute(path, tmp_path):
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(FIRST_SCHEMA + SECOND_SCHEMA)
    with closing(open_desk(path)) as desk:
        told = [slip.report for slip in list_reports(desk)]
        assert [(report.seen, report.vouching) for report in told] == [(Seen.OPEN, Vouching.NONE), (Seen.CLOSED, Vouching.NONE)]
        assert told[0].reported_at == datetime(2026, 11, 20, 3, 4, tzinfo=UTC)
        assert told[1].reported_at == datetime(2026, 11, 20, 17, 11, 5, 678901, tzinfo=UTC)
        assert file(desk, "a", seen=Seen.OPEN, at=AT + timedelta(minutes=5)) == Filing(Outcome.REPLACED)
        assert newest_number(desk) == 3
    open_and_close(tmp_path / "new.sqlite")
    assert tables(path) == tables(tmp_path / "new.sqlite")


def test_processes_that_open_an_old_desk_at_once_all_find_it_new(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(FIRST_SCHEMA)
    openers = [FORK.Process(target=open_and_close, args=(path,)) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert [opener.exitcode for opener in openers] == [0] * 4
    with closing(open_desk(path)) as desk:
        assert newest_number(desk) == 0


def test_one_reporter_has_one_report_at_a_place_and_the_second_replaces_it(desk):
    later = AT + timedelta(minutes=5)
    assert file(desk, "a") == Filing(Outcome.ADDED)
    assert file(desk, "a", seen=Seen.OPEN, at=later) == Filing(Outcome.REPLACED)
    assert standing(desk) == [("sh-000001", "open", later)]
    assert file(desk, "b").outcome is Outcome.ADDED
    assert file(desk, "a", site_id="sh-000002").outcome is Outcome.ADDED
    assert len(standing(desk)) == 3


def test_a_double_tap_changes_nothing_and_uses_nothing_up(desk):
    file(desk, "a")
    for _ in range(REPORTS_AN_HOUR[Limit.REPORTER] + 5):
        assert file(desk, "a", at=AT + DOUBLE_TAP - timedelta(seconds=1)) == Filing(Outcome.REPLACED)
    assert newest_number(desk) == 1
    assert standing(desk) == [("sh-000001", "closed", AT)]
    assert file(desk, "a", at=AT + DOUBLE_TAP).outcome is Outcome.REPLACED
    assert newest_number(desk) == 2


def test_a_reader_asks_only_for_what_is_newer_than_what_it_holds(desk):
    file(desk, "a")
    file(desk, "b")
    held = newest_number(desk)
    assert list_reports(desk, after=held) == []
    file(desk, "a", seen=Seen.OPEN)
    (slip,) = list_reports(desk, after=held)
    assert (slip.id, slip.report.seen) == (1, Seen.OPEN)


@pytest.mark.parametrize(
    ("limit", "names"),
    [
        (Limit.REPORTER, lambda number: ("a", f"sh-{number:06d}")),
        (Limit.PLACE, lambda number: (f"tag{number}", "sh-000001")),
        (Limit.EVERYONE, lambda number: (f"tag{number}", f"sh-{number:06d}")),
    ],
)
def test_the_last_one_of_an_hour_fits_and_the_next_is_told_when_it_will(desk, monkeypatch, limit, names):
    monkeypatch.setitem(REPORTS_AN_HOUR, Limit.EVERYONE, 40)
    most = REPORTS_AN_HOUR[limit]
    for number in range(most):
        tag, site_id = names(number)
        assert file(desk, tag, site_id=site_id, at=AT + timedelta(seconds=number)).outcome is Outcome.ADDED
    tag, site_id = names(most)
    now = AT + timedelta(minutes=20)
    told = file(desk, tag, site_id=site_id, at=now)
    assert (told.outcome, told.limit) == (Outcome.LIMITED, limit)
    assert told.retry_after_s == 40 * 60
    assert file(desk, tag, site_id=site_id, at=now + timedelta(seconds=told.retry_after_s - 1)).outcome is Outcome.LIMITED
    assert file(desk, tag, site_id=site_id, at=now + timedelta(seconds=told.retry_after_s)).outcome is Outcome.ADDED


def test_changing_ones_mind_for_ever_is_limited_too(desk):
    for turn in range(CHANGES_A_DAY + 1):
        assert file(desk, "a", seen=list(Seen)[turn % 2], at=AT + timedelta(seconds=turn)).limit is None
    told = file(desk, "a", seen=list(Seen)[(CHANGES_A_DAY + 1) % 2], at=AT + timedelta(hours=21))
    assert told == Filing(Outcome.LIMITED, Limit.CHANGES, 48 * 60)  # from 23:12 to midnight in Seoul
    assert len(standing(desk)) == 1
    assert file(desk, "a", seen=list(Seen)[CHANGES_A_DAY % 2], at=AT + timedelta(hours=21)).outcome is Outcome.REPLACED
    assert file(desk, "a", seen=Seen.CLOSED, site_id="sh-000002").outcome is Outcome.ADDED
    midnight = datetime(2026, 11, 22, tzinfo=SEOUL)
    tidy_reports(desk, at=midnight, day=TOMORROW)
    assert file(desk, "a", seen=Seen.OPEN, at=midnight, day=TOMORROW).outcome is Outcome.ADDED


def test_who_changes_reports_for_ever_uses_up_nobody_elses(desk, monkeypatch):
    monkeypatch.setitem(REPORTS_AN_HOUR, Limit.EVERYONE, REPORTS_AN_HOUR[Limit.PLACE])
    most, pressed = REPORTS_AN_HOUR[Limit.REPORTER], 0
    for tag in "ab":
        for turn in range(most):
            at = AT + timedelta(minutes=2 * turn)
            pressed += file(desk, tag, at=at).limit is None
    assert pressed == 2 * most > REPORTS_AN_HOUR[Limit.PLACE]
    for number in range(REPORTS_AN_HOUR[Limit.PLACE] - 2):
        assert file(desk, f"honest{number}", seen=Seen.OPEN, at=AT + timedelta(minutes=39)).outcome is Outcome.ADDED
    assert file(desk, "one-too-many", at=AT + timedelta(minutes=39)).limit is Limit.PLACE
    assert file(desk, "honest1", at=AT + timedelta(minutes=41)).outcome is Outcome.REPLACED
    assert file(desk, "a", at=AT + timedelta(minutes=41)).limit is Limit.REPORTER


def test_old_hours_take_two_reporters_within_a_week(desk):
    assert find_open(desk, "a") is Vouching.HALF
    assert find_open(desk, "a", at=AT + timedelta(hours=1)) is Vouching.HALF  # the same one
    assert find_open(desk, "b", site_id="sh-000002") is Vouching.HALF
    assert find_open(desk, "b", at=AT + timedelta(hours=2)) is Vouching.WHOLE
    assert find_open(desk, "c", vouching=Vouching.NONE, at=AT + timedelta(hours=3)) is Vouching.NONE


@pytest.mark.parametrize(("wait", "expected"), [(PAIRED_WITHIN - timedelta(minutes=1), Vouching.WHOLE), (PAIRED_WITHIN, Vouching.HALF)])
def test_the_other_half_of_a_check_lasts_a_week_past_the_days_of_its_reporter(desk, wait, expected):
    at = AT.replace(second=0)
    find_open(desk, "a", at=at)
    find_open(desk, "b", vouching=Vouching.NONE, at=at + timedelta(minutes=1))
    later = at + wait
    tidy_reports(desk, at=later, day=later.date())
    assert vouchings(desk) == [1, 0]  # that the newest contradicts the hours does not push the other out
    assert find_open(desk, "c", at=later, day=later.date()) is expected


def test_a_half_that_somebody_contradicted_is_no_half_and_ones_own_mistake_is_no_contradiction(desk):
    find_open(desk, "a")
    file(desk, "b", at=AT + timedelta(minutes=1))
    assert find_open(desk, "c", at=AT + timedelta(minutes=2)) is Vouching.HALF
    assert find_open(desk, "b", at=AT + timedelta(minutes=3)) is Vouching.WHOLE


def test_a_closed_door_ends_an_older_check_for_good_once_it_cannot_be_taken_back(desk):
    find_open(desk, "a", vouching=Vouching.WHOLE)
    file(desk, "b", at=AT + timedelta(seconds=20))
    find_open(desk, "c", vouching=Vouching.WHOLE, at=AT + timedelta(seconds=40))
    find_open(desk, "a", vouching=Vouching.WHOLE, site_id="sh-000002")
    tidy_reports(desk, at=AT + timedelta(hours=1), day=TODAY)
    assert vouchings(desk) == [2, 0, 2, 2]
    for at in (AT + timedelta(days=1), AT + timedelta(days=3)):
        tidy_reports(desk, at=at, day=at.date())
        assert [(slip.report.site_id, int(slip.report.vouching)) for slip in list_reports(desk) if slip.report.seen is Seen.OPEN] == [
            ("sh-000001", 2), ("sh-000002", 2),
        ]  # fmt: skip
    last = AT + timedelta(days=3)
    file(desk, "d", at=last, day=last.date())
    tidy_reports(desk, at=last + timedelta(days=1), day=last.date() + timedelta(days=1))
    assert vouchings(desk) == [0, 2]


def file_many(path, name):
    with closing(open_desk(path)) as desk:
        for number in range(12):
            file(desk, "a", site_id=f"sh-{name}{number:05d}", at=AT + timedelta(seconds=number))


def test_processes_that_file_at_once_keep_the_limit_together(path):
    open_and_close(path)
    writers = [FORK.Process(target=file_many, args=(path, name)) for name in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with closing(open_desk(path)) as desk:
        assert len(standing(desk)) == REPORTS_AN_HOUR[Limit.REPORTER] == newest_number(desk)


def test_closed_doors_leave_after_a_day_and_open_ones_after_half_a_year(desk):
    file(desk, "a")
    file(desk, "b", seen=Seen.OPEN)
    tidy_reports(desk, at=AT + CLOSED_COUNTS_FOR - timedelta(seconds=1), day=TODAY)
    assert len(standing(desk)) == 2
    tidy_reports(desk, at=AT + CLOSED_COUNTS_FOR, day=TOMORROW)
    assert standing(desk) == [("sh-000001", "open", AT)]
    tidy_reports(desk, at=AT + OPEN_COUNTS_FOR - timedelta(seconds=1), day=TOMORROW)
    assert len(standing(desk)) == 1
    tidy_reports(desk, at=AT + OPEN_COUNTS_FOR, day=TOMORROW)
    assert standing(desk) == []


def test_of_past_days_only_the_newest_open_door_of_a_place_stays(desk):
    for number, tag in enumerate("abc"):
        file(desk, tag, seen=Seen.OPEN, at=AT + timedelta(minutes=number))
    file(desk, "a", seen=Seen.OPEN, site_id="sh-000002")
    tidy_reports(desk, at=AT + timedelta(hours=1), day=TODAY)
    assert len(standing(desk)) == 4
    tidy_reports(desk, at=AT + timedelta(days=1), day=TOMORROW)
    assert sorted(standing(desk)) == [("sh-000001", "open", AT + timedelta(minutes=2)), ("sh-000002", "open", AT)]


def test_an_open_door_of_today_that_may_be_taken_back_does_not_push_out_yesterdays(desk):
    file(desk, "a", seen=Seen.OPEN)
    tomorrow = AT + timedelta(days=1)
    file(desk, "b", seen=Seen.OPEN, at=tomorrow, day=TOMORROW)
    tidy_reports(desk, at=tomorrow, day=TOMORROW)
    file(desk, "b", at=tomorrow + timedelta(minutes=2), day=TOMORROW)
    assert ("sh-000001", "open", AT) in standing(desk)


def test_a_report_by_a_clock_that_ran_years_ahead_is_let_go(desk):
    file(desk, "a", at=AT + timedelta(days=1500))
    assert tidy_reports(desk, at=AT, day=TODAY)
    assert standing(desk) == []
    assert file(desk, "a").outcome is Outcome.ADDED


def test_when_a_day_is_over_its_tags_are_gone_from_every_byte_of_the_desk(desk, path):
    file(desk, "yesterdays-tag", at=AT + timedelta(hours=21))
    file(desk, "yesterdays-tag", site_id="sh-000002", at=AT + timedelta(hours=21))
    just_after = datetime(2026, 11, 22, 0, 0, 1, tzinfo=SEOUL)
    file(desk, "todays-tag", at=just_after, day=TOMORROW)
    tidy_reports(desk, at=just_after, day=TOMORROW)
    assert cut_log(desk)
    assert len(standing(desk)) == 3
    written = b"".join(found.read_bytes() for found in path.parent.iterdir())
    assert b"yesterdays-tag" not in written
    assert b"todays-tag" in written


def test_the_log_is_cut_when_nobody_reads_in_it_any_more_and_nobody_is_waited_for(desk, path):
    file(desk, "yesterdays-tag")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reports").fetchone()
        tidy_reports(desk, at=AT + timedelta(hours=22), day=TOMORROW)
        started = time.monotonic()
        assert not cut_log(desk)
        assert time.monotonic() - started < 2
        assert b"yesterdays-tag" in b"".join(found.read_bytes() for found in path.parent.iterdir())
        reader.execute("COMMIT")
    assert cut_log(desk)
    assert b"yesterdays-tag" not in b"".join(found.read_bytes() for found in path.parent.iterdir())


def test_with_its_tag_a_report_loses_its_seconds(desk, path):
    file(desk, "a", at=AT + timedelta(seconds=34, microseconds=5678))
    tidy_reports(desk, at=AT + timedelta(minutes=1), day=TODAY)
    assert standing(desk)[0][2] == AT + timedelta(seconds=34, microseconds=5678)
    tidy_reports(desk, at=AT + timedelta(minutes=30), day=TOMORROW)
    assert standing(desk)[0][2] == AT
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT tapped_at FROM report_taps").fetchone() == ("2026-11-20T17:12:00.000000+00:00",)


def test_a_copy_without_reporters_says_the_same_of_every_door_and_opens_as_a_desk(desk, tmp_path):
    find_open(desk, "tag-of-a", vouching=Vouching.WHOLE, at=AT + timedelta(seconds=10))
    file(desk, "tag-of-b", at=AT + timedelta(seconds=20))
    find_open(desk, "tag-of-c", vouching=Vouching.WHOLE, site_id="sh-000002")
    desk.backup(tmp_path / "copy.sqlite")
    erase_reporters(tmp_path / "copy.sqlite")
    assert b"tag-of-" not in (tmp_path / "copy.sqlite").read_bytes()
    assert not list(tmp_path.glob("copy.sqlite-*"))
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as raw:
        assert raw.execute("SELECT count(*) FROM report_taps").fetchone() == (0,)
    with closing(open_desk(tmp_path / "copy.sqlite")) as copy:
        at = AT + timedelta(minutes=1)
        told, expected = ({site: (item.closed_count, bool(item.last_check_at)) for site, item in summarise(
            [slip.report for slip in list_reports(held)], at).items()} for held in (copy, desk))  # fmt: skip
        assert told == expected == {"sh-000001": (1, False), "sh-000002": (0, True)}


def test_the_taps_before_midnight_still_count_for_the_place(desk):
    before, after = datetime(2026, 11, 21, 23, 50, tzinfo=SEOUL), datetime(2026, 11, 22, 0, 5, tzinfo=SEOUL)
    for number in range(REPORTS_AN_HOUR[Limit.PLACE]):
        file(desk, f"tag{number}", at=before)
    tidy_reports(desk, at=after, day=TOMORROW)
    assert file(desk, "new", at=after, day=TOMORROW).limit is Limit.PLACE


def test_numbers_grow_past_what_was_let_go(desk):
    file(desk, "a")
    tidy_reports(desk, at=AT + timedelta(days=2), day=TOMORROW)
    file(desk, "b", at=AT + timedelta(days=2), day=TOMORROW)
    assert newest_number(desk) == 2


def test_tidying_twice_finds_nothing_the_second_time(desk):
    file(desk, "a")
    assert tidy_reports(desk, at=AT + timedelta(days=2), day=TOMORROW)
    assert not tidy_reports(desk, at=AT + timedelta(days=2), day=TOMORROW)


def test_a_time_without_its_zone_is_refused(desk):
    with pytest.raises(BadArgument):
        file(desk, "a", at=AT.replace(tzinfo=None))
    assert standing(desk) == []


def test_reports_are_told_in_whatever_zone_they_were_made(desk):
    file(desk, "a", at=AT.astimezone(UTC))
    assert standing(desk)[0][2] == AT

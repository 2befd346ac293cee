"""What only a file can do: be killed, filled, locked away, shared between processes."""

import multiprocessing
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from geo_app.domain.change import Change
from geo_app.domain.errors import BrokenLedger, BrokenStore, StaleRevision
from geo_app.ledger.sqlite import open_ledger

FORK = multiprocessing.get_context("fork")


def test_the_file_is_for_its_owner_alone_and_so_are_its_companions(path, sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()}
    assert modes == {"ledger.sqlite": 0o600, "ledger.sqlite-shm": 0o600, "ledger.sqlite-wal": 0o600}


def test_a_closed_ledger_is_one_file_that_opens_again(path, sqlite_ledger, make_draft):
    revision = sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    sqlite_ledger.close()
    assert [found.name for found in path.parent.iterdir()] == ["ledger.sqlite"]
    with closing(open_ledger(path)) as again:
        assert again.find_head() == revision


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revisions SET reason = 'other'",
        "DELETE FROM revisions",
        "INSERT OR REPLACE INTO revisions SELECT * FROM revisions",
        "UPDATE changes SET body = NULL",
        "DELETE FROM changes",
        "INSERT OR REPLACE INTO changes SELECT * FROM changes",
        "INSERT OR REPLACE INTO changes SELECT 1, 2, 'shelters', 'other', NULL, ''",
        "INSERT INTO changes SELECT NULL, 1, 'shelters', 'late', NULL, ''",
        "INSERT INTO changes SELECT NULL, 2, 'shelters', 'nobody seals it', NULL, ''",
        "INSERT INTO revisions SELECT 5, actor, reason, channel, made_at, 0, '[]', '', '' FROM revisions",
    ],
)
def test_the_file_itself_refuses_to_forget(path, sqlite_ledger, make_draft, statement):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):  # noqa: PT012  # a deferred reference is refused at the commit
            raw.execute(statement)
            raw.commit()
    assert sqlite_ledger.verify() == []
    assert sqlite_ledger.head_number() == 1


@pytest.mark.parametrize(
    ("pragma", "reason"),
    [("user_version = 99", "newer-schema"), ("application_id = 1", "another-kind"), ("user_version = 0", "another-kind")],
)
def test_a_file_that_is_not_ours_to_read_is_refused_with_the_reason(path, sqlite_ledger, pragma, reason):
    sqlite_ledger.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA {pragma}")
    with pytest.raises(BrokenStore) as refusal:
        open_ledger(path)
    assert refusal.value.values["reason"] == reason


def test_what_is_no_database_or_has_no_place_is_a_broken_store(tmp_path):
    (tmp_path / "text").write_text("a list of shelters, not a ledger\n" * 50)
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    for name, reason in {"text": "damaged", "empty": "another-kind", "folder": "cannot-open", "missing/l": "missing-folder"}.items():
        with pytest.raises(BrokenStore) as refusal:
            open_ledger(tmp_path / name)
        assert refusal.value.values["reason"] == reason
    assert sorted(found.name for found in tmp_path.iterdir()) == ["empty", "folder", "text"]


def test_a_ledger_that_went_away_is_not_begun_anew_in_silence(path, sqlite_ledger, make_draft, tmp_path):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    sqlite_ledger._database._close_idle()
    path.unlink()
    with pytest.raises(BrokenStore) as refusal:
        sqlite_ledger.head_number()
    assert refusal.value.values["reason"] == "cannot-open"
    assert not path.exists()


def test_a_revision_row_that_no_longer_reads_is_a_broken_ledger(path, sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER revisions_stay")
        raw.execute("UPDATE revisions SET channel = 'back door'")
        raw.commit()
    with pytest.raises(BrokenLedger) as refusal:
        sqlite_ledger.find_head()
    assert refusal.value.values == {"revision": 1, "what": "revision"}


CUT_SHORT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from geo_app.domain.change import Change, Channel, RevisionDraft
from geo_app.domain.errors import BrokenStore
from geo_app.ledger.sqlite import open_ledger

def draft(count):
    changes = [Change("shelters", f"sh-{n:06d}", '"' + "x" * 900 + '"') for n in range(count)]
    return RevisionDraft("kim", "list", Channel.OPERATOR, datetime.now(UTC), changes)

ledger = open_ledger(Path(sys.argv[1]))
ledger.append(draft(10))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
for attempt in (lambda: ledger.append(draft(5000)), lambda: ledger.append(draft(5000))):
    try:
        attempt()
    except BrokenStore as fault:
        print(fault.values["reason"])
print(ledger.append(draft(1)).number, ledger.verify())
"""


def test_a_write_the_system_cuts_short_leaves_the_ledger_whole(path):
    done = subprocess.run([sys.executable, "-c", CUT_SHORT, str(path)], capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout.splitlines(), done.stderr) == (["disk-fault", "disk-fault", "2 []"], "")
    with closing(open_ledger(path)) as ledger:
        assert ledger.head_number() == 2


def test_a_full_disk_is_told_as_such_and_leaves_the_ledger_whole(sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    with sqlite_ledger._database.lend() as connection:
        connection.execute("PRAGMA max_page_count = 30")
    with pytest.raises(BrokenStore) as refusal:
        sqlite_ledger.append(make_draft({f"sh-{number:06d}": "x" * 500 for number in range(500)}))
    assert refusal.value.values["reason"] == "disk-full"
    assert sqlite_ledger.append(make_draft({"sh-000001": "둘"})).number == 2
    assert sqlite_ledger.verify() == []


def open_without_rights(path, report):
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        open_ledger(path)
    except BrokenStore as fault:
        report.send(fault.values["reason"])


@pytest.mark.parametrize(("file_mode", "reason"), [(0o444, "read-only"), (0o000, "cannot-open")])
def test_a_ledger_one_may_not_write_is_refused_with_the_reason(path, sqlite_ledger, make_draft, file_mode, reason):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    sqlite_ledger.close()
    path.chmod(file_mode)
    path.parent.chmod(0o555)
    # Whoever runs the tests as root gives root's rights up first; the way to the folder must then be open.
    for folder in path.parents[1:]:
        if Path(tempfile.gettempdir()) in folder.parents:
            folder.chmod(0o755)
    received, report = FORK.Pipe(duplex=False)
    reader = FORK.Process(target=open_without_rights, args=(path, report))
    reader.start()
    report.close()
    assert received.recv() == reason
    reader.join()
    path.parent.chmod(0o700)


def test_a_backup_never_lands_on_a_file_in_use(path, sqlite_ledger, make_draft, tmp_path):
    sqlite_ledger.append(make_draft({"sh-000001": "하나"}))
    with pytest.raises(BrokenStore) as refusal:
        sqlite_ledger.backup(path)
    assert refusal.value.values["reason"] == "in-use"
    with pytest.raises(BrokenStore) as refusal:
        sqlite_ledger.backup(tmp_path / "missing" / "backup.sqlite")
    assert refusal.value.values["reason"] == "missing-folder"
    assert sqlite_ledger.append(make_draft({"sh-000001": "둘"})).number == 2
    assert sqlite_ledger.verify() == []


def append_until_killed(path, acknowledged, make_draft):
    ledger = open_ledger(path)
    while True:
        head = ledger.head_number()
        number = ledger.append(make_draft({f"sh-{index:06d}": str(head + 1) for index in range(30)})).number
        os.write(acknowledged, number.to_bytes(4, "big"))


def test_killing_a_writer_loses_nothing_it_was_told_is_written(path, make_draft):
    chance, started_at = random.Random(9), time.monotonic()  # noqa: S311  # a seeded test, no secret
    kill_count = told = 0
    # Five seconds, and on a machine busy with other things as long as it takes to see enough.
    while time.monotonic() - started_at < 5 or kill_count < 10 or told < 10:
        assert time.monotonic() - started_at < 90, (kill_count, told)
        hears, acknowledged = os.pipe()
        writer = FORK.Process(target=append_until_killed, args=(path, acknowledged, make_draft))
        writer.start()
        os.close(acknowledged)
        time.sleep(chance.uniform(0.0, 0.08))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        writer.close()
        with os.fdopen(hears, "rb") as stream:
            numbers = stream.read()
        told = int.from_bytes(numbers[-4:], "big") or told
        with closing(open_ledger(path)) as ledger:
            head = ledger.head_number()
            assert head in (told, told + 1)
            assert ledger.verify() == []
            assert {body for _, body in ledger.iter_state("shelters")} == ({f'{{"name":"{head}"}}'} if head else set())
        told, kill_count = head, kill_count + 1


def write_many(path, writer, make_draft):
    with closing(open_ledger(path)) as ledger:
        for turn in range(20):
            ledger.append(make_draft({f"w{writer}-{index}": str(turn) for index in range(20)}))


def write_in_turn(path, writer, make_draft):
    with closing(open_ledger(path)) as ledger:
        done = 0
        while done < 20:
            try:
                head = ledger.head_number()
                ledger.append(make_draft({"counter": str(head + 1)}), expected_head=head)
                done += 1
            except StaleRevision:
                continue


def run_processes(target, path, make_draft, count=3):
    processes = [FORK.Process(target=target, args=(path, number, make_draft)) for number in range(count)]
    for process in processes:
        process.start()
    return processes


def test_processes_that_make_and_write_one_ledger_at_once_all_get_their_revisions(path, make_draft):
    writers = run_processes(write_many, path, make_draft)
    while not path.exists():
        time.sleep(0.001)
    with closing(open_ledger(path)) as reader:
        while any(writer.is_alive() for writer in writers):
            head = reader.find_head()
            if head is not None:
                assert len(reader.list_changes(head.number)) == head.change_count == 20
        assert [writer.exitcode for writer in writers] == [0, 0, 0]
        assert [revision.number for revision in reader.list_revisions()] == list(range(1, 61))
        assert reader.verify() == []
        for number in range(1, 61):
            assert len({change.key.partition("-")[0] for change in reader.list_changes(number)}) == 1


def test_of_writers_that_expect_one_head_exactly_one_gets_it(path, make_draft):
    writers = run_processes(write_in_turn, path, make_draft)
    for writer in writers:
        writer.join()
    with closing(open_ledger(path)) as ledger:
        assert [writer.exitcode for writer in writers] == [0, 0, 0]
        expected = [(number, f'{{"name":"{number}"}}') for number in range(1, 61)]
        assert ledger.record_history("shelters", "counter") == expected


def append_twice(ledger, draft, go):
    ledger.append(draft)
    go.wait()
    ledger.append(draft)


def test_a_ledger_opened_before_a_fork_serves_both_sides_of_it(path, sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({"sh-000001": "parent"}))
    go = FORK.Event()
    child = FORK.Process(target=append_twice, args=(sqlite_ledger, make_draft({"sh-000001": "child"}), go))
    child.start()
    while sqlite_ledger.head_number() < 2:
        time.sleep(0.001)
    sqlite_ledger.append(make_draft({"sh-000001": "parent"}))
    sqlite_ledger.close()
    go.set()
    child.join()
    assert child.exitcode == 0
    with closing(open_ledger(path)) as again:
        assert again.head_number() == 4
        assert again.verify() == []


def test_a_hundred_thousand_records_go_in_and_come_out_whole(sqlite_ledger, make_draft):
    body = '{"name":"%s"}' % ("쉼터 " * 60)  # braces abound
    changes = [Change("shelters", f"sh-{number:06d}", body) for number in range(100_000)]
    started = time.perf_counter()
    sqlite_ledger.append(make_draft({}, changes=changes))
    appended = time.perf_counter()
    assert sum(1 for _ in sqlite_ledger.iter_state("shelters")) == 100_000
    iterated = time.perf_counter()
    assert sqlite_ledger.next_key_number("sh") == 100_000
    print(f"\n100,000 records: append {appended - started:.2f} s, iterate {iterated - appended:.2f} s")  # noqa: T201  # read with -s

"""Whatever is altered behind the ledger's back is found and named: by raw SQL, by bytes, by chance."""

import random
import sqlite3
from contextlib import closing

import pytest

from geo_app.domain.errors import BrokenLedger, BrokenStore, GeoAppError
from geo_app.ledger.sqlite import open_ledger

TRIGGERS = "revisions_follow", "changes_precede", "revisions_stay", "revisions_remain", "changes_stay", "changes_remain"


@pytest.fixture
def altered(path, make_draft):
    """`altered("UPDATE …")` → what `verify` finds after that statement, with the file's own guards taken away."""
    with closing(open_ledger(path)) as ledger:
        for number in range(1, 5):
            ledger.append(make_draft({"sh-000001": f"달고나 {number}호점", f"sh-{number + 1:06d}": "이웃"}))

    def alter(statement):
        with closing(sqlite3.connect(path)) as raw:
            for trigger in TRIGGERS:
                raw.execute(f"DROP TRIGGER {trigger}")
            assert raw.execute(statement).rowcount >= 1
            raw.commit()
        with closing(open_ledger(path)) as ledger:
            return [(fault.code, *(fault.details.get(name) for name in ("revision", "collection", "key"))) for fault in ledger.verify()]

    return alter


RECORD = "ledger-record-altered"
REVISION = "ledger-revision-altered"
CHAIN = "ledger-chain-broken"
MISSING = "ledger-revision-missing"


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE changes SET body = replace(body, '3호', '8호')", [(RECORD, 3, "shelters", "sh-000001")]),
        ("UPDATE changes SET body = NULL WHERE key = 'sh-000005'", [(RECORD, 4, "shelters", "sh-000005")]),
        ("UPDATE changes SET key = 'sh-000009' WHERE key = 'sh-000004'", [(RECORD, 3, "shelters", "sh-000009")]),
        (
            "UPDATE changes SET revision = 2 WHERE key = 'sh-000005'",
            [(RECORD, 2, "shelters", "sh-000005"), (REVISION, 2, None, None), (REVISION, 4, None, None)],
        ),
        ("DELETE FROM changes WHERE key = 'sh-000003'", [(REVISION, 2, None, None)]),
        ("DELETE FROM changes WHERE revision = 2", [(REVISION, 2, None, None)]),
        ("UPDATE revisions SET reason = 'other' WHERE number = 2", [(REVISION, 2, None, None)]),
        ("UPDATE revisions SET made_at = '2020-01-01T00:00:00+00:00' WHERE number = 1", [(REVISION, 1, None, None)]),
        ("UPDATE revisions SET sha256 = 'x' WHERE number = 2", [(REVISION, 2, None, None), (CHAIN, 3, None, None)]),
        ("UPDATE revisions SET previous_sha256 = 'x' WHERE number = 3", [(CHAIN, 3, None, None), (REVISION, 3, None, None)]),
        ("DELETE FROM revisions WHERE number = 2", [(MISSING, 2, None, None)]),
        ("DELETE FROM revisions WHERE number = 4", [(MISSING, 4, None, None)]),
        ("UPDATE revisions SET number = 9 WHERE number = 4", [(MISSING, 4, None, None), (REVISION, 9, None, None)]),
        (
            "INSERT INTO changes (revision, collection, key, body, sha256) VALUES (4, 'shelters', 'zz', '1', 'x')",
            [(RECORD, 4, "shelters", "zz"), (REVISION, 4, None, None)],
        ),
    ],
)
def test_a_row_altered_by_hand_is_named(altered, statement, found):
    assert sorted(altered(statement), key=str) == sorted(found, key=str)


def test_a_flipped_bit_in_a_name_is_named_though_sqlite_calls_the_file_sound(path, sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({"sh-000001": "Cafe Sangmu", "sh-000002": "Cafe Suwan"}))
    sqlite_ledger.append(make_draft({"sh-000001": "Cafe Songjeong"}))
    sqlite_ledger.close()
    content = bytearray(path.read_bytes())
    assert content.count(b"Suwan") == 1
    content[content.index(b"Suwan")] ^= 1
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with closing(open_ledger(path)) as ledger:
        assert [(fault.code, dict(fault.details)) for fault in ledger.verify()] == [
            ("ledger-record-altered", {"revision": 1, "collection": "shelters", "key": "sh-000002"})
        ]


def test_a_flipped_bit_that_breaks_a_letter_is_named_too(path, sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({"sh-000001": "달고나"}))
    sqlite_ledger.close()
    content = bytearray(path.read_bytes())
    content[content.index("고".encode())] ^= 0x40
    path.write_bytes(content)
    with closing(open_ledger(path)) as ledger:
        assert [fault.details["key"] for fault in ledger.verify()] == ["sh-000001"]
        with pytest.raises(GeoAppError) as refusal:
            list(ledger.iter_state("shelters"))
        assert refusal.value.values["reason"] == "damaged"


def everything(ledger):
    revisions = ledger.list_revisions()
    return revisions, [ledger.list_changes(revision.number) for revision in revisions], list(ledger.iter_state("shelters"))


def test_wherever_a_bit_flips_a_clean_audit_means_unchanged_facts(path, sqlite_ledger, make_draft, tmp_path):
    for number in range(1, 7):
        names = {f"sh-{index:06d}": f"쉼터 {index} 제{number}판 " + "가나다 " * 20 for index in range(number, number + 10)}
        sqlite_ledger.append(make_draft(names))
    told = everything(sqlite_ledger)
    sqlite_ledger.close()
    sound, chance, clean_count = path.read_bytes(), random.Random(20261121), 0  # noqa: S311  # a seeded test, no secret
    damaged = tmp_path / "damaged.sqlite"
    for _ in range(400):
        content = bytearray(sound)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(content)
        try:
            with closing(open_ledger(damaged)) as ledger:
                if not ledger.verify():
                    assert everything(ledger) == told
                    clean_count += 1
        except GeoAppError:
            continue  # Told at the door: the file no longer reads as a ledger.
        finally:
            for leftover in tmp_path.glob("damaged.sqlite-*"):
                leftover.unlink()
    assert 0 < clean_count < 300  # Free space may flip unseen, facts may not.


def read_through(path, draft):
    """ "served", or the reason why not; anything but an error of ours comes through."""
    try:
        with closing(open_ledger(path)) as ledger:
            assert "ledger-file-damaged" in {fault.code for fault in ledger.verify()}
            everything(ledger)
            ledger.append(draft)
    except BrokenStore as fault:
        return fault.values["reason"]
    except BrokenLedger:
        return "damaged"
    return "served"


def test_a_page_of_garbage_is_a_finding_or_refused_and_never_a_raw_error(path, sqlite_ledger, make_draft, tmp_path):
    sqlite_ledger.append(make_draft({f"sh-{number:06d}": "쉼터 " * 50 for number in range(200)}))
    sqlite_ledger.close()
    sound, chance, outcomes = path.read_bytes(), random.Random(7), []  # noqa: S311  # a seeded test, no secret
    for page in range(len(sound) // 4096):
        broken = tmp_path / f"page{page}.sqlite"
        broken.write_bytes(sound[: page * 4096] + chance.randbytes(4096) + sound[(page + 1) * 4096 :])
        outcomes.append(read_through(broken, make_draft({f"sh-{number:06d}": "new" for number in range(200)})))
    assert set(outcomes) <= {"damaged", "served"}
    assert outcomes.count("damaged") > len(outcomes) / 2


def test_a_cut_off_file_is_broken(path, sqlite_ledger, make_draft):
    sqlite_ledger.append(make_draft({f"sh-{number:06d}": "가" * 300 for number in range(100)}))
    sqlite_ledger.close()
    sound = path.read_bytes()
    for share in (0.3, 0.5, 0.9):
        path.write_bytes(sound[: int(len(sound) * share)])
        with pytest.raises(BrokenStore) as refusal:
            open_ledger(path)
        assert refusal.value.values["reason"] == "damaged"

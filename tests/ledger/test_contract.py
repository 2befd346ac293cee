"""What every ledger promises; run on the real one and on its fake, so that the fake cannot lie."""

import hashlib
import json
import stat
import threading
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from geo_app.domain.change import Change, Channel
from geo_app.domain.errors import BadArgument, BrokenStore, StaleRevision, UnknownRevision
from geo_app.ledger.bounds import LIMIT_MAX
from geo_app.ledger.sqlite import open_ledger


def body(name):
    return json.dumps({"name": name}, ensure_ascii=False, separators=(",", ":"))


def test_an_empty_ledger_has_no_head_and_nothing_to_say(ledger):
    assert ledger.find_head() is None
    assert ledger.head_number() == 0
    assert ledger.list_revisions() == []
    assert ledger.list_latest_revisions() == []
    assert ledger.collection_heads() == {}
    assert list(ledger.iter_state("shelters")) == []
    assert ledger.record_history("shelters", "sh-000001") == []
    assert ledger.next_key_number("sh") == 1
    assert ledger.verify() == []


def test_a_revision_is_numbered_and_read_back_as_it_was_returned(ledger, make_draft):
    seoul = datetime(2026, 11, 21, 11, 10, 5, 123456, tzinfo=ZoneInfo("Asia/Seoul"))
    revision = ledger.append(
        make_draft({"sh-000002": "둘", "sh-000001": "하나"}, made_at=seoul, reason="분기\n명단", channel=Channel.CONSOLE)
    )
    assert (revision.number, revision.change_count, revision.collections) == (1, 2, ("shelters",))
    assert (revision.actor, revision.reason, revision.channel) == ("kim", "분기\n명단", Channel.CONSOLE)
    assert (revision.made_at, revision.made_at.utcoffset()) == (seoul, timedelta(hours=9))
    assert ledger.find_head() == ledger.get_revision(1) == ledger.list_revisions()[0] == revision
    assert ledger.head_number() == 1
    assert ledger.list_changes(1) == [Change("shelters", "sh-000001", body("하나")), Change("shelters", "sh-000002", body("둘"))]


def test_each_revision_is_chained_to_the_one_before_by_a_sha256_anyone_can_recompute(ledger, make_draft):
    first, second = ledger.append(make_draft({"sh-000001": "하나"})), ledger.append(make_draft({"sh-000001": None}))
    assert first.previous_sha256 == "0" * 64
    assert second.previous_sha256 == first.sha256
    seal = hashlib.sha256(b'[2,"shelters","sh-000001",null]').hexdigest()
    digest = hashlib.sha256(seal.encode()).hexdigest()
    told = ["kim", "quarterly list", "operator", "2026-11-21T02:10:00+00:00", 1, '["shelters"]', first.sha256, digest]
    assert second.sha256 == hashlib.sha256(json.dumps([2, *told], separators=(",", ":")).encode()).hexdigest()


def test_the_order_of_the_changes_in_a_draft_does_not_matter(ledger, make_draft):
    draft = make_draft({"sh-000001": "하나", "sh-000002": "둘"})
    turned = replace(draft, changes=draft.changes[::-1])
    first = ledger.append(turned)
    assert [change.key for change in ledger.list_changes(1)] == ["sh-000001", "sh-000002"]
    assert ledger.append(draft).sha256 != first.sha256


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({"actor": " "}, "actor"),
        ({"reason": ""}, "reason"),
        ({"reason": "half a letter \ud83d"}, "reason"),
        ({"actor": "nul\0"}, "actor"),
        ({"made_at": datetime(2026, 11, 21)}, "made_at"),  # noqa: DTZ001  # the point of the case
        ({"changes": []}, "changes"),
        ({"changes": [Change("shelters", "sh-000001", "{}"), Change("shelters", "sh-000001", None)]}, "changes"),
        ({"changes": [Change("shelters", "", "{}")]}, "changes"),
        ({"changes": [Change("", "sh-000001", "{}")]}, "changes"),
        ({"changes": [Change("shelters", "sh\n1", "{}")]}, "changes"),
        ({"changes": [Change("shelters", "sh-000001", '{"name":"\ud83d"}')]}, "changes"),
    ],
)
def test_a_draft_unfit_to_publish_is_refused_by_name_and_leaves_nothing(ledger, make_draft, members, name):
    with pytest.raises(BadArgument) as refusal:
        ledger.append(make_draft({"sh-000001": "하나"}, **members))
    assert refusal.value.values["name"] == name
    assert ledger.head_number() == 0
    assert ledger.append(make_draft({"sh-000001": "하나"})).number == 1


def test_one_key_in_two_collections_is_two_records(ledger, make_draft):
    ledger.append(make_draft({}, changes=[Change("shelters", "x", "1"), Change("documents", "x", "2")]))
    assert list(ledger.iter_state("shelters")) == [("x", "1")]
    assert list(ledger.iter_state("documents")) == [("x", "2")]
    assert ledger.get_revision(1).collections == ("documents", "shelters")


def test_who_expects_another_head_is_told_that_somebody_wrote_first(ledger, make_draft):
    assert ledger.append(make_draft({"sh-000001": "하나"}), expected_head=0).number == 1
    with pytest.raises(StaleRevision) as refusal:
        ledger.append(make_draft({"sh-000001": "둘"}), expected_head=0)
    assert refusal.value.values == {"expected": 0, "head": 1}
    assert list(ledger.iter_state("shelters")) == [("sh-000001", body("하나"))]
    assert ledger.append(make_draft({"sh-000001": "둘"}), expected_head=1).number == 2


def test_state_is_the_last_body_of_each_record_by_key_without_the_withdrawn(ledger, make_draft):
    ledger.append(make_draft({"b": "1", "가": "1", "a": "1", "😀": "1", "\uffe0": "1"}))
    ledger.append(make_draft({"b": None, "a": "2"}))
    ledger.append(make_draft({"other": "x"}, collection="documents"))
    assert list(ledger.iter_state("shelters")) == [("a", body("2")), ("가", body("1")), ("\uffe0", body("1")), ("😀", body("1"))]
    assert dict(ledger.iter_state("shelters", at=1))["b"] == body("1")
    assert list(ledger.iter_state("shelters", at=0)) == []
    assert list(ledger.iter_state("nothing")) == []


def test_state_is_fixed_when_asked_not_when_read(ledger, make_draft):
    ledger.append(make_draft({f"sh-{number:06d}": "old" for number in range(5000)}))
    state = ledger.iter_state("shelters")
    assert next(state) == ("sh-000000", body("old"))
    ledger.append(make_draft({"sh-000001": None, "sh-004999": "new", "sh-009999": "new"}))
    rest = list(state)
    assert len(rest) == 4999
    assert {told for _, told in rest} == {body("old")}


def test_heads_of_collections_as_seen_from_now_and_from_then(ledger, make_draft):
    ledger.append(make_draft({"sh-000001": "하나"}))
    ledger.append(make_draft({"calendar": "2026"}, collection="documents"))
    ledger.append(make_draft({"sh-000001": None}))
    assert ledger.collection_heads() == {"documents": 2, "shelters": 3}
    assert ledger.collection_heads(at=2) == {"documents": 2, "shelters": 1}
    assert ledger.collection_heads(at=0) == {}


def test_the_changes_of_a_revision_are_counted_by_collection(ledger, make_draft):
    ledger.append(make_draft({"sh-000001": "하나", "sh-000002": "둘"}))
    mixed = [Change("shelters", "sh-000001", None), Change("dongs", "dg-000001", "{}"), Change("dongs", "dg-000002", "{}")]
    ledger.append(make_draft({}, changes=mixed))
    assert ledger.count_changes(1) == {"shelters": 2}
    assert list(ledger.count_changes(2).items()) == [("dongs", 2), ("shelters", 1)]


def test_a_record_tells_its_whole_history(ledger, make_draft):
    for name in ("하나", None, "다시"):
        ledger.append(make_draft({"sh-000001": name}))
        ledger.append(make_draft({"sh-000002": "이웃"}))
    assert ledger.record_history("shelters", "sh-000001") == [(1, body("하나")), (3, None), (5, body("다시"))]


def test_a_key_number_is_never_given_twice(ledger, make_draft):
    ledger.append(make_draft({"sh-000007": "일곱", "sh-x": "no number", "shop-000099": "other prefix", "sh-000012b": "no number"}))
    ledger.append(make_draft({"sh-999999": "beyond"}, collection="documents"))
    ledger.append(make_draft({"sh-1000000": "seven digits"}))
    ledger.append(make_draft({"sh-1000000": None, "sh-٣": "digits of another script", "sh-" + "9" * 19: "no number of ours"}))
    assert ledger.next_key_number("sh") == 1_000_001
    assert ledger.next_key_number("shop") == 100
    assert ledger.next_key_number("s") == 1


def test_revisions_are_listed_in_pages_from_either_end(ledger, make_draft):
    for number in range(1, 8):
        ledger.append(make_draft({"sh-000001": str(number)}))
    assert [revision.number for revision in ledger.list_revisions(after=2, limit=3)] == [3, 4, 5]
    assert [revision.number for revision in ledger.list_revisions(after=-(2**70))] == [1, 2, 3, 4, 5, 6, 7]
    assert ledger.list_revisions(after=2**70) == []
    assert [revision.number for revision in ledger.list_latest_revisions(limit=3)] == [7, 6, 5]
    assert [revision.number for revision in ledger.list_latest_revisions(before=3)] == [2, 1]
    assert [revision.number for revision in ledger.list_latest_revisions(before=2**70, limit=1)] == [7]
    assert ledger.list_latest_revisions(before=-5) == []


@pytest.mark.parametrize("limit", [0, -1, LIMIT_MAX + 1])
def test_a_page_has_a_sensible_size(ledger, limit):
    for ask in (ledger.list_revisions, ledger.list_latest_revisions):
        with pytest.raises(BadArgument):
            ask(limit=limit)


@pytest.mark.parametrize("number", [-1, 2, 2**70])
def test_a_revision_that_is_not_there_is_unknown_at_once(ledger, make_draft, number):
    ledger.append(make_draft({"sh-000001": "하나"}))
    questions = (
        lambda: ledger.get_revision(number),
        lambda: ledger.list_changes(number),
        lambda: ledger.count_changes(number),
        lambda: ledger.collection_heads(at=number),
        lambda: ledger.iter_state("shelters", at=number),
    )
    for ask in questions:
        with pytest.raises(UnknownRevision) as refusal:
            ask()
        assert refusal.value.values == {"revision": number, "head": 1}
    with pytest.raises(UnknownRevision):
        ledger.get_revision(0)


def test_a_backup_is_a_whole_ledger_with_the_same_seals(ledger, make_draft, tmp_path):
    ledger.append(make_draft({"sh-000001": "하나", "sh-000002": "둘"}, made_at=datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Seoul"))))
    ledger.append(make_draft({"sh-000001": None}))
    target = tmp_path / "backup.sqlite"
    target.write_text("an older backup")
    ledger.backup(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(open_ledger(target)) as copy:
        assert copy.verify() == []
        assert copy.list_revisions() == ledger.list_revisions()
        assert list(copy.iter_state("shelters")) == list(ledger.iter_state("shelters"))
        assert copy.append(make_draft({"sh-000003": "셋"})).number == 3
    assert ledger.head_number() == 2
    assert not list(tmp_path.glob(".*"))


def test_threads_that_write_at_once_leave_whole_consecutive_revisions(ledger, make_draft):
    numbers = []

    def write(writer):
        drafts = [make_draft({f"w{writer}-{index}": str(turn) for index in range(5)}) for turn in range(8)]
        numbers.extend(ledger.append(draft).number for draft in drafts)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 33))
    assert ledger.verify() == []
    for number in numbers:
        assert len({change.key.partition("-")[0] for change in ledger.list_changes(number)}) == 1


def test_a_closed_ledger_says_so(ledger, make_draft, tmp_path):
    ledger.close()
    ledger.close()
    questions = (
        ledger.find_head,
        ledger.head_number,
        ledger.list_revisions,
        ledger.verify,
        lambda: ledger.append(make_draft({"sh-000001": "하나"})),
        lambda: ledger.iter_state("shelters"),
        lambda: ledger.record_history("shelters", "sh-000001"),
        lambda: ledger.next_key_number("sh"),
        lambda: ledger.backup(tmp_path / "backup.sqlite"),
    )
    for ask in questions:
        with pytest.raises(BrokenStore) as refusal:
            ask()
        assert refusal.value.values["reason"] == "closed"

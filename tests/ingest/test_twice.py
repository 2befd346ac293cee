"""The same file twice: whatever it held and whatever was there, the second time changes nothing and keeps out the same rows."""

import csv
import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.layers import get_layer
from geo_app.domain.record import draft_record
from geo_app.ingest.matching import match_reading

SHELTERS = get_layer("shelters")
COLUMNS = ("id", "관리번호", "시설명", "주소", "위도", "경도", "종류", "상태", "운영시간", "전화번호", "편의시설", "출처")


def _written(rows, columns):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _apply(matching, existing):
    """What publishing a matching leaves behind: a second witness of workspace.importing, in memory."""
    changed = {site_id: {"id": site_id, **draft_record(row.draft)} for site_id, row in matching.changed}
    kept = [(site_id, changed.get(site_id, record)) for site_id, record in existing]
    kept = [(site_id, {**record, "status": "closed"} if site_id in matching.closed else record) for site_id, record in kept]
    first = 1 + max((int(site_id[3:]) for site_id, _ in existing), default=0)
    ids = (f"sh-{number:06}" for number in itertools.count(first))
    free = (site_id for site_id in ids if site_id not in matching.named_ids)
    return kept + [(site_id, {"id": site_id, **draft_record(row.draft)}) for row, site_id in zip(matching.added, free, strict=False)]


def _errors(matching):
    found = [(problem.code, problem.line) for problem in matching.problems if problem.is_error and problem.line is not None]
    return sorted(found, key=lambda error: error[1])


def _bring(read, existing, text, source, **options):
    """The state after an import with --skip-bad, once it is shown that the same again changes nothing."""
    reading = read("a.csv", text, source=source)
    if reading.is_refused:
        return existing
    first = match_reading(reading, existing, layer=SHELTERS, source=source, is_complete=options.get("is_complete", False))
    after = existing if first.is_refused else _apply(first, existing)
    again = match_reading(reading, after, layer=SHELTERS, source=source, is_complete=options.get("is_complete", False))
    told = [record for _, record in again.changed], [row.draft for row in again.added], again.closed
    if not first.is_refused:
        assert told == ([], [], [])
        assert again.rejected == first.rejected
        assert [line for _, line in _errors(again)] == [line for _, line in _errors(first)]
        assert _apply(again, after) == after
    return after


PLACE = st.fixed_dictionaries({
    "id": st.sampled_from(["", "", "", "sh-000001", "sh-000002", "sh-000099", "sh-000098"]),
    "관리번호": st.sampled_from(["", "", "K1", "K2", "K3"]),
    "시설명": st.sampled_from(["가", "가", "CU", "나"]),
    "주소": st.sampled_from(["", "광산구 1", "광주광역시 광산구 1 (송정동)", "광산구 2"]),
    "위도": st.sampled_from(["", "35.1395", "35.1396", "35.1404", "35.1600"]),
    "종류": st.sampled_from(["", "카페", "카페", "편의점"]),
    "상태": st.sampled_from(["", "", "", "예시", "확인", "종료"]),
    "운영시간": st.sampled_from(["", "09:00-18:00", "10:00-20:00", "아침부터"]),
    "전화번호": st.sampled_from(["", "062-1", "062-2"]),
    "편의시설": st.sampled_from(["", "화장실", "화장실; 충전"]),
    "출처": st.sampled_from(["", "", "one", "two"]),
}).map(lambda row: {**row, "경도": "126.7930" if row["위도"] else ""})  # fmt: skip
FILE = st.tuples(
    st.lists(PLACE, min_size=1, max_size=6),
    st.sets(st.sampled_from(["id", "관리번호", "종류", "상태", "운영시간", "전화번호", "편의시설", "출처"])),
    st.sampled_from(["one", "two"]),
    st.booleans(),
)


@settings(max_examples=100, deadline=None)
@given(files=st.lists(FILE, min_size=1, max_size=3))
def test_no_file_changes_anything_the_second_time(read, files):
    existing = []
    for rows, left_out, source, is_complete in files:
        text = _written(rows, [column for column in COLUMNS if column not in left_out])
        existing = _bring(read, existing, text, source, is_complete=is_complete)


KEYED = "관리번호,시설명,주소,좌석수\nA-001,가,광산구 1,5\n"
AWKWARD = {
    "a second key for one name and address": f"{KEYED}A-006,가,광산구 1,6\n",
    "the key after a row without": "관리번호,시설명,주소\n,가,광산구 1\nA-001,가,광산구 1\n",
    "a renamed key and its old name": "관리번호,시설명,주소\n,가,광산구 1\nA-001,가 새이름,광산구 99\n",
    "an id and its old key": "id,관리번호,시설명,주소\nsh-000001,A-009,나,광산구 3\n,A-001,가,광산구 1\n",
    "ids that are not there": "id,시설명,주소\nsh-000088,다,광산구 7\nsh-000089,다,광산구 7\n",
    "a chain without addresses": "시설명,위도,경도\nCU,35.1395,126.7930\nCU,35.1404,126.7930\nCU,35.1413,126.7930\n",
    "a chain, one without a place": "시설명,위도,경도\nCU,35.1395,126.7930\nCU,,\n",
    "no key any more": "시설명,주소\n가,광산구 1\n",
}


@pytest.mark.parametrize("source", ["i1", "i2"])
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_files_get_the_same_answer_twice(read, text, source):
    existing = _bring(read, [], KEYED, "i1")
    _bring(read, _bring(read, existing, text, source), text, source)


def test_the_file_of_next_month_under_another_name_doubles_nothing(read):
    existing = _bring(read, [], KEYED, "i1")
    reading = read("i2.csv", AWKWARD["a second key for one name and address"], source="i2")
    for _ in range(2):
        matching = match_reading(reading, existing, layer=SHELTERS, source="i2", is_complete=False)
        assert (matching.added, matching.changed, matching.unchanged, matching.rejected) == ([], [], 1, 1)
        assert _errors(matching) == [("two-rows-one-record", 3)]
        existing = _apply(matching, existing)

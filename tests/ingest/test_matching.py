"""Rows meet records: by id, by the source's key, by name and address; doubts are problems, and only what the file says changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.layers import get_layer
from geo_app.domain.record import canonical_json, draft_record
from geo_app.ingest.matching import match_reading, match_rows
from geo_app.ingest.neighbours import is_similar

SHELTERS = get_layer("shelters")
FULL = "관리번호,시설명,주소,위도,경도,좌석수,전화번호,운영시간,상태"


def _records(reading, first=1, **changes):
    """The records that publishing a reading would make."""
    return [
        (f"sh-{number:06}", {"id": f"sh-{number:06}", **draft_record(row.draft), **changes})
        for number, row in enumerate(reading.rows, start=first)
    ]


def _match(reading, existing, *, source="partners", is_complete=False):
    return match_reading(reading, existing, layer=SHELTERS, source=source, is_complete=is_complete)


def _codes(matching):
    """All but the names of missing records, which have tests of their own."""
    return [(problem.code, problem.line) for problem in matching.problems if problem.code not in ("absent-record", "closed-record")]


@pytest.fixture
def three(read):
    return read(
        "a.csv",
        f"{FULL}\nK1,가,광산구 1,35.1395,126.7930,5,062-1,09:00-18:00,\n"
        "K2,나,광산구 2,35.1495,126.7930,6,,,\n,다,광산구 3,35.1595,126.7930,7,,,\n",
    )


def test_the_same_file_again_changes_nothing(three):
    matching = _match(three, _records(three), is_complete=True)
    assert (matching.added, matching.changed, matching.unchanged, matching.absent, matching.closed, matching.problems) == (
        [],
        [],
        3,
        [],
        [],
        [],
    )


def test_a_new_file_adds_all(three):
    assert [row.draft.name for row in _match(three, []).added] == ["가", "나", "다"]


def test_a_key_of_the_source_finds_a_renamed_and_moved_place(read, three):
    changed = read("a.csv", "관리번호,시설명,주소\nK1,가 새이름,광산구 99\n")
    matching = _match(changed, _records(three))
    assert [(site_id, row.draft.name, row.draft.address) for site_id, row in matching.changed] == [("sh-000001", "가 새이름", "광산구 99")]


def test_a_file_replaces_only_what_it_speaks_of(read, three):
    changed = read("a.csv", "관리번호,시설명,주소,전화번호\nK1,가,광산구 1,\n")
    (_, row), *rest = _match(changed, _records(three)).changed
    assert rest == []
    assert row.draft.attributes == {"seats": 5}  # the phone's cell is empty: emptied; seats have no column: kept
    assert [item.text for item in row.draft.hours] == ["09:00-18:00"]
    assert row.draft.geometry.x == 126.793


def test_empty_coordinates_leave_the_place_where_it_was(read, three):
    changed = read("a.csv", "관리번호,시설명,주소,위도,경도\nK1,가,광산구 1,,\nK2,나,광산구 2,35.1496,126.7931\n")
    matching = _match(changed, _records(three))
    assert matching.unchanged == 1
    assert [(site_id, row.draft.geometry.y) for site_id, row in matching.changed] == [("sh-000002", 35.1496)]


def test_precision_none_takes_the_pin_away(read, three):
    changed = read("a.csv", "관리번호,시설명,주소,정밀도\nK1,가,광산구 1,없음\n")
    assert _match(changed, _records(three)).changed[0][1].draft.geometry is None


def test_another_source_meets_by_name_and_address_and_hours_stand_side_by_side(read, three):
    other = read("b.csv", "시설명,주소,운영시간\n가,광주광역시 광산구 1 (송정동),10:00-20:00\n", source="newspaper")
    (site_id, row), *_ = _match(other, _records(three), source="newspaper").changed
    assert site_id == "sh-000001"
    assert row.draft.provenance.source == "partners"
    assert [(item.text, item.source) for item in row.draft.hours] == [("09:00-18:00", None), ("10:00-20:00", "newspaper")]
    again = [(site_id, {"id": site_id, **draft_record(row.draft)})]
    assert _match(other, again, source="newspaper").unchanged == 1


def test_our_own_id_is_surest(read, three):
    changed = read("a.csv", "id,관리번호,시설명,주소\nsh-000002,K1,가,광산구 1\n")
    assert [site_id for site_id, _ in _match(changed, _records(three)).changed] == ["sh-000002"]


def test_an_id_that_is_not_there_is_added_and_said(read, three):
    matching = _match(read("a.csv", "id,시설명,주소\nsh-000099,새곳,광산구 9\n"), _records(three))
    assert [row.draft.name for row in matching.added] == ["새곳"]
    assert _codes(matching) == [("unknown-id", 2)]


def test_two_candidates_are_a_problem_and_never_a_guess(read, three):
    twins = [*_records(three), *_records(three, first=10)]
    twins = [(site_id, {**record, "provenance": {"source": f"s{site_id}"}}) for site_id, record in twins]
    matching = _match(read("b.csv", "시설명,주소\n가,광산구 1\n", source="b"), twins, source="b", is_complete=True)
    assert _codes(matching) == [("complete-with-errors", None), ("ambiguous-match", 2)]
    assert matching.problems[1].details["ids"] == "sh-000001, sh-000010"
    assert (matching.added, matching.changed, matching.closed) == ([], [], [])


def test_of_a_closed_and_an_open_record_the_open_one_is_meant(read, three):
    records = [*_records(three, status="closed"), *_records(three, first=10)]
    records = [(site_id, {**record, "provenance": {"source": "other"}}) for site_id, record in records]
    matching = _match(three, records)
    assert (matching.unchanged, matching.added, matching.changed) == (3, [], [])
    assert [problem.details["id"] for problem in matching.problems if problem.code == "met-other-source"] == [
        "sh-000010",
        "sh-000011",
        "sh-000012",
    ]


def test_two_rows_for_one_record_keep_the_later_out(read, three):
    changed = read("a.csv", "id,관리번호,시설명,주소\nsh-000001,,갸,광산구 1\n,K1,거,광산구 1\n")
    matching = _match(changed, _records(three))
    assert _codes(matching) == [("two-rows-one-record", 3)]
    assert [site_id for site_id, _ in matching.changed] == ["sh-000001"]


def test_missing_records_are_counted_and_closed_only_when_the_file_is_the_whole_source(read, three):
    one = read("a.csv", "관리번호,시설명,주소\nK1,가,광산구 1\n")
    foreign = ("sh-000050", {**_records(three)[1][1], "id": "sh-000050", "provenance": {"source": "other"}, "name": "남"})
    existing = [*_records(three), foreign]
    assert (_match(one, existing).absent, _match(one, existing).closed) == (["sh-000002", "sh-000003"], [])
    assert (_match(one, existing, is_complete=True).absent, _match(one, existing, is_complete=True).closed) == (
        [],
        ["sh-000002", "sh-000003"],
    )


def test_a_file_with_rows_kept_out_closes_nothing(read, three):
    partial = read("a.csv", "관리번호,시설명,주소\nK1,가,광산구 1\nK2,,광산구 2\n")
    matching = _match(partial, _records(three), is_complete=True)
    assert matching.closed == []
    assert ("complete-with-errors", None) in _codes(matching)


def test_a_closed_place_that_comes_back_is_open_again(read, three):
    matching = _match(three, _records(three, status="closed"))
    assert {row.draft.status.value for _, row in matching.changed} == {"reported"}


def test_closed_records_are_not_absent(read, three):
    assert _match(read("a.csv", "관리번호,시설명,주소\nK9,새,광산구 9\n"), _records(three, status="closed")).absent == []


def test_a_near_place_of_a_similar_name_is_named(read, three):
    row = read(
        "b.csv",
        "관리번호,시설명,위도,경도\nX1,달고나 가,35.13960,126.79301\nX2,가,35.13965,126.7930\nX3,멀리,35.13965,126.7930\n",
        source="b",
    )
    matching = _match(row, _records(three), source="b")
    assert [(problem.code, problem.line, problem.details["id"]) for problem in matching.problems] == [("near-duplicate", 3, "sh-000001")]
    assert 15 < matching.problems[0].details["distance_m"] < 18
    assert len(matching.added) == 3


def test_near_rows_of_one_file_are_named_by_their_line(read):
    rows = read("b.csv", "관리번호,시설명,위도,경도\nX1,달고나 카페,35.13960,126.79300\nX2,달고나카페,35.13962,126.7930\n")
    assert [(problem.code, problem.details["first_line"]) for problem in _match(rows, []).problems] == [("near-duplicate-row", 2)]


def test_a_record_known_by_name_alone_is_named_and_not_guessed(read):
    known = read("a.csv", "시설명,주소\n카페 모모,\n", source="asiae")
    new = read("b.csv", "시설명,주소,위도,경도\n카페모모,광산구 1,35.1395,126.7930\n")
    matching = _match(new, _records(known))
    assert [row.draft.name for row in matching.added] == ["카페모모"]
    assert [(problem.code, problem.details["id"]) for problem in matching.problems] == [("same-name", "sh-000001")]


def test_a_chain_without_addresses_meets_only_nearby(read):
    known = read("a.csv", "시설명,위도,경도\nCU,35.1395,126.7930\n", source="a")
    new = read("b.csv", "시설명,위도,경도\nCU,35.1396,126.7930\nCU,35.1995,126.7930\n", source="b")
    matching = _match(new, _records(known), source="b")
    assert [(problem.code, problem.line) for problem in matching.problems] == [("met-other-source", 2)]
    assert [row.line for row in matching.added] == [3]


def test_records_of_other_layers_are_passed_by(three):
    others = [(site_id, {**record, "layer": "village-jobs"}) for site_id, record in _records(three)]
    assert len(_match(three, others).added) == 3


def test_a_thousand_places_on_one_spot_cost_no_square(read, table):
    rows = [
        {"관리번호": f"K{number}", "시설명": f"서로다른이름{number:05}", "위도": "35.1395", "경도": "126.7930"} for number in range(3_000)
    ]
    assert len(_match(read("a.csv", table(*rows)), []).added) == 3_000


@pytest.mark.parametrize(
    ("name", "other", "similar"),
    [
        ("CU 수완점", "cu수완점", True),
        ("달고나카페 (본점)", "달고나 카페", True),
        ("스타벅스", "이디야", False),
        ("가", "가나다라", False),
        ("카페모모", "카페모모모", True),
    ],
)
def test_similar_names(name, other, similar):
    assert is_similar(name, other) is similar


def _warned(matching, code):
    return [(problem.line, dict(problem.details)) for problem in matching.problems if problem.code == code]


def test_another_source_fills_what_is_missing_and_replaces_nothing(read):
    known = read(
        "a.csv", "관리번호,시설명,주소,전화번호,편의시설,상태,확인일,이용허락\nK1,가,광산구 1,062-1,화장실,확인,2026-11-01,KOGL-1\n"
    )
    (site_id, before), *_ = _records(known)
    text = "관리번호,시설명,주소,위도,경도,전화번호,좌석수,편의시설,확인일\nT9,가,광산구 1,35.1395,126.7930,062-9,4,충전,\n"
    other = read("b.csv", text, source="b")
    matching = _match(other, [(site_id, before)], source="b")
    (_, row), *_ = matching.changed
    after = draft_record(row.draft)
    assert after["provenance"] == before["provenance"]
    assert after["status"] == "confirmed"
    assert after["attributes"] == {"phone": "062-1", "seats": 4, "amenities": ["toilet", "charging"]}
    assert after["geometry"]["coordinates"] == [126.793, 35.1395]
    assert _warned(matching, "met-other-source") == [(2, {"id": "sh-000001", "source": "partners"})]


def test_another_kind_in_a_column_keeps_the_row_out_and_a_default_does_not(read):
    known = read("a.csv", "시설명,주소,종류\n가,광산구 1,카페\n")
    other = read("b.csv", "시설명,주소,종류\n가,광산구 1,편의점\n", source="b")
    matching = _match(other, _records(known), source="b")
    (problem,) = [problem for problem in matching.problems if problem.is_error]
    assert (problem.code, problem.line, problem.column, problem.value) == ("kind-differs", 2, "종류", "convenience_store")
    assert (matching.rejected, matching.changed, matching.added) == (1, [], [])
    default = read("b.csv", "시설명,주소\n가,광산구 1\n", source="b", defaults={"kind": "convenience_store"})
    assert _match(default, _records(known), source="b").unchanged == 1


def test_a_made_up_record_is_never_a_real_row(read):
    known = read("a.csv", "시설명,주소,상태\n가,광산구 1,예시\n", source="samples")
    real = read("b.csv", "시설명,주소\n가,광산구 1\n", source="b")
    matching = _match(real, _records(known), source="b")
    assert ([row.draft.name for row in matching.added], matching.changed) == (["가"], [])
    assert _match(known, _records(known), source="samples").unchanged == 1


def test_a_closed_record_comes_back_on_the_word_of_the_row_that_meets_it(read, three):
    other = read("b.csv", "시설명,주소\n가,광산구 1\n", source="b")
    matching = _match(other, _records(three, status="closed"), source="b")
    (_, row), *_ = matching.changed
    assert (row.draft.status.value, row.draft.provenance.source, row.draft.provenance.source_key) == ("reported", "b", None)
    assert [line for line, _ in _warned(matching, "reopened-from-other")] == [2]


def test_an_id_is_an_edit_and_the_record_stays_its_source_s(read, three):
    text = "id,시설명,주소,전화번호,운영시간\nsh-000001,가 새이름,광산구 1,062-7,11:00-12:00\n"
    (_, row), *_ = _match(read("edit.csv", text, source="edit"), _records(three), source="edit").changed
    assert (row.draft.name, row.draft.attributes["phone"]) == ("가 새이름", "062-7")
    assert (row.draft.provenance.source, row.draft.provenance.source_key) == ("partners", "K1")
    assert [(item.text, item.source) for item in row.draft.hours] == [("11:00-12:00", "edit")]


def test_next_month_s_file_under_another_name_says_which_source_to_give(read, three):
    text = f"{FULL}\nK1,가,광산구 1,35.1395,126.7930,5,062-1,09:00-18:00,\nK2,나,광산구 2,35.1495,126.7930,6,,,\n"
    month = read("12월.csv", text, source="12월")
    matching = _match(month, _records(three), source="12월")
    assert (matching.is_refused, matching.closed) == (False, [])
    assert [told["other"] for _, told in _warned(matching, "other-source-likely")] == ["partners"]
    whole = _match(month, _records(three), source="12월", is_complete=True)
    assert (whole.is_refused, whole.closed) == (True, [])
    assert whole.problems[0].code == "other-source-likely"
    assert whole.problems[0].is_error


def test_missing_records_are_named_up_to_a_number(read, three, table):
    one = read("a.csv", "관리번호,시설명,주소\nK1,가,광산구 1\n")
    absent = _warned(_match(one, _records(three)), "absent-record")
    assert [(told["id"], told["name"]) for _, told in absent] == [("sh-000002", "나"), ("sh-000003", "다")]
    closed = _warned(_match(one, _records(three), is_complete=True), "closed-record")
    assert [(told["id"], told["name"]) for _, told in closed] == [("sh-000002", "나"), ("sh-000003", "다")]
    many = read("b.csv", table(*({"관리번호": f"M{number}", "시설명": f"이름{number}", "주소": f"길 {number}"} for number in range(130))))
    matching = _match(one, _records(many))
    assert (len(_warned(matching, "absent-record")), _warned(matching, "more-missing")) == (
        100,
        [(None, {"count": 30, "code": "absent-record"})],
    )


NUMBERS = st.lists(st.integers(0, 30), unique=True, max_size=20)


@settings(max_examples=60, deadline=None)
@given(before=NUMBERS, after=NUMBERS, moved=st.sets(st.integers(0, 30)), is_keyed=st.booleans(), is_complete=st.booleans())
def test_every_row_and_every_record_is_accounted_for(read, before, after, moved, is_keyed, is_complete):
    def file(numbers, seats):
        lines = [f"{f'K{number}' if is_keyed else ''},이름{number},광산구 길{number},{seats(number)}" for number in numbers]
        return read("a.csv", "관리번호,시설명,주소,좌석수\n" + "".join(f"{line}\n" for line in lines))

    old, new = file(before, lambda _: 1), file(after, lambda number: 2 if number in moved else 1)
    existing = _records(old)
    matching = match_rows(new.rows, existing, layer=SHELTERS, source="partners", is_complete=is_complete)
    met = set(before) & set(after)
    assert len(matching.added) == len(set(after) - set(before))
    assert len(matching.changed) == len(met & moved)
    assert matching.unchanged == len(met - moved)
    missing = matching.closed if is_complete else matching.absent
    assert len(missing) == len(set(before) - set(after))
    # The second witness: applying the changes gives what the file says.
    applied = {site_id: canonical_json(draft_record(row.draft)) for site_id, row in matching.changed}
    told = {canonical_json(draft_record(row.draft)) for row in new.rows}
    assert set(applied.values()) <= told

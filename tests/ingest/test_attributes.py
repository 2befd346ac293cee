"""The layer's own fields: Korean words become codes, numbers numbers, and what is wrong says so."""

import datetime as dt

import pytest

from geo_app.ingest.cell_values import BadCell, parse_date, parse_integer, parse_url

PLACE = {"위도": "35.1395", "경도": "126.7930"}


def _one(read, table, layer="shelters", **cells):
    reading = read("a.csv", table({"시설명": "가", **PLACE, **cells}), layer=layer)
    return (reading.rows[0].draft if reading.rows else None), [(problem.code, problem.column) for problem in reading.problems]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("카페", "cafe"),
        ("편의점", "convenience_store"),
        ("cafe", "cafe"),
        ("Convenience store", "convenience_store"),
        ("이동노동자쉼터", "public"),
    ],
)
def test_kinds_in_words(read, table, word, kind):
    draft, problems = _one(read, table, 종류=word)
    assert (draft.kind, problems) == (kind, [])


def test_an_unknown_kind_is_an_error_but_other_where_the_layer_has_it(read, table):
    assert _one(read, table, 종류="경로당")[1] == [("unknown-choice", "종류")]
    draft, problems = _one(read, table, layer="public-facilities", 종류="약수터")
    assert (draft.kind, problems) == ("other", [("kind-taken-as-other", "종류")])


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("열린 문", "open-door"),
        ("직원에게 말씀", "ask-staff"),
        ("구매 필요", "purchase-expected"),
        ("회원 등록", "registration"),
        ("카드", "card"),
    ],
)
def test_entry_in_words(read, table, word, code):
    assert _one(read, table, 출입방법=word)[0].attributes == {"entry": code}


def test_amenities_in_words_and_an_unknown_one_is_said_and_left_out(read, table):
    draft, problems = _one(read, table, 편의시설="화장실, 휴대폰 충전/ 에어컨; 와이파이")
    assert draft.attributes == {"amenities": ["toilet", "charging", "cooling"]}
    assert problems == [("choice-ignored", "편의시설")]


def test_a_purchase_expected_and_not_needed_is_told_and_kept_as_written(read, table):
    draft, problems = _one(read, table, 출입방법="구매 필요", 편의시설="구매 불필요, 화장실")
    assert draft.attributes == {"entry": "purchase-expected", "amenities": ["no-purchase", "toilet"]}
    assert problems == [("purchase-told-twice", "출입방법")]
    assert _one(read, table, 출입방법="열린 문", 편의시설="구매 불필요")[1] == []


@pytest.mark.parametrize(
    ("answer", "is_there"),
    [("Y", True), ("있음", True), ("3", True), ("O", True), ("0", False), ("없음", False), ("", False), ("N", False)],
)
def test_a_column_of_yes_or_no_adds_its_amenity(read, table, answer, is_there):
    draft, problems = _one(read, table, 에어컨=answer)
    assert draft.attributes == ({"amenities": ["cooling"]} if is_there else {})
    assert problems == []


def test_all_fields_of_village_jobs(read, table):
    draft, problems = _one(
        read,
        table,
        layer="village-jobs",
        시설유형="작은도서관",
        배치인원="12명",
        사업기간="2026.3~11",
        모집시작일="2026.11.01",
        모집종료일="20261130",
        근무시간="주 15시간",
        수당="월 60만원",
        신청자격="광산구민",
        신청주소="https://www.gwangsan.go.kr/apply?x=1",
    )
    assert problems == []
    assert draft.kind == "small-library"
    assert draft.attributes == {
        "people_placed": 12,
        "period": "2026.3~11",
        "recruiting_from": "2026-11-01",
        "recruiting_until": "2026-11-30",
        "work_hours": "주 15시간",
        "allowance": "월 60만원",
        "eligibility": "광산구민",
        "apply_url": "https://www.gwangsan.go.kr/apply?x=1",
    }


def test_all_fields_of_improved_companies_and_complexes(read, table):
    draft, _ = _one(
        read, table, layer="improved-companies", 구분="일터혁신", 지원연도="2025년", 효과="소음 감소", 동의여부="예", 산업단지="하남"
    )
    assert (draft.kind, draft.attributes) == (
        "workplace-innovation",
        {"year": 2025, "effect": "소음 감소", "complex": "하남", "consent": True},
    )
    draft, _ = _one(
        read,
        table,
        layer="industrial-complexes",
        종류="국가산업단지",
        **{"면적(㎡)": "5,944,000"},
        입주업체수="1,045개사",
        고용인원="20000",
        준공연도="1991",
        관내구분="전부",
    )
    assert (draft.kind, draft.attributes) == (
        "national",
        {"area_m2": 5_944_000, "tenants": 1045, "employees": 20_000, "completed_year": 1991, "part_of_district": "whole"},
    )


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("좌석수", "많음", "bad-number"),
        ("좌석수", "１２", "bad-number"),
        ("좌석수", "1,23", "bad-number"),
        ("좌석수", "9" * 30, "bad-number"),
        ("데이터기준일자", "2026-13-01", "bad-date"),
        ("데이터기준일자", "어제", "bad-date"),
        ("데이터기준일자", "11/21/2026", "bad-date"),
        ("출처주소", "javascript:alert(1)", "bad-url"),
        ("출처주소", "//x.kr", "bad-url"),
        ("출처주소", "https://a b.kr", "bad-url"),
        ("상태", "몰라", "unknown-choice"),
        ("정밀도", "대충", "unknown-choice"),
        ("공개여부", "?", "unknown-choice"),
    ],
)
def test_a_bad_value_keeps_its_row_out_and_names_the_column(read, table, header, text, code):
    draft, problems = _one(read, table, **{header: text})
    assert draft is None
    assert problems == [(code, header)]


def test_full_width_digits_are_offered_not_taken():
    with pytest.raises(BadCell) as caught:
        parse_integer("１２")
    assert caught.value.details == {"guess": "12"}


@pytest.mark.parametrize(
    "text", ["2026-11-21", "2026.11.21", "2026. 11. 21.", "2026/11/21", "2026년 11월 21일", "20261121", "2026-11-21 00:00:00"]
)
def test_days_as_people_write_them(text):
    assert parse_date(text) == dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    ["data:text/html,x", "JAVASCRIPT:x", "https://", "http://[", "https://a.kr/<x>", "ftp://a.kr", 'https://a.kr/"', "https://a.kr/`"],
)
def test_other_addresses_never_become_links(text):
    with pytest.raises(BadCell):
        parse_url(text)


def test_defaults_stand_in_for_columns_that_the_file_lacks(read, table):
    reading = read(
        "a.csv", table({"시설명": "가", **PLACE, "상태": ""}), layer="public-facilities", defaults={"kind": "toilet", "status": "confirmed"}
    )
    draft = reading.rows[0].draft
    assert (draft.kind, draft.status.value) == ("toilet", "reported")  # an empty cell is not a missing column


def test_provenance_comes_from_its_columns(read, table):
    draft, _ = _one(
        read, table, 관리번호="K-1", 출처="광산구", 출처주소="https://www.gwangsan.go.kr/", 확인일="2026-11-20", 이용허락="KOGL 1"
    )
    provenance = draft.provenance
    assert (provenance.source, provenance.source_key, provenance.licence) == ("광산구", "K-1", "KOGL 1")
    assert (provenance.source_url, provenance.checked_on) == ("https://www.gwangsan.go.kr/", dt.date(2026, 11, 20))

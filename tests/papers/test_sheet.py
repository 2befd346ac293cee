"""What stands on a sheet."""

import json

import pytest

from geo_app.domain.errors import UnknownSite
from geo_app.papers.sheet import ADDRESS_LIMIT, LATIN_LIMIT, NAME_LIMIT, NOTE_LIMIT, build_sheet


def test_a_sheet_tells_name_latin_place_hours_entry_and_age_of_the_data(sheet_of):
    sheet = sheet_of()
    assert (sheet["name"], sheet["latin"]) == ("하남 별빛카페", "Hanam Byeolbitkape")
    assert (sheet["kind"], sheet["place"]) == ("카페", "광주광역시 광산구 하남대로 100")
    assert sheet["data"] == "2026-11-21 기준, 개정 7"
    assert sheet["checked"] == "영업시간 확인 2026-11-10"
    assert sheet["contact"] == "문의: 이동노동자 쉼터 062-951-1981"
    assert (sheet["entry"]["text"], sheet["entry"]["note"]) == ("점원에게 말씀하세요 · 안 사도 돼요", "2층 계단으로 올라오세요")
    assert sheet["amenities"]["items"] == ["화장실", "충전", "여성 전용 공간"]
    assert sheet["sample"] is None


def test_the_date_of_the_data_is_seouls(order, feature):
    from dataclasses import replace
    from datetime import UTC, datetime

    late = replace(order(), made_at=datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
    assert build_sheet(feature(), late)["data"].startswith("2026-11-21")


def test_the_chosen_language_comes_first_and_the_others_follow(sheet_of, six_languages):
    greetings = sheet_of(lang="vi")["greetings"]
    assert [item["lang"] for item in greetings] == ["vi", "ko", "en", "zh", "ru", "uz"]
    assert len({item["text"] for item in greetings}) == 6


def test_a_sticker_groups_the_days_that_are_alike(sheet_of):
    assert [row[0] for row in sheet_of("a4")["hours"]["rows"]] == list("월화수목금토일")
    assert [row[0] for row in sheet_of("a6")["hours"]["rows"]] == ["월~금", "토", "일"]


def test_unknown_hours_are_said_to_be_unknown(sheet_of):
    hours = sheet_of(hours=None)["hours"]
    assert (hours["rows"], hours["note"], hours["is_known"]) == ([], "영업시간 미확인", False)


def test_what_nobody_said_has_no_place_on_the_sheet(sheet_of):
    sheet = sheet_of(entry=None, entry_note=None, amenities=None, address=None, checked_on=None, hours=None)
    assert (sheet["entry"], sheet["amenities"], sheet["place"], sheet["checked"]) == (None, None, "", "")


@pytest.mark.parametrize("lang", ["ko", "en", "zh"])
def test_a_sample_says_so_in_korean_whatever_the_language(sheet_of, six_languages, lang):
    sample = sheet_of(lang=lang, status="sample")["sample"]
    assert sample["mark"] == "예시"
    assert sample["told"][0] == "예시: 실제로 없는 곳입니다"
    assert len(sample["told"]) == (1 if lang == "ko" else 2)


def test_no_sheet_invites_to_a_place_that_has_closed_down(sheet_of):
    with pytest.raises(UnknownSite):
        sheet_of(status="closed")


def test_long_texts_are_bounded(sheet_of):
    long = "뷁" * 2000
    sheet = sheet_of(name=long, address=long, entry_note=long)
    assert len(sheet["name"]) == NAME_LIMIT
    assert len(sheet["latin"]) <= LATIN_LIMIT
    assert len(sheet["place"]) == ADDRESS_LIMIT
    assert len(sheet["entry"]["note"]) == NOTE_LIMIT
    assert len(json.dumps(sheet)) < 60_000


@pytest.mark.parametrize("name", ["☕🛵", "\ue900\ue901", "\u3164", "\u034f", "\u200b\u2060", " \t "])
def test_a_name_that_leaves_nothing_on_paper_is_told_by_its_number(sheet_of, name):
    sheet = sheet_of(name=name)
    assert (sheet["name"], sheet["latin"]) == ("sh-000001", "")
    assert sheet["title"].startswith("sh-000001 · ")


def test_a_note_of_pictures_alone_is_no_way_to_get_in(sheet_of):
    assert sheet_of(entry=None, entry_note="👉🚪")["entry"] is None

"""Holidays and Korean names on pages in other languages."""

import json
import re
from pathlib import Path

import pytest

from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import LANGUAGES, SOURCE_LANGUAGE, get_words
from geo_app.wording.holiday_names import BESIDE_WORDS, HOLIDAY_WORDS, holiday_name

CALENDAR = json.loads((Path(__file__).parents[2] / "data" / "gwangsan" / "calendar.json").read_text(encoding="utf-8"))
NAMES = sorted({row["name"] for row in CALENDAR["holidays"]})
OTHERS = [lang for lang in LANGUAGES if lang != "ko"]


@pytest.mark.parametrize("lang", OTHERS)
def test_every_holiday_of_the_calendar_is_told_without_hangul(lang):
    words = get_words(lang)
    assert [name for name in NAMES if re.search("[가-힣]", holiday_name(name, words))] == []


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE])
def test_every_sentence_of_the_tables_is_translated(lang):
    messages = get_words(lang).messages
    assert {*HOLIDAY_WORDS.values(), *BESIDE_WORDS.values()} <= messages.keys()


def test_a_korean_page_keeps_the_names_of_the_calendar():
    assert [holiday_name(name, get_words("ko")) for name in NAMES] == NAMES


def test_days_beside_a_holiday_name_it():
    en = get_words("en")
    assert holiday_name("설날 전날", en) == "The day before Seollal (Lunar New Year)"
    assert holiday_name("추석 다음날", en) == "The day after Chuseok (harvest festival)"
    assert holiday_name("한글날 대체 휴일", en) == "Substitute holiday for Hangul Day"
    assert holiday_name("현충일", en) == "Memorial Day"


def test_a_name_that_nobody_translated_stands_in_both_scripts():
    assert holiday_name("광산구민의 날", get_words("ru")) == "Gwangsanguminui Nal (광산구민의 날)"
    assert holiday_name("구민의 날 전날", get_words("en")) == "The day before Guminui Nal (구민의 날)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_is_told_once_where_both_scripts_are_one(lang):
    assert told_name("GS25", "GS25", get_words(lang)) == "GS25"

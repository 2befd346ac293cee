"""The planner's words: no share is rounded to nothing or to everything, and every sentence behind a code has its Korean."""

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from geo_app.wording import plan_terms
from geo_app.wording.catalogue import LANGUAGES, LOCALE_FOLDER, SOURCE_LANGUAGE, get_words
from geo_app.wording.plan_terms import NO_FIGURE, demand_figure, headline_sentence, percent_figure, plain_figure, reach_words

TABLES = [table for table in vars(plan_terms).values() if isinstance(table, dict) and all(isinstance(item, str) for item in table.values())]
TRANSLATED = [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE and (LOCALE_FOLDER / lang / "plan.po").exists()]


@given(st.floats(0, 1))
def test_only_nothing_is_0_and_only_everything_is_100_per_cent(share):
    assert (percent_figure(share) == "0") == (share == 0)
    assert (percent_figure(share) == "100") == (share == 1)
    assert abs(int(percent_figure(share)) - share * 100) <= 1


def test_what_is_not_known_is_no_figure():
    words = get_words("ko")
    assert [percent_figure(None), percent_figure(float("nan")), plain_figure(None, words), demand_figure(None, "people", words)] == [
        NO_FIGURE
    ] * 4


def test_a_demand_keeps_a_tenth_only_where_it_is_small():
    words = get_words("ko")
    assert [plain_figure(value, words) for value in (0.0, 1.24, 12.6, 28473.2)] == ["0", "1.2", "13", "28,473"]


def test_the_headline_is_one_sentence_with_both_shares():
    words = get_words("ko")
    reach = reach_words("shelters", "쉼터", "walk", "10", words)
    assert headline_sentence("화요일 02:00", reach, 0.12, 0.61, words) == "화요일 02:00, 걸어서 10분 안에 열린 쉼터: 실제 12% · 명목 61%"


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_sentence_behind_a_code_is_translated(lang):
    messages = get_words(lang).messages
    assert TABLES
    assert [text for table in TABLES for text in table.values() if text not in messages] == []


def test_korean_is_there_and_speaks_to_staff():
    with (LOCALE_FOLDER / "ko" / "plan.po").open("rb") as stream:
        texts = [message.string for message in read_po(stream) if message.id and isinstance(message.string, str)]
    assert len(texts) > 100
    assert [text for text in texts if text.rstrip(".").endswith(("어요", "아요", "해요", "이에요", "예요"))] == []

"""Korean text on pages in other languages."""

from html import unescape
from re import sub

from hypothesis import given
from hypothesis import strategies as st

from geo_app.web.tongues import mark_korean, name_in_latin


def test_a_korean_page_marks_nothing():
    assert mark_korean("하남 <b>", "ko") == "하남 &lt;b&gt;"


def test_a_run_of_words_gets_one_mark():
    assert mark_korean("Source: 통계청 SGIS · 국토지리정보원", "ru") == 'Source: <span lang="ko">통계청 SGIS · 국토지리정보원</span>'


@given(st.text(alphabet="가나 다라<>&\"'ab{}.\n|", max_size=40))
def test_marking_changes_no_letter_and_lets_no_markup_through(text):
    marked = str(mark_korean(text, "vi"))
    bare = marked.replace('<span lang="ko">', "").replace("</span>", "")
    assert unescape(bare) == text
    assert "<" not in bare
    assert not [run for run in sub(r'<span lang="ko">.*?</span>', "", marked) if "가" <= run <= "힣"]


def test_names_of_areas_keep_their_units():
    assert name_in_latin("하남동", "vi", is_area=True) == "Hanam-dong"
    assert name_in_latin("하남동", "ko", is_area=True) == "하남동"

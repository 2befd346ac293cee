"""Names in Latin letters: the notice's own examples, and what no text may do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.wording.romanise import romanise, romanise_address

# Examples of the notice itself (Revised Romanization, articles 2 and 3).
NOTICE = {
    "구미": "Gumi", "영동": "Yeongdong", "백암": "Baegam", "옥천": "Okcheon", "합덕": "Hapdeok", "호법": "Hobeop", "월곶": "Wolgot",
    "벚꽃": "Beotkkot", "한밭": "Hanbat", "구리": "Guri", "설악": "Seorak", "칠곡": "Chilgok", "임실": "Imsil", "울릉": "Ulleung",
    "대관령": "Daegwallyeong", "백마": "Baengma", "종로": "Jongno", "왕십리": "Wangsimni", "별내": "Byeollae",
    "신라": "Silla", "해돋이": "Haedoji", "같이": "Gachi", "굳히다": "Guchida", "좋고": "Joko", "놓다": "Nota", "낳지": "Nachi",
    "묵호": "Mukho", "집현전": "Jiphyeonjeon", "압구정": "Apgujeong", "낙동강": "Nakdonggang", "죽변": "Jukbyeon",
    "낙성대": "Nakseongdae", "합정": "Hapjeong", "팔당": "Paldang", "샛별": "Saetbyeol", "울산": "Ulsan",
}  # fmt: skip


@pytest.mark.parametrize(("hangul", "latin"), NOTICE.items())
def test_the_examples_of_the_notice_come_out_as_it_writes_them(hangul, latin):
    assert romanise(hangul) == latin


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("하남동", "Hanam-dong"),
        ("첨단2동", "Cheomdan 2-dong"),
        ("전남광주통합특별시 광산구 하남대로 100", "Jeonnamgwangjutonghapteukbyeol-si Gwangsan-gu Hanam-daero 100"),
        ("무진대로211번길 7-3", "Mujin-daero 211beon-gil 7-3"),
    ],
)
def test_units_of_an_address_stand_behind_a_hyphen(hangul, latin):
    assert romanise_address(hangul) == latin


def test_what_is_not_hangul_stays():
    assert romanise("GS25 <b>{{1}}</b> 24시 𠮷") == "GS25 <b>{{1}}</b> 24si 𠮷"
    assert romanise("") == ""


@given(st.text(alphabet=st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=8))
def test_no_hangul_is_left_and_only_letters_come_out(text):
    latin = romanise(text)
    assert latin.isascii()
    assert latin.isalpha()

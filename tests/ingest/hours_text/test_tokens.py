"""Tokens tile the text: nothing is passed over, and short words are not found inside longer ones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_app.ingest.hours_text.converted import NotUnderstood
from geo_app.ingest.hours_text.letters import plain_letters
from geo_app.ingest.hours_text.tokens import tokenise
from geo_app.ingest.hours_text.words import Kind

PIECES = (
    "평일", "월~금", "일요일", "9시반", "09:00~18:00", "휴무", "(공휴일 포함)", "2,4째주", "연중무휴", "3월~10월", "\n", ", ",
    " / ", "까지",
)  # fmt: skip
OTHER_WORDS = (
    "일반", "수영장", "화장실", "목욕탕", "금연", "토목", "일월", "금일", "월말", "수시로", "격일로", "휴일", "설치", "쉼터",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_the_tokens_and_the_spaces_between_are_the_text(text):
    tokens = tokenise(plain_letters(text))
    covered = "".join(token.text for token in tokens).replace(" ", "")
    assert covered == text.replace(" ", "")
    assert all(text[token.position - 1 :].startswith(token.text) for token in tokens)


@given(st.text(max_size=40))
def test_plain_letters_keep_every_place(text):
    assert len(plain_letters(text)) == len(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_words_that_begin_like_ours_are_not_ours(word):
    with pytest.raises(NotUnderstood):
        tokenise(f"{word} 09:00~18:00")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("24시간", Kind.ALL_DAY), ("1일", Kind.DAY), ("일", Kind.WEEKDAYS), ("3월", Kind.MONTH), ("월요일", Kind.WEEKDAYS), ("2주", Kind.NTH)],
)
def test_the_longest_word_is_taken(text, kind):
    assert [token.kind for token in tokenise(text)] == [kind, Kind.END]


def test_a_length_of_time_is_no_time_of_day():
    with pytest.raises(NotUnderstood) as refused:
        tokenise("10시간")
    assert refused.value.refusal.piece == "시간"

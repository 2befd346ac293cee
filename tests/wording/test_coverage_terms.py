"""Words of coverage stand in Korean, and there is one for every column and note that is written."""

from geo_app.exports import coverage_tables
from geo_app.web.plan_files import TABLES
from geo_app.wording.catalogue import get_words
from geo_app.wording.coverage_terms import COLUMN_WORDS, DISTANCE_WORDS, ESTIMATE_WORDS, NOTE_WORDS, TABLE_WORDS
from geo_app.wording.question_terms import BASIS_WORDS, CELL_WORDS, TRUTH_WORDS


def test_every_word_has_its_korean():
    messages = get_words("ko").messages
    said = {*COLUMN_WORDS.values(), *ESTIMATE_WORDS.values(), *DISTANCE_WORDS.values(), *NOTE_WORDS.values(), *TABLE_WORDS.values()}
    said |= {*BASIS_WORDS.values(), *TRUTH_WORDS.values(), *(text for codes in CELL_WORDS.values() for text in codes.values())}
    assert sorted(said - messages.keys()) == []


def test_every_table_has_a_title_and_every_column_a_word():
    assert set(TABLE_WORDS) == set(TABLES)
    columns = {name for members in vars(coverage_tables).values() if isinstance(members, tuple) for name in members}
    assert columns | {"key", "name", "scheme"} == set(COLUMN_WORDS)


def test_korean_has_one_word_for_one_idea_in_files_and_lines():
    told = [text for text in get_words("ko").messages.values() if isinstance(text, str)]
    assert [text for text in told if "헤아린 곳" in text or "이용 가능한 곳" in text or "{revision}번" in text] == []


def test_every_korean_head_can_be_written_in_cp949():
    words = get_words("ko")
    heads = [*COLUMN_WORDS.values(), *ESTIMATE_WORDS.values(), *BASIS_WORDS.values()]
    assert [words(head).encode("cp949").decode("cp949") for head in heads] == [words(head) for head in heads]

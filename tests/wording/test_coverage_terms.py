"""Words of coverage stand in Korean, and there is one for every column and note that is written."""

from geo_app.exports import coverage_tables
from geo_app.web.plan_files import TABLES
from geo_app.wording.catalogue import get_words
from geo_app.wording.coverage_terms import COLUMN_WORDS, DISTANCE_WORDS, NOTE_WORDS, TABLE_WORDS


def test_every_word_has_its_korean():
    messages = get_words("ko").messages
    said = {*COLUMN_WORDS.values(), *DISTANCE_WORDS.values(), *NOTE_WORDS.values(), *TABLE_WORDS.values()}
    assert sorted(said - messages.keys()) == []


def test_every_table_has_a_title_and_every_column_a_word():
    assert set(TABLE_WORDS) == set(TABLES)
    columns = {name for members in vars(coverage_tables).values() if isinstance(members, tuple) for name in members}
    assert columns | {"key", "name", "scheme"} == set(COLUMN_WORDS)

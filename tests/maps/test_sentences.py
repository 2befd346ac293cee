"""The scripts and the list of their sentences say the same."""

import re

from geo_app.assets import find_assets
from geo_app.maps.sentences import PLURALS, SENTENCES
from geo_app.wording.catalogue import get_words

JS = find_assets("static") / "js"
ORDER = (JS / "map" / "order.txt").read_text(encoding="utf-8").split()
SCRIPTS = {name: (JS / "map" / name).read_text(encoding="utf-8") for name in ORDER}
ALL = "\n".join([*SCRIPTS.values(), (JS / "locate.js").read_text(encoding="utf-8")])
# Tables whose values are said by name: `const ENTRY = {…}`.
TABLES = ("WORDS", "ENTRY", "PLACE", "KIND")


def table_words(name):
    opening, body = re.search(rf"const {name} = ([{{\[])(.*?)[}}\]];", ALL, re.DOTALL).groups()
    return set(re.findall(r'"([^"]*)"' if opening == "[" else r':\s*"([^"]*)"', body))


def places(sentence):
    return set(re.findall(r"\{(\w+)(?::02d)?\}", sentence))


def said():
    picks = re.findall(r'^    \["([^"]+)", \(\) =>', SCRIPTS["clock.js"], re.MULTILINE)
    return set(re.findall(r'\bsay\("([^"]+)"', ALL)).union(picks, *map(table_words, TABLES))


def test_every_sentence_a_script_says_travels_with_the_page():
    assert said() <= set(SENTENCES)


def test_no_sentence_travels_that_nobody_says():
    assert set(SENTENCES) <= said()


def test_the_sentences_with_a_count_are_those_the_scripts_say():
    assert sorted(PLURALS) == sorted(set(re.findall(r'\bsay\.plural\("([^"]+)", "([^"]+)"', ALL)))


def test_every_sentence_has_its_korean():
    assert [msgid for msgid in (*SENTENCES, *(one for one, _ in PLURALS)) if msgid not in get_words("ko").messages] == []


def test_a_translation_keeps_the_places_of_its_sentence():
    korean = get_words("ko")
    for msgid in SENTENCES:
        assert places(korean(msgid)) == places(msgid), msgid


def test_no_script_has_a_template_literal():
    # Joining drops comment lines and indentation, which is only safe where no text runs over a line; and `${…}` invites markup.
    assert "`" not in re.sub(r"/\*.*?\*/|//[^\n]*", "", ALL, flags=re.DOTALL)


def test_no_script_reads_text_as_markup():
    assert not re.findall(r"\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.outerHTML\s*=", ALL)
    # The one place that hands Leaflet markup builds it from elements and text.
    assert ALL.count(".outerHTML") == 1

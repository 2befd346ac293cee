"""The planner's scripts and the list of their sentences say the same."""

import re

from geo_app.assets import find_assets
from geo_app.maps.plan_sentences import PLAN_PLURALS, PLAN_SENTENCES
from geo_app.maps.sentences import SENTENCES
from geo_app.wording.catalogue import get_words

FOLDER = find_assets("static") / "js" / "plan"
ORDER = (FOLDER / "order.txt").read_text(encoding="utf-8").split()
OWN = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ORDER if "/" not in name)
# Tables whose values are said by name: `const KINDS = {…}`.
TABLES = ("KINDS", "TITLES")


def table_words(name):
    return set(re.findall(r':\s*"([^"]*)"', re.search(rf"const {name} = \{{(.*?)\}};", OWN, re.DOTALL)[1]))


def said():
    return set(re.findall(r'\bsay\("([^"]+)"', OWN)).union(*map(table_words, TABLES))


def test_every_sentence_a_script_says_travels_with_the_page():
    assert said() <= {*SENTENCES, *PLAN_SENTENCES}


def test_the_list_holds_only_what_is_said_and_the_map_page_does_not_say():
    assert sorted(PLAN_SENTENCES) == sorted(said() - set(SENTENCES))


def test_the_sentences_with_a_count_are_those_the_scripts_say():
    assert sorted(PLAN_PLURALS) == sorted(set(re.findall(r'\bsay\.plural\("([^"]+)", "([^"]+)"', OWN)))


def test_every_sentence_has_its_korean():
    assert [msgid for msgid in PLAN_SENTENCES if msgid not in get_words("ko").messages] == []


def test_no_script_has_a_template_literal():
    assert "`" not in re.sub(r"/\*.*?\*/|//[^\n]*", "", OWN, flags=re.DOTALL)


def test_no_script_reads_text_as_markup_but_the_servers_own_page():
    assert not re.findall(r"\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.outerHTML", OWN)
    # The page for another hour, from the door that made this one, under the policy of this one.
    assert OWN.count("DOMParser") == 1

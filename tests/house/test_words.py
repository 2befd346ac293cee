"""Every sentence has its Korean, with the same places; no message id stands in two catalogues."""

import re
import string
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES, LOCALE_FOLDER, SOURCE_LANGUAGE, get_words
from geo_app.wording.labels import ALL_TABLES

ROOT = Path(__file__).parents[2]
TRANSLATED = [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE]
# What code passes beside the places of the English message, for languages that count otherwise.
FURTHER_PLACES = {"hour24"}
CLOCK_PLACES = {"hour", "minute", "weekday"}
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
METHODS = [("geo_app/**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]


def used_messages():
    found = extract_from_dir(str(ROOT), method_map=METHODS, keywords={"words": None, "plural": (1, 2)}, options_map={})
    ids = {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}
    return ids | {msgid for table in ALL_TABLES for msgid in table.values()}


def catalogue_messages(lang):
    for path in sorted((LOCALE_FOLDER / lang).glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream):
                if message.id:
                    yield path.name, message


def places(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_sentence_in_code_and_templates_is_translated(lang):
    messages = get_words(lang).messages
    assert sorted(msgid for msgid in used_messages() if msgid not in messages) == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(lang):
    wrong = []
    for name, message in catalogue_messages(lang):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        wrong += [(name, text) for text in texts if not places(text) - FURTHER_PLACES <= places(ids[-1])]
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_translation_leaves_out_no_place_that_carries_a_fact(lang):
    """A sentence without its figure or its name would be another sentence; only clock words may do without a part."""
    wrong = []
    for name, message in catalogue_messages(lang):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        needed = places(ids[-1]) - CLOCK_PLACES - ({"count"} if len(texts) > 1 else set())
        wrong += [(name, text) for text in texts if needed - places(text)]
    assert wrong == []


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != DEFAULT_LANGUAGE])
def test_no_hangul_is_left_in_another_language(lang):
    assert [(msgid, text) for msgid, text in get_words(lang).messages.items() if HANGUL.search(str(text))] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_message_stands_in_one_catalogue_only(lang):
    counts = Counter(message.id if isinstance(message.id, str) else message.id[0] for _, message in catalogue_messages(lang))
    assert [msgid for msgid, count in counts.items() if count > 1] == []

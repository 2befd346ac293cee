"""Every sentence has its Korean, with the same places; no message id stands in two catalogues."""

import string
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from geo_app.wording.catalogue import LANGUAGES, LOCALE_FOLDER, SOURCE_LANGUAGE, get_words
from geo_app.wording.labels import ALL_TABLES

ROOT = Path(__file__).parents[2]
TRANSLATED = [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE]
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
        wrong += [(name, text) for text in texts if not places(text) <= places(ids[-1])]
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_a_message_stands_in_one_catalogue_only(lang):
    counts = Counter(message.id if isinstance(message.id, str) else message.id[0] for _, message in catalogue_messages(lang))
    assert [msgid for msgid, count in counts.items() if count > 1] == []

"""Every page in every language: its tag, its sisters, and no Hangul that is not marked as Korean."""

import re
from html.parser import HTMLParser

import pytest

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
LATIN_FIRST = re.compile(r"\s*[A-Z][A-Za-z0-9 .-]+ ")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN_ATTRIBUTES = {"aria-label", "title", "alt", "placeholder", "label", "content"}
PAGES = [
    "/",
    "/map",
    "/list/shelters",
    "/list/dongs",
    "/sites/shelters/sh-000005",
    "/sites/industrial-complexes/ic-000001",
    "/about",
    "/nothing-here",
]


class Listener(HTMLParser):
    """Collects Hangul heard in an element whose language is not Korean, and what the head says of languages."""

    def __init__(self):
        super().__init__()
        self.stack = []
        self.stray = []
        self.page_language = None
        self.sisters = {}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        inherited = self.stack[-1][1] if self.stack else None
        language = attributes.get("lang", inherited)
        if tag == "html":
            self.page_language = language
        if tag == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes:
            self.sisters[attributes["hreflang"]] = attributes["href"]
        self.stray += [
            (tag, name, value)
            for name, value in attributes.items()
            if name in SPOKEN_ATTRIBUTES and value and HANGUL.search(value) and language != "ko"
        ]
        if tag not in VOID:
            self.stack.append((tag, language))

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.stack or self.stack[-1][0] in ("script", "style"):
            return
        # An option can hold no mark; there the Hangul of a name stands behind its Latin form.
        if self.stack[-1][0] == "option" and LATIN_FIRST.match(data):
            return
        if HANGUL.search(data) and self.stack[-1][1] != "ko":
            self.stray.append((self.stack[-1][0], "text", data.strip()[:80]))


def listen(client, path, lang):
    listener = Listener()
    listener.feed(client.get(path, query_string={} if lang == DEFAULT_LANGUAGE else {"lang": lang}).text)
    return listener


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_says_its_language_and_names_the_others(client, path, lang):
    heard = listen(client, path, lang)
    assert heard.page_language == lang
    assert set(heard.sisters) >= set(LANGUAGES)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != DEFAULT_LANGUAGE])
def test_hangul_on_a_page_in_another_language_is_marked_as_korean(client, path, lang):
    assert listen(client, path, lang).stray == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chooser_names_each_language_in_itself(client, lang):
    text = client.get("/about", query_string={"lang": lang}).text
    for code, name in LANGUAGE_NAMES.items():
        assert f'lang="{code}"' in text
        assert name in text

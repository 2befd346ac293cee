"""Part 1, requirements class HTML: every door is a page for people as well."""

import urllib.parse
from html.parser import HTMLParser

import pytest
from ogc.asking import HTML, Door

CLASSES = ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
PATHS = ["/", "/api", "/conformance", "/collections", "/collections/shelters", "/collections/shelters/items",
         "/collections/shelters/items/sh-000001", "/collections/shelters/queryables", "/collections/indicators/items",
         "/collections/coverage-gaps/items"]  # fmt: skip


class Reader(HTMLParser):
    """The words and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag == "a" and dict(attrs).get("href"):
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(door: Door, path: str, **parameters) -> Reader:
    answer = door.get(path, accept=BROWSER, **parameters)
    assert (answer.status, answer.media) == (200, HTML), (path, answer.status)
    return Reader(answer.body.decode())


@pytest.mark.parametrize("path", PATHS)
def test_req_html_definition(door: Door, path):
    assert door.get(path, accept=BROWSER).media == HTML
    assert door.get(path, f="html").media == HTML
    assert door.get(path, f="json", accept=BROWSER).media != HTML


def test_req_html_content_of_a_collection(door: Door):
    """All that the JSON says of itself, its links too."""
    said = door.get("/collections/shelters").json()
    shown = page(door, "/collections/shelters")
    assert said["title"] in shown.text
    assert said["description"] in shown.text
    assert any("/collections/shelters/items" in link for link in shown.links)


def test_req_html_content_of_items(door: Door):
    shown = page(door, "/collections/shelters/items", limit="5")
    for feature in door.items("shelters", limit=5).json()["features"]:
        assert feature["properties"]["name"] in shown.text
        assert any(link.partition("?")[0].endswith(f"/items/{feature['id']}") for link in shown.links)
    assert any("offset=5" in link for link in shown.links)


def test_req_html_content_of_a_feature(door: Door):
    feature = door.get("/collections/shelters/items/sh-000001").json()
    shown = page(door, "/collections/shelters/items/sh-000001")
    for value in feature["properties"].values():
        if isinstance(value, str):
            assert value in shown.text or value in shown.links or value.isascii(), value
    assert any("f=json" in link for link in shown.links)


@pytest.mark.parametrize("path", PATHS)
def test_the_links_of_a_page_lead_somewhere(door: Door, path):
    address = door.get(path, f="html").url
    inner = {urllib.parse.urljoin(address, link).partition("#")[0] for link in page(door, path).links}
    inner = {link for link in inner if link.startswith(door.root)}
    assert inner
    for link in sorted(inner)[:25]:
        assert door.fetch(link).status == 200, (path, link)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_a_title_a_language_and_one_heading(door: Door, path):
    shown = page(door, path)
    assert shown.tags.count("h1") == 1
    assert shown.tags.count("title") >= 1
    assert dict(shown.attributes)["html"]["lang"] == "ko"
    assert dict(page(door, path, lang="en").attributes)["html"]["lang"] == "en"


@pytest.mark.parametrize("path", ["/collections/nowhere", "/collections/shelters/items/none", "/collections/shelters/items?limit=x"])
def test_a_person_gets_an_error_as_a_page(door: Door, path):
    answer = door.get(path, accept=BROWSER)
    assert answer.status in {400, 404}
    assert answer.media == HTML


def test_text_of_the_asker_is_escaped(door: Door):
    hostile = "<script>alert(1)</script>"
    for parameters in ({"name": hostile}, {"filter": f"name = '{hostile}'"}, {"limit": hostile}, {hostile: "1"}):
        body = door.get("/collections/shelters/items", accept=BROWSER, **parameters).body
        assert b"<script>alert" not in body

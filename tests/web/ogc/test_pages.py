"""The same doors as pages for people: whole without scripts, escaped, leading on."""

import re
from html import unescape

import pytest

from geo_app.finder.items import ItemField, table_of_features
from geo_app.web.ogc.collections import get_collection
from geo_app.web.ogc.item_pages import feature_page, items_page
from geo_app.web.ogc.question import FeatureRequest, read_items_request
from geo_app.web.ogc.systems import CRS84

PAGES = (
    "/ogc/", "/ogc/conformance", "/ogc/collections", "/ogc/queryables", "/ogc/api", "/ogc/collections/shelters",
    "/ogc/collections/coverage-gaps", "/ogc/collections/indicators", "/ogc/collections/shelters/queryables",
    "/ogc/collections/dongs/schema", "/ogc/collections/coverage-cells/sortables", "/ogc/collections/shelters/items",
    "/ogc/collections/dongs/items", "/ogc/collections/shelters/items/sh-000005", "/ogc/collections/dongs/items/dg-000001",
)  # fmt: skip
EVIL = "<script>alert(1)</script>\" onload='x' {{7*7}}"


def page(client, path, **query):
    answer = client.get(path, query_string={"f": "html", **query})
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.content_type == "text/html; charset=utf-8"
    return answer.text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_page_stands_without_scripts_of_its_own_and_names_its_other_form(client, path, lang):
    text = page(client, path, lang=lang)
    assert f'<html lang="{lang}">' in text
    assert re.findall(r"<h1[ >]", text) == ["<h1>"]
    assert re.findall(r'<script(?! src="/static/[0-9a-f]+/js/theme\.js")', text) == []
    assert "f=json" in text


def test_every_link_of_a_page_leads_somewhere(client):
    found = {href for path in PAGES for href in re.findall(r'<a [^>]*href="(/[^"#]*)', page(client, path).partition("<main")[2])}
    assert len(found) > len(PAGES)
    wrong = {href: client.get(unescape(href)).status_code for href in found}
    assert {href: status for href, status in wrong.items() if status != 200} == {}


def test_a_page_of_features_leads_to_the_next_and_keeps_the_question(client):
    text = page(client, "/ogc/collections/shelters/items", limit="5", filter="kind = 'cafe'", bbox="126,35,127,36")
    href = unescape(re.search(r'rel="next" href="([^"]+)"', text)[1])
    following = client.get(href.removeprefix("http://localhost")).text
    assert re.search(r'value="kind = &#39;cafe&#39;"', following)
    assert 'name="bbox" value="126,35,127,36"' in following
    first, second = (set(re.findall(r">(sh-\d+)</a>", part)) for part in (text, following))
    assert len(first) == 5
    assert not first & second


def test_the_form_may_be_sent_with_nothing_filled_in(client):
    assert "sh-000005" in page(client, "/ogc/collections/shelters/items", filter="")


def test_nothing_found_is_said_with_a_way_out(client):
    assert 'class="empty"' in page(client, "/ogc/collections/shelters/items", filter="name = 'xyzzy'")


def test_a_feature_shows_all_its_facts_and_leads_to_its_page_on_the_map(client, demo_workspace):
    text = page(client, "/ogc/collections/shelters/items/sh-000005")
    properties = demo_workspace.keeper.current.layers["shelters"].get_feature("sh-000005")["properties"]
    assert all(f"<code>{name}</code>" in text for name in properties)
    assert 'href="/sites/shelters/sh-000005"' in text


def test_a_fault_is_told_as_a_page_to_who_asked_for_one(client):
    for path, status in (("/ogc/collections/castles", 404), ("/ogc/collections/shelters/items?limit=0", 400), ("/ogc/nowhere", 404)):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (status, "text/html"), path
    assert "<script>alert" not in client.get("/ogc/collections/shelters/items", query_string={"f": "html", "filter": EVIL}).text


def test_a_language_link_keeps_the_question(client):
    text = page(client, "/ogc/collections/shelters/items", kind="cafe", limit="5")
    english = unescape(re.search(r'<a href="([^"]+)" hreflang="en"', text)[1])
    assert {"f=html", "kind=cafe", "limit=5", "lang=en"} <= set(english.partition("?")[2].split("&"))


def test_text_of_features_is_shown_and_never_run(client, demo_workspace):
    schema = (ItemField("geometry", "geometry"), ItemField("name", "string"), ItemField("parts", "object"), ItemField("link", "string"))
    told = {"name": EVIL, "parts": {EVIL: [EVIL]}, "link": f"https://x.kr/{EVIL}"}
    table = table_of_features("evil", [{"type": "Feature", "id": "e-1", "geometry": None, "properties": told}], schema)
    collection = get_collection(demo_workspace.keeper.current, "shelters")
    evil = type(collection)(**{name: getattr(collection, name) for name in collection.__slots__} | {"table": lambda: table, "id": "evil"})
    with client.application.test_request_context("/ogc/collections/shelters/items?f=html") as context:
        shown = [feature_page(FeatureRequest(evil, table, 0, CRS84)), items_page(read_items_request(evil, context.request.args))]
    for text in (answer.get_data(as_text=True) for answer in shown):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34; onload=&#39;x&#39; {{7*7}}" in text

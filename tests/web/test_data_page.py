"""`/about/data`: every file it names is there, and search engines are told the same as people."""

import json
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
import shapely
from shapely.geometry import shape

from geo_app.domain.layers import LAYERS
from geo_app.exports.exporting import FORMATS
from geo_app.web.data_page import FORMAT_NAMES
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.wording.change_terms import COLLECTION_WORDS
from geo_app.wording.data_set_terms import DATA_SET_WORDS


def _json_ld(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def test_every_format_of_every_data_set_is_offered_and_there(client):
    page = client.get("/about/data").text
    offered = {unescape(href) for href in re.findall(r'href="(/export/[^"]+)"', page)}
    names = [*LAYERS, "indicators"]
    assert offered == {f"/export/{name}.{ext}" for name in names for ext in (*FORMATS, "csv-metadata.json")}
    assert set(FORMAT_NAMES) == set(FORMATS)
    for path in offered:
        assert client.head(path).status_code == 200, path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_of_the_page_answer_in_every_language(client, lang):
    page = client.get(f"/about/data?lang={lang}").text
    for href in set(re.findall(r'href="(/(?:changes|api|ogc)[^"]*)"', page)):
        assert client.get(unescape(href)).status_code == 200, href


def test_search_engines_read_what_people_read(client, demo_workspace):
    page = client.get("/about/data").text
    catalogue = _json_ld(page)
    assert (catalogue["@type"], len(catalogue["dataset"])) == ("DataCatalog", len(LAYERS) + 1)
    dongs = next(item for item in catalogue["dataset"] if item["identifier"] == "dongs")
    assert (dongs["license"], dongs["temporalCoverage"], dongs["version"]) == ("https://www.kogl.or.kr/info/license.do", "2020", "1")
    assert {urlsplit(item["contentUrl"]).path for item in dongs["distribution"]} == {f"/export/dongs.{ext}" for ext in FORMATS}
    assert all(len(item["description"]) > 10 and item["isAccessibleForFree"] for item in catalogue["dataset"])
    for item in catalogue["dataset"]:
        assert f'id="{item["identifier"]}"' in page


def test_the_box_of_each_data_set_holds_its_shapes(client, demo_workspace):
    snapshot = demo_workspace.keeper.current
    for item in _json_ld(client.get("/about/data").text)["dataset"]:
        south, west, north, east = map(float, item["spatialCoverage"]["geo"]["box"].split())
        held = snapshot.layers.get(item["identifier"])
        shapes = [] if held is None else [shape(held.feature(at)["geometry"]) for at in range(len(held)) if held.feature(at)["geometry"]]
        assert all(shapely.within(found, shapely.box(west, south, east, north)) for found in shapes), item["identifier"]


def test_licences_are_addresses_or_works_with_a_name(client):
    for item in _json_ld(client.get("/about/data").text)["dataset"]:
        told = item["license"] if isinstance(item["license"], list) else [item["license"]]
        assert all(one["name"] if isinstance(one, dict) else one.startswith("https://") for one in told)


def test_who_has_the_page_is_told_so(client):
    first = client.get("/about/data")
    again = client.get("/about/data", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/about/data?lang=en").headers["ETag"] != first.headers["ETag"]


def test_made_up_records_are_counted_apart(client, demo_workspace):
    meta = demo_workspace.keeper.current.layers["shelters"].meta
    assert f"실제 {meta.real} · 예시 {meta.sample}" in client.get("/about/data").text


def test_public_addresses_carry_the_prefix(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.gwangsan.go.kr/shelter")
    page = client.get("/shelter/about/data?lang=en", base_url="https://www.gwangsan.go.kr").text
    catalogue = _json_ld(page)
    assert catalogue["url"] == "https://www.gwangsan.go.kr/shelter/about/data?lang=en"
    assert catalogue["dataset"][0]["distribution"][0]["contentUrl"].startswith("https://www.gwangsan.go.kr/shelter/export/")
    assert 'href="/shelter/export/shelters.csv"' in page
    assert 'href="/shelter/changes.atom?lang=en"' in page


def test_readers_of_feeds_find_it(client):
    assert re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="/changes.atom">', client.get("/about/data").text)
    assert 'href="/about/data"' in client.get("/about").text


def test_each_data_set_and_each_collection_has_its_words():
    messages = get_words("ko").messages
    assert set(DATA_SET_WORDS) == {*LAYERS, "indicators"}
    assert [text for text in (*DATA_SET_WORDS.values(), *COLLECTION_WORDS.values()) if text not in messages] == []


def test_an_unknown_parameter_is_refused(client):
    assert client.get("/about/data?x=1").status_code == 400

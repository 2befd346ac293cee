"""Pages for people: whole without a script, in the reader's language, with the band where samples are."""

import gzip
import html
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from shapely.geometry import Point, box

from geo_app.wording.catalogue import LANGUAGES

PATHS = [
    "/",
    "/?from=dg-000003",
    "/list/shelters",
    "/list/industrial-complexes",
    "/list/dongs",
    "/sites/shelters/sh-000001",
    "/about",
    "/map",
    "/api/",
]


def text_of(answer):
    return answer.get_data(as_text=True)


class Balance(HTMLParser):
    """Tags that must be closed, in their order."""

    VOID = {"meta", "link", "input", "br", "img", "hr", "line", "circle", "path", "rect"}

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID and tag not in ("option", "li", "p", "dt", "dd", "tr", "td", "th", "tbody", "thead"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in self.open:
            assert self.open.pop() == tag


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_each_page_is_whole_in_each_language(client, path, lang):
    answer = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    page = text_of(answer)
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in page
    assert len(re.findall(r"<h1", page)) == 1
    assert "<title>" in page
    assert "skip-link" in page
    parser = Balance()
    parser.feed(page)
    assert parser.open == []


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/map"])
def test_pages_with_samples_wear_the_band(client, path):
    assert "예시 자료가 섞여 있습니다 — 실제" in text_of(client.get(path))


def test_an_english_page_keeps_its_language_in_every_link(client):
    page = text_of(client.get("/list/shelters?lang=en"))
    inner = [link for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith(("/static", "/layers"))]
    assert inner
    without = [link for link in inner if "lang=en" not in link]
    others = ["/list/shelters", *(f"/list/shelters?lang={code}" for code in LANGUAGES if code not in ("ko", "en"))]
    assert set(without) <= set(others)  # the language switch


def test_the_list_without_a_script_finds_by_word_and_dong(client):
    page = text_of(client.get("/list/shelters?q=벌크커피"))
    assert "벌크커피 하남공단점" in page
    assert "예시 카페" not in page
    dong = text_of(client.get("/list/shelters?dong=수완동"))
    assert "예시" in dong
    assert "Nothing here" not in dong


def test_an_empty_answer_says_what_to_do(client):
    assert "모두 보기" in text_of(client.get("/list/shelters?q=없는이름"))


def test_a_page_at_another_time_says_so(client):
    page = text_of(client.get("/list/shelters?at=2026-01-13T02:10"))
    assert "지금이 아닙니다" in page


def test_a_bad_time_is_a_page_that_names_it(client):
    answer = client.get("/list/shelters?at=soon")
    assert answer.status_code == 400
    assert "<h1>" in text_of(answer)


def test_an_unknown_site_or_page_is_a_page_with_a_way_back(client):
    for path in ("/sites/shelters/sh-999999", "/nothing", "/list/nothing", "/?from=dg-999999"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "/map" in text_of(answer)


def test_about_tells_official_counts_names_known_and_places_known(client):
    page = html.unescape(re.sub(r"<[^>]+>", " ", text_of(client.get("/about"))))
    row = re.search(r"달고나\S*.*?\n", page)
    assert row
    assert re.search(r"50곳 +4 +0 +46", re.sub(r"\s+", " ", page))


def test_a_site_page_tells_both_sources_when_they_disagree(client, demo_workspace):
    layer = demo_workspace.load_snapshot().layers["shelters"]
    disputed = next(i for i in layer.ids if len(layer.get_feature(i)["properties"].get("hours", ())) == 2)
    page = text_of(client.get(f"/sites/shelters/{disputed}?at=2026-11-24T12:00"))
    assert "출처마다 말이 달라요" in page
    agreed = text_of(client.get(f"/sites/shelters/{disputed}?at=2026-11-24T02:00"))
    assert "지금 시각에는 서로 같아요" in agreed
    assert "열려 있어요" in agreed
    assert "등록한 사람만" in page


def test_pages_are_sent_packed_when_accepted(client):
    answer = client.get("/about", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(answer.data)


@pytest.mark.parametrize("path", [*PATHS, "/layers/shelters.geojson", "/nothing", "/api/revision"])
def test_every_answer_has_the_headers(client, path):
    headers = client.get(path).headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-App"] == "geo-app"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_the_map_page_is_small_and_names_no_other_host_but_the_street_layer(client):
    answer = client.get("/map", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) <= 10 * 1024
    page = gzip.decompress(answer.data).decode()
    assert set(re.findall(r"https?://([^/\"'<>]+)", page)) <= {"localhost", "tile.openstreetmap.org", "www.openstreetmap.org", "www.w3.org"}
    assert "tile.openstreetmap.org" in answer.headers["Content-Security-Policy"]


def test_without_an_outside_street_layer_the_policy_names_no_host(make_client):
    client = make_client(GEO_APP_TILES="off")
    answer = client.get("/map")
    assert "http" not in answer.headers["Content-Security-Policy"]
    assert "openstreetmap" not in text_of(answer)


def test_a_place_of_which_little_is_known_has_its_pages(workspace):
    from geo_app.domain.change import Channel
    from geo_app.domain.layers import LAYERS
    from geo_app.domain.provenance import Precision, Provenance
    from geo_app.domain.site import SiteDraft
    from geo_app.settings import load_settings
    from geo_app.web.app import create_app

    for name, layer in LAYERS.items():
        point = Point(126.7999, 35.1396) if not layer.is_reference else box(126.7, 35.1, 126.8, 35.2)
        draft = SiteDraft(name, "무종류가게", Provenance("t", f"k-{name}"), geometry=point, precision=Precision.ADDRESS)
        changes = list(workspace.new_changes(layer, [draft]))
        workspace.publish(changes, actor="t", reason="x", channel=Channel.OPERATOR, at=datetime.now(UTC))
    workspace.keeper.refresh()
    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    for name, layer in LAYERS.items():
        assert client.get(f"/list/{name}?q=무종류").status_code == 200
        found = workspace.keeper.current.layers[name].search("무종류가게")
        site_id = workspace.keeper.current.layers[name].ids[found[0]]
        assert client.get(f"/sites/{name}/{site_id}").status_code == 200, layer
    assert client.get("/?from=dg-000003").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/?from=" + "a" * 7_500,
        "/?" + "from=x&" * 700,
        "/?" + "&".join(f"{name}={'a' * 900}" for name in ("at", "from", "mode", "stay", "has", "q", "dong", "page")),
        "/list/shelters?q=" + "%EA%B0%80" * 800,
        "/sites/shelters/" + "a" * 7_500,
        "/list/" + "%EA%B0%80" * 800,
    ],
    ids=["one long", "many", "all", "hangul", "site", "layer"],
)
def test_an_error_repeats_little_of_what_was_asked(client, path):
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    # Twelve links to the page in its languages, 600 characters of the question in each at most.
    assert len(answer.data) <= len(client.get("/nothing").data) + 12 * 600 + 6_000


def test_a_question_stays_in_the_other_languages_of_its_page(client):
    asked = "from=dg-000003&mode=bicycle&stay=30&has=toilet&has=water&at=2026-11-24T02:10"
    page = html.unescape(text_of(client.get(f"/?{asked}")))
    link = re.search(r'<a href="([^"]*lang=en[^"]*)" hreflang="en"', page)[1]
    assert sorted(unquote(link).partition("?")[2].split("&")) == sorted([*asked.split("&"), "lang=en"])
    long = html.unescape(text_of(client.get("/list/shelters?dong=x&q=" + "%EA%B0%80" * 100)))
    link = re.search(r'<a href="([^"]*lang=en[^"]*)" hreflang="en"', long)[1]
    assert link == "/list/shelters?dong=x&lang=en"

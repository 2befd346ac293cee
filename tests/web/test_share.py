"""`/share`: what its blocks say, read back as a browser reads them."""

from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from geo_app.domain.site import HoursStatement
from geo_app.web.embed_parameters import EMBED, embed_request
from geo_app.web.parameters import collect_parameters, moment
from geo_app.web.share_codes import CodeOrder, Links, ListedPlace, element_code, frame_code, hours_line, picture_code
from geo_app.wording.catalogue import LANGUAGES, get_words

PUBLIC = "https://www.example.kr/shelter"
VOID = {"img", "input", "link", "meta", "br"}


class Elements(HTMLParser):
    """Every element with its attributes and the text inside it, as (name, attributes, text)."""

    def __init__(self, text):
        super().__init__()
        self.found, self._open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])
        if tag not in VOID:
            self._open.append(self.found[-1])

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def all(self, name):
        return [(attributes, text) for tag, attributes, text in self.found if tag == name]

    def one(self, name, **wanted):
        (found,) = [pair for pair in self.all(name) if wanted.items() <= pair[0].items()]
        return found


@pytest.fixture(scope="module")
def public(make_client):
    return make_client(GEO_APP_PUBLIC_URL=PUBLIC, GEO_APP_EMBED_ORIGINS="https://www.gwangsan.go.kr")


def blocks(client, query=""):
    page = Elements(client.get(f"/share?{query}").text)
    return {name: page.one("textarea", id=f"code-{name}")[1] for name in ("frame", "element", "picture")}


def asked_of(address):
    query = MultiDict({name: values[0] for name, values in parse_qs(urlsplit(address).query).items()})
    values, problems = collect_parameters(EMBED, query)
    assert problems == []
    return embed_request(values)


QUESTION = "layers=shelters&layers=village-jobs&area=dg-000013&embed_lang=en&theme=dark&show=map&open=true&width=800&height=600"


def test_the_frame_asks_for_what_was_chosen_by_its_public_address(public):
    attributes, _ = Elements(blocks(public, QUESTION)["frame"]).one("iframe")
    assert attributes["src"].startswith(f"{PUBLIC}/embed?")
    asked = asked_of(attributes["src"])
    assert (asked.layers, asked.area, asked.lang) == (("shelters", "village-jobs"), "dg-000013", "en")
    assert (asked.theme, asked.show, asked.only_open) == ("dark", "map", True)
    assert (attributes["width"], attributes["height"], attributes["loading"], attributes["allow"]) == ("100%", "600", "lazy", "geolocation")
    assert attributes["title"]
    assert "style" not in attributes
    assert "\n" not in blocks(public, QUESTION)["frame"]


def test_a_fixed_width_stands_in_the_frame(public):
    attributes, _ = Elements(blocks(public, "fixed=true&width=720")["frame"]).one("iframe")
    assert attributes["width"] == "720"


def test_the_element_carries_the_same_choices_and_links_to_fall_back_on(public):
    page = Elements(blocks(public, QUESTION)["element"])
    attributes, _ = page.one("work-shelter-map")
    frame = Elements(blocks(public, QUESTION)["frame"]).one("iframe")[0]
    told = {name: text for name, text in attributes.items() if name not in ("title", "height")}
    assert told == {name: values[0] for name, values in parse_qs(urlsplit(frame["src"]).query).items()}
    assert attributes["height"] == "600"
    assert "width" not in attributes
    script, _ = page.one("script")
    assert script == {"src": f"{PUBLIC}/embed.js", "async": None}
    assert [link["href"] for link, _ in page.all("a")] == [f"{PUBLIC}/map?lang=en", f"{PUBLIC}/list/shelters?lang=en"]


@pytest.mark.parametrize("query", ["", "show=map", "fixed=true&width=400&height=480"])
def test_an_element_grows_with_what_it_shows_unless_another_height_is_chosen(public, query):
    attributes, _ = Elements(blocks(public, query)["element"]).one("work-shelter-map")
    assert not {"height", "width"} & set(attributes)
    note = Elements(public.get("/share").text).one("p", id="code-element-note")[1]
    assert "480이 아닌 값" in note


def test_the_note_names_every_word_that_a_sandbox_needs(public):
    note = Elements(public.get("/share").text).one("p", id="code-frame-note")[1]
    assert "allow-scripts allow-popups allow-popups-to-escape-sandbox" in note


def test_the_picture_stands_with_its_list_its_day_and_a_link_to_the_live_map(public, demo_workspace):
    page = Elements(blocks(public, "picture=png")["picture"])
    image, _ = page.one("img")
    assert image["src"] == f"{PUBLIC}/embed.png"
    assert image["alt"]
    text = blocks(public)["picture"]
    assert "목록 기준일 20" in text
    assert f'href="{PUBLIC}/map"' in text
    layer = demo_workspace.keeper.current.get_layer("shelters")
    names = {layer.feature(position)["properties"]["name"] for position in range(len(layer))}
    assert {row.partition(" — ")[0].removesuffix(" (예시)") for _, row in page.all("li")} == names
    samples = [row for _, row in page.all("li") if row.startswith("예시")]
    assert samples
    assert all(" (예시)" in row for row in samples)


def test_a_picture_is_as_wide_as_its_place_unless_its_width_is_fixed(public):
    image, _ = Elements(blocks(public)["picture"]).one("img")
    assert (image["width"], "height" in image, "style" in image) == ("100%", False, False)
    image, _ = Elements(blocks(public, "fixed=true&width=720&height=500")["picture"]).one("img")
    assert (image["width"], image["height"]) == ("720", "500")


def test_the_list_of_a_picture_of_open_places_says_that_it_names_all(public):
    page = Elements(blocks(public, "open=true")["picture"])
    assert "열린 곳만" in page.one("img")[0]["alt"]
    assert "닫힌 곳까지 모든 곳의 목록, 기준일 20" in blocks(public, "open=true")["picture"]
    assert "열린 곳만" not in Elements(blocks(public)["picture"]).one("img")[0]["alt"]
    assert page.all("li")


def test_each_row_leads_to_the_page_of_its_place(public, client):
    links = [link["href"] for link, text in Elements(blocks(public, "embed_lang=en")["picture"]).all("a") if "/sites/" in link["href"]]
    assert len(links) > 10
    assert all(link.startswith(f"{PUBLIC}/sites/shelters/") and link.endswith("?lang=en") for link in links)
    assert client.get(links[0].removeprefix(PUBLIC)).status_code == 200


def test_rows_of_another_language_say_how_a_name_sounds(public):
    text = blocks(public, "embed_lang=en")["picture"]
    rows = [row for _, row in Elements(text).all("li")]
    assert any("예시 카페" in row and "Yesi" in row and "Dosan-dong" in row for row in rows), rows[:3]
    assert "Yesi" not in blocks(public)["picture"]


def test_places_of_which_neither_place_nor_hours_are_known_stand_last(public):
    rows = [row for _, row in Elements(blocks(public)["picture"]).all("li")]
    bare = [row.endswith("위치 미확인 — 영업시간 미확인") for row in rows]
    assert any(bare)
    assert bare == sorted(bare)


@pytest.mark.parametrize("query", ["layers=", "layers=&embed_lang=en&width=640"])
def test_with_no_layer_ticked_nothing_is_made(public, query):
    answer = public.get(f"/share?{query}")
    page = Elements(answer.text)
    assert answer.status_code == 400
    assert page.one("p", id="share-empty")[1] == "하나 이상 고르십시오."
    assert "hidden" not in page.one("p", id="share-empty")[0]
    assert not any("checked" in box for box, _ in page.all("input") if box.get("name") == "layers")
    assert [area["id"] for area, _ in page.all("textarea")] == []


def test_what_the_form_sends_with_a_tick_is_that_layer(public):
    answer = public.get("/share?layers=&layers=village-jobs")
    assert answer.status_code == 200
    assert "hidden" in Elements(answer.text).one("p", id="share-empty")[0]
    assert asked_of(Elements(blocks(public, "layers=&layers=village-jobs")["frame"]).one("iframe")[0]["src"]).layers == ("village-jobs",)


@pytest.mark.parametrize("query", ["", "area=dg-000013&embed_lang=en"])
def test_blocks_with_the_note_are_there_to_be_copied(public, query):
    page = Elements(public.get(f"/share?{query}").text)
    frame = Elements(page.one("textarea", id="code-frame-check")[1]).one("iframe")[0]
    element = Elements(page.one("textarea", id="code-element-check")[1]).one("work-shelter-map")[0]
    assert asked_of(frame["src"]).check
    assert ("?check=true" in frame["src"]) is (query == "")
    assert element["check"] == "true"
    buttons = {button["data-copy"] for button, _ in page.all("button") if "data-copy" in button}
    assert {"code-frame-check", "code-element-check"} <= buttons
    assert "check" not in page.one("textarea", id="code-frame")[1]


def test_the_pictures_of_the_blocks_are_answered(public, client):
    for kind in ("svg", "png"):
        image, _ = Elements(blocks(public, f"{QUESTION}&picture={kind}")["picture"]).one("img")
        assert client.get(image["src"].removeprefix(PUBLIC)).status_code == 200


def test_without_a_public_address_the_page_says_which_one_it_uses(client, public):
    assert 'class="notice">공개 주소' in client.get("/share").text
    assert 'class="notice">공개 주소' not in public.get("/share").text
    assert Elements(blocks(client)["frame"]).one("iframe")[0]["src"].startswith("http://localhost/embed")


def test_the_preview_is_our_own_frame_and_the_policy_lets_no_other_in(public):
    answer = public.get(f"/share?{QUESTION}")
    frame, _ = Elements(answer.text).one("iframe")
    assert frame["src"].startswith("/shelter/embed?")
    assert asked_of(frame["src"]).area == "dg-000013"
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        ("https://www.gwangsan.go.kr/welfare", "listed"),
        ("https://www.example.kr/page", "own"),
        ("https://other.example", "not-listed"),
        ("nothing", "no-address"),
        ("http://intranet/cms", "not-listed"),
        ("https://a_b.example.kr/", "unlistable"),
    ],
)
def test_the_check_says_whether_that_page_may_hold_the_frame(public, address, finding):
    told = [
        attributes["data-finding"]
        for _, attributes, _ in Elements(public.get(f"/share?address={address}").text).found
        if "data-finding" in attributes
    ]
    assert told == [finding]


def test_the_check_gives_the_setting_to_copy(public):
    page = Elements(public.get("/share?address=https://other.example/x").text)
    assert page.one("textarea", id="code-setting")[1] == "GEO_APP_EMBED_ORIGINS=https://www.gwangsan.go.kr,https://other.example"


def test_without_a_scheme_both_lines_are_given_and_the_difference_is_told(public):
    page = Elements(public.get("/share?address=other.example/x").text)
    told = [page.one("textarea", id=name)[1] for name in ("code-setting", "code-setting-http")]
    assert told == [f"GEO_APP_EMBED_ORIGINS=https://www.gwangsan.go.kr,{scheme}://other.example" for scheme in ("https", "http")]
    assert "www가 있는 주소와 없는 주소도" in public.get("/share?address=other.example").text
    assert "www가 있는 주소와 없는 주소" in public.get("/share?address=https://gwangsan.go.kr").text


@pytest.mark.parametrize(("address", "words"), [("http://[::1]:80", "IPv6"), ("HTTP://WWW.A.KR.", "끝에 점"), ("https://a_b.kr", "붙임표")])
def test_an_address_that_the_setting_cannot_take_is_told_why(public, address, words):
    page = Elements(public.get("/share", query_string={"address": address}).text)
    (told,) = [text for attributes, text in page.all("p") if attributes.get("data-finding") == "unlistable"]
    assert words in told


def test_a_page_of_https_over_a_map_of_http_is_told(make_client):
    http = make_client(GEO_APP_PUBLIC_URL="http://map.example.kr", GEO_APP_EMBED_ORIGINS="https://www.gwangsan.go.kr")
    text = http.get("/share?address=https://www.gwangsan.go.kr").text
    assert 'data-finding="mixed"' in text
    assert 'data-finding="listed"' not in text


def test_what_was_typed_comes_back_as_text(public):
    text = public.get("/share", query_string={"address": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text
    assert Elements(text).one("input", id="share-address")[0]["value"] == '"><script>alert(1)</script>'


def test_all_that_cannot_be_used_is_named_at_once(public):
    answer = public.get("/share?width=5&embed_lang=xx&layers=dongs&nonsense=1")
    assert answer.status_code == 400
    for name in ("width", "embed_lang", "layers", "nonsense"):
        assert name in answer.text


def test_the_choices_stay_when_the_page_is_read_in_another_language(public):
    links = [
        attributes["href"]
        for attributes, _ in Elements(public.get(f"/share?{QUESTION}").text).all("a")
        if attributes.get("hreflang") == "vi"
    ]
    query = parse_qs(urlsplit(links[0]).query)
    assert query["layers"] == ["shelters", "village-jobs"]
    assert (query["area"], query["embed_lang"], query["lang"], query["height"]) == (["dg-000013"], ["en"], ["vi"], ["600"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_blocks_speak_their_own_language_whatever_the_page_speaks(public, lang):
    assert blocks(public, f"embed_lang={lang}") == blocks(public, f"embed_lang={lang}&lang=ru")


def test_every_page_links_to_the_builder(client):
    assert 'href="/share?lang=en"' in client.get("/about?lang=en").text
    assert 'href="/share"' in client.get("/list/shelters").text


# Below: the blocks by themselves.
BAD = "<img src=x onerror=alert(1)>\"'&\u202e"


@pytest.fixture
def order():
    values, _ = collect_parameters(EMBED, MultiDict())
    links = Links(*(f'https://map.example/{name}?a=1&b="2' for name in ("embed", "embed.js", "embed.svg", "map", "list/shelters")))
    return CodeOrder(embed_request(values), BAD, links, None, 480, get_words("en"))


def test_no_name_can_leave_its_place_in_a_block(order):
    places = [ListedPlace(BAD, BAD, BAD, is_sample=True, link=BAD, latin=BAD)]
    texts = [frame_code(order), element_code(order), picture_code(order, places, moment("2026-11-22T02:10"))]
    for text in texts:
        page = Elements(text)
        assert not any("onerror" in attributes for _, attributes, _ in page.found)
        assert "\u202e" not in text
    assert len(Elements(texts[2]).all("img")) == 1
    assert Elements(texts[0]).one("iframe")[0]["title"] == BAD.removesuffix("\u202e")
    assert Elements(texts[0]).one("iframe")[0]["src"] == 'https://map.example/embed?a=1&b="2'
    assert Elements(texts[2]).all("li")[0][1].count("<img src=x onerror=alert(1)>") == 4


def test_names_in_hangul_are_marked_in_a_block_of_another_language(order):
    text = picture_code(
        order, [ListedPlace("별빛카페", "하남대로 100", "24 hours", is_sample=False, link="/x")], moment("2026-11-22T02:10")
    )
    assert '<span lang="ko">별빛카페</span></a> — <span lang="ko">하남대로</span> 100 — 24 hours' in text
    assert "List as of 2026-11-22" in text


def test_a_long_list_ends_in_a_link_to_the_rest(order):
    places = [ListedPlace(f"Place {number}", "", "", is_sample=False, link="/x") for number in range(3)]
    rows = Elements(picture_code(order, places, moment("2026-11-22T02:10"), left_out=7)).all("li")
    assert (len(rows), rows[-1][1]) == (4, "7 more places")
    assert "<ul>" not in picture_code(order, [], moment("2026-11-22T02:10"))


def test_hours_are_told_only_where_sources_agree():
    words = get_words("en")
    one = HoursStatement("", "Mo-Fr 09:00-18:00", "closed")
    assert hours_line([one, replace(one, source="another")], words) == hours_line([one], words)
    assert "9 am" in hours_line([one], words)
    assert hours_line([one, replace(one, opening_hours="24/7")], words) == "Sources tell different hours"
    assert hours_line([HoursStatement("by appointment")], words) == hours_line([], words) == "Opening hours not known"

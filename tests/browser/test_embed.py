"""The frame and its element on somebody else's page: allowed and refused, without scripts, sandboxed, by finger, wheel and keyboard."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.embed_host import HostSite
from browser.waiting import becomes, wait_until
from conftest import Server
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_BYTES = 120 * 1024
PREFIX = "/shelter"
HEADER = "시설명,주소,위도,경도,영업시간,종류,출입방법\r\n"
ROW = "새로 연 카페,광주광역시 광산구 송정동 1,35.1401,126.7950,24시간,카페,그냥 들어감\r\n"
HEARD = """<script>window.heard = []; for (const kind of ["ready", "height", "select"])
document.addEventListener("work-shelter-map-" + kind, (event) => heard.push([event.target.id, kind, event.detail]));</script>"""
FALLBACK = '<a class="fallback" href="https://map.example/">지도 보기</a>'


@pytest.fixture(scope="module")
def host() -> Iterator[HostSite]:
    site = HostSite()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def server(demo_template: Any, tmp_path_factory: Any, host: HostSite) -> Iterator[Server]:
    """Our service below a path, telling browsers that the host's named origin may frame it."""
    home = shutil.copytree(demo_template, tmp_path_factory.mktemp("embed") / "instance")
    started = Server(home, GEO_APP_PUBLIC_URL=f"http://127.0.0.1{PREFIX}", GEO_APP_EMBED_ORIGINS=host.named)
    yield started
    started.stop()


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens a page in a context of its own; `page.faults` are what its scripts, and those of its frames, complained of."""
    contexts = []

    def opening(address: str, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, "locale": "ko-KR", **options})
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.goto(address)
        return page

    yield opening
    for context in contexts:
        context.close()


def element(server: Server, attributes: str = "", inner: str = FALLBACK, name: str = "one") -> str:
    return (
        f'<work-shelter-map id="{name}" {attributes}>{inner}</work-shelter-map><script src="{server.url}{PREFIX}/embed.js" async></script>'
    )


def iframe(server: Server, query: str = "", attributes: str = "") -> str:
    return f'<iframe title="map" width="640" height="520" src="{server.url}{PREFIX}/embed{query}" {attributes}></iframe>'


def drawn(page: Any) -> Any:
    """The frame of a page, when its map stands on its ground."""
    frame = page.frame_locator("iframe")
    expect(frame.locator("body.is-ground-drawn")).to_have_count(1)
    return frame


def inner(page: Any) -> Any:
    return page.frames[1]


def heard(page: Any, kind: str) -> list[Any]:
    return [detail for _, said, detail in page.evaluate("heard") if said == kind]


def test_a_frame_in_a_page_that_is_named_shows_map_and_list(visit, host, server):
    page = visit(host.put("/iframe", iframe(server)))
    frame = drawn(page)
    expect(frame.locator(".embed-places .embed-place").first).to_be_visible()
    expect(frame.locator(".dong-area")).to_have_count(21)
    expect(frame.locator(".mark-icon, .cluster-icon").first).to_be_visible()
    assert page.faults == []


def test_a_page_that_is_not_named_gets_nothing_and_its_element_keeps_what_stood_there(visit, host, server):
    host.put("/refused", HEARD + element(server))
    page = visit(host.stranger + "/refused")
    becomes(page, lambda: any("frame-ancestors" in fault for fault in page.faults), wanted=True)
    expect(page.locator(".fallback")).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    assert page.evaluate("heard") == []


def test_the_element_shows_the_frame_as_tall_as_it_is_and_leaves_no_name_behind(visit, host, server):
    host.put("/element", HEARD + "<script>window.before = Object.keys(window)</script>" + element(server, 'layers="shelters" open'))
    page = visit(host.named + "/element")
    frame = drawn(page)
    expect(page.locator("iframe")).to_be_visible()
    expect(page.locator(".fallback")).to_be_hidden()
    becomes(page, lambda: page.locator("iframe").bounding_box()["height"] == heard(page, "height")[-1]["height"] > 480, wanted=True)
    assert heard(page, "ready") == [{}]
    address = page.evaluate("document.querySelector('work-shelter-map').shadowRoot.querySelector('iframe').src")
    assert address == f"{server.url}{PREFIX}/embed?layers=shelters&open=true"
    assert page.evaluate("Object.keys(window).filter((name) => !before.includes(name) && name !== 'before')") == []
    # A place that is chosen is told to the page around.
    frame.locator("button.embed-mark").first.click()
    expect(frame.locator(".leaflet-popup .state")).to_be_visible()
    becomes(page, lambda: heard(page, "select")[0]["layer"], "shelters")
    assert page.faults == []


def test_the_element_unfolds_with_its_list(visit, host, server):
    page = visit(host.put("/unfold", HEARD + element(server, 'show="list"')))
    expect(page.locator("iframe")).to_be_visible()
    becomes(page, lambda: len(heard(page, "height")) > 0, wanted=True)
    folded = page.locator("iframe").bounding_box()["height"]
    page.frame_locator("iframe").locator("summary").click()
    becomes(page, lambda: page.locator("iframe").bounding_box()["height"] > 3 * folded, wanted=True)


def test_attributes_may_change_and_the_element_may_move(visit, host, server):
    page = visit(host.put("/moving", HEARD + element(server, 'show="list" height="300"') + "<div id='other'></div>"))
    expect(page.locator("iframe")).to_be_visible()
    assert page.locator("iframe").bounding_box()["height"] == 300
    page.evaluate("one.setAttribute('height', '420')")
    becomes(page, lambda: page.locator("iframe").bounding_box()["height"], 420)
    page.evaluate("one.setAttribute('lang', 'en')")
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "en")
    page.evaluate("one.removeAttribute('height')")
    page.evaluate("other.append(one)")
    becomes(page, lambda: len(heard(page, "ready")), 3)
    expect(page.locator("#other iframe")).to_be_visible()
    page.evaluate("one.remove()")
    expect(page.locator("iframe")).to_have_count(0)


def test_several_elements_and_a_script_loaded_twice_get_on_with_each_other(visit, host, server):
    both = element(server, 'show="list" layers="shelters"') + element(server, 'show="list" layers="village-jobs"', name="two")
    page = visit(host.put("/several", HEARD + both))
    becomes(page, lambda: sorted(name for name, kind, _ in page.evaluate("heard") if kind == "ready"), ["one", "two"])
    for name, title in (("one", "쉼터"), ("two", "당근광산")):
        expect(page.frame_locator(f"#{name} iframe").locator("h1")).to_contain_text(title)
    assert page.faults == []


def test_messages_of_others_move_nothing(visit, host, server):
    page = visit(host.put("/forged", HEARD + element(server, 'show="list"')))
    becomes(page, lambda: len(heard(page, "height")) > 0, wanted=True)
    before = len(page.evaluate("heard"))
    page.evaluate("postMessage({ type: 'work-shelter-map', kind: 'height', height: 4321 }, '*')")
    page.evaluate("""async () => {
        const stranger = document.createElement('iframe');
        stranger.srcdoc = "<script>parent.postMessage({ type: 'work-shelter-map', kind: 'height', height: 4321 }, '*')<" + "/script>";
        document.body.append(stranger);
        await new Promise((done) => { stranger.onload = done; });
        await new Promise((done) => setTimeout(done, 200));
    }""")
    assert [told for _, kind, told in page.evaluate("heard")[before:] if kind == "height" and told["height"] == 4321] == []


def test_far_below_it_waits_until_somebody_comes_near(visit, host, server):
    page = visit(host.put("/below", "<div id='tall'></div><style>#tall { height: 6000px }</style>" + element(server, 'show="list"')))
    wait_until(page, "Boolean(customElements.get('work-shelter-map'))")
    page.wait_for_timeout(300)
    expect(page.locator("iframe")).to_have_count(0)
    page.evaluate("scrollTo(0, 6000)")
    expect(page.locator("iframe")).to_be_visible()


def test_the_strictest_page_needs_only_this_script_and_this_frame(visit, host, server):
    policy = f"default-src 'none'; script-src {server.url}; frame-src {server.url}; style-src 'none'; require-trusted-types-for 'script'"
    page = visit(host.put("/strict", element(server), Content_Security_Policy=policy))
    drawn(page)
    expect(page.locator("iframe")).to_be_visible()
    becomes(page, lambda: page.locator("iframe").bounding_box()["height"] > 480, wanted=True)
    assert [fault for fault in page.faults if "favicon" not in fault] == []


def test_in_a_sandbox_with_scripts_alone_it_is_whole_and_stays_fresh(visit, host, server):
    page = visit(host.put("/sandbox", iframe(server, "", 'sandbox="allow-scripts"')))
    frame = drawn(page)
    expect(frame.locator(".dong-area")).to_have_count(21)
    assert inner(page).evaluate("self.origin") == "null"
    assert inner(page).evaluate("fetch(geoEmbed.constants.urls.places).then((answer) => answer.status)") == 200
    # Where a position may not be asked for, nothing offers it.
    expect(frame.locator("#embed-near")).to_be_hidden()
    assert page.faults == []


SANDBOX = 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'


def test_links_in_the_sandbox_that_is_described_open_the_sites_pages(visit, host, server):
    page = visit(host.put("/sandbox-links", iframe(server, "", SANDBOX)))
    frame = drawn(page)
    for link, address in ((".embed-whole", "map"), (".embed-name", "sites/shelters/")):
        with page.expect_popup() as opened:
            frame.locator(link).first.click()
        expect(opened.value).to_have_url(re.compile(re.escape(f"{server.url}{PREFIX}/{address}")))
        expect(opened.value.locator(".site-header")).to_be_visible()


def test_a_sandbox_without_an_origin_offers_no_position_and_its_check_says_how_links_open(visit, host, server):
    page = visit(
        host.put("/boxed", iframe(server, "?check=true", 'sandbox="allow-scripts" allow="geolocation"')), permissions=["geolocation"]
    )
    frame = drawn(page)
    expect(frame.locator("#embed-near")).to_be_hidden()
    note = frame.locator("#embed-check")
    expect(note).to_contain_text(SANDBOX)
    expect(note).to_contain_text(f"{server.url}{PREFIX}/map")


@pytest.mark.parametrize("show", ["both", "map", "list"])
def test_without_scripts_the_list_stands_there(visit, host, server, show):
    page = visit(host.put(f"/plain-{show}", iframe(server, f"?show={show}")), java_script_enabled=False)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".embed-place").first).to_be_visible()
    expect(frame.locator(".state").first).to_be_visible()
    expect(frame.locator(".embed-time")).to_contain_text("보는 기준")
    expect(frame.locator(".leaflet-container, .folium-map")).to_have_count(0 if show == "list" else 1)
    expect(frame.locator(".embed-map:visible")).to_have_count(0)
    frame.locator("summary").click()
    expect(frame.locator(".embed-place").last).to_be_visible()


def test_links_open_the_sites_own_pages_beside(visit, host, server):
    page = visit(host.put("/links", iframe(server, "?show=list")))
    with page.expect_popup() as opened:
        page.frame_locator("iframe").locator(".embed-name").first.click()
    expect(opened.value).to_have_url(re.compile(rf"{re.escape(server.url + PREFIX)}/sites/shelters/"))
    assert opened.value.evaluate("window.opener") is None
    assert page.url == host.named + "/links"


def test_the_first_view_is_light(visit, host, server):
    address = host.put("/light", iframe(server))
    page = visit("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    asked = {}
    page.on("requestfinished", lambda request: asked.update({request.url: request}))
    page.goto(address)
    drawn(page)
    page.wait_for_load_state("networkidle")
    ours = [request for url, request in asked.items() if url.startswith(server.url)]
    sizes = {request.url: request.sizes()["responseBodySize"] for request in ours}
    assert len(sizes) >= 8, sizes
    assert 40 * 1024 < sum(sizes.values()) <= MOST_BYTES, sizes
    assert not [url for url in asked if not url.startswith((server.url, host.named))]


def test_it_keeps_nothing_in_the_browser(visit, server):
    # Looked at by itself: in somebody else's page a browser without cookies of others refuses even to be asked.
    page = visit(f"{server.url}{PREFIX}/embed")
    expect(page.locator("body.is-ground-drawn")).to_have_count(1)
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0


@pytest.mark.parametrize(
    ("query", "scheme"),
    [
        ("", "light"),
        ("?show=map&theme=dark", "light"),
        pytest.param("?lang=vi&layers=shelters,village-jobs", "dark", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_inside(visit, host, server, query, scheme):
    page = visit(host.put("/axe", iframe(server, query)), color_scheme=scheme)
    frame = drawn(page)
    if "map" not in query:
        frame.locator("summary").click()
        frame.locator("button.embed-mark").first.click()
        expect(frame.locator(".leaflet-popup")).to_be_visible()
    found = Axe().run(inner(page)).response["violations"]
    assert [(item["id"], node["html"][:120]) for item in found for node in item["nodes"]] == []


def test_the_keyboard_reaches_the_map_moves_it_and_leaves_it(visit, host, server):
    page = visit(host.put("/keys", iframe(server) + '<a id="after" href="#x">after</a>'))
    frame = drawn(page)
    frame.locator(".embed-whole").focus()
    page.keyboard.press("Tab")
    expect(frame.locator(".leaflet-container")).to_be_focused()
    before = inner(page).evaluate("map_main.getCenter().lng")
    page.keyboard.press("ArrowRight")
    becomes(page, lambda: inner(page).evaluate("map_main.getCenter().lng") > before, wanted=True)
    page.keyboard.press("Tab")
    expect(frame.get_by_role("button", name="확대")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    # Past the map in three steps: its marks are buttons of the list.
    while frame.locator("#embed-near-button").is_visible() and frame.locator("#embed-near-button:focus").count():
        page.keyboard.press("Tab")
    expect(frame.locator("button.embed-mark").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(frame.locator(".leaflet-popup .embed-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(frame.locator(".leaflet-popup")).to_have_count(0)
    expect(frame.locator("button.embed-mark").first).to_be_focused()


def test_a_map_alone_lets_the_keyboard_reach_its_marks(visit, host, server):
    page = visit(host.put("/alone", iframe(server, "?show=map")))
    frame = drawn(page)
    mark = frame.locator(".mark-icon[tabindex='0'], .cluster-icon[tabindex='0']").first
    expect(mark).to_have_attribute("role", "button")
    assert mark.get_attribute("aria-label")


def test_the_wheel_scrolls_the_page_and_with_ctrl_the_map(visit, host, server):
    page = visit(host.put("/wheel", iframe(server, "?show=map") + "<p id='tall'></p><style>#tall { height: 4000px }</style>"))
    frame = drawn(page)
    zoom = inner(page).evaluate("map_main.getZoom()")
    page.mouse.move(300, 300)
    page.mouse.wheel(0, 300)
    becomes(page, lambda: page.evaluate("scrollY") > 100, wanted=True)
    expect(frame.locator("#embed-hint")).to_contain_text("Ctrl")
    assert inner(page).evaluate("map_main.getZoom()") == zoom
    page.evaluate("() => { scrollTo(0, 0); }")
    becomes(page, lambda: page.evaluate("scrollY"), 0)
    page.keyboard.down("Control")

    def zoom_after_a_turn():
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(200)
        return inner(page).evaluate("map_main.getZoom()")

    becomes(page, lambda: zoom_after_a_turn() > zoom, wanted=True)
    page.keyboard.up("Control")
    assert page.evaluate("scrollY") == 0


PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


def touch(session: Any, kind: str, points: list[tuple[float, float]]) -> None:
    touched = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})


def test_one_finger_scrolls_the_page_and_two_move_the_map(visit, host, server):
    page = visit(
        host.put("/touch", VIEWPORT + iframe(server, "?show=map", 'style="width: 100%"') + "<div style='height: 4000px'></div>"), **PHONE
    )
    frame = drawn(page)
    session = page.context.new_cdp_session(page)
    centre = "(({ lat, lng }) => [lat, lng])(map_main.getCenter())"
    before = inner(page).evaluate(centre)
    touch(session, "touchStart", [(195, 400)])
    for step in range(1, 13):
        touch(session, "touchMove", [(195, 400 - 20 * step)])
        page.wait_for_timeout(16)
    touch(session, "touchEnd", [])
    becomes(page, lambda: page.evaluate("scrollY") > 100, wanted=True)
    assert inner(page).evaluate(centre) == before
    page.evaluate("() => { scrollTo(0, 0); }")
    becomes(page, lambda: page.evaluate("scrollY"), 0)
    # One that lies still has begun to scroll nothing: the two together are the map's.
    touch(session, "touchStart", [(120, 300), (250, 300)])
    for step in range(1, 13):
        touch(session, "touchMove", [(120, 300 + 10 * step), (250, 300 + 10 * step)])
        page.wait_for_timeout(16)
    touch(session, "touchEnd", [])
    becomes(page, lambda: inner(page).evaluate(centre)[0] > before[0] + 0.001, wanted=True)
    assert page.evaluate("scrollY") == 0
    expect(frame.locator(".leaflet-container")).to_have_css("touch-action", "pan-x pan-y")


def test_a_position_is_asked_for_when_pressed_and_sorts_the_list_alone(visit, host, server):
    here = {"latitude": 35.1437, "longitude": 126.7931}
    sent: list[str] = []
    # A secure context that is not the site's own: loopback is one.
    page = visit("about:blank", geolocation=here, permissions=["geolocation"])
    page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
    page.goto(host.put("/near", iframe(server, "?at=2026-11-24T12:10", 'allow="geolocation"')))
    frame = drawn(page)
    before = len(sent)
    frame.locator("#embed-near-button").click()
    expect(frame.locator(".embed-way").first).to_contain_text("직선거리")
    expect(frame.locator(".located-dot")).to_have_count(1)
    ranks = frame.locator(".embed-place").evaluate_all("(rows) => rows.map((row) => Number(row.dataset.rank))")
    assert ranks == sorted(ranks)
    ways = frame.locator(".embed-place").evaluate_all(
        "(rows) => rows.filter((row) => row.dataset.rank === '0' && row.dataset.lat)"
        ".map((row) => geoDistanceM(126.7931, 35.1437, Number(row.dataset.lon), Number(row.dataset.lat)))"
    )
    assert len(ways) > 3
    assert ways == sorted(ways)
    page.wait_for_timeout(300)
    assert not [told for told in sent[before:] if "126.79" in told or "35.14" in told]


def test_where_the_page_around_does_not_allow_it_no_position_is_offered(visit, host, server):
    page = visit(host.put("/denied", iframe(server)), permissions=["geolocation"])
    expect(drawn(page).locator("#embed-near")).to_be_hidden()


def test_a_check_names_the_page_that_holds_the_frame(visit, host, server):
    page = visit(host.put("/check", iframe(server, "?check=true")))
    expect(page.frame_locator("iframe").locator(".embed-check")).to_contain_text(
        f"이 주소에서 정상으로 보입니다. 이 지도를 담은 페이지: {host.named}"
    )


def test_a_check_opened_by_itself_says_only_that_no_page_is_around(visit, server):
    page = visit(f"{server.url}{PREFIX}/embed?show=list&check=true")
    expect(page.locator("#embed-check")).to_have_text("지금은 다른 페이지 안에 있지 않습니다.")


def test_the_element_passes_on_a_check_and_a_time(visit, host, server):
    page = visit(host.put("/check-element", element(server, 'show="list" at="2026-11-24T02:10" check')))
    frame = page.frame_locator("iframe")
    expect(frame.locator("#embed-check")).to_contain_text(f"정상으로 보입니다. 이 지도를 담은 페이지: {host.named}")
    expect(frame.locator(".embed-time")).to_contain_text("새벽 2시 10분")


AHEAD = "(days) => { const genuine = Date.now; Date.now = () => genuine() + days * 86400000; }"
OPEN_ROWS = "(rows) => rows.filter((row) => row.dataset.rank === '0' && !row.dataset.until).map((row) => row.dataset.id).sort()"
OPEN_MARKS = "(marks) => marks.map((mark) => mark.closest('.embed-place').dataset.id).sort()"


def test_without_a_network_no_door_stays_open_past_its_time_and_the_head_says_so(visit, host, server):
    page = visit(host.put("/offline", iframe(server)))
    frame = drawn(page)
    rows, open_marks = frame.locator(".embed-place"), frame.locator(".embed-place .mark.is-open")
    expect(frame.locator(".embed-open")).to_contain_text("곳 열림")
    timed, told = frame.locator("[data-until]").count(), open_marks.count()
    always = rows.evaluate_all(OPEN_ROWS)
    assert timed > 10
    page.context.set_offline(True)
    inner(page).evaluate(AHEAD, 4)
    expect(frame.locator(".embed-header .embed-trouble")).to_contain_text("연결이 끊겼어요")
    expect(frame.locator("[data-until]")).to_have_count(0)
    expect(frame.locator(".state-unknown", has_text="기준 시각 지남")).to_have_count(timed)
    expect(frame.locator(".embed-open")).to_have_count(0)
    assert open_marks.evaluate_all(OPEN_MARKS) == rows.evaluate_all(OPEN_ROWS) == always
    assert rows.evaluate_all("(rows) => rows.map((row) => Number(row.dataset.rank)).every((rank, at, all) => !at || all[at - 1] <= rank)")
    becomes(page, lambda: inner(page).evaluate("document.querySelectorAll('.leaflet-container .is-closed').length"), 0)
    page.context.set_offline(False)
    expect(frame.locator(".embed-trouble")).to_be_hidden()
    expect(frame.locator(".embed-open")).to_contain_text("곳 열림")
    expect(open_marks).to_have_count(told)
    assert [fault for fault in page.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []


BOX = """() => Object.fromEntries(Object.entries({ head: ".embed-header", map: ".embed-map", zoom: ".leaflet-control-zoom",
  list: ".embed-list", second: ".embed-place:nth-child(2)", credit: ".embed-credit" }).map(([name, part]) => {
    const { top, bottom, left, right } = document.querySelector(part).getBoundingClientRect();
    return [name, { top, bottom, left, right }];
}).concat([["page", { bottom: document.documentElement.scrollHeight, right: document.documentElement.scrollWidth }]]))"""


def laid_out(visit: Any, host: HostSite, server: Server, sizes: list[tuple[int, int]]) -> list[tuple[int, int, Any]]:
    """Width, height and the boxes of the parts of a frame of each size. What it shows is always the same."""
    source = f"{server.url}{PREFIX}/embed?at=2026-11-24T14:10"
    frames = "".join(f'<iframe src="{source}" width="{width}" height="{height}" allow="geolocation"></iframe>' for width, height in sizes)
    page = visit(host.put("/sizes", f"<style>iframe {{ border: 0 }}</style>{frames}"), permissions=["geolocation"])
    for number in range(len(sizes)):
        expect(page.frame_locator("iframe").nth(number).locator("body.is-ground-drawn")).to_have_count(1)
    return [(width, height, frame.evaluate(BOX)) for (width, height), frame in zip(sizes, page.frames[1:], strict=True)]


def test_a_narrow_frame_shows_the_map_and_a_row_and_a_half(visit, host, server):
    for width, height, box in laid_out(visit, host, server, [(320, 480), (374, 480), (658, 480)]):
        assert box["page"]["right"] == width
        assert box["map"]["top"] == box["head"]["bottom"]
        assert box["map"]["top"] <= box["zoom"]["top"] < box["zoom"]["bottom"] <= box["map"]["bottom"] == box["list"]["top"]
        # In the narrowest one the head has a line more, since the time it tells of is not now.
        share = 0.5 if width > 320 else 0.25
        assert box["second"]["top"] + share * (box["second"]["bottom"] - box["second"]["top"]) <= height, (width, box)


def test_a_wide_frame_is_filled_by_map_and_list_and_nothing_is_cut(visit, host, server):
    for width, height, box in laid_out(visit, host, server, [(700, 240), (784, 480), (1100, 480), (1100, 820)]):
        assert box["page"] == {"bottom": height, "right": width}
        assert box["map"]["top"] == box["list"]["top"] == box["head"]["bottom"]
        assert box["map"]["bottom"] == box["list"]["bottom"] == box["credit"]["top"]
        assert box["credit"]["bottom"] == height
        assert box["map"]["top"] <= box["zoom"]["top"] < box["zoom"]["bottom"] <= box["map"]["bottom"], (width, height, box)


def test_the_element_asks_again_when_the_network_is_back(visit, host, server):
    page = visit(host.put("/subway", "<div id='tall'></div><style>#tall { height: 6000px }</style>" + element(server, 'show="list"')))
    wait_until(page, "Boolean(customElements.get('work-shelter-map'))")
    page.context.set_offline(True)
    page.evaluate("scrollTo(0, 6000)")
    becomes(page, lambda: any("chrome-error" in frame.url for frame in page.frames), wanted=True)
    expect(page.locator(".fallback")).to_be_visible()
    page.context.set_offline(False)
    expect(page.frame_locator("iframe").locator(".embed-place").first).to_be_visible()
    expect(page.locator(".fallback")).to_be_hidden()


# An observer looks once a frame is drawn.
SCROLL = """(place) => new Promise((done) => {
    scrollTo(0, place);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)));
})"""


def test_it_asks_again_when_it_comes_into_view_and_not_for_ever(visit, host, server):
    tall = "<div id='tall'></div><style>#tall { height: 6000px }</style>"
    page = visit("about:blank")
    asked: list[str] = []

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    page.context.route("**/embed?*", refuse)
    page.goto(host.put("/again", element(server, 'show="list"') + tall))
    becomes(page, lambda: len(asked), 1)
    for times in (2, 3):
        for place in (6000, 0):
            page.evaluate(SCROLL, place)
        becomes(page, lambda: len(asked), times)
    # Whatever is still under way is waited for, and then it is enough.
    for _ in range(4):
        page.evaluate("dispatchEvent(new Event('online'))")
    becomes(page, lambda: len(asked), 4)
    page.wait_for_timeout(1500)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(500)
    assert len(asked) == 4
    page.context.unroute("**/embed?*")
    page.evaluate("one.setAttribute('lang', 'en')")
    expect(page.frame_locator("iframe").locator(".embed-place").first).to_be_visible()


def test_a_changed_site_appears_in_an_open_frame_and_nothing_is_folded_or_lost(visit, host, server, tmp_path):
    page = visit(host.put("/stream", iframe(server)))
    frame = drawn(page)
    frame.locator("summary").click()
    held = frame.locator(".embed-name").last
    held.focus()
    name = held.inner_text()
    path = tmp_path / "쉼터.csv"
    path.write_bytes((HEADER + ROW).encode())
    done = server.run("import", str(path), "--layer", "shelters", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    expect(frame.locator(".embed-place", has_text="새로 연 카페")).to_have_count(1)
    expect(frame.locator(".embed-more")).to_have_attribute("open", "")
    becomes(page, lambda: inner(page).evaluate("document.activeElement.textContent"), name)
    becomes(page, lambda: inner(page).evaluate("geoEmbed.rows().some((row) => row.dataset.name === '새로 연 카페')"), wanted=True)

"""The map page as a person meets it: on a phone and on a desk, by hand and by keyboard."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from browser.axe import find_violations
from browser.waiting import PATIENCE_S, becomes, wait_until
from playwright.sync_api import expect

from geo_app.domain.calendar import SEOUL
from geo_app.wording.romanise import romanise

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
HOSTILE = "{{7*7}}<img src=x onerror=alert(1)>${1}"
HERE = {"latitude": 35.1437, "longitude": 126.7931}
SHOWN = (
    "document.body.classList.contains('is-map-ready') && [...geoMap.store.layers.values()].every((layer) => !layer.isOn || layer.isLoaded)"
)


class Visit:
    """An open map page, and everything that went wrong on it or left for another host."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, fragment: str = "", query: str = "") -> "Visit":
        """Go there and wait until the first layers are drawn."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/map{query}{fragment}")
        self.until(SHOWN)
        return self

    def until(self, condition: str, patience_s: float = PATIENCE_S) -> None:
        wait_until(self.page, condition, patience_s)

    def becomes(self, read: Callable[[], Any], wanted: Any = True) -> None:  # noqa: FBT002 any value may be wanted
        """Wait until what is read is what is wanted."""
        becomes(self.page, read, wanted)

    def sees(self, selector: str, text: str) -> None:
        """Wait until what can be read there holds the text."""
        expect(self.page.locator(selector).first).to_contain_text(text, use_inner_text=True)

    def until_hash(self, is_right: Callable[[str], bool]) -> None:
        """Wait until the address tells the view: it is written a moment after the map has moved."""
        self.becomes(lambda: is_right(self.page.evaluate("location.hash")))

    @property
    def other_hosts(self) -> list[str]:
        return [address for address in self.asked if not address.startswith((self.url, "data:", "about:"))]

    def hash(self) -> str:
        """The address after all that might still be written into it."""
        self.page.wait_for_timeout(900)
        return str(self.page.evaluate("location.hash"))


@pytest.fixture
def visit(browser: Any, shown_server: Any) -> Iterator[Any]:
    """Opens the map in a context of its own."""
    contexts = []

    @contextmanager
    def visiting(size: dict[str, int] = DESK, **options: Any) -> Iterator[Visit]:
        context = browser.new_context(viewport=size, locale="ko-KR", timezone_id="America/New_York", **options)
        contexts.append(context)
        yield Visit(context.new_page(), shown_server.url)

    yield visiting
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        pytest.param("light", PHONE, id="light-phone"),
        pytest.param("dark", DESK, id="dark-desk"),
        pytest.param("dark", PHONE, id="dark-phone", marks=pytest.mark.slow),
        pytest.param("light", DESK, id="light-desk", marks=pytest.mark.slow),
    ],
)
def test_all_layers_come_without_an_error_and_without_another_host(visit, size, scheme):
    with visit(size, color_scheme=scheme) as seen:
        seen.open("#layers=shelters,village-jobs,improved-companies,industrial-complexes,dongs,public-facilities")
        counts = seen.page.evaluate(
            "Object.fromEntries([...geoMap.store.layers.values()].map((layer) => [layer.name, layer.features.size]))"
        )
        assert counts["dongs"] == 21
        assert counts["shelters"] > 0
        expect(seen.page.locator(".mark-icon, .cluster-icon")).not_to_have_count(0)
        expect(seen.page.locator(".dong-area")).to_have_count(21)
        # Nothing sticks out sideways, and the map is never wholly covered.
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert (seen.faults, seen.other_hosts) == ([], [])


def test_a_phone_keeps_a_map_in_sight_while_the_sheet_is_open(visit):
    with visit(PHONE) as seen:
        seen.open()
        seen.page.click("#map-handle")
        handle = seen.page.locator("#map-handle")
        expect(handle).to_have_attribute("aria-expanded", "true")

        def places() -> list[bool]:
            stage = seen.page.locator(".map-stage").bounding_box()
            return [
                handle.bounding_box()["y"] - stage["y"] > 200,
                # Nothing that could take the focus lies behind the sheet.
                stage["y"] + stage["height"] <= seen.page.locator("#map-panel-body").bounding_box()["y"] + 1,
                seen.page.evaluate("map_main.getSize().y") == pytest.approx(stage["height"], abs=1),
            ]

        seen.becomes(places, [True, True, True])
        seen.page.keyboard.press("Escape")
        expect(handle).to_have_attribute("aria-expanded", "false")


def test_the_panel_counts_real_and_made_up_and_says_what_has_no_place(visit):
    with visit() as seen:
        seen.open()
        features = seen.page.evaluate("[...geoMap.store.layers.get('shelters').features.values()]")
        sample = sum(feature["properties"]["status"] == "sample" for feature in features)
        nowhere = sum(feature["geometry"] is None for feature in features)
        row = seen.page.locator('[data-layer="shelters"]')
        expect(row.locator(".layer-count")).to_have_text(f"{len(features)} (실제 {len(features) - sample} · 예시 {sample})")
        if nowhere:
            expect(row.locator(".layer-note")).to_contain_text(f"위치 미확인 {nowhere}곳")
        expect(seen.page.locator("#map-sample-band")).to_have_text(re.compile("^예시 자료가 섞여 있습니다"))


def shelter_with_a_place(seen: Visit) -> dict[str, Any]:
    found = "[...geoMap.store.layers.get('shelters').features.values()].find((feature) => feature.geometry)"
    return dict(seen.page.evaluate(found))


def test_searching_by_keyboard_leads_into_the_popup_and_escape_leads_out(visit):
    with visit() as seen:
        seen.open()
        shelter = shelter_with_a_place(seen)
        seen.page.fill("#map-search", shelter["properties"]["name"])
        seen.page.wait_for_selector("#map-search-list [role=option]")
        seen.page.press("#map-search", "ArrowDown")
        expect(seen.page.locator("#map-search")).to_have_attribute("aria-activedescendant", "search-0")
        seen.page.press("#map-search", "Enter")
        seen.sees(".popup h2", shelter["properties"]["name"])
        seen.until("document.activeElement.tagName === 'H2'")
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_selector(".popup", state="detached")
        seen.until("document.activeElement.id === 'map-search'")
        assert seen.faults == []


def test_a_search_without_an_answer_says_so(visit):
    with visit() as seen:
        seen.open()
        seen.page.fill("#map-search", "없는곳없는곳")
        seen.until("document.getElementById('map-search-note').textContent.includes('없는곳없는곳')")


def test_another_time_is_asked_for_shown_and_left_again(visit):
    with visit() as seen:
        seen.open()
        with seen.page.expect_request(re.compile(r"/api/states\?layer=shelters&at=2\d{3}-")):
            seen.page.get_by_role("button", name="새벽 2시").click()
        seen.sees("#map-time-band", "지금이 아닙니다")
        seen.sees("#map-time-band", "02:00")
        seen.until_hash(lambda told: bool(re.search(r"at=\d{4}-\d\d-\d\dT02:00", told)))
        seen.page.click("#map-time-band button")
        expect(seen.page.locator("#map-time-band")).to_be_hidden()
        seen.until_hash(lambda told: "at=" not in told)
        assert seen.faults == []


def test_a_link_to_a_view_shows_that_view(visit):
    with visit() as seen:
        seen.open("#map=14/35.1683/126.8086&layers=shelters,dongs&at=2026-01-13T02:10")
        shown = seen.page.evaluate("({zoom: map_main.getZoom(), lat: map_main.getCenter().lat, at: geoMap.store.at})")
        shown["on"] = seen.page.evaluate("[...geoMap.store.layers.values()].filter((layer) => layer.isOn).map((layer) => layer.name)")
        assert (shown["zoom"], shown["at"], sorted(shown["on"])) == (14, "2026-01-13T02:10", ["dongs", "shelters"])
        assert shown["lat"] == pytest.approx(35.1683, abs=1e-3)
        seen.sees("#map-time-band", "1월 13일(화) 02:10")
        assert seen.page.is_checked('[data-layer="industrial-complexes"] input') is False


@pytest.mark.parametrize(
    "fragment",
    [
        "#map=99/99/999&at=never&layers=,,nothing",
        "#%",
        "#site=shelters/none",
        *(pytest.param(text, marks=pytest.mark.slow) for text in ("#map=a/b/c", "#&&&=", "#map=12/35.1")),
    ],
)
def test_a_broken_link_still_shows_a_map(visit, fragment):
    with visit() as seen:
        seen.open(fragment)
        assert seen.page.locator(".leaflet-zoom-animated, .leaflet-map-pane").count() > 0
        assert seen.faults == []


def test_a_position_is_in_no_address(visit):
    with visit(geolocation=HERE, permissions=["geolocation"]) as seen:
        seen.open("#map=13/35.2000/126.8500")
        seen.page.get_by_role("button", name="내 위치 보기").click()
        seen.until("geoMap.focus.name === '내 위치'")
        assert "map=" not in seen.hash()
        seen.page.keyboard.press("+")
        seen.page.mouse.move(900, 500)
        seen.page.mouse.wheel(0, -400)
        assert "map=" not in seen.hash()
        assert not [address for address in seen.asked if "35.14" in address or "126.79" in address]
        assert seen.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"


def test_nobody_is_located_who_has_not_asked(visit):
    with visit(geolocation=HERE, permissions=["geolocation"]) as seen:
        seen.page.add_init_script("navigator.geolocation.watchPosition = () => { window.wasAsked = true; }")
        seen.open()
        assert seen.page.evaluate("window.wasAsked") is None


def test_a_hostile_name_is_only_a_name(visit):
    with visit() as seen:

        def answer(route: Any) -> None:
            told = route.fetch().json()
            for feature in told["features"]:
                feature["properties"].update(
                    name=HOSTILE, address=HOSTILE, source=HOSTILE, source_url="javascript:alert(1)", phone="javascript:alert(1)"
                )
            route.fulfill(json=told)

        seen.page.route(re.compile(r"/layers/(shelters|industrial-complexes|dongs)\.geojson"), answer)
        seen.open("#map=13/35.1683/126.8086")
        shelter = shelter_with_a_place(seen)
        seen.page.evaluate(f"geoMap.showSite(map_main, 'shelters', {json.dumps(shelter['id'])}, 'search')")
        expect(seen.page.locator(".popup h2")).to_have_text(HOSTILE)
        assert seen.page.locator(".popup img").count() == 0
        assert seen.page.locator('a[href^="javascript:"]').count() == 0
        expect(seen.page.locator(".dong-name").first).to_contain_text(HOSTILE)
        assert HOSTILE in seen.page.locator(f'.mark-icon[aria-label^="{HOSTILE[:6]}"]').first.get_attribute("aria-label")
        assert [fault for fault in seen.faults if "dialog" in fault or "Content Security" in fault] == []


def test_a_layer_that_does_not_come_says_so_and_comes_when_asked_again(visit):
    with visit() as seen:
        seen.page.route("**/layers/village-jobs.geojson", lambda route: route.fulfill(status=503, json={"status": 503}))
        seen.page.goto(f"{seen.url}/map")
        note = seen.page.locator('[data-layer="village-jobs"] .layer-note')
        note.get_by_role("button", name="다시 불러오기").wait_for()
        seen.until("geoMap.store.layers.get('shelters').isLoaded")
        seen.page.unroute("**/layers/village-jobs.geojson")
        note.get_by_role("button", name="다시 불러오기").click()
        seen.until("geoMap.store.layers.get('village-jobs').isLoaded")
        expect(note).not_to_contain_text("불러오지 못했어요")


def test_streets_come_only_when_asked_for_and_the_map_stays_whole_without_them(visit):
    with visit() as seen:
        seen.page.route("https://tile.openstreetmap.org/**", lambda route: route.abort())
        seen.open()
        assert seen.other_hosts == []
        button = seen.page.locator("#streets-button")
        assert "openstreetmap.org" in button.inner_text()
        button.click()
        seen.until("document.getElementById('streets-note').textContent.includes('오지 않았어요')")
        assert all(address.startswith("https://tile.openstreetmap.org/") for address in seen.other_hosts)
        expect(seen.page.locator(".street-tiles")).to_have_count(0)
        expect(seen.page.locator(".dong-area")).to_have_count(21)


def test_a_street_tile_is_asked_for_with_the_origin_alone(visit):
    with visit() as seen:
        told: list[str | None] = []

        def tile(route: Any) -> None:
            told.append(route.request.headers.get("referer"))
            route.fulfill(
                status=200, content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
            )

        seen.page.route("https://tile.openstreetmap.org/**", tile)
        seen.open("#map=14/35.1683/126.8086")
        seen.page.click("#streets-button")
        seen.page.wait_for_selector(".street-tiles .leaflet-tile-loaded")
        seen.sees(".leaflet-control-attribution", "© OpenStreetMap")
        assert {address for address in told if address} <= {seen.url + "/"}
        assert seen.faults == []


def test_a_new_revision_is_drawn_without_losing_the_view(visit):
    with visit() as seen:
        seen.open("#map=14/35.1683/126.8086")
        before = seen.page.evaluate("map_main.getCenter().toString()")
        wanted = seen.page.evaluate("geoMap.store.layers.get('shelters').revision") + 1

        def newer(route: Any) -> None:
            told = route.fetch().json()
            told["layers"]["shelters"] = wanted
            route.fulfill(json=told)

        def changed(route: Any) -> None:
            told = route.fetch().json()
            told["revision"] = wanted
            told["features"][0]["properties"]["name"] = "새 이름"
            route.fulfill(json=told)

        seen.page.route("**/layers/shelters.geojson", changed)
        seen.page.route("**/api/revision", newer)
        seen.until("[...geoMap.store.layers.get('shelters').features.values()].some((f) => f.properties.name === '새 이름')", 30)
        assert seen.page.evaluate("map_main.getCenter().toString()") == before


SWISO = "sh-000005"


def test_states_that_did_not_come_are_unknown_and_come_by_themselves_once_there_is_a_line(visit):
    with visit(PHONE) as seen:
        seen.open()
        told = "document.getElementById('map-summary').textContent"
        count = seen.page.evaluate("geoMap.store.layers.get('shelters').features.size")
        seen.page.click("#map-handle")
        seen.page.context.set_offline(True)
        seen.page.get_by_role("button", name="밤 10시").click()
        seen.until(f"{told} === '쉼터 {count}곳 · 열렸는지 미확인'")
        seen.page.context.set_offline(False)
        seen.until(f"{told}.endsWith('그 시각에 열려요')")
        states = seen.page.evaluate(
            "[...geoMap.store.layers.get('shelters').states.values()].filter((state) => state[0] === 'open' && state[3] === null).length"
        )
        seen.becomes(lambda: seen.page.evaluate(told), f"쉼터 {count}곳 중 {states}곳이 그 시각에 열려요")


@pytest.mark.parametrize("zoom", [16, *(pytest.param(zoom, marks=pytest.mark.slow) for zoom in (14, 18))])
def test_a_place_known_to_the_dong_only_is_a_kilometre_wide_and_has_no_pin(visit, zoom):
    with visit() as seen:
        seen.open(f"#map={zoom}/35.21118/126.83683&layers=shelters")
        seen.until("document.querySelectorAll('.rough-name').length === 1")
        seen.sees(".rough-name", "동까지만 확인 · 이 근처 어딘가")
        drawn = "Object.values(map_main._layers).filter((layer) => layer.options.className === 'rough-area arc-shelters')"
        seen.becomes(lambda: seen.page.evaluate(f"{drawn}.map((circle) => circle.getRadius())"), [1000])
        assert seen.page.locator('.mark-icon[aria-label*="쉬소"]').count() == 0
        seen.page.click(".rough-name")
        seen.sees(".popup h2", "쉬소")
        seen.page.keyboard.press("Escape")
        seen.page.evaluate("map_main.setZoom(11, { animate: false })")
        seen.until("!document.querySelector('.rough-name, .rough-area')")


def test_there_are_no_minutes_on_foot_from_a_place_known_to_the_dong_only(visit):
    with visit() as seen:
        seen.open()
        expect(seen.page.locator(".ring")).to_have_count(2)
        seen.page.fill("#map-search", "쉬소")
        seen.page.wait_for_selector("#map-search-list [role=option]")
        seen.page.press("#map-search", "Enter")
        seen.page.wait_for_selector(".popup h2")
        expect(seen.page.locator(".ring")).to_have_count(0)
        expect(seen.page.locator("#map-near")).to_be_hidden()


@pytest.mark.parametrize(("lang", "text", "name"), [("ko", "송정1동", "송정1동"), ("en", "songjeong 1", "Songjeong 1-dong")])
def test_a_dong_is_found_first_and_fills_the_map_outlined(visit, lang, text, name):
    with visit() as seen:
        seen.open("#layers=shelters", query=f"?lang={lang}" if lang != "ko" else "")
        seen.page.fill("#map-search", text)
        seen.page.wait_for_selector("#map-search-list [role=option]")
        expect(seen.page.locator("#map-search-list .search-name").first).to_have_text(re.compile(f"^{re.escape(name)}"))
        seen.page.press("#map-search", "Enter")
        seen.page.wait_for_selector(".dong-area.is-chosen")

        def fills() -> bool:
            outline = seen.page.locator(".dong-area.is-chosen").bounding_box()
            stage = seen.page.locator(".map-stage").bounding_box()
            return outline["y"] > stage["y"] and stage["height"] > outline["height"] > stage["height"] / 3

        seen.becomes(fills)
        expect(seen.page.locator(".ring")).to_have_count(0)


def test_public_facilities_are_found_though_their_layer_is_off(visit):
    with visit() as seen:
        seen.open()
        seen.page.fill("#map-search", "행정복지센터")
        seen.sees("#map-search-list", "공공 편의시설")


def covered_by(seen: Visit) -> list[str]:
    """What lies over the map and under or over its popup."""
    popup, told = seen.page.locator(".leaflet-popup").bounding_box(), []
    for other in seen.page.locator(".map-search input, .map-bands .band, .leaflet-bar, .map-note > *, .map-handle").all():
        box = other.bounding_box()
        is_apart = box is None or (
            box["y"] + box["height"] <= popup["y"] or popup["y"] + popup["height"] <= box["y"] or popup["x"] + popup["width"] <= box["x"]
        )
        told += [] if is_apart else [other.evaluate("(element) => element.outerHTML")]
    return told


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_popup_keeps_clear_of_everything_over_the_map(visit, lang):
    with visit(PHONE) as seen:
        query = f"?lang={lang}" if lang != "ko" else ""
        for site in ("sh-000025", SWISO):
            seen.open(f"#map=16/35.1434/126.7991&site=shelters/{site}&at=2026-02-17T02:10", query=query)
            seen.page.wait_for_selector(".popup h2")
            seen.page.wait_for_timeout(400)  # the map moves for it
            seen.becomes(lambda: covered_by(seen), [])


def test_the_other_language_shows_the_same_view_at_the_same_time(visit):
    with visit() as seen:
        seen.open("#map=14/35.1683/126.8086&layers=shelters,dongs&at=2026-01-13T02:10")
        seen.page.locator(".language-menu summary").click()
        with seen.page.expect_navigation(url="**lang=en**"):
            seen.page.get_by_role("link", name="English").click()
        seen.until(SHOWN)
        assert seen.hash() == "#map=14/35.1683/126.8086&layers=shelters,dongs&at=2026-01-13T02:10"
        seen.sees("#map-time-band", "Tue 13 Jan 02:10")


def test_a_position_goes_into_no_other_language_either(visit):
    with visit(geolocation=HERE, permissions=["geolocation"]) as seen:
        seen.open("#map=13/35.2000/126.8500&layers=shelters")
        seen.page.get_by_role("button", name="내 위치 보기").click()
        seen.until("geoMap.focus.name === '내 위치'")
        seen.page.locator(".language-menu summary").click()
        with seen.page.expect_navigation(url="**lang=en**"):
            seen.page.get_by_role("link", name="English").click()
        seen.until(SHOWN)
        assert not [address for address in seen.asked if "35.14" in address]
        assert "layers=shelters" in seen.page.evaluate("location.hash")


def test_a_refused_position_leaves_the_address_and_the_notes_as_they_were(visit):
    with visit() as seen:
        seen.open("#map=13/35.2000/126.8500&site=shelters/sh-000025")
        seen.page.wait_for_selector(".popup h2")
        seen.page.get_by_role("button", name="내 위치 보기").click()
        seen.until("!document.getElementById('locate-note').hidden")
        seen.page.wait_for_selector(".popup", state="detached")
        expect(seen.page.locator("#streets-note")).to_have_text("도로 배경 자료 없음")
        seen.page.evaluate("map_main.setView([35.15, 126.8], 14, { animate: false })")
        seen.until_hash(lambda told: "map=14/35.1500/126.8000" in told)
        seen.page.mouse.click(900, 400)
        expect(seen.page.locator("#locate-note")).to_be_hidden()


def test_the_sources_disagree_only_where_that_leaves_the_state_open(visit):
    with visit() as seen:
        for at, is_told in (("2026-11-24T04:00", False), ("2026-11-24T12:00", True)):
            seen.open(f"#site=shelters/{SWISO}&at={at}")
            seen.page.wait_for_selector(".popup h2")
            seen.becomes(lambda: "알 수 없어요" in seen.page.inner_text(".popup"), is_told)


def test_a_cluster_of_places_without_hours_is_not_drawn_as_open(visit):
    with visit() as seen:
        seen.open("#map=10/35.16/126.79&layers=improved-companies")
        seen.page.wait_for_selector(".cluster-icon .arc-none")
        arcs = [seen.page.locator(f".cluster-icon .{name}") for name in ("arc-gap", "arc-none")]
        seen.becomes(lambda: arcs[0].count() == arcs[1].count() > 0)


def test_on_an_english_page_dongs_have_english_names_and_korean_names_say_so(visit):
    with visit() as seen:
        seen.open("#map=14/35.1434/126.7991&site=shelters/sh-000025", query="?lang=en")
        seen.page.wait_for_selector(".popup h2")
        assert seen.page.get_attribute(".popup h2", "lang") == "ko"
        expect(seen.page.locator(".dong-name", has_text=re.compile("^Songjeong 1-dong$"))).not_to_have_count(0)
        seen.sees(".popup-small", "Sample data")


@pytest.mark.parametrize("size", [{"width": 320, "height": 640}, {"width": 320, "height": 256}], ids=["small", "enlarged"])
def test_a_small_screen_can_see_the_map_and_press_every_button(visit, size):
    with visit(size) as seen:
        seen.open(query="?lang=en")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        seen.page.locator("#map-sample-band").wait_for()

        def has_room() -> list[bool]:
            parts = ("#streets-button", ".leaflet-control-zoom", "#map-handle", "#map-sample-band")
            notes, buttons, handle, band = (seen.page.locator(name).bounding_box() for name in parts)
            return [notes["x"] + notes["width"] <= buttons["x"], handle["y"] - band["y"] > 200]

        seen.becomes(has_room, [True, True])


@pytest.mark.parametrize("lang", ["ko", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(visit, size, lang):
    # axe itself is an inline script, which the page's policy rightly refuses.
    with visit(size, bypass_csp=True) as seen:
        seen.open(query=f"?lang={lang}" if lang != "ko" else "")
        if size is PHONE:
            seen.page.click("#map-handle")
            expect(seen.page.locator("#map-handle")).to_have_attribute("aria-expanded", "true")
        assert [(item["id"], [node["html"] for node in item["nodes"]]) for item in find_violations(seen.page)] == []


def test_without_a_script_the_lists_are_one_press_away(browser, shown_server):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{shown_server.url}/map")
    links = page.locator(".map-noscript a")
    assert links.count() == 5
    assert all(link.is_visible() for link in links.all())
    assert page.locator("#map-search").is_hidden()
    context.close()


@pytest.mark.parametrize("query", ["", "?lang=ru"])
def test_the_first_view_fits_a_slow_line(visit, query):
    with visit(PHONE) as seen:
        sizes: dict[str, int] = {}
        seen.page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        seen.open(query=query)
        first = {url: size for url, size in sizes.items() if "/api/revision" not in url}
        assert sum(first.values()) <= 120 * 1024, first
        # Ours alone, without the libraries and the data.
        ours = {url: size for url, size in first.items() if "/js/" in url or "/css/" in url}
        assert sum(ours.values()) <= 28 * 1024, ours


DOUBTED = SWISO
AT = "2026-11-24T14:00"
SITE = f"geoMap.store.layers.get('shelters').states.get('{DOUBTED}')"


@contextmanager
def doubting(seen: Visit, doubt: int | str | None) -> Iterator[None]:
    """The door of one shelter is open until 18:00 and in that doubt, all others are closed."""

    def answer(route: Any) -> None:
        told = route.fetch().json()
        told["states"] = {site_id: ["closed", None, None, None] for site_id in told["states"]}
        if DOUBTED in told["states"]:
            told["states"][DOUBTED] = ["open", "2026-11-24T18:00", "closed", doubt]
        route.fulfill(json=told)

    seen.page.route(re.compile(r"/api/states"), answer)
    yield
    seen.page.unroute(re.compile(r"/api/states"))


@pytest.mark.parametrize(
    ("doubt", "sentence", "shade", "count"),
    [
        (None, "열려 있어요 · 오후 6시까지", "is-open", 1),
        pytest.param(0, "열려 있을 수 있어요 · 오후 6시까지 · 확인 오늘", "is-unknown", 0, marks=pytest.mark.slow),
        (212, "열려 있을 수 있어요 · 오후 6시까지 · 확인 7달 전", "is-unknown", 0),
        pytest.param("never", "열려 있을 수 있어요 · 오후 6시까지 · 확인한 적 없음", "is-unknown", 0, marks=pytest.mark.slow),
    ],
)
def test_the_map_promises_no_door_that_the_pages_do_not(visit, doubt, sentence, shade, count):
    with visit() as seen, doubting(seen, doubt):
        seen.open(f"#map=17/35.14/126.79&layers=shelters&at={AT}")
        seen.until(f"{SITE}[0] === 'open'")
        all_count = seen.page.evaluate("geoMap.store.layers.get('shelters').features.size")
        expect(seen.page.locator("#map-summary")).to_have_text(f"쉼터 {all_count}곳 중 {count}곳이 그 시각에 열려요")
        feature = f"geoMap.store.find('shelters', '{DOUBTED}')"
        assert sentence in seen.page.evaluate(f"geoMap.marks.label('shelters', {feature})")
        assert shade in seen.page.evaluate(f"geoMap.marks.classes('shelters', {feature})").split()
        seen.page.evaluate(f"geoMap.showSite(map_main, 'shelters', '{DOUBTED}', 'search')")
        state = seen.page.locator(".popup .state")
        expect(state).to_have_text(re.compile(f"^{re.escape(sentence)}"))
        assert ("state-doubtful" in state.get_attribute("class")) == (doubt is not None)
        drawn = seen.page.locator(".popup-kind .mark").get_attribute("class").split()
        assert shade in drawn
        # The nearest to the place itself, in words.
        seen.page.evaluate(f"geoMap.focus.set(geoMap.popup.place({feature}), null, 'press')")
        seen.sees("#map-near-list", sentence)
        # Zoomed out, its number is no open one either.
        seen.page.keyboard.press("Escape")
        seen.page.evaluate("map_main.setView([35.14, 126.79], 10, {animate: false})")
        seen.page.wait_for_selector(".cluster-icon")
        labels = "[...document.querySelectorAll('.cluster-icon')].map((icon) => icon.getAttribute('aria-label'))"
        seen.becomes(lambda: any("1곳 열림" in label for label in seen.page.evaluate(labels)), bool(count))
        assert seen.faults == []


HANGUL = re.compile("[가-힣]")


def with_a_place(seen: Visit, layer: str) -> list[dict[str, Any]]:
    """The features of a layer that have a place and a Korean name."""
    features = seen.page.evaluate(f"[...geoMap.store.layers.get('{layer}').features.values()]")
    return [feature for feature in features if feature["geometry"] and HANGUL.search(feature["properties"]["name"])]


def open_popup(seen: Visit, layer: str, feature: dict[str, Any]) -> Any:
    seen.page.evaluate(f"geoMap.showSite(map_main, '{layer}', '{feature['id']}', 'search')")
    popup = seen.page.locator(f'.popup[data-site="{feature["id"]}"]')
    popup.wait_for()
    return popup


@pytest.mark.parametrize(
    ("lang", "checked"),
    [
        ("ru", "5 месяцев назад"),
        ("ko", "확인 5달 전"),
        pytest.param("en", "5 months ago", marks=pytest.mark.slow),
    ],
)
def test_a_popup_can_be_read_by_who_reads_no_hangul(visit, lang, checked):
    with visit() as seen:

        def answer(route: Any) -> None:
            told = route.fetch().json()
            for feature in told["features"]:
                feature["properties"]["checked_on"] = (datetime.now(SEOUL) - timedelta(days=150)).date().isoformat()
            route.fulfill(json=told)

        seen.page.route("**/layers/shelters.geojson", answer)
        seen.open(query=f"?lang={lang}")
        for layer in ("village-jobs", "improved-companies", "industrial-complexes", "shelters"):
            feature = next(item for item in with_a_place(seen, layer) if layer != "shelters" or item["properties"].get("hours"))
            popup = open_popup(seen, layer, feature)
            assert popup.locator("h2").inner_text() == feature["properties"]["name"]
            assert popup.locator("h2").get_attribute("lang") == (None if lang == "ko" else "ko")
            told = [] if lang == "ko" else [romanise(feature["properties"]["name"])]
            seen.becomes(popup.locator(".popup-latin").all_inner_texts, told)
        text = feature["properties"]["hours"][0]["text"]
        hours = popup.locator(".popup-facts > div").first
        expect(hours).to_contain_text(text)
        expect(popup.locator(".popup-small").last).to_contain_text(checked)
        # What the source wrote is Korean; in words of the reader's it stands on the page.
        link = hours.locator('a[href*="/sites/"]')
        assert link.count() == (lang != "ko")
        if lang != "ko":
            assert hours.locator("dd [lang=ko]").first.inner_text() == text
            assert link.get_attribute("href") == f"/sites/shelters/{feature['id']}?lang={lang}"
        assert (seen.faults, seen.other_hosts) == ([], [])


def test_a_popup_without_latin_names_is_still_a_popup(visit):
    with visit() as seen:
        seen.page.route("**/api/latin*", lambda route: route.fulfill(status=200, json={"names": {}}))
        seen.open("#layers=shelters", query="?lang=vi")
        shelter = shelter_with_a_place(seen)
        seen.page.evaluate(f"geoMap.showSite(map_main, 'shelters', {json.dumps(shelter['id'])}, 'search')")
        expect(seen.page.locator(".popup h2")).to_have_text(shelter["properties"]["name"])
        assert seen.page.locator(".popup-latin").count() == 0

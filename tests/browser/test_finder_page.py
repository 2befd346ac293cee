"""The finder and the page of a shelter as a person meets them: without a script, by keyboard, on small and enlarged screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from browser.axe import find_violations
from browser.waiting import wait_for_rest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WORKERS = 1
PHONE = {"width": 412, "height": 915}
SMALL = {"width": 360, "height": 740}
SMALLEST = {"width": 320, "height": 640}
ENLARGED = {"width": 320, "height": 256}  # what a 1280 × 1024 window leaves at 400 %
DESK = {"width": 1280, "height": 900}
NOON, NIGHT = "at=2026-11-24T12:10", "at=2026-11-24T02:10"
PAGES = ["/", f"/?{NOON}&mode=motorbike", f"/?{NIGHT}&from=dg-000009", "/sites/shelters/sh-000005", "/sites/shelters/sh-000006",
         "/sites/shelters/sh-000006/show"]  # fmt: skip
TARGET_PX = 44
SMALL_TARGETS = """() => [...document.querySelectorAll("main a, main button, main summary, main select, main input:not([type=hidden])")]
  .filter((item) => item.getClientRects().length && !item.closest("p, dd, h1, h3, label, .week"))
  .map((item) => [item.textContent.trim().slice(0, 30), Math.round(item.getBoundingClientRect().height)])
  .filter(([, height]) => height < %d)"""


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Any]:
    """Opens a page in a context of its own; faults on its console fail the test."""
    contexts = []

    @contextmanager
    def visiting(path: str, size: dict[str, int] = PHONE, **options: Any) -> Iterator[Any]:
        context = browser.new_context(viewport=size, locale="ko-KR", timezone_id="Asia/Seoul", **options)
        contexts.append(context)
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(live_server.url + path)
        yield page
        assert faults == []

    yield visiting
    for context in contexts:
        context.close()


def overflow_px(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def focused(page):
    return page.evaluate("""() => {
      const { id, name, textContent, href, tagName } = document.activeElement;
      const box = document.activeElement.getBoundingClientRect();
      return { id, name, text: textContent.trim(), href, tag: tagName, isSeen: box.bottom > 0 && box.top < innerHeight };
    }""")


# By day, test_access.py looks at these pages too.
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.slow), "dark"])
def test_axe_finds_nothing(visit, path, scheme):
    with visit(path, color_scheme=scheme) as page:
        wait_for_rest(page)
        for fold in page.query_selector_all("details:not([open]) > summary"):
            if fold.is_visible():
                fold.click()
        assert [(item["id"], [node["target"] for node in item["nodes"]]) for item in find_violations(page)] == []


@pytest.mark.parametrize("lang", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_nothing_sticks_out_sideways(visit, live_server, lang):
    with visit("/") as page:
        for path in PAGES:
            page.goto(live_server.url + path + ("&" if "?" in path else "?") + f"lang={lang}")
            for size in (PHONE, SMALL, SMALLEST, ENLARGED, DESK):
                page.set_viewport_size(size)
                assert overflow_px(page) <= 0, (path, size)


def test_everything_to_press_is_large_enough_for_a_thumb(visit, live_server):
    with visit("/") as page:
        for path in PAGES:
            page.goto(live_server.url + path)
            wait_for_rest(page)
            assert page.evaluate(SMALL_TARGETS % TARGET_PX) == [], path


def test_headings_stand_in_order(visit, live_server):
    with visit("/") as page:
        for path in PAGES:
            page.goto(live_server.url + path)
            levels = page.evaluate("""[...document.querySelectorAll("h1, h2, h3, h4")].filter((item) => item.getClientRects().length)
              .map((item) => Number(item.tagName[1]))""")
            assert levels[0] == 1, path
            assert levels.count(1) == 1, path
            assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_a_phone_shows_the_first_shelter_without_scrolling(visit):
    for path in (f"/?{NOON}&from=dg-000017&mode=bicycle", f"/?{NIGHT}&from=dg-000009"):
        with visit(path) as page:
            wait_for_rest(page)
            name = page.locator("li.shelter [data-slot=name]:visible").first.bounding_box()
            assert name["y"] + name["height"] <= PHONE["height"], path


def test_without_a_script_a_place_is_chosen_and_answered(visit):
    with visit(f"/?{NOON}", java_script_enabled=False) as page:
        for name in ("#near-me", "#registered-label", "[data-slot=share] >> nth=0"):
            assert not page.locator(name).is_visible()
        page.select_option("#from", "dg-000003")
        page.locator(".modes label", has_text="오토바이").click()
        page.locator(".folds summary", has_text="조건").click()
        page.locator(".wants label", has_text="충전").first.click()
        with page.expect_navigation(url="**from=**"):
            page.click("button[type=submit]")
        assert "from=dg-000003" in page.url
        assert "mode=motorbike" in page.url
        assert "has=charging" in page.url
        assert page.locator("#where").inner_text().endswith("에서")
        assert page.locator("#near li.shelter").count() > 0
        assert "충전" in page.locator("#near [data-slot=amenities]").first.inner_text()
        page.locator("#near summary").first.click()
        assert page.locator("#near [data-slot=naver]").first.get_attribute("href").startswith("nmap://route/walk?")
        page.locator("#near [data-slot=name]").first.click()
        expect(page.locator("table.week tr")).to_have_count(7)


def test_without_a_script_a_report_counts(visit):
    with visit("/sites/shelters/sh-000007", java_script_enabled=False) as page:
        page.click("button[value=closed]")
        expect(page.locator("#report")).to_contain_text("고마워요")
        expect(page.locator("main > .report")).to_contain_text("닫힘 제보")


def test_by_keyboard_alone_from_the_place_to_the_way_there(visit):
    with visit(f"/?{NOON}&from=dg-000017&mode=bicycle") as page:
        wait_for_rest(page)
        page.keyboard.press("Tab")
        assert "본문" in focused(page)["text"]
        page.keyboard.press("Enter")
        seen = []
        while len(seen) < 60 and not (seen and seen[-1]["text"] == "길찾기"):
            page.keyboard.press("Tab")
            seen.append(focused(page))
            assert seen[-1]["isSeen"], seen[-1]
            style = page.evaluate("[getComputedStyle(document.activeElement).outlineStyle, document.activeElement.type]")
            assert style[0] != "none" or style[1] == "radio", seen[-1]
        names = [item["id"] or item["name"] or item["text"] for item in seen]
        assert names.index("from") < names.index("mode") < len(names) - 1
        assert seen[-1]["href"].startswith("https://map.kakao.com/link/to/")


def test_a_way_to_travel_chosen_by_keyboard_shows_its_focus(visit):
    with visit("/", java_script_enabled=True) as page:
        page.focus("input[name=mode]:checked")
        page.keyboard.press("ArrowRight")
        expect(page.locator("input[name=mode]:checked")).to_have_attribute("value", "bicycle")
        assert page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle") == "solid"


def test_the_sentence_for_the_staff_is_large_and_korean_on_any_readers_phone(visit):
    with visit("/sites/shelters/sh-000006/show?lang=en") as page:
        korean = page.locator(".show-korean")
        assert korean.get_attribute("lang") == "ko"
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.show-korean')).fontSize)") >= 32
        box = korean.bounding_box()
        assert box["y"] + box["height"] <= PHONE["height"]
        assert "Hello" in page.locator(".show-own").inner_text()

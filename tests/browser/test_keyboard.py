"""A rider without a mouse or a sight of the page: from the address bar to a report, by keys alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, pairwise
from typing import Any

import pytest
from browser.every_page import NOON, main_pages
from browser.finder_visit import HELD, Visit
from browser.waiting import wait_for_rest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WORKERS = 1
PHONE = {"width": 412, "height": 915}
START = f"?{NOON}&from=dg-000017&mode=bicycle"
MOST_STOPS = 500
# What a screen reader would be told: every change of a live region.
LISTEN = """window.heard = [];
new MutationObserver((changes) => changes.forEach(({ target }) => {
  const item = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
  const region = item instanceof Element && item.closest("[role=status], [role=alert], [aria-live]");
  if (region && region.textContent.trim()) window.heard.push(region.textContent.trim());
})).observe(document, { subtree: true, childList: true, characterData: true });"""
# The focused element: what it is, and whether the eye finds it: a ring around it, around a part of it or (a hidden radio button) around
# the word beside it, which stands in the window with nothing laid over all of it.
FOCUS = """() => {
  const item = document.activeElement;
  const isOnTop = (part) => {
    const box = part.getBoundingClientRect();
    const points = [.1, .5, .9].flatMap((y) => [.1, .5, .9].map((x) => [box.left + x * box.width, box.top + y * box.height]));
    return box.width * box.height > 0 && points.map((point) => document.elementFromPoint(...point))
      .some((top) => top && (part.contains(top) || top.contains(part)));
  };
  const hasRing = (part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  const parts = [item, ...item.querySelectorAll("*"), ...(item.matches(".modes input") ? [item.nextElementSibling] : [])];
  // The little clock in a field of a time has the focus by itself, and a ring that only the browser knows of.
  const isInnerPart = item.matches("input") && !item.matches(":focus");
  item.stop = item.stop || (window.stops = (window.stops || 0) + 1);
  return {
    stop: item.stop, tag: item.tagName, id: item.id, name: (item.getAttribute("aria-label") || item.textContent).trim().slice(0, 40),
    value: item.value, href: item.href, slot: item.dataset.slot, isSeen: isInnerPart || parts.some((one) => hasRing(one) && isOnTop(one)),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((item) => item.checkVisibility({ visibilityProperty: true }) && !item.disabled && item.tabIndex >= 0)
  .filter((item) => item.type !== "radio" || item.checked)
  .map((item) => item.stop ? "" : item.outerHTML.slice(0, 120)).filter(Boolean)"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4")].filter((item) => item.checkVisibility())
  .map((item) => [Number(item.tagName[1]), item.textContent.trim()])"""


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Any]:
    """Opens a page on a phone with a keyboard; a fault on its console fails the test."""
    contexts = []

    @contextmanager
    def visiting(path: str) -> Iterator[Any]:
        contexts.append(browser.new_context(viewport=PHONE, locale="ko-KR", timezone_id="Asia/Seoul", service_workers="block"))
        contexts[-1].add_init_script(LISTEN)
        guest = Visit(contexts[-1].new_page(), live_server.url)
        guest.page.goto(live_server.url + path)
        yield guest
        assert guest.faults == []

    yield visiting
    for context in contexts:
        context.close()


def tab(guest: Visit) -> dict[str, Any]:
    """One step on; wherever it leads, the eye must be able to follow."""
    guest.page.keyboard.press("Tab")
    found: dict[str, Any] = guest.page.evaluate(FOCUS)
    assert found["tag"] == "BODY" or found["isSeen"], found
    return found


def tab_to(guest: Visit, **wanted: Any) -> dict[str, Any]:
    """Steps on until the focus is on what is wanted."""
    for _ in range(MOST_STOPS):
        found = tab(guest)
        if all(found[name] == value for name, value in wanted.items()):
            return found
    pytest.fail(f"{wanted} was not reached")


def test_from_the_address_bar_to_a_report(visit):
    with visit(f"/{START}") as guest:
        guest.until(HELD)
        assert "본문" in tab(guest)["name"]
        guest.page.keyboard.press("Enter")
        assert tab(guest)["id"] == "from"
        guest.page.keyboard.press("ArrowUp")
        guest.until("document.getElementById('from').value !== 'dg-000017'")
        chosen = guest.page.evaluate("document.getElementById('from').value")
        assert tab(guest)["name"] == "찾기"
        guest.page.keyboard.press("Enter")
        guest.becomes(lambda: f"from={chosen}" in guest.page.url)
        assert tab_to(guest, slot="name")["tag"] == "A"
        assert tab_to(guest, slot="kakao")["href"].startswith("https://map.kakao.com/link/to/")
        guest.page.keyboard.press("Shift+Tab")
        guest.page.keyboard.press("Enter")
        guest.page.wait_for_url("**/sites/shelters/**")
        tab_to(guest, tag="BUTTON", value="closed")
        with guest.page.expect_navigation(url="**reported=closed**"):
            guest.page.keyboard.press("Enter")
        expect(guest.page.locator("#report [role=status]")).to_contain_text("고마워요")
        expect(guest.page.locator("main > .report")).to_contain_text("닫힘 제보")


@pytest.mark.parametrize("path", [*main_pages(), "/sites/shelters/sh-000006/show"])
def test_the_tab_key_comes_to_everything_once_and_leaves_again(visit, path):
    # At a time that stands still: what is drawn anew as a minute begins would have no number.
    with visit(f"/map#{NOON}" if path == "/map" else path) as guest:
        wait_for_rest(guest.page)
        if path.startswith("/plan"):
            guest.page.locator(".plan-show").first.wait_for()
        stops: list[int] = []
        while (found := tab(guest))["tag"] != "BODY":
            stops.append(found["stop"])
            assert len(stops) < MOST_STOPS
        # A field of a time has a stop for the hour, the minute and its little clock.
        stops = [stop for stop, _ in groupby(stops)]
        assert stops == [*dict.fromkeys(stops)]
        assert guest.page.evaluate(REACHABLE) == []


def test_an_answer_is_told_once_and_the_same_answer_not_again(visit):
    with visit(f"/{START}") as guest:
        guest.until(HELD)
        guest.page.wait_for_timeout(300)
        assert guest.page.evaluate("heard") == []
        guest.page.focus("#from")
        guest.page.keyboard.press("ArrowUp")
        guest.until("heard.length > 0")
        guest.page.wait_for_timeout(500)
        heard = guest.page.evaluate("heard")
        assert len(heard) == 1
        guest.page.focus(".ask button")
        guest.page.keyboard.press("Enter")
        guest.page.wait_for_timeout(500)
        assert guest.page.evaluate("heard") == heard


def test_minutes_that_pass_are_not_told(visit):
    with visit("/") as guest:
        guest.until(HELD)
        for _ in range(3):
            guest.page.evaluate("geoFinder.draw()")
        guest.page.wait_for_timeout(200)
        assert guest.page.evaluate("heard") == []


def test_headings_lead_from_the_page_to_groups_to_places_the_nearest_first(visit):
    with visit(f"/{START}") as guest:
        for _ in range(2):
            headings = guest.page.evaluate(HEADINGS)
            assert [level for level, _ in headings].count(1) == 1
            assert headings[0][0] == 1
            assert all(after[0] <= before[0] + 1 for before, after in pairwise(headings))
            first_place = next(place for place, (level, _) in enumerate(headings) if level == 3)
            assert headings[first_place - 1] == [2, "자전거로 20분 안"]
            assert guest.text("#near li:first-child [data-slot=name]") in headings[first_place][1]
            assert guest.page.locator("#near li:first-child .state-open, #near li:first-child .state-soon").count() == 1
            guest.until(HELD)

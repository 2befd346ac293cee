"""The street map's host learns where somebody is only from who has been told so first."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser.test_map import HERE, Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

AROUND_HER = "#map=13/35.2000/126.8500"
TILE = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
BUTTON, NOTE = "#streets-button", "#streets-note"


DESK = pytest.param({"width": 1440, "height": 900}, id="desk", marks=pytest.mark.slow)


@pytest.fixture(params=[pytest.param({"width": 390, "height": 844}, id="phone"), DESK])
def seen(browser: Any, shown_server: Any, request: Any) -> Iterator[Visit]:
    """A map whose reader lets her device be asked; tiles are made here and asked of nobody."""
    context = browser.new_context(viewport=request.param, locale="ko-KR", geolocation=HERE, permissions=["geolocation"])
    page = context.new_page()
    page.route("https://tile.openstreetmap.org/**", lambda route: route.fulfill(status=200, content_type="image/svg+xml", body=TILE))
    visit = Visit(page, shown_server.url)
    yield visit.open(AROUND_HER)
    assert visit.faults == []
    context.close()


def locate(seen: Visit) -> None:
    seen.page.get_by_role("button", name="내 위치 보기").click()
    seen.until("geoMap.focus.name === '내 위치'")
    seen.page.wait_for_timeout(600)


def test_once_she_is_located_streets_come_at_the_second_press_only(seen):
    locate(seen)
    seen.page.click(BUTTON)
    seen.page.wait_for_timeout(400)
    assert seen.other_hosts == []
    button = seen.page.locator(BUTTON)
    expect(button).to_contain_text("계신 곳")
    expect(button).to_contain_text("openstreetmap.org")
    expect(seen.page.locator("#map-live")).to_have_text(button.inner_text())
    seen.page.click(BUTTON)
    seen.page.wait_for_selector(".street-tiles .leaflet-tile-loaded")
    expect(button).to_have_text("거리 지도 끄기")
    # Put away and wanted again, it is said again.
    seen.page.click(BUTTON)
    seen.page.click(BUTTON)
    expect(button).to_contain_text("계신 곳")
    expect(seen.page.locator(".street-tiles")).to_have_count(0)


def test_streets_are_put_away_before_she_is_located(seen):
    seen.page.click(BUTTON)
    seen.page.wait_for_selector(".street-tiles .leaflet-tile-loaded")
    # Every tile of the view has come: none is still on its way when they are counted.
    expect(seen.page.locator(".street-tiles .leaflet-tile:not(.leaflet-tile-loaded)")).to_have_count(0)
    before = len(seen.other_hosts)
    locate(seen)
    expect(seen.page.locator(".street-tiles")).to_have_count(0)
    expect(seen.page.locator(NOTE)).to_contain_text("openstreetmap.org")
    expect(seen.page.locator(NOTE)).to_contain_text("껐어요")
    seen.page.keyboard.press("+")
    seen.page.wait_for_timeout(600)
    assert len(seen.other_hosts) == before
    seen.page.click(BUTTON)
    expect(seen.page.locator(BUTTON)).to_contain_text("계신 곳")
    assert len(seen.other_hosts) == before


def test_a_place_chosen_from_the_search_makes_streets_one_press_away_again(seen):
    locate(seen)
    seen.page.click(BUTTON)
    seen.page.get_by_role("button", name="내 위치 보기").click()
    seen.page.fill("#map-search", "송정1동")
    seen.page.wait_for_selector("#map-search-list [role=option]")
    seen.page.press("#map-search", "Enter")
    seen.until("geoMap.isLocated === false")
    seen.page.wait_for_timeout(400)
    seen.page.click(BUTTON)
    seen.page.wait_for_selector(".street-tiles .leaflet-tile-loaded")


def test_the_page_on_privacy_says_what_the_host_of_the_street_map_sees(browser, shown_server):
    page = browser.new_page()
    page.goto(f"{shown_server.url}/about/privacy")
    told = page.inner_text("main")
    assert "거리 지도만은 달라요" in told
    assert "보고 계신 지역" in told
    page.close()

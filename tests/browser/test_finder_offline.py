"""The finder in a basement: the server dead and the night gone by, it still ranks rightly and says how old its data is."""

import re
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from browser.finder_visit import HELD, KEPT, Visit, served_groups
from browser.relay import Relay
from conftest import Server
from playwright.sync_api import expect

from geo_app.domain.calendar import SEOUL

pytestmark = pytest.mark.browser

AGED = "document.getElementById('data-age') !== null"
REGISTERED = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
WORKERS = 1
# A browser would wait for a silent server for ever.
PATIENCE_S = 15
PHONE = {"viewport": {"width": 412, "height": 839}, "is_mobile": True, "has_touch": True, "timezone_id": "Asia/Seoul"}


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read().decode())


@pytest.fixture
def phone(browser: Any, live_server: Any) -> Iterator[Visit]:
    """A phone that has visited the finder once, all that a night needs being kept. Its relay is the way to the server."""
    relay = Relay(live_server.port)
    context = browser.new_context(**PHONE)
    visited = Visit(context.new_page(), relay.url)
    visited.relay = relay
    visited.open().settle()
    yield visited
    context.close()
    relay.stop()


def die(phone: Visit) -> None:
    """The server is gone: nobody listens any more."""
    phone.relay.stop()
    phone.relay.is_silent = True
    phone.page.wait_for_timeout(100)
    with pytest.raises((urllib.error.URLError, OSError)):
        urllib.request.urlopen(phone.url, timeout=1).close()


def later(**span: int) -> datetime:
    return datetime.now(SEOUL).replace(second=0, microsecond=0) + timedelta(**span)


def test_twelve_hours_after_the_server_died_it_ranks_as_the_server_would_have(phone, live_server):
    at = later(hours=12)
    place = re.search(r'<option value="(ic-[^"]+)">하남일반산업단지', get(live_server.url))[1]
    question = f"from={place}&mode=bicycle&has=toilet"
    expected = served_groups(get(f"{live_server.url}/?{question}&at={at:%Y-%m-%dT%H:%M}"))
    assert sum(map(len, expected.values())) > 3
    die(phone)
    phone.page.clock.set_fixed_time(at + timedelta(seconds=10))
    # An address that was never visited: the page that is kept answers it.
    phone.open(f"?{question}")
    phone.until(AGED)
    assert phone.groups() == expected
    assert phone.text("#data-age") == "오프라인 · 12시간 전 자료"
    assert phone.text("#where") == "하남일반산업단지에서"
    assert phone.text("#asof") == f"{at:%H:%M} 기준"
    assert phone.page.is_checked("input[name=has][value=toilet]")
    # And it goes on answering.
    phone.page.check("input[name=mode][value=walk]", force=True)
    phone.becomes(lambda: phone.groups() != expected)
    assert phone.text("#near h2") == "걸어서 20분 안" or phone.page.locator("#near[hidden]").count()


def test_another_time_is_answered_offline_too(phone, live_server):
    question = f"at={later(days=3):%Y-%m-%dT02:10}&mode=motorbike"
    expected = served_groups(get(f"{live_server.url}/?{question}"))
    die(phone)
    phone.open(f"?{question}")
    phone.until("document.getElementById('time-shown') !== null")
    assert phone.groups() == expected
    assert phone.text("#data-age").startswith("오프라인 · ")


def test_after_its_days_are_over_it_says_that_it_no_longer_knows(phone):
    die(phone)
    phone.page.clock.set_fixed_time(later(days=15, minutes=5))
    phone.open("?mode=motorbike")
    phone.until(AGED)
    assert phone.text("#data-age") == "15일 전 자료라 지금 어디가 열려 있는지 몰라요. 가까운 순서로만 보여 드려요."
    states = set(phone.page.locator("#results section:not([hidden]) .state").evaluate_all("(all) => all.map((one) => one.className)"))
    assert states <= {"state state-unknown", "state state-registered"}
    assert not phone.page.locator("#empty").is_visible()
    cards = phone.page.locator("#near .shelter:has(.state-unknown) .way").all_inner_texts()
    metres = [float(found[1]) * (1000 if found[2] == "km" else 1) for found in (re.search(r"([\d.]+) (m|km) ", card) for card in cards)]
    assert len(metres) > 5
    assert metres == sorted(metres)
    body = phone.text("#results")
    assert "열려 있어요" not in body
    assert "닫혀 있어요" not in body


def test_a_server_that_has_fallen_silent_is_not_waited_for(phone):
    phone.relay.is_silent = True
    started = time.monotonic()
    phone.page.goto(f"{phone.url}/?mode=bicycle", wait_until="commit")
    phone.page.wait_for_selector("#results .shelter")
    assert time.monotonic() - started < PATIENCE_S
    phone.until(HELD, patience_s=20)
    phone.until(AGED)
    assert phone.text("#data-age").startswith("오프라인 · ")


def test_a_page_of_the_proxy_about_a_dead_server_is_not_the_answer(phone):
    phone.relay.replace = {b"HTTP/1.1 200 OK": b"HTTP/1.1 502 NO"}
    phone.open("?mode=bicycle")
    phone.until(AGED)
    assert phone.page.locator("#results .shelter:visible").count() > 3
    # Nothing of that was kept.
    phone.relay.replace = {}
    die(phone)
    phone.open("?mode=bicycle")


ELSEWHERE = b"<!DOCTYPE html><title>x</title><h1>MAINTENANCE</h1>"
PORTALS = {
    "maintenance": b"HTTP/1.1 200 OK\r\n",
    "not-found": b"HTTP/1.1 404 Not Found\r\n",
    "forbidden": b"HTTP/1.1 403 Forbidden\r\n",
    "too-many": b"HTTP/1.1 429 Too Many Requests\r\n",
    "log-in": b"HTTP/1.1 302 Found\r\nLocation: http://localhost:9/login\r\n",
}
REFUSALS = ("not-found", "forbidden", "too-many")


@pytest.mark.parametrize("portal", ["maintenance", "log-in", *(pytest.param(name, marks=pytest.mark.slow) for name in REFUSALS)])
def test_what_somebody_else_answers_in_our_place_is_neither_shown_nor_kept(phone, portal):
    site_id = phone.page.evaluate("geoFinder.heldBundle().sites[0].id")
    address = f"{phone.url}/sites/shelters/{site_id}"
    phone.page.goto(address)
    name = phone.text("h1")
    phone.until_kept(lambda kept: address in kept)
    head = PORTALS[portal] + b"Content-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(ELSEWHERE)
    phone.relay.answer = head + ELSEWHERE
    phone.open("?mode=bicycle")
    phone.until(AGED)
    assert phone.page.locator("#results .shelter:visible").count() > 3
    phone.page.goto(address)
    assert phone.text("h1") == name
    phone.open()
    # What stands in a cache by now is what a night needs, all of it ours.
    kept = """async () => { const found = []; for (const name of await caches.keys()) { const cache = await caches.open(name);
      for (const key of await cache.keys()) found.push((await (await cache.match(key)).text()).slice(0, 200)); } return found; }"""
    assert not [text for text in phone.page.evaluate(kept) if "MAINTENANCE" in text]
    phone.relay.answer = None
    die(phone)
    phone.open("?mode=walk")
    phone.until(AGED)
    assert phone.text("#data-age").startswith("오프라인 · ")
    phone.page.goto(address)
    assert phone.text("h1") == name


def test_a_page_of_ours_that_is_gone_says_so_though_an_old_one_is_kept(phone):
    address = f"{phone.url}/sites/shelters/sh-999999"
    old = "new Response('<h1>old</h1>', { headers: { date: new Date().toUTCString() } })"
    phone.page.context.service_workers[0].evaluate(f"keepVisited('/sites/shelters/sh-999999', {old})")
    phone.page.goto(address)
    assert phone.text("h1") != "old"
    assert phone.page.locator("p.small", has_text="404").count() == 1


def test_pages_visited_are_shown_as_of_their_time_and_others_say_what_is_missing(phone, live_server):
    first, second = phone.page.evaluate("geoFinder.heldBundle().sites.slice(0, 2).map((site) => site.id)")
    phone.page.goto(f"{phone.url}/sites/shelters/{first}")
    name = phone.text("h1")
    phone.until_kept(lambda kept: f"{phone.url}/sites/shelters/{first}" in kept)
    die(phone)
    phone.page.goto(f"{phone.url}/sites/shelters/{first}")
    assert phone.text("h1") == name
    assert re.match(r"오프라인 · \d+월 \d+일\(.\) \d\d:\d\d에 본 화면이에요", phone.text(".band-time"))
    state = phone.page.locator("p.state").first
    assert state.get_attribute("class").startswith("state state-unknown")
    assert re.match(r"\d+월 \d+일\(.\) \d\d:\d\d 기준: ", state.inner_text())
    phone.page.goto(f"{phone.url}/sites/shelters/{second}")
    assert "아직 휴대폰에 저장되지 않았어요" in phone.text("main")
    phone.page.click("main a")
    phone.until(HELD)
    # The map needs the network; it says so in our words, not in the browser's.
    phone.page.goto(f"{phone.url}/map")
    assert "아직 휴대폰에 저장되지 않았어요" in phone.text("main")


def test_the_page_to_hold_out_is_kept_with_a_shelters_own_page(phone):
    site_id = phone.page.evaluate("geoFinder.heldBundle().sites[0].id")
    show = f"{phone.url}/sites/shelters/{site_id}/show?lang=vi"
    phone.page.goto(f"{phone.url}/sites/shelters/{site_id}?lang=vi")
    phone.until_kept(lambda kept: show in kept)
    die(phone)
    phone.page.goto(show)
    assert re.search("[가-힣]", phone.text(".show-korean"))
    assert phone.page.locator(".show-own").count() == 1


def test_what_is_kept_is_what_a_night_needs_and_nothing_else(phone):
    site_id = phone.page.evaluate("geoFinder.heldBundle().sites[0].id")
    root = phone.url
    for path in (
        f"/sites/shelters/{site_id}",
        "/sites/shelters/nobody",
        f"/sites/shelters/{site_id}?at=2026-12-01T10:00",
        "/map",
        "/about",
    ):
        phone.page.goto(root + path)
    phone.page.goto(f"{root}/sites/shelters/{site_id}")
    with phone.page.expect_navigation(url="**reported=open**"):
        phone.page.click("#report button[value=open]")
    phone.page.goto(f"{root}/api/nearest?lon=126.79&lat=35.14")
    phone.open("?lang=en&mode=bicycle")
    phone.until_kept(lambda kept: f"{root}/?lang=en" in kept and f"{root}/about" in kept)
    needed = {
        "/",
        "/?lang=en",
        "/words/ko.json",
        "/words/en.json",
        "/shelters.bundle.json",
        "/about",
        f"/sites/shelters/{site_id}",
        f"/sites/shelters/{site_id}/show",
    }
    kept = lambda: {re.sub(r"\?v=.*", "", address).removeprefix(root) for address in phone.kept() if "/static/" not in address}  # noqa: E731
    phone.becomes(kept, needed)
    phone.page.wait_for_timeout(500)  # nothing more comes
    assert kept() == needed
    assert not any("vendor" in address or "map" in address for address in phone.kept())


def test_fifty_visited_pages_are_kept_and_the_oldest_makes_room(phone):
    worker = phone.page.context.service_workers[0]
    fill = """async () => { for (let place = 0; place < 53; place += 1) await keepVisited("/sites/shelters/x" + place, new Response("<p>"));
      await keepVisited("/sites/shelters/x3", new Response("<p>"));
      await keepVisited("/sites/shelters/x60", new Response("<p>")); }"""
    worker.evaluate(fill)
    kept = [address.rpartition("/")[2] for address in phone.kept() if "/sites/shelters/x" in address]
    assert len(kept) == 50
    assert {"x3", "x52", "x60"} <= set(kept)
    assert not {"x0", "x2", "x4"} & set(kept)


def test_a_new_version_replaces_what_is_kept_while_an_open_page_goes_on(phone):
    page = phone.page
    old = set(page.evaluate(KEPT))
    version = re.search(r'"version":"([0-9a-f]{12})"', get(f"{phone.url}/sw.js"))[1]
    phone.relay.replace = {f'"version":"{version}"'.encode(): b'"version":"0123456789ab"'}
    page.evaluate("navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => true)")
    phone.becomes(lambda: {"0123456789ab" in name for name in page.evaluate(KEPT)}, {True})
    kept = page.evaluate(KEPT)
    assert not old & set(kept)
    addresses = {address.removeprefix(phone.url) for rows in kept.values() for address in rows}
    assert {"/", "/shelters.bundle.json"} <= addresses
    page.check("input[name=mode][value=bicycle]", force=True)
    expect(page.locator("#status")).not_to_be_empty()
    die(phone)
    phone.open("?mode=bicycle")
    assert page.locator("#results .shelter:visible").count() > 3


def test_turned_off_by_the_office_the_phone_drops_everything(browser, demo_template, tmp_path):
    home = shutil.copytree(demo_template, tmp_path / "instance")
    server = Server(home, GEO_APP_WORKERS="1")
    relay = Relay(server.port)
    context = browser.new_context(**PHONE)
    phone = Visit(context.new_page(), relay.url)
    try:
        phone.open().settle()
        server.stop()
        server = Server(home, GEO_APP_WORKERS="1", GEO_APP_OFFLINE="off")
        relay.target_port = server.port

        def left_after_a_visit():
            # The browser looks for a newer worker when she comes, and takes its time over it.
            phone.page.goto(relay.url)
            phone.page.wait_for_timeout(1_000)
            return phone.page.evaluate(KEPT), phone.page.evaluate(REGISTERED)

        phone.becomes(left_after_a_visit, ({}, 0))
        # It answers on the device all the same, and registers nothing anew.
        phone.open("?mode=bicycle")
        assert phone.page.evaluate(REGISTERED) == 0
        assert phone.faults == []
    finally:
        context.close()
        relay.stop()
        server.stop()


def test_below_a_path_prefix_it_keeps_to_its_own_part_of_the_host(browser, demo_template, tmp_path):
    home = shutil.copytree(demo_template, tmp_path / "instance")
    server = Server(home, GEO_APP_WORKERS="1", GEO_APP_PUBLIC_URL="http://127.0.0.1/shelter")
    relay = Relay(server.port)
    context = browser.new_context(**PHONE)
    phone = Visit(context.new_page(), f"{relay.url}/shelter")
    try:
        phone.open("?lang=en").settle()
        assert phone.page.evaluate("navigator.serviceWorker.ready.then((all) => all.scope)") == f"{relay.url}/shelter/"
        assert all(address.startswith(f"{relay.url}/shelter/") for address in phone.kept())
        relay.stop()
        relay.is_silent = True
        server.stop()
        phone.open("?lang=en&mode=bicycle")
        phone.until(AGED)
        assert phone.text("#data-age").startswith("Offline · ")
    finally:
        context.close()
        if server.process.poll() is None:
            server.stop()


def test_back_on_the_network_the_page_says_so_by_itself(phone):
    phone.page.context.set_offline(True)
    phone.open("?mode=bicycle")
    phone.until(AGED)
    phone.page.context.set_offline(False)
    phone.until("document.getElementById('data-age') === null", patience_s=30)

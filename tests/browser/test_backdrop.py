"""The streets behind the marks, from our own bytes."""

import shutil

import pytest
from browser.waiting import wait_until
from conftest import Server
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
# How many pixels of a tile are not empty.
DRAWN = """() => [...document.querySelectorAll('.leaflet-backdrop-pane canvas')].some((tile) =>
  tile.getContext('2d').getImageData(0, 0, tile.width, tile.height).data.some((value) => value > 0))"""


@pytest.fixture(scope="module")
def town(town_template, tmp_path_factory):
    server = Server(shutil.copytree(town_template, tmp_path_factory.mktemp("streets") / "home"), GEO_APP_WORKERS="1")
    yield server
    server.stop()


@pytest.mark.parametrize("path", ["/map", "/plan"])
def test_streets_are_drawn_from_our_own_bytes(town, browser, path):
    context = browser.new_context(viewport={"width": 1200, "height": 800}, locale="ko-KR")
    page = context.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{town.url}{path}#map=15/35.1500/126.8000")
    wait_until(page, f"({DRAWN})()", patience_s=90)
    assert "major.json" in {address.rsplit("/", 1)[1] for address in asked if "/streets/" in address}
    assert all(address.startswith(town.url) for address in asked if address.startswith("http"))
    expect(page.locator("body")).to_contain_text("OpenStreetMap contributors <b>", use_inner_text=True)
    # The looking at pixels is the test's own.
    assert [fault for fault in faults if not fault.startswith("Canvas2D")] == []
    context.close()


def test_on_the_painted_map_streets_have_no_colour_of_a_class(town, browser):
    context = browser.new_context(viewport={"width": 1200, "height": 800}, locale="ko-KR")
    page = context.new_page()
    page.goto(f"{town.url}/plan")
    wait_until(page, f"({DRAWN})()", patience_s=90)
    drawn = page.evaluate(
        """() => {
            const colours = new Set();
            for (const tile of document.querySelectorAll('.leaflet-backdrop-pane canvas')) {
                const { data } = tile.getContext('2d').getImageData(0, 0, tile.width, tile.height);
                for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) colours.add(data.slice(at, at + 3).join());
            }
            return [...colours];
        }"""
    )
    # --picture-line of plan_map.css, but for what the drawing of edges rounds.
    told = [[int(part) for part in colour.split(",")] for colour in drawn]
    assert all(abs(part - wanted) <= 6 for colour in told for part, wanted in zip(colour, (143, 149, 156), strict=True))
    assert told
    assert float(page.evaluate("getComputedStyle(document.querySelector('.leaflet-backdrop-pane')).opacity")) < 1
    context.close()

"""The exported file, opened from a disk with the network off."""

import json
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from geo_app.domain.calendar import SEOUL
from geo_app.maps.single_file import build_map_file
from geo_app.snapshot.credits import boundary_producers
from geo_app.wording.catalogue import get_words
from geo_app.workspace.founding import district_of

pytestmark = pytest.mark.browser
AT = datetime(2026, 11, 24, 2, 10, tzinfo=SEOUL)
HOSTILE = '</script><img src=x onerror="window.stolen=1">${1+1}{{7*7}}'


@pytest.fixture
def opened(browser, demo_workspace, tmp_path):
    """Opens the file as it is made at `AT`, read at another time; every request but the file's own is a fault."""
    contexts, faults = [], []

    def open_file(read_at, *, lang="ko", javascript=True, change=lambda text: text):
        snapshot = demo_workspace.load_snapshot()
        told = {"district": district_of(snapshot), "words": get_words(lang), "credit": boundary_producers(snapshot)}
        path = tmp_path / f"map-{len(contexts)}.html"
        path.write_text(change(build_map_file(snapshot, AT, **told)), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, offline=True, java_script_enabled=javascript, timezone_id="America/New_York"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None)
        page.clock.set_fixed_time(read_at)
        page.goto(path.as_uri())
        return page

    yield open_file
    assert faults == []
    for context in contexts:
        context.close()


def placed(snapshot):
    """The first shelter with a pin."""
    layer = snapshot.get_layer("shelters")
    return layer.feature(int(layer.pins[0]))


def test_it_tells_who_is_open_at_the_time_of_the_reader_in_seoul(opened):
    page = opened(AT)
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()
    expect(page.locator("#list-shelters .state").first).to_contain_text("열려 있어요")
    expect(page.locator("#file-age")).to_be_hidden()
    classes = page.locator("#list-shelters .state").evaluate_all("rows => rows.map(row => row.className)")
    rank = [0 if name in ("state state-open", "state state-soon") else 1 for name in classes]
    assert rank == sorted(rank)
    assert 0 < rank.count(0) < len(rank)


def test_when_its_days_have_run_out_it_says_so_and_never_open(opened):
    page = opened(datetime(2026, 12, 15, 2, 10, tzinfo=SEOUL))
    expect(page.locator("#file-age")).to_contain_text("기준 시각 지남")
    expect(page.locator("#list-shelters .state").first).to_have_text("기준 시각 지남")
    assert set(page.locator("#lists .state:not([hidden])").all_inner_texts()) == {"기준 시각 지남"}
    expect(page.locator("#map-summary")).to_have_text("쉼터 51곳 · 열렸는지 미확인")


def test_a_mark_tells_its_place_and_leads_to_the_list(opened, demo_workspace):
    site_id = placed(demo_workspace.load_snapshot())["id"]
    page = opened(AT)
    expect(page.locator("#list-shelters .state").first).to_contain_text("열려")
    page.evaluate(f"geoMap.showSite(map_main, 'shelters', '{site_id}', 'search')")
    popup = page.locator(f".leaflet-popup .popup[data-site='{site_id}']")
    expect(popup).to_be_visible()
    popup.get_by_role("link", name="자세히").click()
    expect(page.locator(f"[id='{site_id}']")).to_be_in_viewport()


def test_without_a_script_the_list_is_whole(opened, demo_workspace):
    page = opened(AT, javascript=False)
    rows = page.locator("#list-shelters > li")
    expect(rows).to_have_count(len(demo_workspace.load_snapshot().get_layer("shelters")))
    expect(rows.first.locator("h3")).to_be_visible()


def test_a_name_is_text_and_nothing_else(opened, demo_workspace):
    site = placed(demo_workspace.load_snapshot())
    name = site["properties"]["name"]
    escaped = json.dumps(HOSTILE)[1:-1]
    for character in "<>&":
        escaped = escaped.replace(character, f"\\u{ord(character):04x}")
    page = opened(AT, change=lambda text: text.replace(f'"name":"{name}"', f'"name":"{escaped}"'))
    expect(page.locator("#list-shelters .state").first).to_contain_text("열려")
    page.evaluate(f"geoMap.showSite(map_main, 'shelters', '{site['id']}', 'search')")
    expect(page.locator(".popup h2")).to_have_text(HOSTILE)
    assert page.evaluate("window.stolen") is None


@pytest.mark.parametrize("lang", ["ko", "ru"])
def test_nothing_hinders_anybody(opened, lang):
    page = opened(AT, lang=lang)
    expect(page.locator("#list-shelters .state").first).not_to_be_empty()
    found = Axe().run(page).response["violations"]
    assert [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

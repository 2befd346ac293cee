"""The builder of blocks as a web master uses it, and its picture on somebody else's page."""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NOON = "at=2026-11-24T12:10"


@pytest.fixture
def builder(browser: Any, live_server: Any) -> Iterator[Any]:
    """Opens `/share` in a browser of its own; nothing may be reported on its console."""
    contexts, faults = [], []

    @contextmanager
    def opening(query: str = "", script: str = "", **options: Any) -> Iterator[Any]:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ko-KR", **options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(script)
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(f"{live_server.url}/share?{query}")
        yield page

    yield opening
    for context in contexts:
        context.close()
    assert faults == []


def test_each_choice_changes_the_preview_the_blocks_and_the_address(builder):
    with builder() as page:
        page.get_by_label("지역").select_option("dg-000013")
        expect(page.locator("#share-status")).to_have_text("미리보기와 코드를 새로 만들었습니다.")
        expect(page.locator("#code-frame")).to_have_value(re.compile("area=dg-000013"))
        expect(page.locator(".share-preview iframe")).to_have_attribute("src", re.compile("area=dg-000013"))
        page.get_by_label("당근광산 참여시설").check()
        page.get_by_label("지금 열린 곳만").check()
        expect(page.locator("#code-element")).to_have_value(re.compile('layers="shelters,village-jobs".*open="true"'))
        expect(page.locator("#code-picture")).to_have_value(re.compile("open=true"))
        expect(page).to_have_url(re.compile("area=dg-000013"))
        # What was chosen is still chosen when the page is opened anew by that address.
        page.reload()
        expect(page.get_by_label("당근광산 참여시설")).to_be_checked()
        expect(page.locator("#code-element")).to_have_value(re.compile('open="true"'))


def test_a_frame_that_stays_the_same_is_not_loaded_anew(builder):
    with builder() as page:
        page.locator(".share-preview iframe").evaluate("(frame) => { frame.dataset.mark = 'kept'; }")
        page.get_by_label("그림을 PNG로").check()
        expect(page.locator("#code-picture")).to_have_value(re.compile(r"embed\.png"))
        expect(page.locator(".share-preview iframe")).to_have_attribute("data-mark", "kept")
        page.get_by_label("색", exact=True).select_option("dark")
        expect(page.locator("#code-frame")).to_have_value(re.compile("theme=dark"))
        assert page.locator(".share-preview iframe").get_attribute("data-mark") is None


def test_with_nothing_ticked_no_block_stands_and_the_page_says_why(builder):
    with builder() as page:
        page.get_by_label("쉼터", exact=True).uncheck()
        expect(page.locator("#share-empty")).to_have_text("하나 이상 고르십시오.")
        expect(page.locator("#share-status")).to_have_text("하나 이상 고르십시오.")
        expect(page.locator("#code-frame")).to_be_hidden()
        expect(page.locator("#code-frame-check")).to_be_hidden()
        page.get_by_label("당근광산 참여시설").check()
        expect(page.locator("#share-empty")).to_be_hidden()
        expect(page.locator("#code-frame")).to_have_value(re.compile("layers=village-jobs"))
        expect(page.locator("#code-frame")).to_be_visible()


def test_with_nothing_ticked_and_no_script_the_form_is_refused(browser, live_server):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/share")
    page.get_by_label("쉼터", exact=True).uncheck()
    page.get_by_role("button", name="코드 만들기").click()
    expect(page.locator("#share-empty")).to_have_text("하나 이상 고르십시오.")
    expect(page.get_by_label("쉼터", exact=True)).not_to_be_checked()
    expect(page.locator("#code-frame")).to_have_count(0)
    page.close()


def test_a_size_that_cannot_be_is_told_and_leaves_the_blocks_as_they_are(builder):
    with builder() as page:
        before = page.locator("#code-frame").input_value()
        page.get_by_label("너비", exact=True).fill("20")
        expect(page.locator("#share-status")).to_contain_text("만들지 못했습니다")
        expect(page.locator("#code-frame")).to_have_value(before)


def test_a_block_is_copied_and_the_page_says_so(builder):
    with builder(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator("[data-copy=code-element]").click()
        expect(page.locator("#code-element-status")).to_have_text("복사했습니다.")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#code-element").input_value()


def test_where_copying_is_refused_the_text_is_marked_for_the_reader(builder):
    with builder(script="navigator.clipboard.writeText = () => Promise.reject(new Error('no'));") as page:
        page.locator("[data-copy=code-frame]").click()
        expect(page.locator("#code-frame-status")).to_contain_text("Ctrl+C")
        expect(page.locator("#code-frame")).to_be_focused()
        assert page.evaluate("(() => { const a = document.activeElement; return a.selectionEnd - a.selectionStart === a.value.length; })()")


def test_an_address_is_checked_with_the_enter_key(builder):
    with builder() as page:
        page.get_by_label("넣을 페이지의 주소").fill("https://www.other.kr/x")
        page.keyboard.press("Enter")
        expect(page.locator("#share-verdict")).to_contain_text("https://www.other.kr은(는) 허용 목록에 없어")
        expect(page.locator("#code-setting")).to_have_value("GEO_APP_EMBED_ORIGINS=https://www.other.kr")


def test_without_a_script_the_form_makes_the_blocks(builder):
    with builder(java_script_enabled=False) as page:
        expect(page.locator("[data-copy=code-frame]")).to_be_hidden()
        page.get_by_label("지역").select_option("dg-000013")
        page.get_by_label("넣을 페이지의 주소").fill("other.kr")
        page.get_by_role("button", name="코드 만들기").click()
        expect(page.locator("#code-frame")).to_have_value(re.compile("area=dg-000013"))
        expect(page.locator("[data-finding=not-listed]").first).to_be_visible()


@contextmanager
def foreign_page(html: str) -> Iterator[str]:
    """A page on another port, with a policy that takes pictures from anywhere and nothing else."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", "default-src 'none'; img-src http:")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_pasted_picture_is_shown_on_a_strict_page_of_another_site(builder, browser, kind):
    with builder(f"picture={kind}") as page:
        block = page.locator("#code-picture").input_value()
    with foreign_page(f"<!DOCTYPE html><html lang=ko><title>x</title>{block.replace(' loading=&quot;lazy&quot;', '')}") as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.locator("img")).to_have_js_property("complete", value=True)
        expect(page.locator("img")).to_have_js_property("naturalWidth", 640)
        expect(page.locator("li").first).to_be_visible()
        page.close()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_pasted_picture_makes_no_phone_scroll_sideways(builder, browser, kind):
    with builder(f"picture={kind}") as page:
        block = page.locator("#code-picture").input_value()
    meta = '<meta name="viewport" content="width=device-width">'
    with foreign_page(f"<!DOCTYPE html><html lang=ko>{meta}<title>x</title>{block}") as address:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address)
        expect(page.locator("img")).to_have_js_property("complete", value=True)
        expect(page.locator("img")).to_have_js_property("naturalWidth", 640)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        box = page.locator("img").bounding_box()
        assert box["width"] / box["height"] == pytest.approx(640 / 480, abs=0.02)
        page.close()


@pytest.mark.parametrize("width", [320, 400, 640])
def test_no_line_of_a_picture_leaves_it_in_the_fonts_of_the_system(browser, live_server, width):
    page = browser.new_page(viewport={"width": 700, "height": 500})
    for lang in ("ko", "en", "vi", "zh", "ru", "uz"):
        page.goto(f"{live_server.url}/embed.svg?layers=shelters,village-jobs&area=dg-000003&width={width}&height=240&lang={lang}&{NOON}")
        beyond = page.evaluate(
            "(width) => [...document.querySelectorAll('svg > text')].filter((line) => {"
            " const box = line.getBBox(); return box.x < 0 || box.x + box.width > width; }).map((line) => line.textContent)",
            width,
        )
        assert beyond == [], lang
    page.close()


def test_a_picture_follows_the_colours_of_the_device_without_a_word_on_the_console(browser, live_server):
    grounds = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 640, "height": 480}, color_scheme=scheme)
        page, told = context.new_page(), []
        # A picture by itself names no icon: the browser looks for one, and is told that there is none.
        page.on("console", lambda message, told=told: told.append((message.text, message.location["url"].rpartition("/")[2])))
        page.goto(f"{live_server.url}/embed.svg?{NOON}")
        grounds[scheme] = Image.open(io.BytesIO(page.screenshot())).convert("L").getpixel((320, 4))
        assert [text for text, name in told if name != "favicon.ico"] == []
        context.close()
    assert grounds["light"] > 240
    assert grounds["dark"] < 60

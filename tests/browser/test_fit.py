"""Pages fit: 360 px in every language, 320 px (what 1280 leaves at 400 %), wide text spacing; targets, and calm where calm is asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser.every_page import NIGHT, SPOKEN, in_language, main_pages
from browser.waiting import wait_for_rest

from geo_app.wording.catalogue import LANGUAGES

pytestmark = pytest.mark.browser

SMALL, SMALLEST, ENLARGED = {"width": 360, "height": 740}, {"width": 320, "height": 640}, {"width": 320, "height": 256}
SIZES = (SMALL, SMALLEST, ENLARGED)
LEAST_TARGET_PX = 24  # WCAG 2.2, 2.5.8
LONGEST_MOTION_S = 0.15
PAGES = (*main_pages(), f"/?{NIGHT}&from=dg-000009", "/sites/shelters/sh-000006/show", "/no-such-page")
# WCAG 2.1, 1.4.12. Through the object model: the page's policy takes no style of a stranger.
SPACE_TEXT = """() => {
  const wide = new CSSStyleSheet();
  wide.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [wide];
}"""
UNFOLD = "() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })"
# What does not fit, a line each: a page wider than its window, text that is cut off or leaves its button, things to press that are too
# small or lie on each other. What may be pushed sideways by hand (a wide table, typed code) and the map's own ground are left out.
MISFITS = """(least) => {
  const told = new Set(), root = document.documentElement;
  const PUSHED = ".table-scroll, .table-wrap, .plan-strip-scroll, .plan-contents, pre, .leaflet-container, .visually-hidden, .skip-link, "
    + ".map-search-answer";
  const isSeen = (item) => item.checkVisibility({ visibilityProperty: true }) && item.clientWidth !== 1 && !item.closest(PUSHED);
  const name = (item) => item.tagName.toLowerCase() + (item.id ? "#" + item.id : "") + " «" + item.textContent.trim().slice(0, 40) + "»";
  const area = (item) => (item.matches("label input") ? item.closest("label") : item).getBoundingClientRect();
  const wider = root.scrollWidth - root.clientWidth;
  if (wider > 0) told.add("the page is wider by " + wider);
  for (const item of [...document.querySelectorAll("body *")].filter(isSeen)) {
    const style = getComputedStyle(item), box = item.getBoundingClientRect();
    if (box.right > root.clientWidth + 1) told.add("sticks out: " + name(item));
    if (style.overflowX !== "visible" && item.scrollWidth > item.clientWidth + 1) told.add("cut off sideways: " + name(item));
    if (/hidden|clip/.test(style.overflowY) && item.scrollHeight > item.clientHeight + 1) told.add("cut off below: " + name(item));
    if (!item.matches("a, button, summary, label, .badge, .chip") || style.display === "inline") continue;
    const range = document.createRange();
    range.selectNodeContents(item);
    const text = range.getBoundingClientRect();
    if (text.width && (text.left < box.left - 1 || text.right > box.right + 1 || text.top < box.top - 1 || text.bottom > box.bottom + 1))
      if (![...item.querySelectorAll("*")].some((part) => part.clientWidth === 1)) told.add("text leaves its box: " + name(item));
  }
  const pressed = [...document.querySelectorAll("a[href], button, input, select, summary")].filter(isSeen);
  pressed.forEach((item, place) => {
    const box = area(item);
    const isInSentence = getComputedStyle(item).display === "inline";
    if (!isInSentence && Math.min(box.width, box.height) < least)
      told.add("too small to press: " + name(item) + " " + box.width + " × " + box.height);
    for (const other of pressed.slice(place + 1)) {
      if (item.contains(other) || other.contains(item)) continue;
      const theirs = area(other);
      const x = Math.min(box.right, theirs.right) - Math.max(box.left, theirs.left);
      const y = Math.min(box.bottom, theirs.bottom) - Math.max(box.top, theirs.top);
      if (x > 1 && y > 1) told.add("on each other: " + name(item) + " and " + name(other));
    }
  });
  return [...told];
}"""
MOVING = """(longest) => [...document.querySelectorAll("*")].flatMap((item) => [null, "::before", "::after"].flatMap((part) => {
  const style = getComputedStyle(item, part);
  const seconds = (text) => Math.max(...text.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? .001 : 1)));
  const lasts = style.transitionProperty === "none" ? 0 : seconds(style.transitionDuration) + Math.max(0, seconds(style.transitionDelay));
  const plays = style.animationName === "none" ? 0 : seconds(style.animationDuration);
  return Math.max(lasts, plays) > longest ? [item.tagName + "." + item.className + (part || "") + " " + lasts + " " + plays] : [];
}))"""


@pytest.fixture
def small_window(browser: Any) -> Iterator[Any]:
    """Opens one window of 360 px."""
    contexts = []

    def look(**options: Any) -> Any:
        contexts.append(browser.new_context(viewport=SMALL, locale="ko-KR", service_workers="block", **options))
        return contexts[-1].new_page()

    yield look
    for context in contexts:
        context.close()


def misfits(page: Any, address: str, plain: Any, spaced: Any) -> list[str]:
    """In windows of the given sizes: first with the page as it is, then with wide spacing."""
    page.goto(address)
    wait_for_rest(page)
    page.evaluate(UNFOLD)
    told = []
    for spacing, size in [*(("", size) for size in plain), *(("spaced ", size) for size in spaced)]:
        if spacing:
            page.evaluate(SPACE_TEXT)
        page.set_viewport_size(size)
        page.wait_for_timeout(50)
        told += [f"{spacing}{size['width']} × {size['height']}: {line}" for line in page.evaluate(MISFITS, LEAST_TARGET_PX)]
    return [f"{address[address.index('/', 8) :]} {line}" for line in told]


def require_fit(page: Any, server: Any, paths: Any, plain: Any = SIZES, spaced: Any = SIZES) -> None:
    told = [line for path in paths for line in misfits(page, server.url + path, plain, spaced)]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("lang", SPOKEN)
def test_the_main_pages_fit_a_small_phone_and_a_large_zoom_with_wide_spacing(small_window, shown_server, lang):
    require_fit(small_window(), shown_server, [in_language(path, lang) for path in PAGES], [SMALL], [SMALLEST])


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_fits_every_small_window(small_window, shown_server, every_page, lang):
    require_fit(small_window(), shown_server, [in_language(path, lang) for path in (*every_page.pages, *every_page.errors)])


def test_nothing_moves_where_calm_is_asked_for(small_window, shown_server):
    page = small_window(reduced_motion="reduce")
    for path in PAGES:
        page.goto(shown_server.url + path)
        wait_for_rest(page)
        assert page.evaluate(MOVING, 0) == [], path
    page.goto(shown_server.url + "/map")
    wait_for_rest(page)
    page.locator(".leaflet-control-zoom-in").click()
    assert page.evaluate("document.getAnimations().length") == 0


def test_nothing_moves_for_long_where_it_is_not(small_window, shown_server):
    page = small_window()
    for path in PAGES:
        page.goto(shown_server.url + path)
        wait_for_rest(page)
        assert page.evaluate(MOVING, LONGEST_MOTION_S) == [], path


def test_the_ruler_itself_finds_what_does_not_fit(small_window):
    page = small_window()
    page.set_content(
        '<button style="width:30px;height:30px;overflow:hidden;white-space:nowrap">far too long</button>'
        '<a href="#" style="display:block;width:10px;height:10px">x</a><button style="margin-top:-20px;height:40px">over</button>'
        '<p style="width:500px">wide</p>'
    )
    told = "\n".join(page.evaluate(MISFITS, LEAST_TARGET_PX))
    for fault in ("the page is wider", "sticks out", "cut off sideways", "too small", "on each other"):
        assert fault in told

"""The page of the open doors with a hand on it: copying, a narrow screen, nothing that axe would report."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture
def shown(browser, shown_server):
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="ko-KR", permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{shown_server.url}/api/")
    yield page
    context.close()


def test_an_example_is_copied_by_keyboard_as_it_stands(shown):
    from playwright.sync_api import expect

    button = shown.locator("[data-copy]").first
    expect(button).to_be_visible()
    button.focus()
    shown.keyboard.press("Enter")
    name = button.get_attribute("data-copy")
    expect(shown.locator(f"#{name}-status")).to_have_text("복사했습니다.")
    assert shown.evaluate("navigator.clipboard.readText()") == shown.locator(f"#{name}").text_content()
    expect(button).to_be_focused()


def test_only_examples_and_tables_are_pushed_sideways_on_a_narrow_screen(shown):
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    wide = "[...document.querySelectorAll('pre, .table-scroll')].filter((item) => item.scrollWidth > item.clientWidth)"
    assert shown.evaluate(f"{wide}.length") > 0
    assert shown.evaluate(f"{wide}.every((item) => item.tabIndex === 0)")


def test_nothing_bars_the_way_of_who_reads_with_other_means(shown):
    shown.evaluate("for (const item of document.querySelectorAll('details')) item.open = true")
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()

"""The page of one place by itself: it can be passed on, and its address forgets a report."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browser.finder_visit import Visit
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLACE = "/sites/shelters/sh-000005"
BUTTON, NOTE = "[data-slot=share]", "#share-note"
NO_SHEET = "navigator.share = undefined; navigator.clipboard.writeText ="


@pytest.fixture
def visit(browser: Any, shown_server: Any) -> Iterator[Any]:
    """Opens pages in a phone of its own, with a script of the test's before the page's."""
    contexts = []

    @contextmanager
    def visiting(script: str = "", **options: Any) -> Iterator[Visit]:
        context = browser.new_context(viewport={"width": 412, "height": 839}, service_workers="block", locale="ko-KR", **options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(script)
        yield Visit(page, shown_server.url)

    yield visiting
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("script", "note"),
    [
        ("navigator.share = (given) => { window.given = given; return Promise.resolve(); };", ""),
        (f"{NO_SHEET} (url) => {{ window.given = {{ url }}; return Promise.resolve(); }};", "주소를 복사했어요."),
        (f"{NO_SHEET} () => Promise.reject(new Error('no'));", "이 주소를 복사하세요: "),
        ("navigator.share = () => Promise.reject(new DOMException('closed', 'AbortError'));", ""),
    ],
    ids=["sheet", "copied", "refused", "closed"],
)
def test_it_is_passed_on_by_its_address_alone(visit, script, note):
    with visit(script) as phone:
        phone.page.goto(f"{phone.url}{PLACE}?at=2026-11-24T02:10")
        phone.page.click(BUTTON)
        if "window.given" in script:
            phone.becomes(lambda: phone.page.evaluate("window.given && window.given.url"), phone.url + PLACE)
            assert phone.page.evaluate("window.given.title || ''") in phone.text("h1")
        phone.page.wait_for_timeout(150)  # an empty note stays empty
        told = note + (phone.url + PLACE if note.endswith(": ") else "")
        phone.becomes(lambda: phone.page.text_content(NOTE), told)
        assert phone.faults == []


def test_what_it_tells_is_in_the_readers_language(visit):
    with visit(f"{NO_SHEET} () => Promise.resolve();") as phone:
        phone.page.goto(f"{phone.url}{PLACE}?lang=ru")
        phone.page.click(BUTTON)
        phone.until(f"document.querySelector('{NOTE}').textContent === 'Адрес скопирован.'")


def test_without_a_script_no_button_does_nothing(visit):
    with visit(java_script_enabled=False) as phone:
        phone.page.goto(phone.url + PLACE)
        assert phone.page.locator(BUTTON).is_hidden()


def test_thanks_for_a_report_do_not_stay_in_the_address(visit):
    with visit() as phone:
        phone.page.goto(f"{phone.url}{PLACE}?lang=en&reported=closed#report")
        expect(phone.page.locator("#report [role=status]")).to_have_count(1)
        phone.until("location.search === '?lang=en' && location.hash === '#report'")
        phone.page.reload()
        assert phone.page.locator("#report [role=status]").count() == 0
        assert phone.page.evaluate("history.length") <= 2


def test_without_a_script_the_thanks_claim_no_report_that_was_not_made(visit):
    with visit(java_script_enabled=False) as phone:
        phone.page.goto(f"{phone.url}{PLACE}?reported=closed")
        assert phone.text("#report [role=status]") == "제보해 주셔서 고마워요. 제보는 바로 반영돼요."

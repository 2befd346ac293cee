"""axe finds nothing on any page: WCAG 2.2 A and AA and its best practices, in every language, light and dark."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browser.axe import find_violations
from browser.every_page import SILENT, SPOKEN, in_language, main_pages
from browser.waiting import wait_for_rest

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, LANGUAGES

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 412, "height": 915}, {"width": 1280, "height": 900}
SCHEMES = ("light", "dark")
# axe leaves WCAG 2.2's own rule (targets of 24 px) off unless it is asked for.
RULES = {"target-size": {"enabled": True}}
SETTLE_MS = 100


@pytest.fixture
def looking(browser: Any) -> Iterator[Any]:
    """Opens one window in a scheme and a size."""
    contexts = []

    @contextmanager
    def look(scheme: str, size: dict[str, int] = PHONE) -> Iterator[Any]:
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme, locale="ko-KR", service_workers="block"))
        yield contexts[-1].new_page()

    yield look
    for context in contexts:
        context.close()


def violations(page: Any, address: str) -> list[str]:
    """What axe holds against a page with everything unfolded, a line each."""
    page.goto(address)
    wait_for_rest(page)
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    page.wait_for_timeout(SETTLE_MS)
    found = find_violations(page, rules=RULES)
    where = re.sub(r"^https?://[^/]+", "", address)
    return [f"{where}: {item['id']} {node['target']} {node['html'][:160]}" for item in found for node in item["nodes"]]


def require_access(page: Any, server: Any, paths: Any) -> None:
    told = [line for path in paths for line in violations(page, server.url + path)]
    assert not told, "\n".join(told)


def test_every_route_is_known_to_these_tests(every_page):
    assert every_page.silent_rules == SILENT
    assert {path.partition("?")[0] for path in main_pages()} <= {path.partition("?")[0] for path in every_page.pages}


def test_axe_finds_nothing_on_any_page_in_korean(looking, shown_server, every_page):
    # The planner's page is looked at for as long as all others together: one state of it here, all in the slow run.
    pages = [path for path in every_page.pages if not path.startswith("/plan?") or "edits=" in path]
    assert any(path.startswith("/plan?") for path in pages)
    with looking("light") as page:
        require_access(page, shown_server, [*pages, *every_page.errors])


@pytest.mark.parametrize("lang", SPOKEN)
def test_axe_finds_nothing_on_the_main_pages_in_the_dark(looking, shown_server, lang):
    with looking("dark") as page:
        require_access(page, shown_server, [in_language(path, lang) for path in main_pages()])


@pytest.mark.slow
@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != DEFAULT_LANGUAGE])
def test_axe_finds_nothing_on_the_main_pages_by_day(looking, shown_server, lang):
    with looking("light") as page:
        require_access(page, shown_server, [in_language(path, lang) for path in main_pages()])


@pytest.mark.slow
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_korean_on_any_screen(looking, shown_server, every_page, scheme, size):
    with looking(scheme, size) as page:
        require_access(page, shown_server, [*every_page.pages, *every_page.errors])


def test_axe_itself_finds_a_slip(looking):
    with looking("light") as page:
        page.set_content("<html><body><img src='x'><button></button></body></html>")
        found = {item["id"] for item in find_violations(page, rules=RULES)}
        assert found >= {"image-alt", "button-name", "html-has-lang"}

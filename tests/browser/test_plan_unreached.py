"""A change at a place that no street reaches, on the page with its script: the word stands beside it, and goes with it."""

import shutil

import pytest
from browser.waiting import wait_until
from conftest import Server

pytestmark = pytest.mark.browser
REMARK = "효과 없음: 어디서도 닿지 않는 곳"
REMARKS = "[...document.querySelectorAll('.plan-tried .plan-edits li')].map((item) => item.textContent.includes('%s'))" % REMARK  # noqa: UP031 braces of a script


@pytest.fixture
def town(town_template, tmp_path):
    server = Server(shutil.copytree(town_template, tmp_path / "instance"), GEO_APP_WORKERS="1")
    yield server
    server.stop()


def test_a_word_stands_beside_a_place_that_is_opened_where_no_street_is(town, browser):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{town.url}/plan?at=2026-11-24T02:00&edits=open:126.80,35.16,24/7;open:126.66,35.095,24/7")
    wait_until(page, f"document.body.classList.contains('is-plan-ready') && {REMARKS}.join() === 'false,true'", 90)
    page.evaluate("geoMap.plan.setEdits([...geoMap.plan.question.edits].reverse())")
    wait_until(page, f"{REMARKS}.join() === 'true,false'", 60)
    page.close()

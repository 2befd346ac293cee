"""The planner's page as a planner meets it: on a desk and on a tablet, by pointer and by keyboard, with and without a script."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from browser.axe import find_violations
from browser.waiting import PATIENCE_S, becomes, wait_until
from playwright.sync_api import expect

from geo_app.wording.catalogue import get_words
from geo_app.wording.compare_terms import exact_percent
from geo_app.wording.plan_terms import percent, plain_figure

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}
TABLET = {"width": 1024, "height": 768}
PHONE = {"width": 390, "height": 844}
AT = "2026-11-24T02:00"  # a Tuesday
TUESDAY_02 = 26
SETTLED = "geoMap.plan.isSettled && !document.body.classList.contains('is-behind')"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Visit:
    """An open planner's page, and everything that went wrong on it or left for another host."""

    def __init__(self, page: Any, url: str) -> None:
        self.page = page
        self.url = url
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, query: str = f"at={AT}") -> "Visit":
        """Go there and wait until the map is painted and the week has come."""
        self.page.goto(f"{self.url}/plan?{query}")
        self.until("document.body.classList.contains('is-plan-ready') && geoMap.plan.weekAnswer !== null")
        return self

    def until(self, condition: str, patience_s: float = PATIENCE_S) -> None:
        wait_until(self.page, condition, patience_s)

    def becomes(self, read: Callable[[], Any], wanted: Any = True) -> None:  # noqa: FBT002 any value may be wanted
        """Wait until what is read is what is wanted."""
        becomes(self.page, read, wanted)

    def sees(self, selector: str, text: str) -> None:
        """Wait until what can be read there holds the text."""
        expect(self.page.locator(selector).first).to_contain_text(text, use_inner_text=True)

    def has_value(self, selector: str, value: str) -> None:
        expect(self.page.locator(selector)).to_have_value(value)

    def wait_for_difference(self) -> None:
        """Until the week with the changes stands beside the week without."""
        self.until("geoMap.plan.weekAnswer !== geoMap.plan.baseWeek && !document.querySelector('.plan-result').hidden")

    def settle(self) -> None:
        """Until the hour shown has come, with all that tells of it."""
        self.until(SETTLED)

    def value(self, name: str) -> str:
        return str(self.page.inner_text(f'[data-value="{name}"]'))

    def hour(self) -> int:
        return int(self.page.get_attribute("#strip a[aria-current]", "data-hour"))

    def comes_to(self, hour: int) -> None:
        """Wait until that hour is the chosen one."""
        expect(self.page.locator("#strip a[aria-current]")).to_have_attribute("data-hour", str(hour))

    def door(self, name: str) -> Any:
        """What a door answers to the question that is shown."""
        return self.page.evaluate("(name) => geoMap.fetchJson(geoMap.plan.address(name, geoMap.plan.query()))", name)

    @property
    def other_hosts(self) -> list[str]:
        return [address for address in self.asked if not address.startswith((self.url, "data:", "about:", "blob:"))]


@pytest.fixture
def visit(browser: Any, live_server: Any) -> Iterator[Any]:
    """Opens the page in a context of its own, on a device that believes it is in New York."""
    contexts = []

    @contextmanager
    def visiting(size: dict[str, int] = DESK, **options: Any) -> Iterator[Visit]:
        context = browser.new_context(viewport=size, locale="ko-KR", timezone_id="America/New_York", **options)
        contexts.append(context)
        yield Visit(context.new_page(), live_server.url)

    yield visiting
    for context in contexts:
        context.close()


def whole_percent(share: float) -> str:
    whole = round(share * 100)
    return f"{min(max(whole, 1), 99) if 0 < share < 1 else whole}%"


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
def test_the_page_comes_without_an_error_without_another_host_and_fits(visit, size):
    with visit(size) as seen:
        seen.open()
        seen.becomes(lambda: seen.page.locator(".plan-cell").count() > 1)
        expect(seen.page.locator(".dong-area")).to_have_count(21)
        seen.becomes(lambda: seen.page.locator(".plan-legend-list li").count() >= 7)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert (seen.faults, seen.other_hosts) == ([], [])


def test_another_hour_is_painted_and_told_without_loading_the_page_again(visit):
    with visit() as seen:
        seen.open()
        seen.page.evaluate("window.isTheSamePage = true")
        before = seen.page.locator(".plan-m0").get_attribute("d")
        seen.page.click(f'#strip a[data-hour="{TUESDAY_02 + 12}"]')
        seen.settle()
        told = seen.door("values")
        seen.comes_to(TUESDAY_02 + 12)
        assert "at=2026-11-24T14%3A00" in seen.page.evaluate("location.search")
        assert seen.value("share") == whole_percent(told["share"])
        assert seen.value("open_now") == str(told["open_now"])
        assert "14:00" in seen.page.inner_text("[data-sentence]")
        expect(seen.page.locator(".plan-m0")).not_to_have_attribute("d", before)
        assert seen.page.evaluate("window.isTheSamePage") is True
        seen.has_value("#plan-clock", "14:00")
        assert seen.faults == []


def test_the_figures_and_the_sentence_are_the_servers_own_at_once(visit):
    with visit() as seen:
        seen.open()
        parts = "[data-sentence], [data-value], #by-dong td[data-field=share], #by-dong td[data-field=uncovered]"
        read = "(parts) => [...document.querySelectorAll(parts)].map((part) => part.textContent.trim()).sort()"
        for hour in (0, 50, 100, 167):
            seen.page.evaluate("(hour) => geoMap.plan.moveTo(hour)", hour)
            seen.until("geoMap.plan.isSettled")
            at_once = seen.page.evaluate(read, parts)
            seen.settle()
            assert at_once == seen.page.evaluate(read, parts)


def test_each_cell_has_the_class_of_its_minutes(visit):
    with visit() as seen:
        seen.open()
        minutes = seen.door("values")["travel_min"]
        breaks = [5, 10, 15, 20, 30]
        wanted = [0] * 7
        for value in minutes:
            wanted[6 if value is None else sum(value > end for end in breaks)] += 1
        rows = seen.page.locator(".plan-legend-list li .quiet")
        seen.becomes(lambda: [int(text.replace(",", "")) for text in rows.all_inner_texts()], wanted)


def test_the_keyboard_moves_through_the_week(visit):
    with visit() as seen:
        seen.open()
        seen.page.focus("#strip a[aria-current]")
        for key, hour in [
            ("ArrowRight", 27),
            ("ArrowDown", 51),
            ("ArrowLeft", 50),
            ("ArrowUp", 26),
            ("Home", 24),
            ("End", 47),
            ("ArrowRight", 48),
            ("PageUp", 0),
        ]:
            seen.page.keyboard.press(key)
            seen.comes_to(hour)
            seen.until(f"document.activeElement.dataset.hour === '{hour}'")
        seen.settle()
        seen.until("document.activeElement.dataset.hour === '0'")
        assert seen.page.evaluate("geoMap.plan.question.hour") == 0
        # One stop of the Tab key, not 168.
        assert seen.page.locator('#strip a[tabindex="0"]').count() == 1


def test_a_drag_across_the_week_ends_at_the_hour_under_the_pointer(visit):
    with visit() as seen:
        seen.open()
        boxes = [seen.page.locator(f'#strip a[data-hour="{hour}"]').bounding_box() for hour in (26, 30, 59)]
        seen.page.mouse.move(boxes[0]["x"] + 8, boxes[0]["y"] + 8)
        seen.page.mouse.down()
        for box in boxes[1:]:
            seen.page.mouse.move(box["x"] + 8, box["y"] + 8, steps=6)
        seen.page.mouse.up()
        seen.settle()
        seen.comes_to(59)
        seen.settle()
        assert seen.value("share") == whole_percent(seen.door("values")["share"])


def test_the_week_plays_and_stops(visit):
    with visit() as seen:
        seen.open()
        play = seen.page.locator("#strip-controls button").first
        play.press("Enter")
        seen.until(f"geoMap.plan.question.hour >= {TUESDAY_02 + 2}")
        assert play.get_attribute("aria-pressed") == "true"
        play.press("Enter")
        seen.settle()
        rested = seen.hour()
        seen.page.wait_for_timeout(1200)
        assert seen.hour() == rested


def test_an_hour_that_does_not_come_is_told_and_comes_at_the_next_try(visit):
    with visit() as seen:
        seen.open()
        seen.page.evaluate("geoMap.plan.moveTo(100)")
        seen.settle()
        seen.page.route("**/api/coverage/values*", lambda route: route.abort())
        seen.page.evaluate("geoMap.plan.moveTo(140)")
        seen.until("!document.getElementById('plan-map-note').hidden")
        seen.sees("#plan-map-note", "받지 못했습니다")
        seen.page.unroute("**/api/coverage/values*")
        seen.page.evaluate("geoMap.plan.moveTo(141)")
        seen.settle()
        expect(seen.page.locator("#plan-map-note")).to_be_hidden()


def test_the_other_pictures_have_their_own_legend(visit):
    with visit() as seen:
        seen.open()
        seen.page.check('input[name="picture"][value="dongs"]')
        seen.sees(".plan-legend-title", "동별")
        rows = seen.page.locator(".plan-legend-list li .quiet")
        seen.becomes(lambda: sum(int(text.replace(",", "")) for text in rows.all_inner_texts()), 21)
        seen.page.check('input[name="picture"][value="unserved"]')
        told = seen.door("values")
        without = sum(covered == "1" or not weight for covered, weight in zip(told["covered"], told["weight"], strict=True))
        seen.becomes(lambda: rows.last.inner_text().replace(",", ""), str(without))
        seen.page.check('input[name="over"][value="reach"]')
        seen.until("document.querySelectorAll('.plan-reach').length > 0")
        assert seen.faults == []


def test_a_gap_of_the_table_is_shown_on_the_map(visit):
    with visit() as seen:
        seen.open()
        row = seen.page.locator("#gaps tbody tr").first
        row.locator(".plan-show").click()
        place = [float(row.get_attribute("data-lon")), float(row.get_attribute("data-lat"))]
        middle = "(({ lat, lng }) => [lng, lat])(map_main.getCenter())"
        seen.becomes(lambda: seen.page.evaluate(middle), pytest.approx(place, abs=0.002))
        expect(seen.page.locator(".plan-gap")).not_to_have_count(0)


def test_a_table_is_sorted_where_it_stands_and_stays_so(visit):
    with visit() as seen:
        seen.open()
        seen.page.click("#by-dong th[data-field=name] a")
        expect(seen.page.locator("#by-dong th[data-field=name]").first).to_have_attribute("aria-sort", "ascending")
        names = seen.page.locator("#by-dong tbody th").all_inner_texts()
        assert names == sorted(names)
        seen.page.click('#strip a[data-hour="60"]')
        seen.settle()
        seen.becomes(seen.page.locator("#by-dong tbody th").all_inner_texts, names)
        seen.page.click("#by-dong th[data-field=name] a")
        seen.becomes(seen.page.locator("#by-dong tbody th").all_inner_texts, names[::-1])


def try_opening(seen: Visit, hours: str = "24/7", name: str = "밤 쉼터") -> None:
    gap = seen.door("gaps")["gaps"][0]
    seen.page.fill("#try-lon", str(gap["lon"]))
    seen.page.fill("#try-lat", str(gap["lat"]))
    seen.page.fill("#try-hours", hours)
    seen.page.fill("#try-name", name)
    seen.page.press("#try-name", "Enter")


def test_a_scenario_is_tried_taken_back_kept_and_found_again(visit):
    with visit() as seen:
        seen.open()
        before = seen.door("values")["share"]
        try_opening(seen, "매일 18시~익일 04시")
        seen.until("geoMap.plan.question.edits.length === 1")
        seen.settle()
        seen.wait_for_difference()
        seen.sees(".plan-edits", "Mo-Su 18:00-04:00")
        assert seen.door("values")["share"] > before
        expect(seen.page.locator(".plan-result td").nth(2)).to_have_text(re.compile(r"^\+"))
        assert "edits=open" in seen.page.evaluate("location.search")
        # A reload shows the same.
        seen.page.reload()
        seen.until("document.body.classList.contains('is-plan-ready')")
        seen.sees(".plan-edits", "밤 쉼터")
        seen.page.fill("#try-name-of-all", "밤에 하나 더")
        seen.page.press("#try-name-of-all", "Enter")
        seen.page.wait_for_selector("#scenario-link")
        kept = seen.page.input_value("#scenario-link")
        assert re.fullmatch(rf"{re.escape(seen.url)}/plan\?scenario=[\w-]{{22}}", kept)
        # A reload does not lose it, and what is said of it stands there at once.
        seen.becomes(lambda: seen.page.url, kept)
        seen.until("document.querySelector('#scenario-saved h3')?.textContent === '밤에 하나 더'")
        expect(seen.page.locator("#scenario-saved a[rel=nofollow]").first).to_have_attribute("href", kept.removeprefix(seen.url))
        seen.page.locator(".plan-edit-buttons button").nth(1).click()
        seen.until("geoMap.plan.question.edits.length === 0")
        seen.settle()
        assert seen.door("values")["share"] == before
        with visit() as other:
            other.open(kept.partition("?")[2])
            other.sees(".plan-edits", "밤 쉼터")
            other.comes_to(TUESDAY_02)
            other.page.click('#strip a[data-hour="30"]')
            other.settle()
            assert other.faults == []
        assert seen.faults == []


def keep_scenario(seen: Visit, name: str = "첫째") -> str:
    """A scenario with one opened place, kept under a link: the link."""
    try_opening(seen)
    seen.until("geoMap.plan.question.edits.length === 1")
    seen.page.fill("#try-name-of-all", name)
    seen.page.press("#try-name-of-all", "Enter")
    seen.page.wait_for_selector("#scenario-link")
    return str(seen.page.input_value("#scenario-link"))


def close_a_place(seen: Visit) -> None:
    seen.page.select_option("#try-kind", "close")
    seen.until("document.querySelectorAll('#try-site option').length > 10")
    seen.page.select_option("#try-site", index=3)
    seen.page.click(".plan-edit-form button[type=submit] >> visible=true >> nth=0")
    seen.until("geoMap.plan.question.edits.length === 2")


def test_a_scenario_that_is_open_is_saved_over_or_under_a_new_link(visit):
    with visit() as seen:
        seen.open()
        kept = keep_scenario(seen)
        seen.open(kept.partition("?")[2])
        expect(seen.page.locator("#scenario-over")).to_be_hidden()
        close_a_place(seen)
        # Its link stays beside the changes: neither a reload nor another hour loses it.
        seen.becomes(lambda: kept.partition("?")[2] in seen.page.url and "edits=" in seen.page.url)
        seen.settle()
        seen.page.reload()
        seen.until("document.body.classList.contains('is-plan-ready')")
        seen.sees("#scenario-saved", "첫째")
        expect(seen.page.locator("#scenario-keep")).to_be_hidden()
        # What is kept is not yet what is seen.
        expect(seen.page.locator("#scenario-compare button")).to_be_disabled()
        seen.page.click("#scenario-over")
        seen.until("document.querySelector('.plan-done').textContent !== ''")
        seen.becomes(lambda: seen.page.url, kept)
        expect(seen.page.locator("#scenario-compare button")).to_be_enabled()
        with visit() as other:
            other.open(kept.partition("?")[2])
            expect(other.page.locator(".plan-tried li")).to_have_count(2)
            other.sees("#scenario-saved", "첫째")
        seen.page.locator(".plan-tried li button").last.click()
        seen.until("geoMap.plan.question.edits.length === 1")
        seen.page.fill("#try-name-of-all", "둘째")
        seen.page.press("#try-name-of-all", "Enter")
        seen.page.wait_for_selector("#scenario-link")
        seen.becomes(lambda: seen.page.url not in ("", kept) and "edits=" not in seen.page.url)
        seen.until("document.querySelector('#scenario-saved h3').textContent === '둘째'")
        assert seen.faults == []


def test_the_table_of_a_scenario_has_one_decimal_throughout_and_adds_up(visit):
    with visit() as seen:
        seen.open()
        try_opening(seen)
        seen.wait_for_difference()
        seen.settle()
        rows = [row.split("\t") for row in seen.page.locator(".plan-result tbody tr").all_inner_texts()]
        shares = [row for row in rows if "%" in row[1]]
        assert len(shares) == 2
        for _, before, after, change in shares:
            assert all(re.fullmatch(r"\d+\.\d%", text) for text in (before, after)), (before, after)
            assert re.fullmatch(r"[+−±]\d+\.\d%p", change), change
            told = float(change[:-2].replace("−", "-").replace("±", ""))
            assert told == pytest.approx(float(after[:-1]) - float(before[:-1]), abs=1e-9)
        assert seen.page.inner_text(".plan-result caption").endswith("(추정)")


def test_a_change_that_can_have_no_effect_says_so(visit):
    with visit() as seen:
        seen.open()
        seen.until("geoMap.store.layers.get('shelters').isLoaded")
        places = "[...geoMap.store.layers.get('shelters').features.values()]"
        site = seen.page.evaluate(places + ".find(({ properties }) => properties.entry === 'card').id")
        seen.page.evaluate("(id) => geoMap.plan.setEdits(geoMap.plan.edits.read('hours:' + id + ',24/7'))", site)
        seen.until("document.querySelectorAll('.plan-tried li').length === 1")
        seen.sees(".plan-tried li", "등록·카드 출입")
        # With registration it counts.
        seen.open(f"at={AT}&registered=true&edits=hours:{site},24/7")
        seen.wait_for_difference()
        assert "등록·카드" not in seen.page.inner_text(".plan-tried li")


def test_only_places_that_count_are_offered_to_be_changed(visit):
    with visit() as seen:
        seen.open()
        seen.until("document.querySelectorAll('#try-site option').length > 10")
        offered = seen.page.evaluate("[...document.querySelectorAll('#try-site option')].map(({ value }) => value).filter(Boolean).sort()")
        assert offered == sorted(seen.page.evaluate("Object.keys(geoMap.plan.setup.places)"))
        assert len(offered) == seen.page.evaluate("geoMap.plan.setup.counted")


def test_a_place_opened_at_a_named_one_has_its_name(visit):
    with visit() as seen:
        seen.open()
        # Every layer that places are chosen from: one that came later would push the others on.
        seen.until("document.querySelectorAll('#try-place optgroup').length === 5")
        seen.page.select_option("#try-place", index=1)
        chosen = seen.page.evaluate("document.querySelector('#try-place').selectedOptions[0].textContent")
        seen.has_value("#try-name", chosen)
        # Another place is another name, a typed one stays.
        seen.page.select_option("#try-place", index=2)
        seen.becomes(lambda: seen.page.input_value("#try-name") not in ("", chosen))
        seen.page.fill("#try-name", "우리 이름")
        seen.page.select_option("#try-place", index=1)
        seen.has_value("#try-name", "우리 이름")
        seen.page.fill("#try-name", "")
        seen.page.select_option("#try-place", index=2)
        seen.page.select_option("#try-place", index=1)
        seen.page.press("#try-hours", "Enter")
        seen.until("geoMap.plan.question.edits.length === 1")
        seen.sees(".plan-tried li", chosen)


def test_figures_are_rounded_as_the_server_rounds_them(visit):
    with visit() as seen:
        seen.open()
        words = get_words("ko")
        shares = [0, 0.0001, 0.004, 0.005, 0.015, 0.125, 0.135, 0.1225, 0.1275, 0.9949, 0.995, 0.9999, 1]
        assert seen.page.evaluate("(shares) => shares.map(geoMap.plan.percent)", shares) == [percent(share, words) for share in shares]
        tenths = "(shares) => shares.map((share) => geoMap.say.number(geoMap.plan.tenthPercent(share), 1) + '%')"
        assert seen.page.evaluate(tenths, shares) == [exact_percent(share, words) for share in shares]
        amounts = [0, 0.25, 9.96, 10.5, 11.5, 2_500.5, 376_089.942]
        assert seen.page.evaluate("(values) => values.map(geoMap.plan.figure)", amounts) == [
            plain_figure(value, words) for value in amounts
        ]


def test_minutes_from_straight_lines_are_told_as_an_estimate(visit):
    with visit() as seen:
        seen.open()
        seen.sees(".plan-legend-title", "(추정)")
        seen.page.check('input[name="over"][value="reach"]')
        expect(seen.page.locator(".plan-legend-list li").last).to_contain_text("(추정)")


def test_the_buttons_of_the_hour_lead_where_their_words_say(visit):
    with visit() as seen:
        seen.open()
        seen.page.click("#strip-controls >> text=1시간 전")
        seen.comes_to(TUESDAY_02 - 1)
        seen.page.click("#strip-controls >> text=1시간 뒤")
        seen.comes_to(TUESDAY_02)


IN_BOX = """() => {
    const cell = document.querySelector('#strip a[aria-current]').getBoundingClientRect();
    const box = document.querySelector('.plan-strip-scroll').getBoundingClientRect();
    const day = document.querySelector('#strip a[aria-current]').closest('tr').cells[0].getBoundingClientRect();
    return cell.left >= day.right - 1 && cell.right <= box.right + 1;
}"""


def test_on_a_phone_the_chosen_hour_is_in_the_strips_box_and_the_page_stays(visit):
    with visit(PHONE, has_touch=True) as seen:
        seen.open("at=2026-11-24T21:00")
        seen.until(f"({IN_BOX})()")
        assert seen.page.evaluate("scrollY") == 0
        for hour in (24, 47, 30):
            seen.page.evaluate("(hour) => geoMap.plan.moveTo(hour)", hour)
            seen.until(f"({IN_BOX})()")
        seen.settle()
        seen.until(f"({IN_BOX})()")
        # A tap chooses.
        seen.page.tap('#strip a[data-hour="31"]')
        seen.comes_to(31)


def test_hours_that_cannot_be_read_are_told_and_nothing_is_lost(visit):
    with visit() as seen:
        seen.open()
        try_opening(seen, "아무 때나 되는대로")
        seen.page.wait_for_selector(".plan-fault:not([hidden])")
        seen.sees(".plan-fault:not([hidden])", "여는 시간")
        assert seen.page.input_value("#try-hours") == "아무 때나 되는대로"
        assert seen.page.evaluate("geoMap.plan.question.edits.length") == 0


def test_a_place_is_chosen_on_the_map_by_keyboard_and_by_name(visit):
    with visit() as seen:
        seen.open()
        seen.page.locator('[data-need="where"] button').press("Enter")
        seen.until("document.activeElement === map_main.getContainer()")
        seen.page.keyboard.press("Enter")
        middle = seen.page.evaluate("map_main.getCenter().lng.toFixed(6)")
        seen.has_value("#try-lon", middle)
        button = seen.page.inner_text('[data-need="where"] button')
        seen.becomes(lambda: seen.page.evaluate("document.activeElement.textContent"), button)
        seen.until("document.querySelectorAll('#try-place optgroup').length === 5")
        seen.page.select_option("#try-place", index=1)
        expect(seen.page.locator("#try-lon")).not_to_have_value(middle)


def test_a_cell_that_is_pressed_tells_its_minutes_and_offers_to_open_there(visit):
    with visit() as seen:
        seen.open()
        seen.page.locator(".map-stage").scroll_into_view_if_needed()
        x, y = seen.page.evaluate(
            """() => {
                const { x, y } = map_main.latLngToContainerPoint([35.2, 126.72]);
                const box = map_main.getContainer().getBoundingClientRect();
                return [box.left + x, box.top + y];
            }"""
        )
        seen.page.mouse.click(x, y)
        seen.page.wait_for_selector(".popup h2")
        expect(seen.page.locator(".popup")).to_contain_text(re.compile("가장 가까운|닿을 수 있는"))
        seen.page.click(".popup button")
        seen.becomes(lambda: float(seen.page.input_value("#try-lat") or 0), pytest.approx(35.2, abs=0.003))
        seen.until("document.activeElement.id === 'try-hours'")


def test_without_a_script_the_page_is_whole_and_offers_nothing_dead(visit):
    with visit(java_script_enabled=False) as seen:
        seen.page.goto(f"{seen.url}/plan?at={AT}")
        assert seen.page.locator("#strip a[data-hour]").count() == 168
        assert seen.page.locator("#by-dong tbody tr").count() == 21
        assert seen.page.locator("#plan-pictures").is_hidden()
        assert seen.page.locator("#strip-controls").is_hidden()
        assert seen.page.locator("#scenario-plain").is_visible()
        assert seen.page.locator(".map-noscript").is_visible()
        seen.page.click('#strip a[data-hour="38"]')
        seen.comes_to(38)


def test_in_another_language_the_script_speaks_it_too(visit):
    with visit() as seen:
        seen.open(f"at={AT}&lang=en")
        spoken = (
            seen.page.inner_text("#strip-controls")
            + seen.page.inner_text("#plan-legend")
            + seen.page.inner_text("#scenario-editor form label >> nth=0")
        )
        assert not re.search("[\uac00-\ud7a3]", spoken)


@pytest.mark.parametrize(
    ("scheme", "size"),
    [
        pytest.param("light", DESK, id="light-desk"),
        pytest.param("dark", TABLET, id="dark-tablet"),
        pytest.param("light", TABLET, id="light-tablet", marks=pytest.mark.slow),
        pytest.param("dark", DESK, id="dark-desk", marks=pytest.mark.slow),
    ],
)
def test_everybody_can_use_it(visit, size, scheme):
    with visit(size, color_scheme=scheme) as seen:
        seen.open()
        try_opening(seen)
        seen.until("geoMap.plan.question.edits.length === 1")
        seen.settle()
        seen.wait_for_difference()
        found = find_violations(seen.page, runOnly=RULES)
        assert [(item["id"], [node["html"][:120] for node in item["nodes"][:3]]) for item in found] == [], json.dumps(found)[:1500]

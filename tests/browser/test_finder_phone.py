"""The finder on a phone: what it answers by itself, where it degrades, and that a position never leaves it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from browser.every_page import SPOKEN
from browser.finder_visit import HELD, HERE, KEPT, Visit, served_groups
from browser.relay import Relay
from holidays import country_holidays
from playwright.sync_api import expect

from geo_app.domain.calendar import SEOUL
from geo_app.spatial.geodesy import distance_m
from geo_app.wording.catalogue import LANGUAGES, get_words

pytestmark = pytest.mark.browser

# Within the days that the phone knows, whenever this is run.
TODAY = datetime.now(SEOUL).date()
HOLIDAYS = country_holidays("KR")
COMING = [TODAY + timedelta(days=days) for days in range(1, 14)]
# No shop is shut for a feast on it, nor on its eve, whose shift it begins with.
ORDINARY = next(day for eve, day in pairwise(COMING) if 0 < day.weekday() < 5 and eve not in HOLIDAYS and day not in HOLIDAYS)
WEEKDAY = "월화수목금토일"[ORDINARY.weekday()]
NIGHT = f"at={ORDINARY}T02:10"
DAY = f"at={ORDINARY}T14:10"
SEOUL_CITY = {"latitude": 37.5665, "longitude": 126.978, "accuracy": 20}
NO_STORAGE = """const refuse = () => { throw new DOMException("refused", "SecurityError"); };
for (const name of ["getItem", "setItem"]) Storage.prototype[name] = refuse;
Object.defineProperty(window, "caches", { get: refuse });"""


@pytest.fixture
def visit(browser: Any, shown_server: Any) -> Iterator[Any]:
    """Opens the finder on a Pixel 7. Without a service worker unless asked for: each test is one visit."""
    contexts = []

    @contextmanager
    def visiting(url: str = shown_server.url, *, script: str = "", **options: Any) -> Iterator[Visit]:
        described = {"viewport": {"width": 412, "height": 839}, "is_mobile": True, "has_touch": True, "timezone_id": "America/New_York"}
        context = browser.new_context(**{**described, "service_workers": "block", **options})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        yield Visit(context.new_page(), url)

    yield visiting
    for context in contexts:
        context.close()


def canonical(html: str) -> str:
    """A card without what may differ in writing: the order of attributes, spaces between elements, the button that needs a script."""

    def element(found: re.Match[str]) -> str:
        name, attributes = found[1], sorted(re.findall(r'[\w-]+(?:="[^"]*")?', found[2]))
        return f"<{name} {' '.join(attributes)}>"

    plain = re.sub(r"\s+", " ", html.replace('=""', "")).replace(
        '<button class="action" type="button" data-slot="share" hidden>', "<SHARE>"
    )
    plain = plain.replace('<button class="action" type="button" data-slot="share">', "<SHARE>")
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", re.sub(r"<(\w+)((?:\s+[\w-]+(?:=\"[^\"]*\")?)+)>", element, plain))


CARDS = "(lists) => lists.map((list) => [list.parentNode.id, ...[...list.children].map((card) => card.outerHTML)])"
HEADS = "(heads) => heads.filter((head) => head.offsetParent).map((head) => head.textContent)"


QUESTIONS = (NIGHT, f"{DAY}&mode=bicycle", f"{DAY}&mode=motorbike&has=toilet&stay=60")


# Every question in the first language, one of them in each of the others.
OTHERS = [(lang, QUESTIONS[place % len(QUESTIONS)]) for place, lang in enumerate(LANGUAGES[1:])]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        *((LANGUAGES[0], question) for question in QUESTIONS),
        *(pytest.param(*other, marks=[] if other[0] == "ru" else [pytest.mark.slow]) for other in OTHERS),
    ],
)
def test_the_phone_draws_what_the_server_drew(visit, lang, question):
    seen = []
    for has_script in (False, True):
        with visit(java_script_enabled=has_script) as phone:
            phone.page.goto(f"{phone.url}/?lang={lang}&{question}")
            if has_script:
                phone.until(HELD)
                phone.page.evaluate("geoFinder.draw()")
            page = phone.page
            lists = page.locator("#results section:not([hidden]) > ol").evaluate_all(CARDS)
            heads = page.locator("#results h2, #where, #asof, #results section > p").evaluate_all(HEADS)
            seen.append(([[rows[0], *map(canonical, rows[1:])] for rows in lists], heads))
    assert seen[0] == seen[1]
    assert sum(len(rows) - 1 for rows in seen[0][0]) > 3


def test_the_bundle_waits_until_the_first_view_stands(visit):
    with visit() as phone:
        phone.open()
        timing = phone.page.evaluate(
            """() => [performance.getEntriesByType("navigation")[0].loadEventEnd,
              ...performance.getEntriesByType("resource").filter((item) => /bundle|words/.test(item.name)).map((item) => item.startTime)]"""
        )
        assert len(timing) == 3
        assert timing[0] <= min(timing[1:])


def test_a_complex_and_a_night_are_asked_without_the_server(visit, client):
    with visit() as phone:
        phone.open()
        complex_id = phone.page.locator("#from option", has_text="하남일반산업단지").first.get_attribute("value")
        before = len(phone.asked)
        phone.page.select_option("#from", complex_id)
        phone.page.click("summary:has-text('다른 시각')")
        phone.page.fill("#at", f"{ORDINARY}T02:10")
        phone.page.keyboard.press("Tab")
        phone.becomes(phone.groups, served_groups(client.get(f"/?from={complex_id}&{NIGHT}").text))
        # Chromium looks at the page's icon again, in its own cache.
        assert [address for address in phone.asked[before:] if "/static/" not in address] == []
        # The address tells the question, to be shared and reloaded.
        phone.becomes(lambda: phone.page.evaluate("location.search"), f"?from={complex_id}&at={ORDINARY}T02%3A10")
        expect(phone.page.locator("#asof")).to_have_text("02:10 기준")
        expect(phone.page.locator("#time-shown")).to_contain_text(f"{ORDINARY.month}월 {ORDINARY.day}일({WEEKDAY}) 02:10")
        phone.page.click("#time-shown button")
        expect(phone.page.locator("#time-shown")).to_have_count(0)
        assert phone.faults == []


def test_other_languages_are_asked_the_same_question(visit):
    with visit() as phone:
        phone.open()
        phone.page.check("input[name=mode][value=bicycle]", force=True)
        expect(phone.page.locator("a[hreflang=en]").first).to_have_attribute("href", "/?mode=bicycle&lang=en")


def test_filters_leave_only_places_that_offer_all(visit, client):
    with visit() as phone:
        phone.open(f"?{DAY}")
        phone.page.click("summary:has-text('조건')")
        phone.page.check("input[name=has][value=toilet]")
        phone.page.check("input[name=has][value=water]")
        phone.page.select_option("#stay", "60")
        phone.becomes(phone.groups, served_groups(client.get(f"/?{DAY}&has=toilet,water&stay=60").text))


# --- the position ------------------------------------------------------------------------------------------------------------------


def test_near_me_ranks_from_the_position_and_leads_there(visit):
    with visit(geolocation=HERE, permissions=["geolocation"]) as phone:
        phone.open(f"?{DAY}")
        phone.press_near_me()
        bundle = phone.page.evaluate("geoFinder.heldBundle()")
        sites = {site["id"]: site for site in bundle["sites"]}
        exact = phone.ids("near") + phone.ids("far")
        metres = [distance_m(HERE["longitude"], HERE["latitude"], sites[site]["lon"], sites[site]["lat"]) for site in exact]
        assert len(exact) > 3
        nearest = min(metres)
        told = f"{round(nearest / 10) * 10} m" if nearest < 995 else f"{round(nearest / 1000, 1):g} km"
        assert told in phone.text(f"li[data-id='{exact[metres.index(nearest)]}'] .way")
        assert phone.text("#where") == "내 위치에서"
        assert phone.page.locator("#from option:checked").inner_text() == "내 위치"
        first = sites[exact[0]]
        assert f"{first['lat']:.6f},{first['lon']:.6f}" in phone.page.locator(
            "#near [data-slot=kakao], #far [data-slot=kakao]"
        ).first.get_attribute("href")
        assert phone.page.locator("#accuracy").count() == 0
        # A place from the list takes its turn, and the position is forgotten.
        phone.page.select_option("#from", index=5)
        phone.until("geoFinder.here.point() === null")
        expect(phone.page.locator("#from [data-here]")).to_have_count(0)
        assert phone.faults == []


def test_a_rough_position_says_so(visit):
    with visit(geolocation={**HERE, "accuracy": 850}, permissions=["geolocation"]) as phone:
        phone.open()
        phone.press_near_me()
        expect(phone.page.locator("#accuracy")).to_have_text("위치가 대략이에요 · 앞뒤로 850 m쯤 다를 수 있어요")


def test_nothing_asks_for_the_position_before_the_button_is_pressed(visit):
    spy = "window.asked = 0; navigator.geolocation.getCurrentPosition = () => { window.asked += 1; };"
    with visit(script=spy, geolocation=HERE, permissions=["geolocation"]) as phone:
        phone.open()
        phone.page.check("input[name=mode][value=bicycle]", force=True)
        phone.page.wait_for_timeout(300)
        assert phone.page.evaluate("window.asked") == 0
        phone.page.click("#near-me")
        phone.until("window.asked === 1")
        # Whoever does not want to wait chooses from the list.
        expect(phone.page.locator("#status")).to_contain_text("목록에서")


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("navigator.geolocation.getCurrentPosition = (found, fail) => fail({ code: 1 });", "위치를 쓸 수 없게"),
        ("navigator.geolocation.getCurrentPosition = (found, fail) => fail({ code: 2 });", "위치를 찾지 못했어요"),
        ("navigator.geolocation.getCurrentPosition = (found, fail) => fail({ code: 3 });", "너무 오래 걸려요"),
        ("Object.defineProperty(navigator, 'geolocation', { value: undefined });", "위치를 찾지 못했어요"),
    ],
)
def test_without_a_position_the_list_of_places_still_answers(visit, script, sentence):
    with visit(script=script) as phone:
        phone.open(f"?{DAY}")
        phone.page.click("#near-me")
        expect(phone.page.locator("#status")).to_contain_text(sentence)
        before = phone.groups()
        phone.page.select_option("#from", index=9)
        phone.becomes(lambda: phone.groups() != before)
        assert phone.faults == []


def test_a_position_refused_by_the_browser_itself_is_told(visit):
    with visit(permissions=[]) as phone:
        phone.open()
        phone.page.click("#near-me")
        expect(phone.page.locator("#status")).to_contain_text("목록에서 있는 곳을 골라 주세요")


def test_kakaotalks_browser_offers_the_phones_own_when_it_has_no_position(visit):
    agent = "Mozilla/5.0 (Linux; Android 8.0.0; SM-G930S) AppleWebKit/537.36 Chrome/87.0.4280.141 Mobile Safari/537.36 KAKAOTALK 9.0.3"
    script = "navigator.geolocation.getCurrentPosition = (found, fail) => fail({ code: 1 }); delete Navigator.prototype.serviceWorker;"
    with visit(script=script, user_agent=agent) as phone:
        phone.open("?mode=bicycle")
        phone.page.click("#near-me")
        assert phone.page.locator("#status a").get_attribute("href").startswith("kakaotalk://web/openExternal?url=http%3A%2F%2F127.0.0.1")
        assert phone.faults == []


def test_outside_the_district_dongs_are_offered_as_buttons(visit):
    with visit(geolocation=SEOUL_CITY, permissions=["geolocation"]) as phone:
        phone.open()
        phone.press_near_me()
        buttons = phone.page.locator("#outside button")
        expect(buttons).to_have_count(5)
        assert "밖" in phone.text("#outside")
        name = buttons.first.inner_text()
        buttons.first.click()
        expect(phone.page.locator("#where")).to_have_text(f"{name}에서")
        expect(phone.page.locator("#outside")).to_be_hidden()
        assert phone.page.evaluate("geoFinder.here.point()") is None


def secret_forms() -> list[str]:
    """The position as it might be written: four digits after the point, with and without the point, as minutes of arc."""
    forms = []
    for value in (HERE["latitude"], HERE["longitude"]):
        digits = f"{value:.7f}"[: f"{value:.7f}".index(".") + 5]
        forms += [digits, digits.replace(".", ""), digits.replace(".", ","), digits.replace(".", "%2E")]
    return forms


def test_the_position_never_leaves_the_phone(visit, shown_server):
    relay = Relay(shown_server.port)
    with visit(relay.url, geolocation=HERE, permissions=["geolocation"], service_workers="allow") as phone:
        phone.open(f"?{DAY}").settle()
        phone.press_near_me()
        phone.page.check("input[name=mode][value=bicycle]", force=True)
        phone.page.click("summary:has-text('조건')")
        phone.page.check("input[name=has][value=toilet]")
        phone.page.click("form button[type=submit]")
        phone.page.evaluate("navigator.clipboard.writeText = () => Promise.resolve(); navigator.share = undefined")
        phone.page.locator("[data-slot=share]:visible").first.click()
        phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        phone.page.wait_for_timeout(500)
        assert phone.page.evaluate("geoFinder.here.point().lat") == HERE["latitude"]
        traces = [phone.page.url, phone.page.content(), *phone.faults, *phone.asked, *everything_kept(phone)]
        # To the page of a shelter and back: what a browser remembers of the visit.
        with phone.page.expect_navigation(url="**/sites/shelters/**"):
            phone.page.locator("[data-slot=name]:visible").first.click()
        traces += [phone.page.url, phone.page.content(), *everything_kept(phone)]
        phone.page.go_back()
        phone.until(HELD)
        traces += [phone.page.url, phone.page.content(), *everything_kept(phone)]
        assert all(address.startswith((relay.url, "data:", "blob:")) for address in phone.asked)
    relay.stop()
    traces += [relay.sent.decode("latin-1"), shown_server.log.read_text(encoding="utf-8")]
    assert len(relay.sent) > 2000
    for form in secret_forms():
        assert [trace[max(0, trace.index(form) - 60) :][:120] for trace in traces if form in trace] == [], form


def everything_kept(phone: Visit) -> list[str]:
    """Stores of the browser, as text."""
    stores = """async () => [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, window.name,
      JSON.stringify(history.state), String((await indexedDB.databases()).length)]"""
    told = list(phone.page.evaluate(stores))
    assert told[-1] == "0"
    bodies = """async () => { const texts = []; for (const name of await caches.keys()) { const cache = await caches.open(name);
      for (const request of await cache.keys()) { const kept = await cache.match(request); if (kept) texts.push(request.url,
        await kept.text(), JSON.stringify([...kept.headers])); } } return texts; }"""
    return [*told, *phone.page.evaluate(bodies), str(phone.page.evaluate(KEPT))]


# --- time --------------------------------------------------------------------------------------------------------------------------


def closing_nearby(phone: Visit) -> tuple[str, datetime, dict[str, Any]]:
    """A shelter within reach of the district's middle that is open and closes within a day: id, when, its row."""
    script = """() => { const bundle = geoFinder.heldBundle(); const { time, rank, setup } = geoFinder;
      const asked = { ...setup.focus, at: time.now(), mode: "motorbike", stayMin: 20, amenities: [], isRegistered: true };
      return rank(bundle, asked).near.filter((item) => item.arrival.state === "open" && item.arrival.changeMin && !item.isStale)
        .map((item) => [item.id, time.write(time.ofMinutes(item.firstMin + item.arrival.changeMin)), item.site]); }"""
    site_id, closes_at, site = phone.page.evaluate(script)[0]
    return site_id, datetime.fromisoformat(closes_at).replace(tzinfo=SEOUL), site


def test_doors_close_while_the_page_is_looked_at(visit):
    with visit() as phone:
        # A day on which something is open: the clock of the page is ours, the bundle is of now.
        noon = datetime.now(SEOUL).replace(hour=13, minute=0, second=0) + timedelta(days=1)
        phone.page.clock.install(time=noon)
        phone.page.goto(f"{phone.url}/?mode=motorbike")
        phone.page.clock.run_for(5000)
        phone.page.evaluate("geoFinder.loadBundle()")
        site_id, closes_at, _ = closing_nearby(phone)
        phone.page.clock.set_system_time(closes_at - timedelta(minutes=1, seconds=5))
        phone.page.clock.run_for(2000)
        state = f"li[data-id='{site_id}'] .state"
        before = phone.text(state)
        assert "열려" in before or "닫" in before
        phone.page.clock.set_system_time(closes_at + timedelta(seconds=5))
        phone.page.clock.run_for(2000)
        after = phone.text(state)
        assert after.startswith("닫혀 있어요")
        assert after != before
        assert phone.text("#asof") == f"{closes_at:%H:%M} 기준"


@pytest.mark.parametrize("clock", ["23:59", "00:01"])
def test_around_midnight_in_seoul_the_phone_in_another_zone_agrees_with_the_server(visit, client, clock):
    with visit() as phone:
        day = datetime.now(SEOUL).date() + timedelta(days=2)
        phone.page.clock.install(time=datetime.fromisoformat(f"{day}T{clock}:20+09:00"))
        phone.page.goto(phone.url)
        phone.page.clock.run_for(5000)
        phone.page.evaluate("geoFinder.loadBundle()")
        phone.page.evaluate("geoFinder.draw()")
        assert phone.groups() == served_groups(client.get(f"/?at={day}T{clock}").text)
        assert phone.text("#asof") == f"{clock} 기준"


def test_a_time_beyond_the_phones_days_is_the_servers_to_answer(visit, client):
    with visit() as phone:
        phone.open()
        later = (datetime.now(SEOUL) + timedelta(days=40)).strftime("%Y-%m-%dT13:00")
        phone.page.evaluate("(value) => { document.getElementById('at').closest('details').open = true; return value; }", later)
        phone.page.fill("#at", later)
        phone.until("geoFinder.setup.at !== null")
        phone.until(HELD)
        phone.page.evaluate("geoFinder.draw()")
        assert phone.groups() == served_groups(client.get(f"/?at={later}").text)
        assert phone.page.locator("#limit").count() == 0


# --- what the phone remembers ------------------------------------------------------------------------------------------------------


def registered_ids(phone: Visit) -> set[str]:
    sites = phone.page.evaluate("geoFinder.heldBundle().sites")
    return {site["id"] for site in sites if site.get("entry") in ("registration", "card")}


def test_who_has_registered_is_told_of_those_places_and_is_remembered(visit):
    with visit() as phone:
        phone.open(f"?{DAY}&mode=motorbike")
        known = registered_ids(phone)
        assert known
        states = "li.shelter .state-registered"
        assert phone.page.locator(f"#near {states}").count() > 0
        ranked = phone.ids("near")
        first = next(place for place, site in enumerate(ranked) if site in known)
        assert all(site in known for site in ranked[first:])
        phone.page.check("#registered")
        expect(phone.page.locator(states)).to_have_count(0)
        phone.open(f"?{DAY}&mode=motorbike")
        phone.page.evaluate("geoFinder.draw()")
        assert phone.page.is_checked("#registered")
        assert phone.page.locator(states).count() == 0
        # It stays on the phone.
        assert not [address for address in phone.asked if "regist" in address]
        phone.open()
        assert phone.page.is_checked("input[name=mode][value=motorbike]")


def test_a_browser_that_keeps_nothing_answers_all_the_same(visit):
    with visit(script=NO_STORAGE) as phone:
        phone.open(f"?{DAY}&mode=motorbike")
        phone.page.check("#registered")
        phone.page.select_option("#from", index=4)
        name = phone.page.locator("#from option:checked").inner_text()
        expect(phone.page.locator("#where")).to_contain_text(name)
        phone.becomes(lambda: len(phone.ids("near")) > 0)
        expect(phone.page.locator(".state-registered")).to_have_count(0)
        assert phone.faults == []


def test_without_a_network_and_without_a_worker_memory_answers(visit):
    with visit() as phone:
        phone.open(f"?{DAY}")
        phone.page.context.set_offline(True)
        phone.page.select_option("#from", index=7)
        phone.page.check("input[name=mode][value=motorbike]", force=True)
        expect(phone.page.locator("#near h2")).to_contain_text("오토바이")
        phone.becomes(lambda: len(phone.ids("near")) > 0)
        expect(phone.page.locator("#where")).to_contain_text(phone.page.locator("#from option:checked").inner_text())


@pytest.mark.parametrize("lost", ["**/words/*", "**/shelters.bundle.json", "**/js/finder.js"])
def test_if_a_part_does_not_come_the_servers_page_stays_and_its_form_works(visit, client, lost):
    with visit() as phone:
        phone.page.route(lost, lambda route: route.abort())
        phone.page.goto(f"{phone.url}/?{DAY}")
        phone.page.wait_for_timeout(2500)
        assert phone.groups() == served_groups(client.get(f"/?{DAY}").text)
        place = phone.page.locator("#from option").nth(3).get_attribute("value")
        phone.page.select_option("#from", place)
        if "finder.js" in lost:
            phone.page.click("form button[type=submit]")
        phone.becomes(lambda: f"from={place}" in phone.page.url)
        phone.becomes(phone.groups, served_groups(client.get(f"/?from={place}&{DAY}").text))


def test_a_fault_in_one_part_leaves_the_others_working(visit, client):
    # The part that shares fails at its start, the measuring of distances later on.
    broken = """const find = Element.prototype.querySelectorAll; Element.prototype.querySelectorAll = function (wanted) {
      if (wanted.includes("share")) throw new Error("broken"); return find.call(this, wanted); };"""
    with visit(script=broken) as phone:
        phone.open(f"?{DAY}")
        phone.page.select_option("#from", index=3)
        place = phone.page.locator("#from").input_value()
        phone.becomes(phone.groups, served_groups(client.get(f"/?from={place}&{DAY}").text))
    with visit(script="Math.asin = () => { throw new Error('broken'); };") as phone:
        phone.open(f"?{DAY}")
        assert phone.groups() == served_groups(client.get(f"/?{DAY}").text)


NO_SHEET = "navigator.share = undefined; navigator.clipboard.writeText ="


# --- sharing, focus, voice ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("navigator.share = (given) => { window.given = given; return Promise.resolve(); };", ""),
        (f"{NO_SHEET} (text) => {{ window.given = {{ url: text }}; return Promise.resolve(); }};", "복사했어요"),
        (f"{NO_SHEET} () => Promise.reject(new Error('no'));", "이 주소를 복사하세요: "),
        ("navigator.share = () => Promise.reject(new DOMException('closed', 'AbortError'));", ""),
    ],
)
def test_a_shelter_is_shared_by_its_public_address(visit, script, told):
    with visit(script=script, geolocation=HERE, permissions=["geolocation"]) as phone:
        phone.open(f"?{DAY}")
        phone.press_near_me()
        phone.page.evaluate("document.getElementById('status').textContent = ''")
        button = phone.page.locator("[data-slot=share]:visible").first
        site_id = button.evaluate("(element) => element.closest('[data-id]').dataset.id")
        button.click()
        address = f"{phone.url}/sites/shelters/{site_id}"
        if "window.given" in script:
            phone.becomes(lambda: phone.page.evaluate("window.given && window.given.url"), address)
        phone.page.wait_for_timeout(200)  # where nothing is told, nothing comes
        expect(phone.page.locator("#status")).to_contain_text(told + address if told.endswith(": ") else told)
        assert told or not phone.text("#status")


def test_the_focus_stays_on_its_button_when_its_card_is_drawn_anew_or_moves(visit):
    with visit() as phone:
        phone.open(f"?{DAY}&mode=motorbike")
        focused = "[document.activeElement.dataset.slot, document.activeElement.closest('[data-id]').dataset.id]"
        cards = phone.page.locator("#near li")
        last = cards.nth(min(cards.count(), 9) - 1)
        site_id = last.get_attribute("data-id")
        last.locator("[data-slot=kakao]").focus()
        for mode in ("bicycle", "walk", "motorbike"):
            phone.page.evaluate("(mode) => document.querySelector('input[name=mode][value=' + mode + ']').click()", mode)
            phone.page.wait_for_timeout(200)
            if phone.page.locator(f"[data-id='{site_id}']:visible").count():
                assert phone.page.evaluate(focused) == ["kakao", site_id]
        assert phone.page.locator(f"#near [data-id='{site_id}']").count() == 1


def test_an_answer_that_says_the_same_touches_nothing_on_the_page(visit):
    with visit() as phone:
        phone.open(f"?{DAY}")
        phone.page.evaluate("geoFinder.draw()")
        phone.page.evaluate(
            """() => { window.changes = 0; new MutationObserver((list) => { window.changes += list.length; })
              .observe(document.getElementById("main"), { subtree: true, childList: true, characterData: true }); geoFinder.draw(); }"""
        )
        phone.page.wait_for_timeout(100)
        assert phone.page.evaluate("window.changes") == 0


@pytest.mark.parametrize("lang", SPOKEN)
def test_one_quiet_sentence_tells_the_answer(visit, lang):
    with visit() as phone:
        phone.open(f"?lang={lang}&{DAY}")
        assert phone.text("#status") == ""
        phone.page.check("input[name=mode][value=motorbike]", force=True)
        expect(phone.page.locator("#status")).not_to_be_empty()
        count = phone.page.locator("#near .state-open, #near .state-soon").count()
        assert count > 1
        name = phone.page.locator(f"#near [data-slot={'name' if lang == 'ko' else 'latin'}]").first.inner_text()
        words = get_words(lang)
        told = words.plural("{count} open shelter", "{count} open shelters", count)
        assert phone.text("#status").startswith(told)
        assert name in phone.text("#status")
        heads = phone.page.locator("#results h2:visible, #results h3:visible").evaluate_all("(all) => all.map((head) => head.tagName)")
        assert heads[0] == "H2"
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 412

"""The finder page: whole in its first response, ranked as the finder ranks, honest where there is nothing, and small."""

import gzip
import html
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from shapely.geometry import Point

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Channel
from geo_app.domain.layers import AMENITIES, LAYERS
from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.report import Seen
from geo_app.domain.site import HoursStatement, SiteDraft
from geo_app.finder.gazetteer import list_places
from geo_app.finder.standing import FinderQuestion, rank_shelters
from geo_app.settings import load_settings
from geo_app.travel.speeds import Mode
from geo_app.web import finder_form, finder_page
from geo_app.web.app import create_app
from geo_app.web.house import seoul_now
from geo_app.wording.catalogue import LANGUAGES, SOURCE_LANGUAGE, get_words

FIRST_RESPONSE_BYTES = 14 * 1024
SCRIPT_BYTES = 14 * 1024
FIRST_VISIT_BYTES = 45 * 1024
NOON = "2026-11-24T12:10"
NIGHT = "2026-11-24T02:10"
SLOTS = {
    "name", "latin", "sample", "neighbour", "state", "way", "entry", "report", "amenities", "kakao", "more", "naver", "tmap", "geo",
    "call", "show", "share", "checked",
}  # fmt: skip


class Cards(HTMLParser):
    """The ids of the cards of each section that is shown, in order, and the text of each slot of each card."""

    def __init__(self, page):
        super().__init__()
        self.sections, self.slots = {}, {}
        self._open, self._card, self._slot, self._is_template = [], None, None, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self._is_template |= tag == "template"
        if tag == "section":
            self._open.append(told["id"] if "hidden" not in told else None)
        if tag == "li" and "data-id" in told:
            self._card = told["data-id"]
            self.sections.setdefault(self._open[-1], []).append(self._card)
            self.slots.setdefault(self._card, {})
        if "data-slot" in told and not self._is_template:
            self._slot = told["data-slot"]
            self.slots[self._card][self._slot] = told.get("href") or ""

    def handle_endtag(self, tag):
        if tag == "section":
            self._open.pop()
        if tag in ("p", "a", "button", "details"):
            self._slot = None

    def handle_data(self, data):
        if self._slot and not self._is_template:
            self.slots[self._card][self._slot] += data


def page_of(client, query=""):
    answer = client.get(f"/{query}")
    assert answer.status_code == 200, query
    return answer.text


def shown_text(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<(script|template).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)))


def publish(workspace, drafts, layer="shelters"):
    changes = list(workspace.new_changes(LAYERS[layer], drafts))
    workspace.publish(changes, actor="t", reason="x", channel=Channel.OPERATOR, at=datetime.now(UTC))
    workspace.keeper.refresh()
    return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()


def cafe(number, *, name=None, as_of=None, **attributes):
    return SiteDraft(
        "shelters",
        name or f"서로 다른 이름의 쉬어 가는 카페 {number}호점",
        Provenance("t", f"k-{number}", checked_on=as_of),
        kind="cafe",
        status=Status.CONFIRMED,
        precision=Precision.ADDRESS,
        geometry=Point(126.7937 + number * 0.0003, 35.1396 + number * 0.0002),
        address=f"광주광역시 광산구 광산로29번길 {number}",
        hours=(HoursStatement("24시간", opening_hours="24/7", source="t", as_of=as_of),),
        attributes={"entry": "ask-staff", "amenities": ["toilet", "seats"], **attributes},
    )


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE])
def test_every_sentence_of_the_tables_is_translated(lang):
    tables = (finder_form.MODE_WORDS, finder_form.PLACE_WORDS, finder_page.NEAR_WORDS, finder_page.EMPTY_WORDS)
    messages = get_words(lang).messages
    assert [msgid for table in tables for msgid in table.values() if msgid not in messages] == []


def test_the_first_response_is_a_ranked_list_from_the_districts_own_middle(client):
    page = page_of(client)
    text = shown_text(page)
    assert "광산구청에서" in text
    assert re.search(r"\d\d:\d\d 기준", text)
    assert sum(map(len, Cards(page).sections.values())) > 5


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("at", [NOON, NIGHT])
def test_cards_stand_in_the_order_of_the_ranking(client, demo_workspace, mode, at):
    snapshot = demo_workspace.load_snapshot()
    for place in list_places(snapshot)[::9]:
        question = FinderQuestion(place.lon, place.lat, datetime.fromisoformat(at).replace(tzinfo=SEOUL), mode, 30, ("toilet",))
        answer = rank_shelters(snapshot, question, {})
        page = page_of(client, f"?from={place.id}&at={at}&mode={mode}&stay=30&has=toilet")
        shown = Cards(page).sections
        offered = {site_id for name in ("maybe", "usable", "next-open") for site_id in shown.get(name, [])}
        for name in ("near", "far", "rough"):
            told = [item.id for item in getattr(answer, name) if name != "far" or item.id not in offered]
            assert shown.get(name, []) == told, place.name
        for name in ("maybe", "usable"):
            assert shown.get(name, []) == ([item.id for item in getattr(answer.empty, name)] if answer.empty else []), place.name
        assert ('<section id="empty">' in page) == (answer.empty is not None)


def test_every_card_says_what_decides_and_leads_there(client):
    slots = Cards(page_of(client, f"?at={NOON}&mode=motorbike")).slots
    assert len(slots) > 30
    for card in slots.values():
        assert all(card[name].strip() for name in ("name", "state", "way", "entry", "kakao"))
        assert "추정" in card["way"]
        assert card["kakao"].startswith("https://map.kakao.com/link/to/")
    full = [card for card in slots.values() if "naver" in card]
    assert len(full) >= finder_page.FULL_CARDS
    assert all({"tmap", "geo", "show", "share", "checked"} <= card.keys() for card in full)


def test_the_empty_answer_is_designed(client):
    page = page_of(client, f"?at={NIGHT}&from=dg-000009")
    text = shown_text(page)
    order = [
        text.index(part)
        for part in ("걸어서 갈 수 있는 열린 쉼터가 없어요", "가장 가까운 열린 쉼터", "다음에 여는 쉼터", "도움이 필요할 때")
    ]
    assert order == sorted(order)
    assert {"119", "112"} <= set(re.findall(r'href="tel:(\d+)"', page))
    cards = Cards(page)
    assert cards.sections["usable"]
    assert all("추정" in cards.slots[site_id]["way"] for site_id in cards.sections["usable"])


def test_warm_places_are_called_no_shelters(workspace):
    office = SiteDraft(
        "public-facilities", "밤새 여는 곳", Provenance("t", "warm", checked_on=seoul_now().date()), kind="support-centre",
        precision=Precision.ADDRESS, status=Status.CONFIRMED, geometry=Point(126.84, 35.23),
        hours=(HoursStatement("24시간", opening_hours="24/7", source="t", as_of=seoul_now().date()),),
    )  # fmt: skip
    client = publish(workspace, [office], "public-facilities")
    cards = Cards(page_of(client, "?from=dg-000009"))
    warm = cards.slots[cards.sections["warm"][0]]
    assert warm["entry"].startswith("쉼터는 아니에요")
    assert warm["state"].strip().startswith("24시간 열려 있어요")
    assert "show" not in warm


def test_a_rough_place_shows_a_range_and_stands_in_its_own_section(client):
    cards = Cards(page_of(client))
    rough = [cards.slots[site_id]["way"] for site_id in cards.sections["rough"]]
    assert rough
    assert all(re.search(r"약 [\d,]+–[\d,]+ (k?m)", way) for way in rough)


def test_boxes_ticked_in_a_plain_form_ask_the_same_as_one_list(client):
    ticked, listed = (page_of(client, f"?at={NOON}&{query}") for query in ("has=toilet&has=water&from=&stay=20", "has=toilet,water"))
    assert Cards(ticked).sections == Cards(listed).sections
    assert len(re.findall(r'name="has" value="[a-z-]+" checked', ticked)) == 2
    assert f"조건 {2}" in shown_text(ticked)


def test_nothing_that_fits_is_told_and_leads_on(client):
    page = page_of(client, f"?has={','.join(AMENITIES)}")
    assert '<p class="empty">' in page
    assert "고른 조건을 모두 갖춘 곳이 없어요" in shown_text(page)


@pytest.mark.parametrize(
    ("query", "status"),
    [("?from=dg-999999", 404), ("?mode=rocket", 400), ("?stay=0", 400), ("?has=bed", 400), ("?at=soon", 400), ("?lon=126.8", 400)],
)
def test_what_cannot_be_asked_is_a_page_that_says_so(client, query, status):
    answer = client.get(f"/{query}")
    assert answer.status_code == status
    assert "<h1>" in answer.text


def test_another_time_says_so_and_leads_back(client):
    page = page_of(client, f"?at={NIGHT}&from=dg-000003&has=toilet&mode=bicycle")
    assert "지금이 아닙니다" in page
    back = html.unescape(re.search(r'<a href="([^"]+)">지금 시각으로', page)[1])
    assert "at=" not in back
    assert {"from=dg-000003", "mode=bicycle"} <= set(back.partition("?")[2].split("&"))
    assert client.get(back).status_code == 200


def test_a_riders_report_flags_the_card_and_hides_nothing(workspace):
    client = publish(workspace, [cafe(1, as_of=seoul_now().date())])
    cards = Cards(page_of(client))
    site_id = cards.sections["near"][0]
    assert cards.slots[site_id]["state"].strip() == "24시간 열려 있어요"
    workspace.reports.add(site_id, Seen.CLOSED, at=seoul_now(), address="192.0.2.1")
    assert re.search(r"\d\d:\d\d 닫힘 제보 1건", Cards(page_of(client)).slots[site_id]["report"])
    workspace.reports.add(site_id, Seen.CLOSED, at=seoul_now(), address="192.0.2.2")
    flagged = Cards(page_of(client)).slots[site_id]
    assert flagged["report"] == "확인 필요 · 닫힘 제보 2건"
    assert flagged["state"].strip().startswith("열려 있을 수 있어요")


def test_a_card_and_its_page_believe_reports_for_the_time_that_is_asked_for(workspace):
    client = publish(workspace, [cafe(1, as_of=seoul_now().date())])
    now = seoul_now()
    site_id = Cards(page_of(client)).sections["near"][0]
    for number in (1, 2):
        workspace.reports.add(site_id, Seen.CLOSED, at=now, address=f"192.0.2.{number}")
    for hours, is_believed in ((1, True), (43, False)):
        at = (now + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
        page = page_of(client, f"?at={at}&from=")
        card, own = Cards(page).slots[site_id], client.get(f"/sites/shelters/{site_id}?at={at}").text
        assert ("report" in card) == ('<p class="report">' in own) == is_believed
        assert card["state"].strip().startswith("열려 있을 수 있어요" if is_believed else "24시간 열려 있어요")
        assert card["state"].strip() in own
        shown = re.search(rf'data-id="{site_id}".*?<p class="state ([a-z-]+)"', page, re.DOTALL)[1]
        assert shown == ("state-doubtful" if is_believed else "state-open")


def lonely_cafe(workspace, text, rule=None):
    today = seoul_now().date()
    hours = (HoursStatement(text, opening_hours=rule, source="t", as_of=today),)
    dong = next(place for place in list_places(workspace.load_snapshot()) if place.id == "dg-000009")
    client = publish(workspace, [replace(cafe(1, name="외딴 카페", as_of=today), geometry=Point(dong.lon, dong.lat), hours=hours)])
    page = page_of(client, f"?at={NIGHT}&from=dg-000009&stay=120")
    return client, page, next(site_id for site_id, card in Cards(page).slots.items() if "외딴 카페" in card["name"])


def test_hours_that_nobody_knows_have_no_day_on_which_they_were_checked(workspace):
    client, page, site_id = lonely_cafe(workspace, "사장님 마음대로")
    card = Cards(page).slots[site_id]
    assert card["state"].strip() == "영업시간 미확인"
    assert "share" in card
    assert "checked" not in card
    top = client.get(f"/sites/shelters/{site_id}").text.partition("<h2>")[0]
    assert "영업시간 미확인" in top
    assert "영업시간 확인" not in top


def test_a_door_that_closes_too_early_is_open_and_no_rest(workspace):
    _, page, site_id = lonely_cafe(workspace, "8시~새벽 3시", "Mo-Su 08:00-03:00")
    cards = Cards(page)
    assert site_id in cards.sections["near"]
    assert "열려 있어요 · 새벽 3시까지" in cards.slots[site_id]["state"]
    assert '<section id="empty">' in page
    assert "원하는 만큼 쉴 수 있는 쉼터가 없어요" in shown_text(page)


def test_old_hours_are_never_a_certain_open_door_on_any_page(workspace):
    old = seoul_now().date() - timedelta(days=215)
    client = publish(workspace, [cafe(1, name="오래된 카페", as_of=old)])
    site_id = next(site for site, card in Cards(page_of(client)).slots.items() if card["name"].endswith("오래된 카페"))
    said = Cards(page_of(client)).slots[site_id]["state"].strip()
    assert said == "열려 있을 수 있어요 · 확인 7달 전"
    for path in (f"/sites/shelters/{site_id}", "/list/shelters?q=오래된"):
        page = client.get(path).text
        assert said in page
        assert "열려 있어요" not in page


def test_names_are_text_and_romanised_for_other_readers(workspace):
    client = publish(workspace, [cafe(1, name="<b>하남</b> {{7*7}} 카페, 1/2", as_of=seoul_now().date())])
    page = page_of(client, "?lang=en")
    assert "<b>하남" not in page
    assert "&lt;b&gt;하남&lt;/b&gt; {{7*7}} 카페" in page
    card = next(card for card in Cards(page).slots.values() if "하남" in card["name"] and "7*7" in card["name"])
    assert "Hanam" in card["latin"]
    assert "/" not in card["kakao"].removeprefix("https://map.kakao.com/link/to/")


def test_the_template_for_the_script_has_every_slot_empty_and_hidden(client):
    template = re.search(r'<template id="card-template">(.*?)</template>', page_of(client), re.DOTALL)[1]
    assert set(re.findall(r'data-slot="([a-z]+)"', template)) == SLOTS
    assert "href" not in template
    for tag in re.findall(r"<[^>]+data-slot=[^>]+>", template):
        assert "hidden" in tag or re.search(r'data-slot="(name|state)"', tag), tag


def test_the_script_is_told_its_addresses_and_they_answer(client):
    setup = json.loads(re.search(r'<script type="application/json" id="finder-setup">(.*?)</script>', page_of(client))[1])
    assert {"lang", "bundle_url", "words_url", "site_url", "sw_url", "at", "reports_url", "public_url", "focus"} <= setup.keys()
    for name in ("bundle_url", "words_url", "sw_url"):
        assert client.get(setup[name]).status_code == 200, name
    assert client.get(setup["site_url"].replace("ID", "sh-000001")).status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_response_fits_with_sixty_shelters_in_reach(workspace, lang):
    client = publish(workspace, [cafe(number, as_of=seoul_now().date()) for number in range(30)])
    answer = client.get(f"/?mode=motorbike&lang={lang}", headers={"Accept-Encoding": "gzip"})
    assert len(Cards(gzip.decompress(answer.data).decode()).slots) >= 60
    assert len(answer.data) <= FIRST_RESPONSE_BYTES


def test_the_first_visit_is_light(client):
    page = page_of(client)
    paths = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js))"', page))
    assert any("finder.css" in path for path in paths)
    assert any("finder.js" in path for path in paths)
    sizes = {}
    for path in paths:
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as answer:
            sizes[path] = len(answer.data)
    assert next(size for path, size in sizes.items() if "finder.js" in path) <= SCRIPT_BYTES
    assert sum(sizes.values()) + len(gzip.compress(page.encode(), 5)) <= FIRST_VISIT_BYTES, sizes


def test_the_page_asks_no_other_host_and_holds_no_inline_style(client):
    page = page_of(client)
    assert not re.findall(r'(?:src|action)="https?:', page)
    assert "style=" not in page
    assert "onclick" not in page

"""The page of one place: its week, the days that differ, where facts come from, reports; and the page held out to the staff."""

import html
import json
import re
from datetime import UTC, date, datetime

import pytest
from shapely.geometry import Point

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Channel
from geo_app.domain.layers import ENTRY_RULES, LAYERS
from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.site import Closure, DatedHours, HoursStatement, SiteDraft
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.wording import greeting, week_table
from geo_app.wording.catalogue import LANGUAGES, SOURCE_LANGUAGE, get_words

DISPUTED = "sh-000005"  # the city's shelter, of whose hours two newspapers tell two things


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL)))


def open_shop(workspace, name="쉬어 가는 카페", **members):
    attributes = members.pop("attributes", {"entry": "ask-staff", "phone": "062-000-0000"})
    draft = SiteDraft(
        "shelters", name, Provenance("달고나명단", name, checked_on=date(2026, 11, 9)), kind="cafe", status=Status.CONFIRMED,
        **{"precision": Precision.ADDRESS, "geometry": Point(126.8, 35.17), "attributes": attributes, **members},
    )  # fmt: skip
    changes = list(workspace.new_changes(LAYERS["shelters"], [draft]))
    workspace.publish(changes, actor="t", reason="x", channel=Channel.OPERATOR, at=datetime.now(UTC))
    workspace.keeper.refresh()
    layer = workspace.keeper.current.layers["shelters"]
    site_id = layer.ids[layer.search(name)[0]]
    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    return client, f"/sites/shelters/{site_id}"


def hours(text, rule, on_holidays=None, **members):
    return HoursStatement(text, opening_hours=rule, on_holidays=on_holidays, **{"source": "달고나명단", **members})


def week_rows(page):
    table = re.search(r'<table class="table week">(.*?)</table>', page, re.DOTALL)
    rows = re.findall(r"<tr([^>]*)>(.*?)</tr>", table[1], re.DOTALL) if table else []
    return [("today" in mark, text_of(row).split()) for mark, row in rows]


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE])
def test_every_sentence_of_the_tables_is_translated(lang):
    tables = (greeting.GREETING_WORDS, week_table.ALERT_WORDS)
    messages = get_words(lang).messages
    assert [msgid for table in tables for msgid in table.values() if msgid not in messages] == []


def test_the_week_stands_as_a_grid_with_today_marked(workspace):
    client, path = open_shop(
        workspace, hours=(hours("평일 9-18시, 토 익일 2시까지", "Mo-Fr 09:00-13:00,14:00-18:00; Sa 18:00-02:00", "closed"),)
    )
    rows = week_rows(client.get(f"{path}?at=2026-11-24T12:00").text)
    assert [row[1][0] for row in rows] == ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"]
    assert [is_today for is_today, _ in rows] == [False, True, False, False, False, False, False]
    assert rows[0][1][1:] == ["09:00~13:00,", "14:00~18:00"]
    assert rows[5][1][1:] == ["18:00~다음", "날", "02:00"]
    assert rows[6][1][1:] == ["쉼"]


def test_sources_that_differ_stand_side_by_side(client):
    page = client.get(f"/sites/shelters/{DISPUTED}?at=2026-11-24T12:00").text
    rows = week_rows(page)
    assert rows[0][1] == ["요일", "newsis.com", "jnilbo.com"]
    assert rows[1][1] == ["월요일", "24시간", "16:00~다음", "날", "06:00"]
    assert "출처마다 말이 달라요" in page


def test_the_coming_days_that_differ_say_why(workspace):
    client, path = open_shop(
        workspace,
        hours=(hours("매일 9시~18시", "Mo-Su 09:00-18:00", "closed"),),
        closures=(Closure(date(2026, 12, 22), date(2026, 12, 22), "가스 점검"),),
        dated_hours=(DatedHours(date(2026, 12, 24), date(2026, 12, 24), "09:00-12:00"),),
    )
    text = text_of(client.get(f"{path}?at=2026-12-20T12:00").text)
    assert "12월 22일(화) 쉼 · 가스 점검" in text
    assert "12월 24일(목) 09:00~12:00 · 이 기간만 다른 시간" in text
    assert "12월 25일(금) 쉼 · 기독탄신일" in text
    assert "앞으로 14일 동안 달라지는 날이 없어요" in text_of(client.get(f"{path}?at=2027-04-05T12:00").text)


def test_pages_in_other_languages_name_holidays_and_places_for_their_readers(workspace):
    client, path = open_shop(
        workspace,
        hours=(hours("매일 9시~18시", "Mo-Su 09:00-18:00", "closed", source="예시"),),
        attributes={"entry": "registration", "entry_note": "처음 한 번 명단에 등록해요."},
    )
    page = client.get(f"{path}?lang=ru&at=2026-12-20T02:10").text
    text = text_of(page)
    assert "Рождество" in text
    assert "기독탄신일" not in text
    assert "На вс, 20 дек., 02:10" in text
    assert "Источник: Данные-примеры" in text
    assert re.search(r" (м|км) к [\w-]+ от: [A-Z][A-Za-z0-9 -]+ \( [가-힣]", text)
    assert "Сначала зарегистрируйтесь. · 처음 한 번 명단에 등록해요" in text
    assert re.search(r'<span lang="ko">처음 한 번 명단에 등록해요', page)
    assert re.search(r"<dd>[A-Z][a-z]+ ?\d?-dong \(", page)


def test_hours_that_cannot_be_read_are_told_as_written_and_never_open(workspace):
    client, path = open_shop(workspace, hours=(hours("사장님 마음대로", None),))
    page = client.get(path).text
    assert week_rows(page) == []
    assert "적힌 그대로 아래에 있어요" in page
    assert "사장님 마음대로" in page
    assert "영업시간 미확인" in page
    assert "state-unknown" in page
    assert "state-open" not in page
    assert "열려 있어요" not in page


def test_a_place_without_hours_is_not_said_to_be_closed(client):
    text = text_of(client.get("/sites/shelters/sh-000001").text)
    assert "영업시간 미확인" in text
    assert "영업시간을 아직 확인하지 못했어요" in text
    assert "앞으로 14일" not in text


def test_every_fact_says_how_it_is_known(workspace):
    client, path = open_shop(workspace, hours=(hours("24시간", "24/7", as_of=date(2026, 11, 12)),))
    page = client.get(f"{path}?at=2026-11-24T12:00").text
    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL))
    assert facts["영업시간"] == "영업시간 확인 12일 전"
    assert "확인 15일 전" in facts["위치"]
    assert facts["들어가기"] == "확인 15일 전"
    assert "달고나명단" in facts["그 밖의 내용"]


def test_it_is_told_where_it_is_without_a_map(client, demo_workspace):
    layer = demo_workspace.load_snapshot().layers["shelters"]
    located = next(site_id for site_id in layer.ids if layer.get_feature(site_id)["properties"]["status"] == "sample")
    assert re.search(r"에서 (남|북|동|서)[남북동서]?쪽 [\d,.]+ k?m", text_of(client.get(f"/sites/shelters/{located}").text))
    rough = client.get(f"/sites/shelters/{DISPUTED}").text
    assert "정확한 위치가 아니에요" in rough


def test_what_can_be_pressed_leads_somewhere(workspace):
    client, path = open_shop(workspace)
    page = client.get(path).text
    links = dict(re.findall(r'data-slot="([a-z]+)" href="([^"]+)"', page))
    assert links["call"] == "tel:062-000-0000"
    assert links["kakao"].startswith("https://map.kakao.com/link/to/")
    assert {"naver", "tmap", "geo"} <= links.keys()
    assert client.get(links["show"]).status_code == 200
    assert client.get(re.search(r'href="([^"]+hours\.ics)"', page)[1]).status_code == 200
    assert len(re.findall(r'href="[^"]+/poster\.pdf\?size=a[46]"', page)) == 2


def test_a_place_without_a_public_number_offers_no_call(workspace):
    client, path = open_shop(workspace, attributes={"entry": "open-door"})
    assert "tel:" not in client.get(path).text


@pytest.mark.parametrize(("seen", "flag"), [("closed", "닫힘 제보 1건"), ("open", "영업시간 확인 오늘")])
def test_a_report_is_one_tap_and_shows_at_once(workspace, seen, flag):
    client, path = open_shop(workspace, hours=(hours("24시간", "24/7"),))
    page = client.get(path).text
    form = re.search(r'<form method="post" action="([^"]+)">(.*?<button[^>]+value="' + seen + '".*?)</form>', page, re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]+)">', form[2].rpartition("<form")[2]))
    answer = client.post(form[1], data={**fields, "seen": seen}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303
    told = client.get(answer.headers["Location"].partition("#")[0]).text
    assert "고마워요" in told
    assert flag in told
    assert "고마워요" not in client.get(path).text


def test_what_happens_with_reports_is_told_in_full(client):
    page = client.get("/sites/shelters/sh-000006").text
    assert "저장하지 않아요" in page
    assert "한계" in page


def test_search_engines_are_told_of_real_places_only(workspace):
    client, path = open_shop(
        workspace, "</script><script>alert(1)</script> 카페", hours=(hours("매일 9-18", "Mo-Su 09:00-18:00", "usual"),)
    )
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).text, re.DOTALL)
    document = json.loads(blocks[0])
    assert document["name"] == "</script><script>alert(1)</script> 카페"
    assert document["openingHoursSpecification"][0]["opens"] == "09:00"
    assert "ld+json" not in client.get(f"{path}?at=2026-11-24T12:00").text  # what holds at another time is no news
    assert "ld+json" not in client.get("/sites/shelters/sh-000006").text  # a sample


def test_the_staff_are_shown_one_korean_sentence_that_fits_the_rule(workspace):
    for entry in (None, *ENTRY_RULES):
        client, path = open_shop(workspace, f"{entry} 카페", attributes={"entry": entry} if entry else {})
        for lang in LANGUAGES:
            page = html.unescape(client.get(f"{path}/show?lang={lang}").text)
            assert f'<p class="show-korean" lang="ko">{greeting.greeting_to_staff(entry)}</p>' in page
            assert (f'<p class="show-own">{greeting.greeting(entry, get_words(lang))}</p>' in page) is (lang != "ko")


@pytest.mark.parametrize(
    "path", ["/sites/public-facilities/pf-000001/show", "/sites/dongs/dg-000003/show", "/sites/shelters/sh-999999/show"]
)
def test_nobody_rests_by_right_elsewhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("at", ["2026-11-24T23:59", "2026-11-25T00:01"])
def test_a_shift_over_midnight_stays_open_and_today_moves_on(workspace, at):
    client, path = open_shop(workspace, hours=(hours("매일 18시~익일 2시", "Mo-Su 18:00-02:00", "usual", as_of=date(2026, 11, 20)),))
    page = client.get(f"{path}?at={at}").text
    assert "열려 있어요 · 새벽 2시까지" in page
    today = datetime.fromisoformat(at).replace(tzinfo=SEOUL).weekday()
    assert [is_today for is_today, _ in week_rows(page)].index(True) == today

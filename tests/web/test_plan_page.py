"""The planner's page: whole without a script, its figures those of the planning room, every link and form asking what it says."""

import html
import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from geo_app.cartography.classes import MINUTE_BREAKS, SHARE_BREAKS
from geo_app.planning.coverage import ask_coverage
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.week import ask_week
from geo_app.planning.world import get_world
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.parameters import moment
from geo_app.web.plan_page import SORTS
from geo_app.web.plan_tables import sort_reader
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.wording.plan_terms import percent, percent_figure

TUESDAY = "2026-11-24T02:00"
HOURS_OF_WEEK = 168
SECTIONS = (
    "plan-form", "headline", "strip", "plan-map", "by-dong", "by-complex", "by-job", "by-group", "gaps", "hosts", "sites", "scenario",
    "basis", "overview",
)  # fmt: skip
PLACE = "126.790000,35.160000"


class Page(HTMLParser):
    """Tags with their attributes in order, and the text of everything that has a `data-value`."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.values, self._value, self._depth = [], {}, None, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, told))
        if "data-value" in told:
            self._value = told["data-value"]
            self.values[self._value] = ""

    def handle_endtag(self, tag):
        if tag in ("dd", "span"):
            self._value = None

    def handle_data(self, data):
        if self._value:
            self.values[self._value] += data

    def all(self, tag, **wanted):
        """Attributes of the elements of that tag; `data_hour=None` asks for one that has it."""
        names = {name.replace("_", "-"): value for name, value in wanted.items()}
        return [
            told
            for name, told in self.tags
            if name == tag and all(told.get(k) == v if v is not None else k in told for k, v in names.items())
        ]


@pytest.fixture
def own_client(workspace):
    """Over a district of one's own: what is saved here counts in no other test."""
    return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()


def page_of(client, **query):
    answer = client.get(f"/plan?{urlencode(query)}")
    assert answer.status_code == 200, query
    return Page(answer.text), answer.text


def answer_of(workspace, **question):
    world = get_world(workspace.keeper.current)
    return ask_coverage(world, CoverageQuestion(at=moment(TUESDAY), **question))


def rows_of(text, table):
    """(key, name) of each row, as they stand."""
    body = re.search(rf'data-table="{table}".*?<tbody>(.*?)</tbody>', text, re.DOTALL)
    return re.findall(r'<tr data-key="([^"]+)"', body[1])


def setup_of(text):
    return json.loads(re.search(r'id="plan-setup">(.*?)</script>', text, re.DOTALL)[1])


def test_every_section_that_the_script_looks_for_is_there_once(client):
    page, _ = page_of(client, at=TUESDAY)
    ids = [told["id"] for _, told in page.tags if "id" in told]
    assert len(ids) == len(set(ids))
    assert [name for name in (*SECTIONS, "wishes", "plan-setup") if name not in ids] == []


def test_the_headline_tells_what_the_planning_room_answers(client, demo_workspace):
    page, text = page_of(client, at=TUESDAY)
    answer, words = answer_of(demo_workspace), get_words("ko")
    assert page.values["share"] == percent(answer.share, words)
    assert page.values["nominal"] == percent(answer.nominal_share, words)
    assert page.values["open_now"] == str(answer.sites.open_now)
    assert answer.worst_dong.name in page.values["worst"]
    assert f"화요일 02:00, 걸어서 10분 안에 열린 쉼터: 실제 {percent(answer.share, words)}" in text


def test_the_strip_links_every_hour_of_the_week_and_marks_the_chosen_one(client, demo_workspace):
    page, _ = page_of(client, at=TUESDAY)
    links = page.all("a", data_hour=None)
    assert [told["data-hour"] for told in links] == [str(hour) for hour in range(HOURS_OF_WEEK)]
    assert [told["data-hour"] for told in links if "aria-current" in told] == ["26"]
    times = [parse_qs(urlsplit(told["href"]).query)["at"][0] for told in links]
    assert (times[0], times[26], times[-1]) == ("2026-11-23T00:00", TUESDAY, "2026-11-29T23:00")


def test_each_cell_of_the_strip_has_its_share_as_text(client, demo_workspace):
    _, text = page_of(client, at=TUESDAY)
    week = ask_week(get_world(demo_workspace.keeper.current), CoverageQuestion(at=moment(TUESDAY)))
    told = re.findall(r"data-hour=.*?</span>([0-9–]+)<span", text)
    assert told == [percent_figure(float(share)) for share in week.shares]


def test_the_worst_dong_stands_first_and_a_link_turns_the_order_round(client, demo_workspace):
    _, text = page_of(client, at=TUESDAY)
    shares = {item.key: item.share for item in answer_of(demo_workspace).by_dong}
    assert [shares[key] for key in rows_of(text, "by-dong")] == sorted(shares.values())
    _, turned = page_of(client, at=TUESDAY, sort="by-dong.-share")
    assert [shares[key] for key in rows_of(turned, "by-dong")] == sorted(shares.values(), reverse=True)
    assert re.search(r'data-field="share" class="number" aria-sort="descending"', turned)


def test_every_heading_leads_to_an_order_that_the_page_knows(client):
    page, _ = page_of(client, at=TUESDAY)
    links = {parse_qs(urlsplit(told["href"]).query)["sort"][0]: told["href"] for told in page.all("a", **{"class": "plan-sort"})}
    read = sort_reader(SORTS)
    assert {read(text).table for text in links} == set(SORTS) - {"wishes"}  # of which there are none yet
    assert client.get(links["gaps-shut.-people"]).status_code == 200


def test_every_download_of_the_page_is_answered(client):
    page, _ = page_of(client, at=TUESDAY, minutes=5)
    links = [told["href"] for told in page.all("a", download=None)]
    assert {urlsplit(href).path.rsplit(".", 1)[1] for href in links} == {"csv", "xlsx", "geojson", "gpkg", "kml"}
    assert {urlsplit(href).path for href in links} >= {f"/plan/cells.{ext}" for ext in ("csv", "xlsx", "geojson", "gpkg", "kml")}
    assert [href for href in links if client.get(href).status_code != 200] == []
    assert all(parse_qs(urlsplit(href).query)["minutes"] == ["5"] for href in links)


def test_a_sent_form_leads_to_the_address_of_its_question(client):
    form = {"asked": "form", "layer": "shelters", "mode": "walk", "minutes": "7", "weekday": "1", "clock": "02:10", "week": "2026-11-26"}
    answer = client.get(f"/plan?{urlencode({**form, 'demand': 'residents', 'registered': 'true'})}")
    assert answer.status_code == 303
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert told == {"minutes": ["7"], "at": ["2026-11-24T02:10"], "neighbours": ["false"], "registered": ["true"]}
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_form_asks_again_what_it_shows(client):
    page, _ = page_of(client, at="2026-11-28T21:30", minutes=15, mode="bicycle", demand="job:rider", day="holiday", stay_min=20)
    fields = {
        told["name"]: told.get("value") for told in page.all("input", name=None) if told["name"] in ("minutes", "clock", "week", "stay_min")
    }
    assert fields == {"minutes": "15", "clock": "21:30", "week": "2026-11-23", "stay_min": "20"}
    chosen = [told["value"] for told in page.all("option", selected=None) or [t for n, t in page.tags if n == "option" and "selected" in t]]
    assert {"shelters", "bicycle", "5", "job:rider", "holiday"} <= set(chosen)


@pytest.mark.parametrize(
    ("query", "names"), [({"minutes": "999", "foo": "1"}, ("minutes", "foo")), ({"sort": "by-dong.height"}, ("sort",))]
)
def test_bad_parameters_are_all_named_at_once(client, query, names):
    answer = client.get(f"/plan?{urlencode(query)}")
    assert answer.status_code == 400
    assert [name for name in names if name not in answer.text] == []


def test_a_clock_that_cannot_be_read_is_a_fault_and_not_another_hour(client):
    sent = client.get("/plan?asked=form&week=2026-02-30&weekday=1&clock=02:00")
    assert client.get(sent.headers["Location"]).status_code == 400


def test_what_is_tried_out_stands_beside_what_is(client, demo_workspace):
    edit = {"edit": "open", "edit_place": PLACE.replace(",", ", "), "edit_hours": "24/7", "edit_name": "새 쉼터, 하나"}
    sent = client.get(f"/plan?{urlencode({'at': TUESDAY, **edit})}")
    assert sent.status_code == 303
    answer = client.get(sent.headers["Location"])
    text = html.unescape(answer.text)
    assert answer.status_code == 200
    assert "열기: 새 쉼터, 하나 · 24/7" in text
    assert all(sentence in text for sentence in ("지금대로", "바꾼 뒤"))
    base = answer_of(demo_workspace).share
    assert setup_of(answer.text)["edits"].startswith("open:126.79,35.16,24/7")
    assert percent(base, get_words("ko")) in text


@pytest.mark.parametrize(
    ("field", "change", "sentence"),
    [
        ("edit-place", {"edit": "open", "edit_place": "여기쯤", "edit_hours": "24/7"}, "126.79350, 35.16530"),
        ("edit-hours", {"edit": "open", "edit_place": PLACE, "edit_hours": "아무때나"}, "평일 9시~18시"),
        ("edit-site", {"edit": "close"}, "바꿀 곳을 고르십시오"),
    ],
)
def test_a_change_that_cannot_be_read_is_told_at_its_field_with_the_form_as_it_was_sent(client, field, change, sentence):
    answer = client.get(f"/plan?{urlencode({'at': TUESDAY, 'minutes': '7', 'registered': 'true', **change})}")
    assert answer.status_code == 400
    page, text = Page(answer.text), html.unescape(answer.text)
    (wrong,) = [told for _, told in page.tags if told.get("aria-invalid") == "true"]
    assert (wrong["id"], wrong["aria-describedby"]) == (field, "edit-fault")
    assert sentence in re.search(r'id="edit-fault"[^>]*>(.*?)</span>', text, re.DOTALL)[1]
    assert [told.get("value", "") for told in page.all("input", id="edit-place")] == [change.get("edit_place", "")]
    assert setup_of(answer.text)["parameters"]["minutes"] == "7"
    assert "open:&lt;" not in answer.text


def test_a_fault_of_the_whole_scenario_is_told_in_the_form_too(client, demo_workspace):
    site = get_world(demo_workspace.keeper.current).list_sites("shelters", moment(TUESDAY).date()).counted[0]
    query = {"at": TUESDAY, "edits": f"close:{site.id}", "edit": "close", "edit_site": site.id}
    answer = client.get(f"/plan?{urlencode(query)}")
    assert answer.status_code == 400
    assert [told["id"] for _, told in Page(answer.text).tags if told.get("aria-invalid") == "true"] == ["edit-site"]


def test_a_place_is_taken_by_its_name_and_with_the_latitude_first(client):
    swapped = {"at": TUESDAY, "edit": "open", "edit_place": "35.124524,126.760434", "edit_hours": "24/7"}
    sent = client.get(f"/plan?{urlencode(swapped)}")
    assert parse_qs(urlsplit(sent.headers["Location"]).query)["edits"] == ["open:126.760434,35.124524,24/7"]
    sent = client.get(f"/plan?{urlencode({**swapped, 'edit_place': '평동 행정복지센터'})}")
    (told,) = parse_qs(urlsplit(sent.headers["Location"]).query)["edits"]
    assert told.startswith("open:126.7")
    assert told.endswith(",24/7,평동 행정복지센터")
    assert client.get(sent.headers["Location"]).status_code == 200


def test_made_up_places_and_estimates_are_told_at_the_figures(client, demo_workspace):
    _, text = page_of(client, at=TUESDAY)
    answer = answer_of(demo_workspace)
    assert 0 < answer.sites.samples == answer.sites.counted
    headline = text[text.index('id="headline"') : text.index("</section>", text.index('id="headline"'))]
    assert f"센 {answer.sites.counted}곳이 모두 예시 자료입니다." in headline
    assert "이동 시간은 추정(직선거리)" in headline
    for field in ("mean_travel_min", "median_travel_min"):
        heads = re.findall(rf'<th scope="col" data-field="{field}".*?</th>', text, re.DOTALL)
        assert len(heads) >= 3
        assert [head for head in heads if "(추정)" not in head] == []
    assert "(추정)" in re.search(r'id="strip-note">(.*?)</p>', text)[1]
    assert "거리(직선)" in re.search(r'<th scope="col" data-field="distance_m".*?</th>', text, re.DOTALL)[0]


def test_a_job_has_the_same_figures_by_itself_and_among_the_others_and_no_people(client, demo_workspace):
    _, text = page_of(client, at="2026-11-24T19:00", demand="job:rider")
    world = get_world(demo_workspace.keeper.current)
    answer = ask_coverage(world, CoverageQuestion(at=moment("2026-11-24T19:00"), demand="job:rider"))
    (rider,) = [item for item in answer.by_job if item.key == "rider"]
    assert answer.demand_total > 0
    assert (rider.demand, rider.uncovered) == pytest.approx((answer.demand_total, answer.uncovered))
    for field in ("uncovered", "demand"):
        assert "(지수)" in re.search(rf'data-table="by-job".*?data-field="{field}"(.*?)</th>', text, re.DOTALL)[1]


def test_the_worst_dong_of_the_headline_is_the_first_of_its_table(client, demo_workspace):
    page, text = page_of(client, at=TUESDAY)
    answer = answer_of(demo_workspace)
    equal = [item for item in answer.by_dong if item.share == answer.worst_dong.share]
    assert len(equal) > 1
    assert rows_of(text, "by-dong")[0] == answer.worst_dong.key
    assert page.values["worst"].startswith(f"가장 부족한 동: {answer.worst_dong.name} 등 {len(equal)}개 동 0%")


@pytest.mark.parametrize(
    ("query", "is_open"), [({}, False), ({"day": "holiday"}, True), ({"stay_min": 20}, True), ({"mode": "bicycle"}, False)]
)
def test_conditions_that_act_are_in_sight(client, query, is_open):
    page, _ = page_of(client, at=TUESDAY, **query)
    first = page.all("details", **{"class": "plan-more"})[0]
    assert ("open" in first) == is_open


def test_what_goes_wrong_under_the_plan_speaks_to_the_office_and_leads_back_to_it(client):
    for path, status in (("/plan?minutes=x", 400), ("/plan?scenario=AAAAAAAAAAAAAAAAAAAAAA", 404), ("/plan/nothing", 404)):
        answer = client.get(path)
        assert answer.status_code == status, path
        main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
        assert re.search(r"(어요|아요|에요|해요|세요)[.<]", main) is None, path
        assert 'href="/plan"' in main, path
    assert 'href="/plan"' not in client.get("/list?layer=nothing").text.partition("<main")[2].partition("</main>")[0]


def test_an_erased_scenario_is_told_once(client):
    page, text = page_of(client, erased="yes")
    assert "시나리오를 지웠습니다" in text
    assert [told["href"] for told in page.all("a", data_hour=None) if "erased" in told["href"]] == []


def test_a_saved_scenario_is_shown_under_its_link_and_its_links_carry_no_changes(own_client):
    client = own_client
    saved = client.post("/scenarios", data={"at": TUESDAY, "edits": f"open:{PLACE},24/7,여기", "name": "하남의 밤"})
    assert saved.status_code == 303
    answer = client.get(saved.headers["Location"])
    page = Page(answer.text)
    assert "하남의 밤" in answer.text
    assert answer.headers["Referrer-Policy"] == "same-origin"  # no other host learns of the link
    queries = [parse_qs(urlsplit(told["href"]).query) for told in page.all("a", data_hour=None)]
    assert all("edits" not in query and "scenario" in query for query in queries)
    token = queries[0]["scenario"][0]
    assert client.post(f"/scenarios/{token}", data={"do": "rename", "name": "하남의 새벽"}).status_code == 303
    assert "하남의 새벽" in client.get(saved.headers["Location"]).text
    erased = client.post(f"/scenarios/{token}", data={"do": "delete"})
    assert erased.status_code == 303
    assert "시나리오를 지웠습니다" in client.get(erased.headers["Location"]).text
    assert client.get(saved.headers["Location"]).status_code == 404


def test_the_script_is_told_the_open_scenario_and_which_places_never_count(own_client):
    client = own_client
    saved = client.post("/scenarios", data={"at": TUESDAY, "edits": f"open:{PLACE},24/7,여기", "name": "하남의 밤"})
    address = saved.headers["Location"]
    token = parse_qs(urlsplit(address).query)["scenario"][0]
    for query in ("", f"&edits=open:{PLACE},24/7,저기"):
        told = setup_of(client.get(address + query).text)
        assert told["saved"] == {"token": token, "edits": f"open:{PLACE.replace('0000', '')},24/7,여기", "url": f"/scenarios/{token}"}
    plain = setup_of(page_of(client, at=TUESDAY)[1])
    assert (plain["saved"], plain["is_estimate"]) == (None, True)
    assert len(plain["places"]) == plain["counted"]


def test_a_change_that_can_have_no_effect_says_why_without_a_script_too(client, demo_workspace):
    sites = get_world(demo_workspace.keeper.current).list_sites("shelters", moment(TUESDAY).date()).counted
    (closed_to_most, *_) = [site.id for site in sites if site.entry == "card"]
    (open_to_all, *_) = [site.id for site in sites if site.entry == "open-door"]
    edits = f"hours:{closed_to_most},24/7;hours:{open_to_all},24/7"
    assert page_of(client, at=TUESDAY, edits=edits)[1].count('class="plan-edit-why"') == 1
    assert 'class="plan-edit-why"' not in page_of(client, at=TUESDAY, edits=edits, registered="true")[1]
    assert page_of(client, at=TUESDAY, edits=edits, without=open_to_all)[1].count('class="plan-edit-why"') == 2


def test_the_table_of_a_scenario_has_one_decimal_throughout(client):
    _, text = page_of(client, at=TUESDAY, edits=f"open:{PLACE},24/7")
    (body,) = re.findall(r'plan-difference">.*?<tbody>(.*?)</tbody>', text, re.DOTALL)
    assert len(re.findall(r">\d+\.\d%<", body)) == 2


def test_a_changed_scenario_may_be_kept_anew_too(own_client):
    client = own_client
    address = client.post("/scenarios", data={"at": TUESDAY, "edits": f"open:{PLACE},24/7"}).headers["Location"]
    assert 'id="scenario-save"' not in client.get(address).text
    page = Page(client.get(f"{address}&at={TUESDAY}&edits=open:{PLACE},09:00-18:00").text)
    assert page.all("form", id="scenario-save")
    assert page.all("form", id="scenario-keep")


def test_the_permalink_names_revision_version_and_every_parameter(client):
    page, _ = page_of(client, at=TUESDAY)
    (address,) = [told["href"] for told in page.all("a", id="permalink")]
    told = parse_qs(urlsplit(address).query)
    assert {
        "revision",
        "v",
        "at",
        "layer",
        "mode",
        "minutes",
        "demand",
        "day",
        "neighbours",
        "registered",
        "checked",
        "stay_min",
        "nth",
    } <= set(told)
    assert client.get(address).status_code == 200


def test_the_script_is_told_its_doors_its_question_and_its_classes(client):
    _, text = page_of(client, at=TUESDAY, demand="job:courier")
    setup = setup_of(text)
    assert {"coverage", "values", "cells", "week", "gaps", "hosts", "areas", "layer", "site", "scenarios"} <= set(setup["urls"])
    assert (setup["parameters"]["demand"], setup["parameters"]["at"], setup["hour"]) == ("job:courier", TUESDAY, 26)
    assert (setup["breaks_min"], setup["breaks_share"]) == ([*MINUTE_BREAKS], [*SHARE_BREAKS])
    assert len(setup["palette"]["minutes"]) == len(MINUTE_BREAKS) + 1
    assert len(setup["palette"]["weights"]) == len(setup["breaks_weight"]) + 1
    for name in ("coverage", "values", "cells", "week", "gaps", "hosts", "areas"):
        assert client.get(f"{setup['urls'][name]}?{urlencode(setup['parameters'])}").status_code == 200, name


def test_an_hour_in_which_nobody_is_counted_says_so_and_shows_no_share(client):
    """Couriers do not set out at night: there is no demand, so there is no share, and surely not 0 %."""
    page, text = page_of(client, at=TUESDAY, demand="job:courier")
    assert page.values["share"] == "–"
    assert "이 시각에는 셀 수요가 없습니다" in text
    assert 'class="share-none"' in text


def test_a_link_of_another_version_is_answered_and_told(client):
    _, text = page_of(client, at=TUESDAY, v="0.0.1")
    assert 'class="notice small"' in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_in_every_language(client, lang):
    page, _ = page_of(client, at=TUESDAY, lang=lang, layer="public-facilities", mode="motorbike")
    ids = {told.get("id") for _, told in page.tags}
    assert set(SECTIONS) <= ids
    kept = [told["href"] for told in page.all("a", data_hour=None)]
    assert all((f"lang={lang}" in href) == (lang != "ko") for href in kept)


def test_other_languages_keep_the_question(client):
    page, _ = page_of(client, at=TUESDAY, minutes=15, demand="job:rider")
    (address,) = {told["href"] for told in page.all("a", hreflang="en")}
    assert parse_qs(urlsplit(address).query) == {"at": [TUESDAY], "minutes": ["15"], "demand": ["job:rider"], "lang": ["en"]}


def test_the_page_stands_below_a_path_prefix(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://maps.example.kr/gwangsan")
    answer = client.get(f"/gwangsan/plan?at={TUESDAY}")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert all(told["href"].startswith("/gwangsan/") for told in page.all("a", data_hour=None))
    assert all(address.startswith("/gwangsan/") for address in setup_of(answer.text)["urls"].values())

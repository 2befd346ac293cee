"""`/embed.svg` and `/embed.png` over the demo district."""

import io
import re
import struct

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from geo_app.cartography.picture_colours import COLOURS
from geo_app.finder.shown import list_shown
from geo_app.web.parameters import moment
from geo_app.web.pictures import PictureShelf
from geo_app.wording.catalogue import LANGUAGES

NOON = "at=2026-11-24T12:10"
ALL = "layers=industrial-complexes,shelters,village-jobs,improved-companies,public-facilities"
SVG = "{http://www.w3.org/2000/svg}"


def description(answer):
    return fromstring(answer.text).find(f"{SVG}desc").text


def png_size(data):
    return struct.unpack(">II", data[16:24])


@pytest.mark.parametrize("ext", ["svg", "png"])
def test_a_picture_is_as_large_as_asked_and_any_page_may_show_it(client, ext):
    answer = client.get(f"/embed.{ext}?{NOON}&width=800&height=300")
    assert answer.status_code == 200
    assert answer.mimetype == {"svg": "image/svg+xml", "png": "image/png"}[ext]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    root = fromstring(answer.text) if ext == "svg" else None
    assert ((int(root.get("width")), int(root.get("height"))) if ext == "svg" else png_size(answer.data)) == (800, 300)


def test_the_picture_counts_what_the_list_of_the_frame_shows(client, demo_workspace):
    at = moment("2026-11-24T12:10")
    shown = list_shown(demo_workspace.keeper.current, layers=("shelters",), area_id="", at=at, only_open=False, reports={})
    open_count = sum(place.answer.state.value == "open" and not place.is_doubtful for place in shown)
    told = description(client.get(f"/embed.svg?{NOON}"))
    assert f"열림 {open_count}" in told
    assert f"예시 {sum(place.is_sample for place in shown)}" in told
    assert f"지도에 없는 곳 {sum(place.lon is None for place in shown)}" in told


def test_only_open_places_are_drawn_where_asked(client):
    assert "닫힘" in description(client.get(f"/embed.svg?{NOON}"))
    assert "닫힘" not in description(client.get(f"/embed.svg?{NOON}&open=true"))


def test_a_picture_of_open_places_says_so_and_says_when_there_is_none(client, demo_workspace):
    snapshot, at = demo_workspace.keeper.current, moment("2026-11-24T12:10")
    dongs = [feature["id"] for feature in map(snapshot.get_layer("dongs").feature, range(len(snapshot.get_layer("dongs"))))]

    def count(area):
        return len(list_shown(snapshot, layers=("shelters",), area_id=area, at=at, only_open=True, reports={}))

    for area in (next(item for item in dongs if not count(item)), next(item for item in dongs if count(item))):
        answer = client.get(f"/embed.svg?{NOON}&open=true&area={area}")
        drawn = [element.text for element in fromstring(answer.text).iter(f"{SVG}text")]
        assert "보는 시각에 열린 곳만" in drawn
        assert "보는 시각에 열린 곳만" in description(answer)
        assert ("열린 곳이 없습니다" in drawn) is ("열린 곳이 없습니다" in description(answer)) is (count(area) == 0)
    assert "지금 열린 곳만" in description(client.get("/embed.svg?open=true"))
    assert "열린 곳만" not in description(client.get(f"/embed.svg?{NOON}"))


def test_no_open_door_is_told_although_places_without_hours_are_drawn(client, demo_workspace):
    dead = "at=2026-11-24T12:10&layers=shelters,industrial-complexes&open=true"
    snapshot, at = demo_workspace.keeper.current, moment("2026-11-24T12:10")
    layers = ("shelters", "industrial-complexes")
    areas = [feature["id"] for feature in map(snapshot.get_layer("dongs").feature, range(len(snapshot.get_layer("dongs"))))]
    shown = {area: list_shown(snapshot, layers=layers, area_id=area, at=at, only_open=True, reports={}) for area in areas}
    shut = [area for area, places in shown.items() if places and all(place.answer is None for place in places)]
    for area in areas:
        told = "보는 시각에 열린 곳만 · 열린 곳이 없습니다" in description(client.get(f"/embed.svg?{dead}&area={area}"))
        assert told is (area in shut), area
    assert shut


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", ["", "area=dg-000003&"])
def test_the_smallest_picture_tells_the_number_of_samples_whole(client, lang, area):
    answer = client.get(f"/embed.svg?{area}layers=shelters,village-jobs&{NOON}&width=320&height=240&lang={lang}")
    drawn = [element.text for element in fromstring(answer.text).iter(f"{SVG}text")]
    count = re.search(r"(\d+)\D*$", description(answer))[1]
    assert any(re.search(rf"(?<!\d){count}\D*$", text) and "…" not in text for text in drawn)
    assert not any("…" in text for text in drawn if "SGIS" not in text), drawn
    assert any("2026-11-24 12:10" in text for text in drawn)


def test_one_dong_is_named_and_drawn_alone(client, demo_workspace):
    name = demo_workspace.keeper.current.get_layer("dongs").get_feature("dg-000013")["properties"]["name"]
    answer = client.get(f"/embed.svg?area=dg-000013&{NOON}")
    assert name in fromstring(answer.text).find(f"{SVG}title").text
    assert COLOURS["accent"][0] in answer.text


def test_now_says_when_and_another_time_says_that_it_is_not_now(client):
    assert re.search(r"20\d\d-\d\d-\d\d \d\d:\d\d 기준", client.get("/embed.svg").text)
    assert "보는 시각: 2026-11-24 12:10 — 지금이 아닙니다" in client.get(f"/embed.svg?{NOON}").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_picture(client, lang):
    answer = client.get(f"/embed.svg?{ALL}&{NOON}&lang={lang}")
    assert fromstring(answer.text).get("lang") == lang
    png = client.get(f"/embed.png?{ALL}&{NOON}&lang={lang}&width=320&height=240")
    assert png_size(png.data) == (320, 240)


def test_dark_and_light_pictures_are_dark_and_light(client):
    def corner(theme):
        image = Image.open(io.BytesIO(client.get(f"/embed.png?{NOON}&theme={theme}").data)).convert("L")
        return image.getpixel((2, 2))

    assert corner("dark") < 60
    assert corner("light") == corner("auto") > 240


def test_a_picture_is_asked_again_with_its_tag_and_answered_without_bytes(client):
    for ext in ("svg", "png"):
        first = client.get(f"/embed.{ext}?{NOON}")
        again = client.get(f"/embed.{ext}?{NOON}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] == "public, max-age=60"
    assert client.get("/embed.svg").headers["Cache-Control"] == "no-cache"


def test_equal_questions_have_equal_bytes_and_others_do_not(client, make_client):
    there = make_client()
    for ext in ("svg", "png"):
        one = client.get(f"/embed.{ext}?{NOON}&layers=village-jobs,shelters")
        assert one.data == there.get(f"/embed.{ext}?layers=shelters,village-jobs&{NOON}").data
        assert one.headers["ETag"] != client.get(f"/embed.{ext}?{NOON}").headers["ETag"]


def test_the_policy_of_a_picture_names_its_only_style_and_no_script(client):
    policy = client.get(f"/embed.svg?{NOON}").headers["Content-Security-Policy"]
    assert re.search(r"style-src 'self' 'sha256-[A-Za-z0-9+/=]{44}'", policy)
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_all_that_cannot_be_used_is_named_at_once(client):
    for ext in ("svg", "png"):
        answer = client.get(f"/embed.{ext}?width=9999&height=x&layers=dongs&show=map&area=../x")
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
        assert {item["parameter"] for item in answer.json["problems"]} == {"width", "height", "layers", "show", "area"}


def test_a_dong_that_is_not_there_is_not_found(client):
    answer = client.get("/embed.png?area=dg-999999")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown-site")


def test_a_picture_holds_no_address_so_that_a_prefix_changes_nothing(client, make_client):
    under = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    assert under.get(f"/shelter/embed.svg?{NOON}").data == client.get(f"/embed.svg?{NOON}").data


def test_the_shelf_keeps_what_was_asked_lately_and_lets_the_oldest_go():
    shelf, drawn = PictureShelf(most_bytes=25), []

    def draw(name):
        return lambda: drawn.append(name) or name * 10

    for name in (b"a", b"b", b"a", b"c", b"a", b"b"):
        assert shelf.get(name, draw(name)).data == name * 10
    assert drawn == [b"a", b"b", b"c", b"b"]


def test_a_report_changes_the_picture_of_now(workspace):
    from datetime import datetime, timedelta

    from geo_app.domain.calendar import SEOUL
    from geo_app.domain.report import Seen
    from geo_app.settings import load_settings
    from geo_app.web.app import create_app

    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()
    now = datetime.now(SEOUL)
    snapshot = workspace.keeper.current
    shown = list_shown(snapshot, layers=("shelters",), area_id="", at=now, only_open=False, reports={})
    opened = next((place.id for place in shown if place.answer.state.value == "open" and not place.is_doubtful), None)
    before = description(client.get("/embed.svg"))
    if opened is None:  # in the dead of some nights no made-up shelter is open: then there is nothing to doubt
        assert "열림" not in before
        return
    for number in (1, 2):
        workspace.reports.add(opened, Seen.CLOSED, at=now - timedelta(seconds=number), address=f"192.0.2.{number}")
    count = int(re.search(r"열림 (\d+)", before)[1])
    after = description(client.get("/embed.svg"))
    assert int((re.search(r"열림 (\d+)", after) or [0, 0])[1]) in (count - 1, count - 2)

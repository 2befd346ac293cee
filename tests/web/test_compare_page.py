"""`/plan/compare`: two answers to one question; what differs is the difference of what the doors tell of each."""

import csv
import io
import json
import re

import openpyxl
import pytest

from geo_app.settings import load_settings
from geo_app.web.app import create_app

JSON = {"Accept": "application/json"}
AT = "2026-11-24T02:00"
OPENED = "open:126.8093,35.204,24/7,=HYPERLINK(1)"


@pytest.fixture
def client(workspace):
    return create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()


def save(client, edits, **fields):
    answer = client.post("/scenarios", json={"name": "밤", "edits": edits, "at": AT, "minutes": 15, **fields}, headers=JSON)
    return json.loads(answer.data)["token"]


def told(client, **query):
    return json.loads(client.get("/api/coverage", query_string={"at": AT, "minutes": 15, **query}).data)


def rows(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


def test_the_differences_are_those_of_the_two_answers(client):
    token = save(client, OPENED)
    before, after = told(client), told(client, edits=OPENED)
    changes = {row[0]: row for row in rows(client, f"/plan/compare/dongs.csv?a=base&b={token}")}
    assert after["covered"] > before["covered"]
    assert len(changes) == len(before["by_dong"])
    for one, two in zip(before["by_dong"], after["by_dong"], strict=True):
        row = changes[one["key"] if "key" in one else one["id"]]
        assert float(row[5] or 0) == pytest.approx(two["covered"] - one["covered"], abs=0.01)


def test_greatest_gain_first_and_turned_round_it_is_the_greatest_loss(client):
    token = save(client, OPENED)
    gains = [float(row[5]) for row in rows(client, f"/plan/compare/dongs.csv?a=base&b={token}") if row[5]]
    losses = [float(row[5]) for row in rows(client, f"/plan/compare/dongs.csv?a={token}&b=base") if row[5]]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0
    assert sorted(losses) == sorted(-gain for gain in gains)


def test_the_page_says_who_gains_and_who_loses_and_what_was_changed(client):
    token = save(client, OPENED, note="예산 안")
    page = client.get(f"/plan/compare?a=base&b={token}").text
    gainers = re.search(r'<p id="gainers">(.*?)</p>', page)[1]
    assert "+" in gainers
    assert "없음" in re.search(r'<p id="losers">(.*?)</p>', page)[1]
    assert "지금 그대로" in page
    assert "예산 안" in page
    assert page.count('<td class="change-') == 168
    assert 'name="robots" content="noindex' in page


def test_two_scenarios_are_asked_the_question_of_the_second(client):
    a, b = save(client, OPENED, minutes=5), save(client, "", minutes=30)
    (first, *_), own = (rows(client, f"/plan/compare/hours.csv?a={a}&b={b}"), told(client, edits=OPENED, minutes=30, at="2026-11-23T00:00"))
    assert float(first[3]) == pytest.approx(own["share"], abs=1e-6)


def test_the_question_may_be_asked_anew_and_a_whole_link_given(client):
    token = save(client, OPENED)
    link = f"https://www.example.kr/plan?scenario={token}&lang=ko"
    answer = client.get("/plan/compare", query_string={"a": "base", "b": link, "minutes": 20, "at": AT, "mode": "bicycle"})
    assert answer.status_code == 200
    assert "자전거로 20분" in answer.text


def test_the_same_twice_differs_in_nothing(client):
    token = save(client, OPENED)
    assert all(float(row[5] or 0) == 0 for row in rows(client, f"/plan/compare/hours.csv?a={token}&b={token}"))
    assert client.get("/plan/compare").status_code == 200


def test_a_workbook_holds_what_was_asked_and_no_token(client):
    token = save(client, OPENED)
    data = client.get(f"/plan/compare/complexes.xlsx?a=base&b={token}").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line]
    assert any("=HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
    assert not any(token in cell for cell in cells)


@pytest.mark.parametrize("query", ["a=base&b=" + "x" * 22, "a=" + "x" * 22 + "&b=base"])
def test_a_dead_link_is_a_404(client, query):
    assert client.get(f"/plan/compare?{query}").status_code == 404


@pytest.mark.parametrize("path", ["/plan/compare?c=1", "/plan/compare?minutes=0", "/plan/compare?edits=close:sh-000006"])
def test_a_bad_question_is_refused(client, path):
    assert client.get(path).status_code == 400


def test_there_are_no_other_files(client):
    for name in ("cells.csv", "hours.gpkg", "dongs.exe"):
        assert client.get(f"/plan/compare/{name}").status_code == 404


def test_the_page_says_what_its_figures_rest_on(client):
    page = client.get(f"/plan/compare?a=base&b={save(client, OPENED)}").text
    assert page.count('<span class="badge">이동 시간은 추정') == 2
    basis = re.search(r'<section class="plan-part" id="basis".*?</section>', page, re.DOTALL)[0]
    for text in ("추정. 도로", "시속 4", "1.3", f"개정 {told(client)['revision']}호", "출처", "2026-11-24 02:00"):
        assert text in basis, text
    sites = told(client)["sites"]
    assert page.count("예시 자료입니다") == (2 if sites["samples"] else 0)


def test_shares_have_one_decimal_throughout_and_differ_by_what_is_shown(client):
    page = client.get(f"/plan/compare?a=base&b={save(client, OPENED)}").text
    shown = re.sub(r"<[^>]+>", " ", page)
    assert re.search(r"\d\.\d%", shown)
    assert re.findall(r"(?<![\d.])\d+(?:\.\d\d+)?%", shown) == []
    for row in re.findall(r"<tr[^>]*>(?:(?!</tr>).)*%p(?:(?!</tr>).)*</tr>", page, re.DOTALL):
        before, after = (float(text) for text in re.findall(r">([\d.]+)%<", row))
        sign, change = re.search(r">([+−]?)([\d.]+)%p<", row).groups()
        assert float(change) * (-1 if sign == "−" else 1) == pytest.approx(after - before, abs=1e-9)


def sorted_cells(page, table, field):
    part = re.search(rf'<table class="table plan-table" data-table="{table}">.*?</table>', page, re.DOTALL)[0]
    return re.findall(rf'<t[hd][^>]* data-field="{field}" data-sort="([^"]*)"', part), part


def test_each_table_is_sorted_by_links_that_keep_the_comparison(client):
    token = save(client, OPENED)
    page = client.get(f"/plan/compare?a=base&b={token}").text
    served, part = sorted_cells(page, "compare-dongs", "served")
    assert [float(text) for text in served] == sorted(map(float, served), reverse=True)
    address = re.search(r'data-field="name"[^>]*><a class="plan-sort" href="([^"]+)"', part)[1].replace("&amp;", "&")
    assert token in address
    again = client.get(address.partition("#")[0]).text
    names, part = sorted_cells(again, "compare-dongs", "name")
    assert names == sorted(names)
    assert 'data-field="name" aria-sort="ascending"' in part
    assert len(sorted_cells(again, "compare-complexes", "name")[0]) > 0
    assert client.get(f"/plan/compare?a=base&b={token}&sort=by-dong.name").status_code == 400


def test_complexes_are_counted_in_workers_and_said_to_be(client):
    page = client.get(f"/plan/compare?a=base&b={save(client, OPENED)}").text
    part = re.search(r'<section class="plan-part" id="compare-complexes".*?</section>', page, re.DOTALL)[0]
    assert "나: 닿지 못하는 노동자" in part
    assert "닿지 못하는 사람" not in part
    assert "서로의 일부가 아닙니다" in part


@pytest.mark.parametrize(("table", "kinds"), [("dongs", {"Polygon", "MultiPolygon"}), ("complexes", {"Point"})])
def test_dongs_and_complexes_are_maps_too(client, table, kinds):
    token = save(client, OPENED)
    held = json.loads(client.get(f"/plan/compare/{table}.geojson?a=base&b={token}").data)
    assert {feature["geometry"]["type"] for feature in held["features"]} <= kinds
    assert token not in json.dumps(held)
    data = client.get(f"/plan/compare/{table}.gpkg?a=base&b={token}").data
    assert data.startswith(b"SQLite format 3")
    assert token.encode() not in data
    page = client.get(f"/plan/compare?a=base&b={token}").text
    assert f"/plan/compare/{table}.gpkg?" in page


def test_a_plain_table_stands_alone(client):
    answer = client.get(f"/plan/compare/complexes.csv?a=base&b={save(client, OPENED)}")
    first, *lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    row = dict(zip(first, lines[0], strict=True))
    assert (row["가"], row["나"]) == ("지금 그대로", "밤")
    assert "가: 닿지 못하는 노동자" in first
    assert "2026-11-24 02:00" in lines[0]
    assert any("추정" in cell for cell in lines[0])


def test_another_language_compares_the_same(client):
    token = save(client, OPENED)
    page = client.get(f"/plan/compare?a=base&b={token}").text
    address = re.search(r'hreflang="ru" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert f"b={token}" in address


def test_no_two_landmarks_have_one_name(client):
    page = client.get(f"/plan/compare?a=base&b={save(client, OPENED)}").text
    names = re.findall(
        r'<(?:section|div)[^>]*?(?:role="region"[^>]*)?aria-labelledby="([^"]+)"', re.sub(r'<div[^>]*role="group"[^>]*>', "", page)
    )
    assert "difference-title" in names
    assert len(names) == len(set(names))

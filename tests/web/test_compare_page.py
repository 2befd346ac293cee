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
    for name in ("cells.csv", "dongs.gpkg", "dongs.exe"):
        assert client.get(f"/plan/compare/{name}").status_code == 404

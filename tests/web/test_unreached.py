"""A place that nobody reaches, at every door that tells of places: page, answers, areas, files."""

import csv
import io
import re
import shutil

import pytest

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace.workspace import Workspace

AT = {"at": "2026-11-24T02:00"}
FAR = "open:126.66,35.095,24/7"  # west of the district, kilometres from the last street
NEAR = "open:126.80,35.16,24/7"


@pytest.fixture(scope="module")
def town(town_template, tmp_path_factory):
    home = shutil.copytree(town_template, tmp_path_factory.mktemp("unreached") / "instance")
    workspace = Workspace(home)
    workspace.load_snapshot()
    yield create_app(load_settings({"GEO_APP_HOME": str(home)}), workspace).test_client()
    workspace.close()


def ask(town, door="", **query):
    answer = town.get(f"/api/coverage{door}", query_string={**AT, **query})
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_an_answer_names_the_opened_place_that_no_street_reaches_and_does_not_count_it(town):
    base, far, near = ask(town), ask(town, edits=FAR), ask(town, edits=f"{NEAR};{FAR}")
    assert "new-1" in far["unreached_sites"]
    assert far["sites"]["unreached"] == len(far["unreached_sites"]) == base["sites"]["unreached"] + 1
    assert (far["sites"]["open_now"], far["sites"]["counted"]) == (base["sites"]["open_now"], base["sites"]["counted"] + 1)
    assert "unreached-places" in far["notes"]
    assert (near["sites"]["open_now"], near["unreached_sites"][-1]) == (base["sites"]["open_now"] + 1, "new-2")
    assert ask(town, "/values", edits=FAR)["unreached_sites"] == far["unreached_sites"]
    assert ask(town, "/week", edits=FAR)["open_counts"][26] == far["sites"]["open_now"]


def test_an_area_says_that_nobody_reaches_its_place(town):
    (feature,) = ask(town, "/areas.geojson", edits=FAR, site="new-1")["features"]
    assert feature["geometry"] is None
    assert (feature["properties"]["usable"], feature["properties"]["reached"]) == (False, False)
    assert all(item["properties"]["reached"] and item["id"] != "new-1" for item in ask(town, "/areas.geojson", edits=FAR)["features"])


def test_a_file_of_places_says_which_are_reached(town):
    header, *rows = csv.reader(io.StringIO(town.get("/plan/sites.csv", query_string={**AT, "edits": FAR}).data.decode("utf-8-sig")))
    opened = dict(zip(header, next(row for row in rows if "new-1" in row), strict=True))
    assert opened["관할 안에서 길이 닿음"] == opened["그 시각에 쓸 수 있음"]
    assert len({row[header.index("관할 안에서 길이 닿음")] for row in rows}) == 2


def test_the_page_counts_such_places_and_has_a_word_beside_the_change(town):
    text = town.get("/plan", query_string={**AT, "edits": f"{NEAR};{FAR}"}).text
    count = ask(town, edits=FAR)["sites"]["unreached"]
    assert re.search(rf"그중 어디서도 닿지 않는 곳[^<]*</\w+>\s*<\w+[^>]*>{count}<", text)
    changes = re.findall(r"<li>.*?</li>", re.search(r'id="scenario-edits">(.*?)</ol>', text, re.DOTALL)[1], re.DOTALL)
    assert ["효과 없음: 어디서도 닿지 않는 곳" in change for change in changes] == [False, True]

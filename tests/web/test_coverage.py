"""The machine doors of coverage: what they promise, that they agree with each other, and that a link gives the same bytes again."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
import shapely
from jsonschema import Draft202012Validator
from shapely.geometry import shape

from geo_app import __version__
from geo_app.web.coverage_schemas import AREAS, CELLS, COVERAGE, GAPS, HOSTS, VALUES, WEEK

TUESDAY_2AM = "2026-11-24T02:00"
DOORS = {
    "": COVERAGE, "/cells.geojson": CELLS, "/values": VALUES, "/week": WEEK, "/gaps": GAPS, "/hosts": HOSTS, "/areas.geojson": AREAS,
}  # fmt: skip


def ask(client, door="", **query):
    answer = client.get(f"/api/coverage{door}", query_string={"at": TUESDAY_2AM, **query})
    assert answer.status_code == 200, answer.data
    return json.loads(answer.data)


@pytest.mark.parametrize("door", DOORS)
def test_a_door_answers_as_its_schema_says(client, door):
    Draft202012Validator(DOORS[door]).validate(ask(client, door))


@pytest.mark.parametrize("door", DOORS)
def test_whoever_has_the_bytes_hears_that_they_are_the_same(client, door):
    first = client.get(f"/api/coverage{door}", query_string={"at": TUESDAY_2AM})
    again = client.get(f"/api/coverage{door}", query_string={"at": TUESDAY_2AM}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert int(first.headers["X-Revision"]) == client.application.extensions["geo_app.house"].keeper.current.number


def test_each_coding_has_its_own_tag_and_the_same_content(client):
    import brotli

    plain = client.get("/api/coverage/values", query_string={"at": TUESDAY_2AM})
    packed = client.get("/api/coverage/values", query_string={"at": TUESDAY_2AM}, headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert brotli.decompress(packed.data) == plain.data


def test_parts_add_up_to_the_whole(client):
    answer = ask(client)
    cells = ask(client, "/cells.geojson")["features"]
    covered = sum(cell["properties"]["weight"] for cell in cells if cell["properties"]["covered"])
    assert sum(item["demand"] for item in answer["by_dong"]) == pytest.approx(answer["demand_total"], abs=0.1)
    assert sum(item["covered"] for item in answer["by_dong"]) == pytest.approx(answer["covered"], abs=0.1)
    assert sum(cell["properties"]["weight"] for cell in cells) == pytest.approx(answer["demand_total"], abs=2)
    assert covered == pytest.approx(answer["covered"], abs=2)
    assert answer["share"] == pytest.approx(answer["covered"] / answer["demand_total"], abs=1e-6)
    assert answer["worst_dong"]["share"] == min(item["share"] for item in answer["by_dong"])
    assert answer["nominal_share"] >= answer["share"]


def test_the_values_stand_in_the_order_of_the_cells(client):
    values = ask(client, "/values")
    told = [cell["properties"] for cell in ask(client, "/cells.geojson")["features"]]
    assert values["covered"] == "".join("1" if cell["covered"] else "0" for cell in told)
    assert [minutes is None for minutes in values["travel_min"]] == [cell["travel_min"] is None for cell in told]
    for rounded, cell in zip(values["travel_min"], told, strict=True):
        assert rounded is None or -0.01 <= rounded - cell["travel_min"] <= 0.11
    # Rounded up, so that what stands there never makes a cell look served that is not.
    limit = 10
    assert [minutes is not None and minutes <= limit for minutes in values["travel_min"]] == [cell["covered"] for cell in told]
    assert values["dong_keys"] == [item["key"] for item in ask(client)["by_dong"]]


@pytest.mark.parametrize("hour", [0, 26, 60, 107, 167])
def test_an_hour_of_the_week_is_the_slice_at_that_hour(client, hour):
    week = ask(client, "/week")
    day, clock = divmod(hour, 24)
    slice_ = ask(client, at=f"2026-11-{23 + day}T{clock:02d}:00")
    assert week["monday"] == "2026-11-23"
    assert week["shares"][hour] == slice_["share"]
    assert week["uncovered"][hour] == pytest.approx(slice_["uncovered"], abs=0.01)
    assert week["open_counts"][hour] == slice_["sites"]["open_now"]


def test_the_week_is_one_answer_wherever_in_it_the_time_stands(client):
    weeks = [ask(client, "/week", at=at) for at in ("2026-11-23T00:00", "2026-11-29T23:59")]
    assert weeks[0]["shares"] == weeks[1]["shares"]
    assert [item["at"] for item in weeks] == ["2026-11-23T00:00+09:00", "2026-11-29T23:59+09:00"]


def test_an_area_holds_the_cells_that_reach_its_place_in_time_and_no_other(client):
    edits = "open:126.8,35.15,24/7"
    areas = {item["id"]: item["geometry"] for item in ask(client, "/areas.geojson", edits=edits)["features"]}
    (alone,) = ask(client, "/areas.geojson", edits=edits, site="new-1")["features"]
    assert alone["geometry"] == areas["new-1"]
    ground = shape(alone["geometry"])
    for cell in ask(client, "/cells.geojson", edits=edits, sites="new-1")["features"]:
        told = cell["properties"]
        if abs(told["travel_min"] - 10) > 0.05:
            assert ground.contains(shapely.Point(told["lon"], told["lat"])) == told["covered"]


def test_a_gap_is_served_in_none_of_its_hours(client):
    gap = ask(client, "/gaps", most=3)["gaps"][0]
    assert (gap["rank"], bool(gap["name"]), bool(gap["when"])) == (1, True, True)
    for hour in (gap["hours"][0], gap["hours"][-1]):
        day, clock = divmod(hour, 24)
        cells = ask(client, "/cells.geojson", at=f"2026-11-{23 + day}T{clock:02d}:00")["features"]
        told = {cell["id"]: cell["properties"]["covered"] for cell in cells}
        assert not any(told[code] for code in gap["cells"])


def test_gaps_of_one_cause_keep_their_rank_among_all_and_both_make_the_total(client):
    both = ask(client, "/gaps", most=200)
    assert both["total"] == both["far_count"] + both["shut_count"] == len(both["gaps"]) > 20
    for cause in ("far", "shut"):
        told = ask(client, "/gaps", most=7, cause=cause)
        ranks = [gap["rank"] for gap in both["gaps"] if gap["cause"] == cause]
        assert [gap["rank"] for gap in told["gaps"]] == ranks[:7]
        assert told[f"{cause}_count"] == len(ranks)
    assert len({gap["name"] for gap in both["gaps"]}) == both["total"]
    assert client.get("/api/coverage/gaps", query_string={"cause": "near"}).status_code == 400


def test_gaps_are_named_in_the_language_asked(client):
    names = {ask(client, "/gaps", lang=lang)["gaps"][0]["when"] for lang in ("ko", "en")}
    assert len(names) == 2


def test_the_permalink_asks_the_very_same_question(client):
    query = {
        "at": TUESDAY_2AM,
        "mode": "bicycle",
        "minutes": "7.25",
        "edits": "close:sh-000006;open:126.8,35.15,매일 18시~익일 04시,새 쉼터",
    }
    first = client.get("/api/coverage", query_string=query)
    link = urlsplit(json.loads(first.data)["permalink"])
    asked = dict(parse_qsl(link.query))
    assert (link.path, asked["v"]) == ("/plan", __version__)
    assert "open:126.8,35.15,Mo-Su 18:00-04:00,새 쉼터" in asked["edits"]
    assert client.get("/api/coverage", query_string=asked).data == first.data
    cells = urlsplit(json.loads(first.data)["cells_url"])
    assert client.get(f"{cells.path}?{cells.query}").data == client.get("/api/coverage/cells.geojson", query_string=query).data


def test_links_carry_the_path_prefix(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.gwangsan.go.kr/shelter")
    told = ask(client)
    assert told["permalink"].startswith("/shelter/plan?")
    assert told["cells_url"].startswith("/shelter/api/coverage/cells.geojson?")


def test_a_link_of_another_version_is_told_so_and_answered(client):
    assert "other-code-version" in ask(client, v="0.0.1")["notes"]
    assert "other-code-version" not in ask(client, v=__version__)["notes"]


def test_an_hour_with_everything_closed_has_share_0_and_says_so(client):
    open_now = ",".join(item["id"] for item in ask(client, "/areas.geojson")["features"])
    answer = ask(client, without=open_now)
    assert (answer["share"], answer["covered"], answer["sites"]["open_now"]) == (0.0, 0.0, 0)
    assert "nothing-open" in answer["notes"]
    cells = ask(client, "/cells.geojson", without=open_now)["features"]
    # From very far one arrives when a door has opened again: however far is told, and is never served.
    assert all(minutes is None or minutes > 60 for minutes in (cell["properties"]["travel_min"] for cell in cells))
    nowhere = ask(client, "/cells.geojson", without=open_now, neighbours="false", sites="new-1", edits="open:126.8,35.15,Mo-Su off")
    assert {cell["properties"]["travel_min"] for cell in nowhere["features"]} == {None}


def test_one_more_place_never_serves_fewer(client):
    before, after = ask(client), ask(client, edits="open:126.8,35.17,24/7")
    assert after["share"] >= before["share"]
    assert after["sites"]["counted"] == before["sites"]["counted"] + 1


def test_minutes_by_straight_lines_are_called_an_estimate(client):
    answer = ask(client)
    assert (answer["distance_kind"], "estimated-minutes" in answer["notes"]) == ("estimate", True)

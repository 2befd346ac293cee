"""The planner's tables as files: every table in every format, the same rows in each, safe to open, the same bytes again."""

import csv
import io
import json
import sqlite3
import time

import openpyxl
import pytest

from geo_app.exports.exporting import FORMATS
from geo_app.web import plan_files
from geo_app.web.coverage_answers import EXTENSION
from geo_app.web.plan_files import TABLES
from geo_app.wording.catalogue import get_words
from geo_app.wording.labels import ENTRY_WORDS

AT = {"at": "2026-11-24T02:00"}
CODES = {
    "state": {"open": "열림", "closed": "닫힘", "unknown": "시간 모름"},
    "unit": {"people": "명", "index": "지수"},
    "host_layer": {"improved-companies": "개선 지원 기업", "public-facilities": "공공 편의시설"},
    "entry": {code: get_words("ko")(text) for code, text in ENTRY_WORDS.items()},
}  # fmt: skip


def fetch(client, table, ext, **query):
    answer = client.get(f"/plan/{table}.{ext}", query_string={**AT, **query})
    assert answer.status_code == 200, answer.data
    return answer


# Whom a table counts where that is not the demand asked for.
WHOM = {"complexes": "산업단지 종사자", "hosts": "산업단지 종사자", "jobs": "직종마다 따로"}


def notes_of(answer):
    return dict(openpyxl.load_workbook(io.BytesIO(answer.data))["정보"].iter_rows(values_only=True))


def as_words(column, value):
    """What people read where programs read a code."""
    if isinstance(value, bool):
        return "예" if value else "아니요"
    return value if value is None else CODES.get(column, {}).get(value, value)


def rows_of_csv(answer):
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_same_rows_in_every_format(client, tmp_path, table):
    header, *rows = rows_of_csv(fetch(client, table, "csv"))
    book = openpyxl.load_workbook(io.BytesIO(fetch(client, table, "xlsx").data), read_only=True)
    sheet = [list(row) for row in book[table].iter_rows(values_only=True)]
    collection = json.loads(fetch(client, table, "geojson").data)
    path = tmp_path / "table.gpkg"
    path.write_bytes(fetch(client, table, "gpkg").data)
    with sqlite3.connect(path) as package:
        count = package.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 a name of our own
    assert header[: len(sheet[0])] == sheet[0]
    assert header[len(sheet[0])] == "기준 시각"
    assert len(rows) == len(sheet) - 1 == len(collection["features"]) == count > 0
    for feature, line in zip(collection["features"], sheet[1:], strict=True):
        told = [as_words(name, value) for name, value in feature["properties"].items()]
        assert told[: len(line)] == line
        assert set(told[len(line) :]) <= {None}  # cells left empty at the end of a row are not written


@pytest.mark.parametrize("ext", FORMATS)
def test_the_same_question_gives_the_same_bytes_later(client, ext):
    first = fetch(client, "dongs", ext)
    client.application.extensions.pop(EXTENSION)  # made anew, not kept
    time.sleep(1.1)  # the clocks of archives and packages count whole seconds
    again = fetch(client, "dongs", ext)
    assert again.data == first.data
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/plan/dongs.{ext}", query_string=AT, headers=headers).status_code == 304


def test_a_file_says_what_was_asked_and_of_what(client):
    answer = fetch(client, "dongs", "xlsx", mode="bicycle")
    notes = notes_of(answer)
    assert (notes["이동"], notes["기준 시각"], notes["이동 시간"]) == ("자전거", "2026-11-24 02:00", "직선거리(추정)")
    assert "/plan?" in notes["이 질문의 주소"]
    assert notes["수요(출처·연도)"].startswith("주민(2025년, 명). 출처: 통계청")
    assert "센 곳이 모두 예시 자료입니다." in notes["알아둘 것"]
    # A code or an English word among them would be one that nobody gave words to.
    assert [name for name in notes if name.isascii()] == []
    number = answer.headers["X-Revision"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="coverage-dongs-r{number}-20261124T0200.xlsx"'


def test_the_rows_are_those_of_the_machine_door(client):
    told = json.loads(client.get("/api/coverage", query_string=AT).data)["by_dong"]
    features = json.loads(fetch(client, "dongs", "geojson").data)["features"]
    assert [feature["properties"] for feature in features] == told
    assert {feature["geometry"]["type"] for feature in features} <= {"Polygon", "MultiPolygon"}


def test_headings_speak_the_language_asked(client):
    assert rows_of_csv(fetch(client, "week", "csv", lang="en"))[0][:4] == ["Hour of the week", "Weekday", "Hour", "Real share (0 to 1)"]
    assert rows_of_csv(fetch(client, "dongs", "csv"))[0][1] == "이름"


def test_a_name_that_would_be_computed_is_made_safe(client):
    edits = 'open:126.8,35.15,24/7,=HYPERLINK("http://x")'
    cells = [cell for row in rows_of_csv(fetch(client, "sites", "csv", edits=edits)) for cell in row]
    assert """'=HYPERLINK("http://x")""" in cells
    book = openpyxl.load_workbook(io.BytesIO(fetch(client, "sites", "xlsx", edits=edits).data))
    assert {cell.data_type for row in book["sites"].iter_rows() for cell in row} <= {"s", "n", "b"}


def test_what_cp949_cannot_hold_is_named(client):
    told = list(csv.reader(io.StringIO(fetch(client, "dongs", "csv", encoding="cp949").data.decode("cp949"))))
    assert rows_of_csv(fetch(client, "dongs", "csv")) == told
    refused = client.get("/plan/sites.csv", query_string={**AT, "encoding": "cp949", "edits": "open:126.8,35.15,24/7,Quán cà phê ủ"})
    assert refused.status_code == 400


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_this_district_can_be_had_in_cp949(client, table):
    header, *rows = csv.reader(io.StringIO(fetch(client, table, "csv", encoding="cp949").data.decode("cp949")))
    assert not any("?" in title for title in header)
    assert len(rows) == len(rows_of_csv(fetch(client, table, "csv"))) - 1


def test_a_heading_that_cp949_cannot_hold_is_refused_and_not_written_as_question_marks(client):
    refused = client.get("/plan/dongs.csv", query_string={**AT, "encoding": "cp949", "lang": "vi"})
    assert refused.status_code == 400


@pytest.mark.parametrize("table", TABLES)
def test_a_csv_file_says_in_every_row_what_it_rests_on(client, table):
    header, *rows = rows_of_csv(fetch(client, table, "csv", day="ordinary", edits="close:sh-000006", mode="bicycle", minutes="7.5"))
    told = [dict(list(zip(header, row, strict=True))[header.index("기준 시각") :]) for row in rows]
    assert all(item == told[0] for item in told)
    basis = told[0]
    whole_week = table in ("week", "gaps")
    assert basis["기준 시각"] == ("2026-11-23 00:00부터 한 주" if whole_week else "2026-11-24 02:00")
    assert basis["그 밖의 조건"].startswith("평범한 주; 닫기: 예시 카페 운남동 1호")
    assert list(basis)[-1] == "개정"
    if table == "sites":  # who counts nobody and measures no way says nothing of either
        assert list(basis) == ["기준 시각", "그 밖의 조건", "개정"]
    else:
        assert (basis["이동"], basis["분"], basis["이동 시간"]) == ("자전거", "7.5", "직선거리(추정)")
        assert basis["수요(출처·연도)"].split("(")[0] == WHOM.get(table, "주민")


@pytest.mark.parametrize(("table", "whom"), WHOM.items())
def test_a_table_of_workers_or_jobs_names_their_demand_and_not_the_one_asked_for(client, table, whom):
    collection = json.loads(fetch(client, table, "geojson", demand="foreign-residents").data)
    assert collection["demand"].startswith(whom)
    assert "SGIS" not in collection["demand_source"]
    assert "asked_demand" not in collection
    assert notes_of(fetch(client, table, "xlsx", demand="foreign-residents"))["수요(출처·연도)"].startswith(whom)
    own = json.loads(fetch(client, "dongs", "geojson", demand="foreign-residents").data)
    assert own["asked_demand"] == "foreign-residents"
    assert "SGIS" in own["demand_source"]


def test_jobs_are_told_in_points_of_an_index_and_as_an_assumption(client):
    answer = fetch(client, "jobs", "csv")
    header, *rows = rows_of_csv(answer)
    assert {"수요(지수)", "닿은 수요(지수)", "닿지 않는 수요(지수)"} <= set(header)
    assert {row[header.index("수요 단위")] for row in rows} == {"지수"}
    assert all(row[header.index("수요(출처·연도)")].endswith("가정") for row in rows)
    assert "가정" in notes_of(fetch(client, "jobs", "xlsx"))["알아둘 것"]
    assert "수요(명)" in rows_of_csv(fetch(client, "dongs", "csv"))[0]
    assert "수요(지수)" in rows_of_csv(fetch(client, "dongs", "csv", demand="job:rider"))[0]
    told = json.loads(client.get("/api/coverage", query_string=AT).data)
    assert {item["unit"] for item in told["by_job"]} == {"index"}
    assert {item["unit"] for item in (*told["by_dong"], *told["by_complex"])} == {"people"}


def test_minutes_stand_under_heads_that_call_them_minutes_and_estimates(client):
    heads = [*rows_of_csv(fetch(client, "cells", "csv"))[0], *rows_of_csv(fetch(client, "dongs", "csv"))[0]]
    of_ways = [head for head in heads if "가까운" in head]
    assert len(of_ways) == 4
    assert all(head.endswith("(분, 추정)") for head in of_ways)


def test_made_up_places_and_hosts_are_marked_wherever_places_are_listed(client):
    for table, column in (("sites", "이름"), ("hosts", "후보")):
        header, *rows = rows_of_csv(fetch(client, table, "csv"))
        marked = {row[header.index(column)]: row[header.index("예시 자료")] for row in rows}
        assert "예" in marked.values()
        assert {name for name, mark in marked.items() if mark == "예"} == {name for name in marked if name.startswith("예시")}


@pytest.mark.parametrize("path", ["/plan/nothing.csv", "/plan/dongs.exe", "/plan/dongs."])
def test_there_are_no_other_files(client, path):
    assert client.get(path).status_code == 404


def test_bad_parameters_are_refused_here_too(client):
    assert client.get("/plan/dongs.csv?minutes=x&bogus=1").status_code == 400


def test_a_file_is_made_once_and_who_has_it_is_told_so_without_making_it(client, monkeypatch):
    client.application.extensions.pop(EXTENSION, None)
    made, export = [], plan_files.export_table
    monkeypatch.setattr(plan_files, "export_table", lambda *args, **options: made.append(1) or export(*args, **options))
    first = fetch(client, "cells", "csv", minutes="7.77")
    assert fetch(client, "cells", "csv", minutes="7.77").data == first.data
    assert len(made) == 1
    assert fetch(client, "cells", "csv", minutes="7.77", lang="en").data != first.data
    assert len(made) == 2
    client.application.extensions[EXTENSION]._files = None  # what is kept no longer need not be made anew for who has it
    known = client.get("/plan/cells.csv", query_string={**AT, "minutes": "7.77"}, headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert known.headers["Cache-Control"] == first.headers["Cache-Control"]
    client.application.extensions.pop(EXTENSION)


def test_what_cannot_be_made_is_not_kept(client):
    query = {**AT, "encoding": "cp949", "edits": "open:126.8,35.15,24/7,ờ 쉼터"}
    assert [client.get("/plan/sites.csv", query_string=query).status_code for _ in range(2)] == [400, 400]

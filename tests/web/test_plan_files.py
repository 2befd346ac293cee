"""The planner's tables as files: every table in every format, the same rows in each, safe to open, the same bytes again."""

import csv
import io
import json
import sqlite3
import time

import openpyxl
import pytest

from geo_app.exports.exporting import FORMATS
from geo_app.web.plan_files import TABLES

AT = {"at": "2026-11-24T02:00"}


def fetch(client, table, ext, **query):
    answer = client.get(f"/plan/{table}.{ext}", query_string={**AT, **query})
    assert answer.status_code == 200, answer.data
    return answer


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
    assert sheet[0] == header
    assert len(rows) == len(sheet) - 1 == len(collection["features"]) == count > 0
    for feature, line in zip(collection["features"], sheet[1:], strict=True):
        assert [value for value in feature["properties"].values() if value is not None] == [cell for cell in line if cell is not None]


@pytest.mark.parametrize("ext", FORMATS)
def test_the_same_question_gives_the_same_bytes_later(client, ext):
    first = fetch(client, "dongs", ext)
    time.sleep(1.1)  # the clocks of archives and packages count whole seconds
    again = fetch(client, "dongs", ext)
    assert again.data == first.data
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/plan/dongs.{ext}", query_string=AT, headers=headers).status_code == 304


def test_a_file_says_what_was_asked_and_of_what(client):
    answer = fetch(client, "dongs", "xlsx", mode="bicycle")
    notes = dict(openpyxl.load_workbook(io.BytesIO(answer.data))["정보"].iter_rows(values_only=True))
    assert (notes["asked_mode"], notes["asked_at"], notes["distance_kind"]) == ("bicycle", "2026-11-24T02:00+09:00", "직선거리(추정)")
    assert "/plan?" in notes["permalink"]
    assert notes["demand_source"]
    number = answer.headers["X-Revision"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="coverage-dongs-r{number}-20261124T0200.xlsx"'


def test_the_rows_are_those_of_the_machine_door(client):
    told = json.loads(client.get("/api/coverage", query_string=AT).data)["by_dong"]
    features = json.loads(fetch(client, "dongs", "geojson").data)["features"]
    assert [feature["properties"] for feature in features] == told
    assert {feature["geometry"]["type"] for feature in features} <= {"Polygon", "MultiPolygon"}


def test_headings_speak_the_language_asked(client):
    assert rows_of_csv(fetch(client, "week", "csv", lang="en"))[0][:4] == ["Hour of the week", "Weekday", "Hour", "Real share (0–1)"]
    assert rows_of_csv(fetch(client, "dongs", "csv"))[0][1] == "이름"


def test_a_name_that_would_be_computed_is_made_safe(client):
    edits = 'open:126.8,35.15,24/7,=HYPERLINK("http://x")'
    cells = [cell for row in rows_of_csv(fetch(client, "sites", "csv", edits=edits)) for cell in row]
    assert """'=HYPERLINK("http://x")""" in cells
    book = openpyxl.load_workbook(io.BytesIO(fetch(client, "sites", "xlsx", edits=edits).data))
    assert {cell.data_type for row in book["sites"].iter_rows() for cell in row} <= {"s", "n", "b"}


def test_what_cp949_cannot_hold_is_named(client):
    assert (
        rows_of_csv(fetch(client, "dongs", "csv"))[1:]
        == list(csv.reader(io.StringIO(fetch(client, "dongs", "csv", encoding="cp949").data.decode("cp949"))))[1:]
    )
    refused = client.get("/plan/sites.csv", query_string={**AT, "encoding": "cp949", "edits": "open:126.8,35.15,24/7,Quán cà phê ủ"})
    assert refused.status_code == 400


@pytest.mark.parametrize("path", ["/plan/nothing.csv", "/plan/dongs.exe", "/plan/dongs."])
def test_there_are_no_other_files(client, path):
    assert client.get(path).status_code == 404


def test_bad_parameters_are_refused_here_too(client):
    assert client.get("/plan/dongs.csv?minutes=x&bogus=1").status_code == 400

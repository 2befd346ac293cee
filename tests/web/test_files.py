"""`/export`: whole layers as files, the same bytes to everybody, told what they are."""

import csv
import io
import json
import shutil
import sqlite3
import threading
import zipfile
from datetime import datetime
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Channel
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Provenance
from geo_app.domain.site import SiteDraft
from geo_app.exports.exporting import FORMATS
from geo_app.settings import load_settings
from geo_app.web import files
from geo_app.web.app import create_app

NAMES = [*LAYERS, "indicators"]
AT = datetime(2026, 11, 22, 9, 0, tzinfo=SEOUL)


@pytest.fixture
def own(workspace):
    """A client over a district of one's own, and a way to publish one more shelter."""
    client = create_app(load_settings({"GEO_APP_HOME": str(workspace.home.folder)}), workspace).test_client()

    def publish(name):
        changes = list(workspace.new_changes(LAYERS["shelters"], [SiteDraft("shelters", name, Provenance("test", "k-1"))]))
        workspace.publish(changes, actor="tester", reason="test", channel=Channel.OPERATOR, at=AT)
        workspace.keeper.refresh()

    return client, publish


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ext", FORMATS)
def test_every_data_set_may_be_had_in_every_format(client, name, ext):
    answer = client.get(f"/export/{name}.{ext}")
    assert (answer.status_code, answer.content_type) == (200, FORMATS[ext].media_type)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.data[:15] == {"xlsx": answer.data[:15], "gpkg": b"SQLite format 3"}.get(ext, answer.data[:15])
    assert len(answer.data) > 200
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name}-r{answer.headers["X-Revision"]}.{ext}"; ')


def test_a_file_has_a_korean_name_and_a_plain_one(client):
    told = client.get("/export/dongs.csv").headers["Content-Disposition"]
    assert told.isascii()
    assert unquote(told.partition("filename*=UTF-8''")[2]) == "광산구_행정동_r1_2026-11-21.csv"


def test_a_layer_is_whole_and_says_its_source_and_licence_in_each_format(client, demo_workspace, tmp_path):
    held = demo_workspace.keeper.current.layers["dongs"]
    wanted = {"layer": "dongs", "revision": 1, "licence": "KOGL-1"}
    document = json.loads(client.get("/export/dongs.geojson").data)
    assert {name: document[name] for name in wanted} == wanted
    assert [feature["id"] for feature in document["features"]] == held.ids
    assert "통계청" in document["source"]
    assert "sgis-2020" in document["source"]
    rows = list(csv.DictReader(io.StringIO(client.get("/export/dongs.csv").data.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == held.ids
    notes = dict(load_workbook(io.BytesIO(client.get("/export/dongs.xlsx").data))["정보"].iter_rows(values_only=True))
    assert {name: notes[name] for name in wanted} == wanted
    assert "<value>KOGL-1</value>" in client.get("/export/dongs.kml").text
    (tmp_path / "a.gpkg").write_bytes(client.get("/export/dongs.gpkg").data)
    with sqlite3.connect(tmp_path / "a.gpkg") as package:
        assert "KOGL-1" in package.execute("SELECT group_concat(metadata) FROM gpkg_metadata").fetchone()[0]


def test_who_has_it_is_told_so_and_a_changed_layer_has_another_tag(own):
    client, publish = own
    first = client.get("/export/shelters.csv")
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/export/shelters.csv", headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    dongs = client.get("/export/dongs.csv").headers["ETag"]
    publish("새 쉼터")
    second = client.get("/export/shelters.csv", headers=known)
    assert second.status_code == 200
    assert "새 쉼터" in second.data.decode("utf-8-sig")
    assert client.get("/export/dongs.csv").headers["ETag"] == dongs


def test_a_file_is_made_once_for_all_threads_and_kept_in_the_data_folder(own, workspace, monkeypatch):
    client, _ = own
    made = []
    write = files._write
    monkeypatch.setattr(files, "_write", lambda *given: made.append(given[2].name) or write(*given))
    answers = []
    shutil.rmtree(workspace.home.folder / "exports", ignore_errors=True)

    def ask():
        answers.append(client.application.test_client().get("/export/dongs.xlsx").data)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(answers), len(set(answers))) == (1, 6, 1)
    assert [path.name for path in (workspace.home.folder / "exports").iterdir()] == made


def test_the_same_data_give_the_same_bytes_in_another_folder(own, client):
    for ext in FORMATS:
        assert own[0].get(f"/export/shelters.{ext}").data == client.get(f"/export/shelters.{ext}").data


def test_head_and_ranges_are_answered(client):
    whole = client.get("/export/dongs.geojson")
    head = client.head("/export/dongs.geojson")
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])
    part = client.get("/export/dongs.geojson", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])


def test_cp949_is_sent_as_such_and_names_what_it_cannot_hold(own):
    client, publish = own
    answer = client.get("/export/shelters.csv?encoding=cp949")
    assert answer.content_type == "text/csv; charset=euc-kr"
    assert "쉼터" in answer.data.decode("cp949")
    assert answer.headers["ETag"] != client.get("/export/shelters.csv").headers["ETag"]
    publish("Nguyễn 쉼터")
    refused = client.get("/export/shelters.csv?encoding=cp949&revision=4")
    document = json.loads(refused.data)
    assert (refused.status_code, refused.content_type, document["code"]) == (400, "application/problem+json", "bad-parameters")
    (problem,) = document["problems"]
    assert (problem["code"], problem["parameter"], problem["value"]) == ("cannot-encode", "name", "Nguyễn 쉼터")
    assert "53" in problem["message"]
    assert client.get("/export/shelters.csv").status_code == 200


def test_cp949_goes_under_a_name_that_reads_every_letter(own):
    client, publish = own
    publish("똠양꿍 쉼터")  # a syllable that CP949 added to EUC-KR
    answer = client.get("/export/shelters.csv?encoding=cp949&revision=4")
    assert answer.content_type == "text/csv; charset=windows-949"
    assert "똠양꿍 쉼터" in answer.data.decode("cp949")
    before = client.get("/export/shelters.csv?encoding=cp949&revision=3")
    assert before.content_type == "text/csv; charset=euc-kr"
    assert before.data.decode("euc-kr") == before.data.decode("cp949")


@pytest.mark.parametrize("ext", [name for name in FORMATS if name != "csv"])
def test_an_encoding_is_refused_where_it_means_nothing(client, ext):
    answer = client.get(f"/export/dongs.{ext}?encoding=cp949&x=1")
    assert (answer.status_code, [item["parameter"] for item in json.loads(answer.data)["problems"]]) == (400, ["encoding", "x"])


def test_the_indicators_are_no_newer_for_what_others_changed(own):
    client, publish = own
    first = client.get("/export/indicators.csv")
    publish("새 쉼터")
    again = client.get("/export/indicators.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.headers["X-Revision"], again.status_code, again.headers["X-Revision"]) == ("1", 304, "1")
    assert client.get("/export/indicators.geojson").json["revision"] == 1


def test_an_earlier_revision_may_be_had(own):
    client, publish = own
    before = client.get("/export/shelters.geojson").data
    publish("새 쉼터")
    assert client.get("/export/shelters.geojson?revision=3").data == before
    assert client.get("/export/shelters.geojson").data != before
    assert client.get("/export/shelters.geojson?revision=99").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/export/shops.csv", 404, "unknown-layer"),
        ("/export/shelters.exe", 404, "not-found"),
        ("/export/shops.csv-metadata.json", 404, "unknown-layer"),
        ("/export/shelters.csv?lang=ko&encoding=latin-1", 400, "bad-parameters"),
        ("/export/shelters.csv-metadata.json?x=1", 400, "bad-parameters"),
    ],
)
def test_what_is_not_there_is_a_problem_document(client, path, status, code):
    answer = client.get(path)
    assert (answer.status_code, answer.content_type, json.loads(answer.data)["code"]) == (status, "application/problem+json", code)


@pytest.mark.parametrize("name", NAMES)
def test_beside_each_csv_lies_what_it_cannot_say_itself(client, name):
    file = client.get(f"/export/{name}.csv")
    assert f'/export/{name}.csv-metadata.json>; rel="describedby"' in file.headers["Link"]
    answer = client.get(f"/export/{name}.csv-metadata.json")
    document = json.loads(answer.data)
    assert (answer.content_type, document["url"]) == ("application/csvm+json", f"{name}.csv")
    header = next(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert [column["titles"] for column in document["tableSchema"]["columns"]] == header
    assert client.get(f"/export/{name}.csv-metadata.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_prefix_stands_in_the_link(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.gwangsan.go.kr/shelter")
    link = client.get("/shelter/export/shelters.csv", base_url="https://www.gwangsan.go.kr").headers["Link"]
    assert link.startswith("<https://www.gwangsan.go.kr/shelter/export/shelters.csv-metadata.json>")


def test_a_workbook_is_one(client):
    assert zipfile.is_zipfile(io.BytesIO(client.get("/export/indicators.xlsx").data))

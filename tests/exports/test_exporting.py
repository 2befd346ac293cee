"""Files out: whole or not there, safe to open, and back in without a change."""

import csv
import datetime as dt
import io
import json
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyogrio import read_info
from pyogrio.raw import read as read_gpkg

from geo_app.domain.errors import BadArgument, UnknownLayer
from geo_app.domain.layers import get_layer
from geo_app.domain.record import draft_record
from geo_app.exports.columns import list_columns
from geo_app.exports.exporting import FORMATS, ExportMetadata, export_features
from geo_app.ingest.matching import match_reading
from geo_app.ingest.reading import read_file

LAYERS = ["shelters", "industrial-complexes", "village-jobs", "improved-companies"]
TABLES = ["geojson", "csv", "xlsx", "gpkg", "kml"]


def _read(path, layer, frame):
    return read_file(path, layer=get_layer(layer), source="somebody", frame=frame)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("kind", TABLES)
def test_what_goes_out_comes_back_as_the_same_drafts(features, drafts, metadata, frame, tmp_path, layer, kind):
    path = tmp_path / f"{layer}.{kind}"
    assert export_features(features(layer), metadata(layer), path) == []
    reading = _read(path, layer, frame)
    assert [problem for problem in reading.problems if problem.code not in ("unlocated-rows", "hours-not-understood")] == []
    assert [draft_record(row.draft) for row in reading.rows] == [draft_record(draft) for draft in drafts[layer]]


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("kind", TABLES)
def test_importing_an_export_again_changes_nothing(features, drafts, metadata, frame, tmp_path, layer, kind):
    path = tmp_path / f"again.{kind}"
    export_features(features(layer), metadata(layer), path)
    prefix = get_layer(layer).id_prefix
    existing = [(f"{prefix}-{number:06}", {"id": "", **draft_record(draft)}) for number, draft in enumerate(drafts[layer], start=1)]
    matching = match_reading(_read(path, layer, frame), existing, layer=get_layer(layer), source="somebody", is_complete=True)
    assert (matching.unchanged, matching.added, matching.changed, matching.closed, matching.problems) == (len(existing), [], [], [], [])


def test_a_name_changed_in_a_spreadsheet_comes_back_to_its_record(features, drafts, metadata, frame, tmp_path):
    path = tmp_path / "edited.csv"
    export_features(features("shelters"), metadata("shelters"), path)
    path.write_text(path.read_text("utf-8-sig").replace("이름만 아는 곳", "이제는 다른 이름"), "utf-8-sig")
    existing = [(f"sh-{number:06}", {"id": "", **draft_record(draft)}) for number, draft in enumerate(drafts["shelters"], start=1)]
    matching = match_reading(_read(path, "shelters", frame), existing, layer=get_layer("shelters"), source="x", is_complete=False)
    assert [(site_id, row.draft.name) for site_id, row in matching.changed] == [("sh-000002", "이제는 다른 이름")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_a_formula(features, metadata, tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    export_features(features("shelters"), metadata("shelters"), path)
    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")) for cell in row]
    else:
        sheets = load_workbook(path).worksheets
        assert {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}
        cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def test_csv_begins_with_its_mark_and_our_field_names(features, metadata, tmp_path):
    path = tmp_path / "a.csv"
    export_features(features("shelters"), metadata("shelters"), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,name,kind,status,precision,address,dong,lon,lat,hours,")


def test_cp949_holds_korean_and_names_what_it_cannot_hold(features, metadata, frame, tmp_path):
    path = tmp_path / "a.csv"
    assert export_features(features("village-jobs"), metadata("village-jobs"), path, encoding="cp949") == []
    assert _read(path, "village-jobs", frame).encoding == "cp949"
    refused = tmp_path / "b.csv"
    vietnamese = features("village-jobs")
    vietnamese[1]["properties"]["name"] = "Nguyễn 쉼터 ễ"
    problems = export_features(vietnamese, metadata("village-jobs"), refused, encoding="cp949")
    assert [(item.code, item.line, item.column, item.value, item.details["characters"]) for item in problems] == [
        ("cannot-encode", 3, "name", "Nguyễn 쉼터 ễ", "ễ")
    ]
    assert not refused.exists()


def test_a_workbook_says_whose_data_it_is(features, metadata, tmp_path):
    path = tmp_path / "a.xlsx"
    export_features(features("shelters"), metadata("shelters"), path)
    notes = {row[0]: row[1] for row in load_workbook(path)["정보"].iter_rows(values_only=True)}
    assert notes == {"layer": "shelters", "revision": 7, "made_at": "2026-11-21T12:00:00+00:00", "licence": "KOGL 1", "source": "광산구"}


def test_what_a_workbook_cannot_hold_is_named_and_nothing_is_written(features, metadata, tmp_path):
    path = tmp_path / "a.xlsx"
    broken = features("shelters")
    broken[0]["properties"]["note"] = "가\x01나"
    broken[1]["properties"]["note"] = "x" * 40_000
    problems = export_features(broken, metadata("shelters"), path)
    assert [(item.code, item.line, item.column) for item in problems] == [
        ("cannot-encode", 2, "note"),
        ("cell-too-long-for-xlsx", 3, "note"),
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_shape_too_long_for_a_cell_goes_on_in_the_next_column_and_comes_back_whole(features, metadata, frame, tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    wide = features("industrial-complexes")
    edge = [[126.7 + number * 1e-5, 35.1 + number % 2 * 1e-5] for number in range(4_000)]
    ring = [*edge, [edge[-1][0], 35.09], [126.7, 35.09], edge[0]]
    wide[1]["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    assert export_features(wide, metadata("industrial-complexes"), path) == []
    reading = _read(path, "industrial-complexes", frame)
    assert [item for item in reading.mapping.values() if item.startswith("geometry_wkt")][:2] == ["geometry_wkt", "geometry_wkt.2"]
    found = draft_record(reading.rows[1].draft)["geometry"]["coordinates"][0]
    assert [list(position) for position in found] == [[round(x, 7), round(y, 7)] for x, y in ring]


def test_a_structure_is_held_by_cp949_whatever_letters_it_has(features, metadata, frame, tmp_path):
    path = tmp_path / "a.csv"
    dashed = features("industrial-complexes")
    dashed[0]["properties"]["projects"] = [{"name": "재생 – ễ 😀"}]
    assert export_features(dashed, metadata("industrial-complexes"), path, encoding="cp949") == []
    assert _read(path, "industrial-complexes", frame).rows[0].draft.attributes["projects"] == [{"name": "재생 – ễ 😀"}]


@pytest.mark.parametrize("kind", FORMATS)
def test_equal_features_give_equal_bytes(features, metadata, tmp_path, kind):
    paths = [tmp_path / "a" / f"x.{kind}", tmp_path / "b" / f"x.{kind}"]
    for path in paths:
        path.parent.mkdir()
        export_features(features("shelters"), metadata("shelters"), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_geojson_is_one_collection_with_its_metadata(features, metadata, tmp_path):
    path = tmp_path / "a.geojson"
    export_features(iter(features("shelters")), metadata("shelters"), path)
    document = json.loads(path.read_text())
    assert document.pop("features") == json.loads(json.dumps(features("shelters")))
    assert document == {
        "type": "FeatureCollection",
        "layer": "shelters",
        "revision": 7,
        "made_at": "2026-11-21T12:00:00+00:00",
        "licence": "KOGL 1",
        "source": "광산구",
    }


@pytest.mark.parametrize("layer", LAYERS)
def test_a_geopackage_holds_all_rows_with_their_types(features, metadata, tmp_path, layer):
    path = tmp_path / "a.gpkg"
    export_features(features(layer), metadata(layer), path)
    info = read_info(path)
    assert (info["features"], info["crs"], info["layer_name"]) == (len(features(layer)), "EPSG:4326", layer)
    assert info["layer_metadata"]["revision"] == "7"
    _, _, geometries, columns = read_gpkg(path)
    held = dict(zip(info["fields"], columns, strict=True))
    assert list(held["name"]) == [feature["properties"]["name"] for feature in features(layer)]
    assert [geometry is None for geometry in geometries] == [feature["geometry"] is None for feature in features(layer)]
    if layer == "improved-companies":
        assert (held["year"][0], bool(held["consent"][0])) == (2025, True)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_layer_is_a_file_too(metadata, tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    assert export_features([], metadata("shelters"), path) == []
    assert path.stat().st_size > 0


@pytest.mark.parametrize("kind", FORMATS)
def test_an_older_file_is_replaced_and_nothing_else_is_left(features, metadata, tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_text("old")
    export_features(features("shelters"), metadata("shelters"), path)
    assert path.read_bytes() != b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_in_the_middle_leaves_the_older_file(features, metadata, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def failing():
        yield features("shelters")[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export_features(failing(), metadata("shelters"), path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_format_may_be_said_beside_the_name(features, metadata, tmp_path):
    path = tmp_path / "download"
    export_features(features("shelters"), metadata("shelters"), path, format="xlsx")
    assert zipfile.is_zipfile(path)


def test_unknown_words_are_refused(metadata, tmp_path):
    with pytest.raises(BadArgument):
        export_features([], metadata("shelters"), tmp_path / "a.pdf")
    with pytest.raises(BadArgument):
        export_features([], metadata("shelters"), tmp_path / "a.csv", encoding="euc-jp")
    with pytest.raises(UnknownLayer):
        export_features([], ExportMetadata("shops", 1, metadata("shelters").made_at), tmp_path / "a.csv")


@pytest.mark.parametrize("layer", ["dongs", "legal-dongs", "public-facilities", *LAYERS])
def test_columns_are_named_once(layer):
    columns = list_columns(get_layer(layer))
    assert len(columns) == len(set(columns))


TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Mn", "Mc", "Me", "Lm", "Lo"], exclude_characters="\ufffd\ufffe\uffff"
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(name=TEXT, note=TEXT, kind=st.sampled_from(TABLES))
def test_any_text_comes_back(tmp_path_factory, frame, name, note, kind):
    name, note = (unicodedata.normalize("NFC", text) for text in (name, note))
    path = tmp_path_factory.mktemp("text") / f"a.{kind}"
    feature = {
        "type": "Feature",
        "id": "sh-000001",
        "geometry": None,
        "properties": {"name": name, "note": note, "status": "reported", "source": "x"},
    }
    metadata = ExportMetadata("shelters", 1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert export_features([feature], metadata, path) == []
    assert [(row.draft.name, row.draft.attributes["note"]) for row in _read(path, "shelters", frame).rows] == [(name, note)]

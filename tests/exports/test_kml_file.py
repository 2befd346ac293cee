"""KML out: GDAL reads back what went in, and no text can become markup."""

import pyogrio
import pytest
import shapely
from defusedxml import ElementTree
from pyogrio.raw import read

from geo_app.domain.layers import get_layer
from geo_app.exports.columns import feature_cells
from geo_app.exports.exporting import export_features
from geo_app.exports.kml_file import NAMESPACE, write_kml_rows
from geo_app.exports.tables import AnalysisMetadata, AnalysisTable, Column, export_table

LAYERS = ["shelters", "industrial-complexes", "village-jobs", "improved-companies"]
# GDAL calls the title of a placemark so, and knows one field of that name.
GDAL_NAMES = {"name": "Name"}
KML = f"{{{NAMESPACE}}}"


@pytest.fixture
def written(features, metadata, tmp_path):
    def write(layer):
        path = tmp_path / f"{layer}.kml"
        assert export_features(features(layer), metadata(layer), path) == []
        return path

    return write


@pytest.mark.parametrize("layer", LAYERS)
def test_gdal_reads_back_every_cell_and_every_shape(written, features, layer):
    path = written(layer)
    meta, _, geometries, columns = read(path, layer=layer)
    held = dict(zip(meta["fields"], columns, strict=True))
    wanted = features(layer)
    assert (pyogrio.read_info(path, layer=layer)["features"], meta["crs"]) == (len(wanted), "EPSG:4326")
    for number, feature in enumerate(wanted):
        shape = None if feature["geometry"] is None else shapely.geometry.shape(feature["geometry"])
        found = None if geometries[number] is None else shapely.force_2d(shapely.from_wkb(geometries[number]))
        assert (found is None) is (shape is None)
        assert shape is None or shapely.equals_exact(found, shape, tolerance=1e-9)
        for name, cell in feature_cells(feature, get_layer(layer)).items():
            if name not in ("lon", "lat", "geometry_wkt"):
                assert held[GDAL_NAMES.get(name, name)][number] == cell, name


def test_what_a_file_says_of_itself_stands_in_its_document(written):
    document = ElementTree.parse(written("shelters")).getroot().find(f"{KML}Document")
    told = {item.get("name"): item.findtext(f"{KML}value") for item in document.find(f"{KML}ExtendedData")}
    assert told == {
        "layer": "shelters", "revision": "7", "made_at": "2026-11-21T12:00:00+00:00", "licence": "KOGL 1", "source": "광산구",
    }  # fmt: skip
    assert document.findtext(f"{KML}description").splitlines() == [f"{name}: {value}" for name, value in told.items()]


def test_elements_stand_in_the_order_of_the_standard(written):
    document = ElementTree.parse(written("industrial-complexes")).getroot().find(f"{KML}Document")
    assert [item.tag.removeprefix(KML) for item in document][:5] == ["name", "description", "Style", "ExtendedData", "Schema"]
    placemark = document.findall(f"{KML}Placemark")[1]
    assert placemark.get("id") == "ic-000002"
    assert [item.tag.removeprefix(KML) for item in placemark] == ["name", "styleUrl", "ExtendedData", "Polygon"]
    assert [item.tag.removeprefix(KML) for item in placemark[-1]] == ["outerBoundaryIs", "innerBoundaryIs"]


def test_no_text_becomes_markup(tmp_path, metadata):
    nasty = '</SimpleData><script>alert("1")</script>&amp;]]>\r\n끝'
    path = tmp_path / "a.kml"
    assert write_kml_rows("x", ["name", 'a"b'], [{"name": nasty, 'a"b': nasty}], [None], metadata("shelters"), path) == []
    root = ElementTree.parse(path).getroot()
    assert [item.text for item in root.iter(f"{KML}SimpleData")] == [nasty, nasty]
    assert not [item for item in root.iter() if item.tag == f"{KML}script"]


def test_what_xml_cannot_hold_is_named_and_nothing_is_written(features, metadata, tmp_path):
    broken = features("shelters")
    broken[1]["properties"]["note"] = "가\x01나"
    problems = export_features(broken, metadata("shelters"), tmp_path / "a.kml")
    assert [(item.code, item.line, item.column, item.is_error) for item in problems] == [("cannot-encode", 3, "note", True)]
    assert list(tmp_path.iterdir()) == []


def test_a_table_of_the_planner_has_titles_for_people_and_names_for_programs(tmp_path, metadata):
    rows = [{"key": "a", "share": 0.25, "is_open": True}, {"key": "b"}]
    columns = (Column("key", "코드"), Column("share", "비율"), Column("is_open", "열림"))
    line = shapely.LineString([(126.7, 35.1), (126.8, 35.2)])
    notes = AnalysisMetadata("t", 7, metadata("shelters").made_at, {"demand": "jobs"})
    assert export_table(AnalysisTable("t", columns, rows, [line, shapely.MultiPoint([(1, 2), (3, 4)])], notes), tmp_path / "t.kml") == []
    root = ElementTree.parse(tmp_path / "t.kml").getroot()
    fields = [(item.get("name"), item.get("type"), item.findtext(f"{KML}displayName")) for item in root.iter(f"{KML}SimpleField")]
    assert fields == [("key", "string", "코드"), ("share", "double", "비율"), ("is_open", "bool", "열림")]
    assert [item.text for item in root.iter(f"{KML}SimpleData")] == ["a", "0.25", "true", "b"]
    assert [item.text for item in root.iter(f"{KML}coordinates")] == ["126.7,35.1 126.8,35.2", "1.0,2.0", "3.0,4.0"]

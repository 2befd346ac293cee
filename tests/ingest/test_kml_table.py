"""KML from GDAL and by hand: placemarks are read; entities, links and depth are refused, and nothing is fetched."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyogrio.raw import write

from geo_app.ingest.limits import Limits

PIECES = [*"<>/&;\"' ", "kml", "Placemark", "name", "Point", "coordinates", "Polygon", "1,2", "카", "]]>", "<!--", "<![CDATA["]
RING = "126.70,35.10 126.71,35.10 126.71,35.11 126.70,35.10"
POINT = "<Point><coordinates>\n 126.793,35.1395,12.5 </coordinates></Point>"


def _kml(*placemarks, before=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
        + "\n".join(placemarks)
        + "</Document></kml>"
    )


def _placemark(name="카페", geometry=POINT, data="", **attributes):
    told = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<Placemark{told}><name>{name}</name>{data}{geometry}</Placemark>"


def _polygon(*rings):
    sides = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
    return (
        "<Polygon>"
        + "".join(
            f"<{side}><LinearRing><coordinates>{ring}</coordinates></LinearRing></{side}>" for side, ring in zip(sides, rings, strict=True)
        )
        + "</Polygon>"
    )


def test_placemarks_in_folders_become_drafts_and_know_their_line(read):
    text = _kml("<Folder><name>묶음</name>", _placemark(), "</Folder>", _placemark("둘", id="sh-000007"))
    reading = read("a.kml", text)
    assert [(row.line, row.draft.name, row.site_id) for row in reading.rows] == [(4, "카페", None), (7, "둘", "sh-000007")]
    assert (reading.format, reading.encoding, reading.crs, reading.crs_guessed) == ("kml", "", "EPSG:4326", False)
    assert (reading.rows[0].draft.geometry.x, reading.rows[0].draft.geometry.y) == (126.793, 35.1395)


def test_data_of_both_kinds_are_cells_and_a_cell_called_name_wins(read):
    plain = "<ExtendedData><Data name='좌석수'><displayName>x</displayName><value>12</value></Data></ExtendedData>"
    typed = "<SimpleData name='name'>참 이름</SimpleData><SimpleData name='전화번호'>062-1</SimpleData>"
    typed = f"<ExtendedData><SchemaData schemaUrl='#s'>{typed}</SchemaData></ExtendedData>"
    first, second = read("a.kml", _kml(_placemark(data=plain), _placemark("겉 이름", data=typed))).rows
    assert (first.draft.name, first.draft.attributes["seats"]) == ("카페", 12)
    assert (second.draft.name, second.draft.attributes["phone"]) == ("참 이름", "062-1")


def test_what_gdal_writes_is_read(read, tmp_path):
    path = tmp_path / "a.kml"
    hole = [(126.702, 35.101), (126.703, 35.101), (126.703, 35.102), (126.702, 35.101)]
    holed = shapely.Polygon([(126.70, 35.10), (126.71, 35.10), (126.71, 35.11), (126.70, 35.10)], [hole])
    areas = [holed, shapely.MultiPolygon([shapely.box(126.7, 35.1, 126.71, 35.11), shapely.box(126.8, 35.1, 126.81, 35.11)])]
    write(
        str(path),
        geometry=np.array([shapely.to_wkb(area) for area in areas], dtype=object),
        field_data=[np.array(["하남 <1>", "둘"], dtype=object), np.array([5, 7])],
        fields=np.array(["Name", "입주업체수"], dtype=object),
        geometry_type="Unknown",
        layer="단지",
        driver="LIBKML",
        crs="EPSG:4326",
    )
    reading = read("a.kml", path.read_bytes(), layer="industrial-complexes")
    assert [(row.draft.name, row.draft.attributes["tenants"]) for row in reading.rows] == [("하남 <1>", 5), ("둘", 7)]
    assert all(row.draft.geometry.equals(area) for row, area in zip(reading.rows, areas, strict=True))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (_kml(_placemark("&x;"), before='<!DOCTYPE kml [<!ENTITY x "y">]>'), "kml-has-entities"),
        (_kml(_placemark("&x;"), before='<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "kml-has-entities"),
        (_kml(_placemark(), before='<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd">'), "kml-has-entities"),
        (_kml(_placemark(), "<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"), "kml-has-links"),
        (_kml("<Folder>" * 200), "kml-too-deep"),
        (_kml(_placemark())[:-20], "broken-kml"),
        ("<OGRVRTDataSource></OGRVRTDataSource>", "not-kml"),
        (_kml(), "no-rows"),
        ('<?xml version="1.0" encoding="x-unknown"?><kml/>', "broken-kml"),
    ],
)
def test_what_is_no_plain_kml_is_refused_whole(read, codes, text, code):
    reading = read("a.kml", text)
    assert reading.is_refused
    assert code in codes(reading) or (code == "no-rows" and not reading.rows)


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (f"<LineString><coordinates>{RING}</coordinates></LineString>", "wrong-geometry"),
        (f"<LinearRing><coordinates>{RING}</coordinates></LinearRing>", "wrong-geometry"),
        (f"<MultiGeometry>{POINT}{_polygon(RING)}</MultiGeometry>", "wrong-geometry"),
        ("<Point><coordinates>여기</coordinates></Point>", "broken-geometry"),
        ("<Point><coordinates>126_7.9,35.1</coordinates></Point>", "broken-geometry"),
        ("<Point><coordinates>126.793</coordinates></Point>", "broken-geometry"),
        ("<Point><coordinates>nan,35.1</coordinates></Point>", "coordinate-not-finite"),
        ("<Polygon></Polygon>", "broken-geometry"),
        (f"<Polygon>{_polygon(RING)}</Polygon>", "wrong-geometry"),
        (_polygon(RING).replace("outerBoundaryIs", "innerBoundaryIs"), "broken-geometry"),
        (_polygon(RING).replace("</Polygon>", "") + _polygon(RING).replace("<Polygon>", ""), "broken-geometry"),
    ],
)
def test_a_shape_that_cannot_be_one_keeps_its_row_out(read, codes, geometry, code):
    reading = read("a.kml", _kml(_placemark(geometry=geometry), _placemark("둘")), layer="industrial-complexes")
    assert [row.draft.name for row in reading.rows] == ["둘"]
    assert codes(reading)[code] == 1


def test_more_than_the_limits_is_refused(read, codes):
    two = _kml(_placemark(), _placemark("둘"))
    assert codes(read("a.kml", two, limits=Limits(rows=1)))["too-many-rows"] == 1
    assert codes(read("a.kml", two, limits=Limits(columns=0)))["too-many-columns"] == 1
    assert codes(read("a.kml", _kml(_placemark("가" * 50)), limits=Limits(cell_chars=49)))["cell-too-long"] == 1
    many = _kml(_placemark(geometry=_polygon(RING)))
    assert codes(read("a.kml", many, limits=Limits(vertices=3), layer="industrial-complexes"))["too-many-vertices"] == 1


@settings(max_examples=150, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_stands_between_the_tags_is_read_or_refused(read, text):
    reading = read("a.kml", f"<kml>{text}</kml>")
    assert reading.is_refused or reading.row_count

"""Tables of demand as offices send them: by grid, dong and point, with every fault by line, column and value."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from pyproj import Transformer

from geo_app.domain.demand import PlacedBy
from geo_app.ingest.demand_file import DemandGround, read_demand_file
from geo_app.ingest.upload import Upload

# Two cells of 250 m side by side, about the district office: 다라30aa80aa and 다라30ab80aa.
CELLS = frozenset({(930_000, 1_680_000), (930_250, 1_680_000)})
GROUND = DemandGround({"하남동": "dg-000010", "2920064000": "dg-000010", "송정1동": "dg-000001"}, CELLS)
INSIDE = "126.7332,35.1139"


def read(text, encoding="utf-8", name="표.csv"):
    return read_demand_file(Upload(name, text.encode(encoding)), GROUND)


def faults(reading):
    return [(problem.code, problem.line, problem.column, problem.value) for problem in reading.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_table_by_grid_is_read_in_the_encodings_of_offices(encoding):
    reading = read('격자코드,인원\n다라30aa80aa,"1,200"\n다라 30ab 80aa,3.5명\n', encoding)
    assert reading.problems == []
    assert reading.rows == (("다라30aa80aa", 1200.0), ("다라30ab80aa", 3.5))
    assert (reading.placed_by, reading.row_count, reading.total) == (PlacedBy.CELL, 2, 1203.5)
    assert reading.mapping == {"격자코드": "grid", "인원": "figure"}


def test_squares_of_other_sizes_are_kept_as_they_are():
    reading = read("gid;val\n다라3080;10\n다라300800;4\n다라30008000;1\n")
    assert reading.rows == (("다라30008000", 1.0), ("다라300800", 4.0), ("다라3080", 10.0))


@pytest.mark.parametrize("place", ["하남동", "광산구 하남동", "광주광역시 광산구  하남동", "2920064000"])
def test_a_dong_is_known_by_name_and_code(place):
    reading = read(f"행정동\t값\n{place}\t77\n")
    assert (reading.placed_by, reading.rows) == (PlacedBy.DONG, (("dg-000010", 77.0),))


def test_points_are_kept_as_cells_and_count_one_each_without_a_figure():
    reading = read(f"경도,위도,메모\n{INSIDE},가\n{INSIDE},나\n")
    assert reading.problems == []
    assert [figure for _, figure in reading.rows] == [2.0]
    assert reading.rows[0][0].startswith("다라30")


def test_a_workbook_is_read_too():
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["행정동명", "종사자수"])
    book.active.append(["송정1동", 12])
    book.save(stream)
    reading = read_demand_file(Upload("표.xlsx", stream.getvalue()), GROUND)
    assert reading.rows == (("dg-000001", 12.0),)


def test_every_fault_is_told_with_its_place_and_nothing_comes_in():
    reading = read("격자코드,값\n다라30aa80aa,많음\n다라30,3\n다라30ab80aa,-1\n다라30ab80aa,5\n다라30ab80aa,6\n짧은행\n")
    assert faults(reading) == [
        ("bad-number", 2, "값", "많음"),
        ("bad-grid-code", 3, "격자코드", "다라30"),
        ("negative-figure", 4, "값", "-1"),
        ("demand-twice", 6, "격자코드", "다라30ab80aa"),
        ("ragged-row", 7, None, "짧은행"),
    ]
    assert reading.problems[3].details == {"first": 5}
    assert (reading.rows, reading.total) == ((), 0)


def test_a_dong_that_is_not_here_is_an_error_that_names_those_that_are():
    (problem,) = read("동,값\n치평동,3\n").problems
    assert (problem.code, problem.line, problem.value) == ("unknown-dong", 2, "치평동")
    assert problem.details["known"] == "송정1동, 하남동"


def test_squares_of_the_neighbours_are_left_out_with_a_warning_and_told_by_sum():
    reading = read("gid,val\n다라30aa80aa,10\n다라50aa80aa,7\n")
    assert faults(reading) == [("demand-outside", 3, "gid", "다라50aa80aa")]
    assert not reading.has_errors
    assert (reading.rows, reading.outside_total) == ((("다라30aa80aa", 10.0),), 7.0)


@pytest.mark.parametrize("point", ["127.5,36.0", "126.735,95"])
def test_a_point_outside_keeps_the_file_out(point):
    reading = read(f"lon,lat,value\n{INSIDE},1\n{point},1\n")
    assert faults(reading) == [("demand-outside", 3, "lon", point.split(",")[0])]
    assert reading.has_errors


@pytest.mark.parametrize(
    ("point", "code", "told"),
    [
        ("35.1139,126.7332", "demand-swapped", "126.7332, 35.1139"), ("37.5,127.0", "demand-swapped", "127.0, 37.5"),
        ("0,0", "demand-zero", ""), ("1e7,2", "bad-coordinate", ""), ("9999,9999", "demand-no-degrees", ""),
    ],
)  # fmt: skip
def test_a_point_written_in_another_way_is_told_as_what_it_is(point, code, told):
    (problem,) = read(f"경도,위도,값\n{INSIDE},1\n{point},1\n").problems
    assert (problem.code, problem.line, problem.column, problem.is_error) == (code, 3, "경도", True)
    assert told in problem.details.get("guess", "")


@pytest.mark.parametrize("crs", ["EPSG:5186", "EPSG:5181", "EPSG:5179", "EPSG:5174"])
@pytest.mark.parametrize("order", [1, -1])
def test_metres_are_told_with_the_systems_that_fit_and_the_place_in_degrees(crs, order):
    # The transformer of pyproj itself, not ours.
    x, y = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform(126.7332, 35.1139)
    first, second = (x, y)[::order]
    (problem,) = read(f"경도,위도,값\n{first:.1f},{second:.1f},1\n").problems
    assert problem.code == "demand-other-crs"
    assert crs in problem.details["crs"]
    lon, lat = map(float, problem.details["guess"].split(","))
    assert (lon, lat) == pytest.approx((126.7332, 35.1139), abs=0.005)


def test_a_long_file_of_metres_is_refused_without_looking_every_row_up(monkeypatch):
    monkeypatch.setattr("geo_app.ingest.demand_points.MOST_LOOKED_UP", 2)
    reading = read("경도,위도\n" + "181900.0,283000.0\n" * 5)
    assert [problem.code for problem in reading.problems] == ["demand-no-degrees"] * 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("이름,값\n가,1\n", "demand-no-place"), ("격자코드,이름\n다라30aa80aa,가\n", "demand-no-figure"), ("격자코드,값\n", "no-rows"),
        ("격자코드,값\n다라50aa80aa,1\n", "demand-nothing-inside"), ("", "empty-file"), ("격자코드,값,값\n", "duplicate-header"),
        ("<OGRVRTDataSource/>", "content-mismatch"), ("격자코드,값\n다라30aa80aa,\n", "bad-number"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_a_table_is_refused(text, code):
    reading = read(text)
    assert code in [problem.code for problem in reading.problems]
    assert reading.has_errors
    assert reading.rows == ()


def test_geojson_is_refused_by_name():
    assert [problem.code for problem in read('{"type":"FeatureCollection","features":[]}', name="표.geojson").problems] == [
        "unsupported-format"
    ]


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text):
    reading = read_demand_file(Upload("표.csv", ("격자코드,값\n" + text).encode("utf-8", "replace")), GROUND)
    assert reading.rows == () or not reading.has_errors


@given(st.dictionaries(st.sampled_from(["다라30aa80aa", "다라30ab80aa"]), st.integers(0, 10**9), min_size=1))
def test_what_a_table_says_comes_back(figures):
    text = "격자코드,값\n" + "".join(f'{code},"{figure:,}"\n' for code, figure in figures.items())
    assert dict(read(text).rows) == figures

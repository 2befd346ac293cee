"""The whole way in: what a reading tells, and that nothing else is touched on the way."""

import json
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.domain.layers import get_layer
from geo_app.ingest.limits import Limits
from geo_app.ingest.reading import Frame, read_file

GOOD = "시설명,위도,경도\n가,35.1395,126.7930\n나,35.1396,126.7931\n"


def test_a_good_file_is_read_without_a_word(read):
    reading = read("쉼터.csv", GOOD)
    assert (reading.row_count, reading.rejected_count, reading.problems) == (2, 0, [])
    assert not reading.is_refused
    assert not reading.has_errors
    assert reading.carried == {"name", "geometry"}


def test_a_file_on_disk_reads_the_same_as_its_bytes(frame, tmp_path, read):
    path = tmp_path / "쉼터.csv"
    path.write_text(GOOD)
    from_disk = read_file(path, layer=get_layer("shelters"), source="partners", frame=frame)
    assert [row.draft for row in from_disk.rows] == [row.draft for row in read("a.csv", GOOD).rows]


def test_bad_rows_do_not_refuse_the_file(read):
    reading = read("a.csv", GOOD + ",35.1,126.8\n")
    assert (reading.row_count, reading.rejected_count, reading.is_refused, reading.has_errors) == (3, 1, False, True)


def test_problems_of_one_code_are_listed_up_to_a_number_and_then_counted(read, codes):
    reading = read("a.csv", "시설명,위도,경도\n" + "가,0,0\n" * 25, limits=Limits(problems_per_code=10))
    assert codes(reading) == {"zero-coordinates": 10, "more-of-the-same": 1}
    assert reading.problems[-1].details == {"code": "zero-coordinates", "count": 15}
    assert reading.rejected_count == 25
    assert not reading.is_refused  # the rows without fault may still come in


def test_the_source_is_the_one_given_unless_the_row_says_another(read):
    reading = read("a.csv", "시설명,주소,출처\n가,광산구 1,\n나,광산구 2,신문\n", source="partners.csv")
    assert [row.draft.provenance.source for row in reading.rows] == ["partners.csv", "신문"]


def test_a_row_may_name_the_record_it_means_by_our_id_only(read):
    reading = read("a.csv", "id,시설명,주소\nsh-000012,가,광산구 1\n17,나,광산구 2\nic-000001,다,광산구 3\n")
    assert [row.site_id for row in reading.rows] == ["sh-000012", None, None]


def test_nothing_is_fetched_and_no_other_file_is_opened(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text(GOOD)
    traps = {
        "a.csv": f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        "b.csv": f"{secret}\n",
        "c.geojson": json.dumps(
            {"type": "FeatureCollection", "features": [], "crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/"}}}
        ),
        "d.geojson": "http://127.0.0.1:9/x.geojson",
        "e.csv": "WFS:http://127.0.0.1:9/wfs\n",
        "f.geojson": json.dumps({"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline read {secret}"}),
    }
    code = textwrap.dedent(f"""
        import sys
        from geo_app.domain.layers import get_layer
        from geo_app.ingest.reading import Frame, read_bytes
        seen = []
        sys.addaudithook(lambda event, said: seen.append((event, said)) if event == "open" or event.startswith("socket.") else None)
        for name, content in {traps!r}.items():
            frame = Frame((126.64, 35.06, 126.90, 35.27))
            reading = read_bytes(content.encode(), name, layer=get_layer("shelters"), source="x", frame=frame)
            assert reading.is_refused, name
        told = [item for item in seen if item[0] != "open" or {str(tmp_path)!r} in str(item[1][0])]
        assert told == [], told
    """)
    subprocess.run([sys.executable, "-c", code], check=True)


def test_reading_loads_no_gdal():
    code = "import sys, geo_app.ingest.reading, geo_app.ingest.matching; assert not {'pyogrio', 'geopandas', 'osgeo'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.geojson", "a.xlsx"]))
def test_any_bytes_are_read_or_refused_and_never_raise(read, content, name):
    reading = read(name, content)
    assert reading.rows == [] or not reading.is_refused


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "name", "coordinates", "geometry", "hours", "closures"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(properties=JSON_VALUES, geometry=JSON_VALUES, layer=st.sampled_from(["shelters", "industrial-complexes", "dongs"]))
def test_any_feature_is_read_or_refused_and_never_raises(read, properties, geometry, layer):
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    named = {"type": "Feature", "properties": {"name": "가", "amenities": properties, "hours": properties}, "geometry": geometry}
    reading = read("a.geojson", json.dumps({"type": "FeatureCollection", "features": [feature, named]}), layer=layer)
    assert len(reading.rows) + reading.rejected_count == reading.row_count


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.tuples(*[st.text(max_size=12)] * 6), min_size=1, max_size=4))
def test_any_cells_are_read_or_refused_and_never_raise(read, table, cells):
    columns = ["시설명", "위도", "경도", "운영시간", "좌석수", "closures"]
    content = table(*(dict(zip(columns, row, strict=True)) for row in cells)).encode("utf-8", "surrogatepass")
    assert len(read("a.csv", content).rows) <= len(cells)


@pytest.mark.slow
def test_a_hundred_thousand_rows_stay_under_400_mb_and_a_minute(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("w", encoding="cp949", newline="") as stream:
        stream.write("관리번호,시설명,종류,도로명주소,경도,위도,운영시간,좌석수,편의시설,비고\n")
        for number in range(100_000):
            lon, lat = 126.65 + number % 2000 * 1e-4, 35.07 + number // 2000 * 3e-3
            stream.write(
                f"K{number},카페 {number}호,카페,광산구 수완로 {number},{lon:.6f},{lat:.6f},09:00-18:00,{number % 50},화장실,환영\n"
            )
    code = textwrap.dedent(f"""
        import re, time
        from pathlib import Path
        from geo_app.domain.layers import get_layer
        from geo_app.ingest.reading import Frame, read_file
        started = time.process_time()
        reading = read_file(Path({str(path)!r}), layer=get_layer("shelters"), source="x", frame=Frame((126.64, 35.06, 126.90, 35.27)))
        seconds = time.process_time() - started
        print(len(reading.rows), seconds, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
    """)
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    rows, seconds, peak_mb = int(answer[0]), float(answer[1]), float(answer[2])
    assert rows == 100_000
    assert seconds < 60
    assert peak_mb < 400


def test_a_frame_may_be_bounds_alone():
    assert Frame((126.64, 35.06, 126.90, 35.27)).area.bounds == (126.64, 35.06, 126.90, 35.27)

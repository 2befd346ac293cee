"""Headers: the names of Korean public data, common English ones and our own all find their field."""

import pytest

from geo_app.domain.layers import LAYERS, get_layer
from geo_app.exports.columns import list_columns
from geo_app.ingest.headers import map_headers

SHELTERS = get_layer("shelters")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("시설명", "name"),
        ("쉼터명칭", "name"),
        ("사업장명", "name"),
        ("상호", "name"),
        (" 이름 ", "name"),
        ("RSTR_NM", "name"),
        ("위도", "lat"),
        ("위도(도)", "lat"),
        ("Y좌표(위도)", "lat"),
        ("WGS84위도", "lat"),
        ("LA", "lat"),
        ("lat", "lat"),
        ("y", "lat"),
        ("경도", "lon"),
        ("X좌표", "lon"),
        ("좌표정보(x)", "lon"),
        ("LOT", "lon"),
        ("LO", "lon"),
        ("lng", "lon"),
        ("Longitude", "lon"),
        ("소재지도로명주소", "address"),
        ("도로명전체주소", "address"),
        ("RN_DTL_ADRES", "address"),
        ("소재지지번주소", "address_lot"),
        ("전화번호", "phone"),
        ("전화번호(대표)", "phone"),
        ("운영시간", "hours"),
        ("영업시간", "hours"),
        ("이용시간", "hours"),
        ("비고", "note"),
        ("데이터기준일자", "as_of"),
        ("관리번호", "source_key"),
        ("종류", "kind"),
        ("구분", "kind"),
        ("좌석수", "seats"),
        ("이용가능인원", "seats"),
        ("USE_PSBL_NMPR", "seats"),
        ("출입방법", "entry"),
        ("편의시설", "amenities"),
        ("휴무일", "closed_days"),
        ("상태", "status"),
        ("산업단지", "complex"),
        ("forDisabled", "amenities.accessible-toilet"),
        ("장애인화장실 여부", "amenities.accessible-toilet"),
        ("평일운영시작시각", "hours.weekday.from"),
        ("토요일운영종료시각", "hours.saturday.until"),
        ("공휴일운영시작시각", "hours.holiday.from"),
    ],
)
def test_a_known_header_finds_its_field(header, field):
    assert map_headers([header], SHELTERS).mapping == {header: field}


def test_what_means_nothing_is_named_and_left_out():
    headers = map_headers(["시설명", "이상한 열", "dong"], SHELTERS)
    assert headers.mapping == {"시설명": "name"}
    assert [problem.column for problem in headers.problems()] == ["이상한 열"]  # dong is our own computed column


def test_of_two_columns_for_one_field_the_better_name_wins():
    headers = map_headers(["주소", "소재지도로명주소", "소재지지번주소"], SHELTERS)
    assert headers.mapping == {"소재지도로명주소": "address", "소재지지번주소": "address_lot"}
    assert headers.ignored == ("주소",)


def test_our_own_name_wins_over_all():
    assert map_headers(["시설명", "name"], SHELTERS).mapping == {"name": "name"}


def test_a_word_means_what_the_layer_says():
    assert map_headers(["단지명"], SHELTERS).mapping == {"단지명": "complex"}
    assert map_headers(["단지명"], get_layer("industrial-complexes")).mapping == {"단지명": "name"}
    assert map_headers(["좌석수"], get_layer("industrial-complexes")).mapping == {}


def test_a_header_tells_its_coordinate_system():
    assert map_headers(["좌표정보x(epsg5174)", "좌표정보y(epsg5174)"], SHELTERS).crs == "EPSG:5174"
    assert map_headers(["좌표정보x(epsg5174)", "좌표정보y(EPSG:5181)"], SHELTERS).crs is None
    assert map_headers(["경도", "위도"], SHELTERS).crs is None


@pytest.mark.parametrize("layer", LAYERS.values(), ids=lambda layer: layer.name)
def test_every_column_of_our_exports_comes_back_as_itself(layer):
    columns = list_columns(layer)
    headers = map_headers(columns, layer)
    assert headers.mapping == {column: column for column in columns if column not in ("dong", "aged")}
    assert headers.ignored == ()


def test_the_mapping_is_reported_in_the_order_of_the_file(read):
    reading = read("a.csv", "경도,시설명,위도,몰라\n126.7930,가,35.1395,x\n")
    assert list(reading.mapping.items()) == [("경도", "lon"), ("시설명", "name"), ("위도", "lat")]
    assert [(problem.code, problem.column, problem.is_error) for problem in reading.problems] == [("column-ignored", "몰라", False)]


def test_a_file_without_names_or_without_places_is_refused_with_its_columns(read):
    assert [(item.code, item.details["columns"]) for item in read("a.csv", "위도,경도\n35.1,126.8\n").problems] == [
        ("no-name-column", "위도, 경도")
    ]
    for headers in ("시설명,전화번호", "시설명,위도"):
        problems = read("a.csv", f"{headers}\n가,1\n").problems
        assert [(item.code, item.details["columns"]) for item in problems] == [("no-place-columns", headers.replace(",", ", "))]


def test_addresses_alone_are_enough_to_be_listed(read):
    assert [row.draft.address for row in read("a.csv", "시설명,지번주소\n가,광산구 송정동 1\n").rows] == ["광산구 송정동 1"]

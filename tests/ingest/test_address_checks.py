"""An address that names another place than the point is a warning, never a refusal."""

import pytest

from geo_app.ingest.address_checks import find_district, find_dong

# The test district: 하남동 west of 126.79°, 송정동 east of it.
EAST = "35.1395,126.8000"


def _warnings(read, address):
    reading = read("a.csv", f'시설명,위도,경도,주소\n가,{EAST},"{address}"\n')
    assert len(reading.rows) == 1
    return [(problem.code, problem.details) for problem in reading.problems]


def test_an_address_in_another_district_is_said(read):
    assert _warnings(read, "광주광역시 북구 용봉로 77") == [("address-elsewhere", {"found": "북구", "district": "광산구"})]


def test_an_address_in_another_dong_is_said(read):
    assert _warnings(read, "광산구 하남대로 83, 경서드림타워 (하남동)") == [("dong-differs", {"said": "하남동", "found": "송정동"})]


@pytest.mark.parametrize(
    "address",
    ["광주광역시 광산구 송정로 1 (송정동)", "전남광주통합특별시 광산구 송정동 1-2", "광산구 어딘가로 1", "광산구 먼길 1 (모르는동)", ""],
)
def test_an_address_that_agrees_or_says_nothing_is_quiet(read, address):
    assert _warnings(read, address) == []


@pytest.mark.parametrize(
    ("address", "district", "dong"),
    [
        ("광주광역시 광산구 하남대로 83 (하남동)", "광산구", "하남동"),
        ("전라남도 장성군 삼계면 1", "장성군", None),
        ("광산구 평동산단9번로 145(연산동)", "광산구", "연산동"),
        ("광산구 송정동 산 12", "광산구", "송정동"),
        ("광산구청 앞", None, None),
        ("", None, None),
    ],
)
def test_districts_and_dongs_are_found_in_addresses(address, district, dong):
    assert (find_district(address), find_dong(address)) == (district, dong)

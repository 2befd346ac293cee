"""The district as data: numbers to call in an emergency, in every language the pages speak."""

import json
import tomllib
from pathlib import Path

import pytest

from geo_app.domain.district import load_district

SPOKEN = {"ko", "en", "vi", "zh", "ru", "uz"}
FILE = Path(__file__).parents[2] / "data" / "gwangsan" / "district.toml"


@pytest.fixture
def record():
    return json.loads(json.dumps(tomllib.loads(FILE.read_text(encoding="utf-8")), default=str))


def test_each_emergency_number_has_a_name_in_each_language(record):
    emergency = load_district(record).emergency
    assert [item.number for item in emergency] == ["119", "112", "1345", "1577-1366"]
    assert all(set(item.names) == SPOKEN for item in emergency)


def test_a_language_without_its_name_reads_the_english_one(record):
    del record["emergency"][0]["name"]["uz"]
    assert load_district(record).emergency[0].name("uz") == "Fire and ambulance"


@pytest.mark.parametrize("broken", [{"number": ""}, {"name": {"ko": "화재"}}, {"name": {"ko": "", "en": "Fire"}}])
def test_a_number_without_its_names_is_refused(record, broken):
    record["emergency"][0] |= broken
    with pytest.raises((KeyError, ValueError)):
        load_district(record)


def test_a_district_may_name_no_number(record):
    del record["emergency"]
    assert load_district(record).emergency == ()


def test_the_groups_of_a_scheme_share_the_dongs_out(record):
    groups = load_district(record).groups
    assert {group.scheme for group in groups} == {"국회의원선거구"}
    dongs = json.loads((FILE.parent / "dongs.geojson").read_text(encoding="utf-8"))["features"]
    assert sorted(dong for group in groups for dong in group.dongs) == sorted(item["properties"]["name"] for item in dongs)


def test_a_dong_in_two_groups_of_a_scheme_is_refused(record):
    record["groups"][0]["dongs"].append(record["groups"][1]["dongs"][0])
    with pytest.raises(ValueError):
        load_district(record)


@pytest.mark.parametrize("broken", [{"name": ""}, {"scheme": ""}, {"dongs": []}])
def test_a_group_without_name_scheme_or_dongs_is_refused(record, broken):
    record["groups"][0] |= broken
    with pytest.raises(ValueError):
        load_district(record)


def test_a_district_may_have_no_groups(record):
    del record["groups"]
    assert load_district(record).groups == ()

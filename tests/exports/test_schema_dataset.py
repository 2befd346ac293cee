"""The catalogue as search engines read it."""

import json
from datetime import datetime

from geo_app.domain.calendar import SEOUL
from geo_app.exports.schema_dataset import CatalogueFacts, DatasetFacts, Download, catalogue_json_ld

AT = datetime(2026, 11, 21, 12, 0, tzinfo=SEOUL)
PAGE = "https://a.kr/shelter/about/data"
CATALOGUE = CatalogueFacts(
    "공개 자료", "설명", PAGE, "광산구", "https://a.kr/shelter/", "광산구", (126.64, 35.07, 126.86, 35.26), AT, "ko", "https://a.kr/changes.atom"
)  # fmt: skip
DOWNLOAD = Download("CSV", "text/csv", "https://a.kr/export/shelters.csv")


def _dataset(**members):
    told = {"id": "shelters", "name": "광산구 쉼터", "description": "설명", "licences": ["https://x/"], "temporal": "2025/2026", **members}
    facts = DatasetFacts(**told, modified=AT, revision=7, downloads=[DOWNLOAD])
    (dataset,) = catalogue_json_ld(CATALOGUE, [facts])["dataset"]
    return dataset


def test_a_data_set_has_what_search_engines_ask_for():
    dataset = _dataset()
    assert (dataset["@type"], dataset["@id"], dataset["license"], dataset["isAccessibleForFree"]) == (
        "Dataset", f"{PAGE}#shelters", "https://x/", True,
    )  # fmt: skip
    assert dataset["distribution"] == [
        {"@type": "DataDownload", "name": "CSV", "encodingFormat": "text/csv", "contentUrl": "https://a.kr/export/shelters.csv"}
    ]
    assert (dataset["dateModified"], dataset["version"], dataset["temporalCoverage"]) == ("2026-11-21T12:00:00+09:00", "7", "2025/2026")
    assert dataset["creator"] == {"@type": "GovernmentOrganization", "name": "광산구", "url": "https://a.kr/shelter/"}


def test_a_box_is_latitude_first_south_west_to_north_east():
    assert _dataset()["spatialCoverage"]["geo"] == {"@type": "GeoShape", "box": "35.07 126.64 35.26 126.86"}


def test_the_box_holds_the_shapes_of_the_data_set_where_they_reach_over_the_border():
    assert _dataset(bounds_lonlat=(126.63, 35.1, 126.87, 35.2))["spatialCoverage"]["geo"]["box"] == "35.07 126.63 35.26 126.87"


def test_a_licence_without_an_address_is_a_work_with_a_name():
    assert _dataset(licences=["사실 자료"])["license"] == {"@type": "CreativeWork", "name": "사실 자료"}
    assert _dataset(licences=["https://x/", "a"])["license"] == ["https://x/", {"@type": "CreativeWork", "name": "a"}]


def test_what_is_not_known_is_not_said():
    dataset = _dataset(temporal=None, licences=[])
    assert "temporalCoverage" not in dataset
    assert "license" not in dataset


def test_the_catalogue_names_its_page_and_its_feed():
    told = catalogue_json_ld(CATALOGUE, [])
    assert (told["@type"], told["url"], told["subjectOf"]["url"]) == ("DataCatalog", PAGE, "https://a.kr/changes.atom")
    assert json.loads(json.dumps(told)) == told

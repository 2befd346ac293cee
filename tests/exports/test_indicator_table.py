"""Indicators as a table: every field has a column, nothing is lost."""

import json

from geo_app.assets import find_assets
from geo_app.exports.exporting import FORMATS
from geo_app.exports.indicator_table import COLUMNS, indicators_table
from geo_app.exports.tables import export_table

INDICATORS = json.loads((find_assets("data") / "gwangsan" / "indicators.json").read_text("utf-8"))
CARD = {"title": "지표", "producer": "기사", "licence": "facts"}


def test_every_field_of_the_districts_indicators_has_a_column():
    assert {name for item in INDICATORS for name in item} <= set(COLUMNS)


def test_a_file_holds_every_indicator_and_says_where_it_is_from(metadata, tmp_path):
    table = indicators_table(INDICATORS, 7, metadata("shelters").made_at, CARD)
    for kind in FORMATS:
        assert export_table(table, tmp_path / f"a.{kind}") == []
    document = json.loads((tmp_path / "a.geojson").read_text("utf-8"))
    assert (document["revision"], document["licence"], document["source"]) == (7, "facts", "지표 (기사)")
    rows = [feature["properties"] for feature in document["features"]]
    assert [(row["id"], row["value"]) for row in rows] == [(item["id"], item["value"]) for item in INDICATORS]
    assert next(row for row in rows if row["id"] == "jobs-achieved-share")["computed_from"] == "jobs-achieved; jobs-target"
    assert [json.loads(row["by_dong"]) for row in rows if row["by_dong"]] == [item["by_dong"] for item in INDICATORS if "by_dong" in item]


def test_cp949_holds_them_too(metadata, tmp_path):
    table = indicators_table(INDICATORS, 7, metadata("shelters").made_at, None)
    assert export_table(table, tmp_path / "a.csv", encoding="cp949") == []

"""The doors declare what the tests beside this file check, no more and no less."""

import importlib

from ogc.asking import Door

MODULES = (
    "test_core_landing", "test_geojson", "test_html", "test_oas30", "test_crs", "test_queryables", "test_filter", "test_cql2",
    "test_cql2_json",
)  # fmt: skip


def test_what_is_declared_is_what_is_checked(door: Door):
    checked = [name for module in MODULES for name in importlib.import_module(f"ogc.abstract_tests.{module}").CLASSES]
    assert sorted(door.get("/conformance").json()["conformsTo"]) == sorted(checked)


def test_the_landing_page_declares_the_same(door: Door):
    declared = door.get("/").json().get("conformsTo")
    assert declared is None or declared == door.get("/conformance").json()["conformsTo"]

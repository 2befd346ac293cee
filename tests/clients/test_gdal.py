"""GDAL reads the collections as any desktop program would: page by page, by box, by a condition, in another system."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from clients.conftest import absent
from ogc.asking import Door
from pyproj import Transformer
from shapely.geometry import box, shape

SCRIPT = Path(__file__).with_name("gdal_reading.py")
WINDOW = (126.76, 35.13, 126.83, 35.20)


@pytest.fixture(scope="session", autouse=True)
def _driver():
    if "OAPIF" not in pyogrio.list_drivers():
        absent("this GDAL has no OAPIF driver")


def gdal(*arguments: str):
    """What the script tells: GDAL's faults cannot reach the tests' own process."""
    told = subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_gdal_lists_every_collection(door: Door, ids):
    assert gdal("list", door.root + "/") == ids


@pytest.mark.parametrize("collection", ["shelters", "legal-dongs", "coverage-gaps", "indicators"])
def test_gdal_pages_through_every_feature_once(door: Door, collection):
    expected = door.everything(collection)
    found = gdal("read", door.root + "/", collection, "7")
    assert found["ids"] == [item["id"] for item in expected]
    assert found["names"] == [item["properties"]["name"] for item in expected]


@pytest.mark.parametrize("collection", ["shelters", "dongs"])
def test_gdal_finds_features_where_the_layer_has_them(door: Door, collection):
    found = gdal("read", door.root + "/", collection, "10")
    for item, centre, area in zip(door.layer(collection), found["centres"], found["areas"], strict=True):
        own = shape(item["geometry"]) if item["geometry"] else None
        assert (centre is None) == (own is None)
        if own is not None:
            assert centre == pytest.approx([own.centroid.x, own.centroid.y], abs=1e-9)
            assert area == pytest.approx(own.area, rel=1e-9)


def test_gdal_asks_by_box(door: Door):
    """GDAL drops what has no geometry, after the doors have kept it."""
    frame = box(*WINDOW)
    expected = [item["id"] for item in door.layer("shelters") if item["geometry"] and shape(item["geometry"]).intersects(frame)]
    assert expected
    assert gdal("read", door.root + "/", "shelters", "5", ",".join(map(str, WINDOW)))["ids"] == expected


def test_gdal_asks_by_condition(door: Door):
    expected = [
        item["id"] for item in door.layer("shelters") if item["properties"]["kind"] == "cafe" and item["properties"]["status"] == "sample"
    ]
    assert expected
    assert gdal("read", door.root + "/", "shelters", "5", "", "kind = 'cafe' AND status = 'sample'")["ids"] == expected


def test_gdal_reads_in_the_national_system_with_east_and_north_in_their_places(door: Door):
    found = gdal("read", door.root + "/", "shelters", "100", "", "", "EPSG:5186")
    assert "5186" in found["crs"]
    located = [(item, centre) for item, centre in zip(door.layer("shelters"), found["centres"], strict=True) if item["geometry"]]
    lonlat = np.array([shapely.get_coordinates(shape(item["geometry"]))[0] for item, _ in located])
    expected = np.column_stack(Transformer.from_crs(4326, 5186, always_xy=True).transform(lonlat[:, 0], lonlat[:, 1]))
    np.testing.assert_allclose([centre for _, centre in located], expected, atol=0.002, rtol=0)

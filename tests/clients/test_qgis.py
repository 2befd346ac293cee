"""QGIS opens the collections as layers (apt install python3-qgis qgis-providers); without it these tests are skipped."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from ogc.asking import Door
from shapely.geometry import box, shape

PYTHON = "/usr/bin/python3"  # QGIS is a package of the system, for the system's Python
SCRIPT = Path(__file__).with_name("qgis_reading.py")


@pytest.fixture(scope="module")
def qgis(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("qgis")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    if (
        not Path(PYTHON).exists()
        or subprocess.run([PYTHON, "-c", "import qgis.core"], env=environment, capture_output=True, check=False).returncode
    ):
        pytest.skip("QGIS is not installed: apt install python3-qgis qgis-providers")

    def read(*arguments: str):
        command = [PYTHON, str(SCRIPT), *arguments]
        told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert told.returncode == 0, told.stderr
        return json.loads(told.stdout.splitlines()[-1])

    return read


@pytest.mark.parametrize("collection", ["shelters", "dongs"])
def test_qgis_shows_every_feature_where_it_is(door: Door, qgis, collection):
    layer = door.layer(collection)
    found = qgis(door.root + "/", collection)
    assert sorted(found["ids"]) == sorted(item["id"] for item in layer)
    centres = dict(zip(found["ids"], found["centres"], strict=True))
    names = dict(zip(found["ids"], found["names"], strict=True))
    for item in layer:
        own = shape(item["geometry"]).centroid if item["geometry"] else None
        assert names[item["id"]] == item["properties"]["name"]
        assert centres[item["id"]] == (None if own is None else pytest.approx([own.x, own.y], abs=1e-7))


def test_qgis_asks_by_the_window_of_its_map(door: Door, qgis):
    window = (126.76, 35.13, 126.83, 35.20)
    expected = {item["id"] for item in door.layer("shelters") if item["geometry"] and shape(item["geometry"]).intersects(box(*window))}
    assert expected
    assert set(qgis(door.root + "/", "shelters", *map(str, window))["ids"]) == expected


def test_qgis_opens_an_analysis(door: Door, qgis):
    found = qgis(door.root + "/", "coverage-gaps")
    assert sorted(found["ids"]) == sorted(item["id"] for item in door.everything("coverage-gaps"))
    assert {"cause", "people_hours", "hour_count"} <= set(found["fields"])

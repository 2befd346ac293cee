"""The house keeps its own rules: settings are documented, files name no host, rooms have charters."""

import ast
import re
from pathlib import Path

import pytest

from geo_app.settings import SETTINGS

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "geo_app").rglob("*.py"))


def test_every_setting_that_is_read_is_documented_once():
    read = {name for path in SOURCES for name in re.findall(r"GEO_APP_[A-Z_]+", path.read_text(encoding="utf-8"))}
    documented = [doc.name for doc in SETTINGS]
    assert sorted(read) == sorted(documented)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in documented if name not in readme] == []


def test_only_settings_and_the_doors_above_read_the_environment():
    readers = [path for path in SOURCES if "os.environ" in path.read_text(encoding="utf-8")]
    allowed = {"settings.py", "wsgi.py", "showing.py", "serving.py"}
    assert {path.name for path in readers} <= allowed


@pytest.mark.parametrize("room", sorted({path.parent for path in SOURCES}), ids=lambda path: path.name)
def test_every_room_opens_with_its_charter(room):
    charter = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    assert charter


def test_locks_name_no_host():
    locks = [*ROOT.glob("*.lock"), *(path for path in ROOT.rglob("package-lock.json") if "node_modules" not in path.parts)]
    assert len(locks) > 3
    for path in locks:
        assert "://" not in path.read_text(encoding="utf-8"), path


def test_the_lock_holds_every_dependency_of_the_project():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    for line in project["dependencies"]:
        name = re.split(r"[<>=]", line)[0].strip().lower()
        assert f"\n{name}==" in f"\n{lock}", name


def test_no_data_of_a_place_passes_through_folium():
    maps = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "geo_app" / "maps").glob("*.py"))
    assert not re.search(r"folium\.(Marker|Popup|Tooltip|GeoJson|Icon|DivIcon)\b", maps)


def test_no_upload_is_opened_by_gdal():
    ingest = [path for path in (ROOT / "geo_app" / "ingest").glob("*.py") if not path.name.startswith("district_")]
    assert [
        path.name for path in ingest if re.search(r"read_file\(upload|read_dataframe|geopandas|pyogrio", path.read_text(encoding="utf-8"))
    ] == []

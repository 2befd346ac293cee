"""A wheel carries all that a machine without the checkout needs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_an_installed_wheel_founds_a_district_and_draws_the_map(tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in ("static/vendor/leaflet/leaflet.js", "static/css/base.css", "templates/base.html", "data/gwangsan/dongs.geojson"):
        assert f"geo_app/_assets/{name}" in names
    assert "geo_app/wording/locale/ko/pages.po" in names
    assert {
        "geo_app/papers/layout/a4.typ",
        "geo_app/papers/fonts/NotoSansSC-Medium.ttf",
        "geo_app/papers/fonts/LICENSE-Pretendard",
    } <= names
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(site), "GEO_APP_HOME": str(tmp_path / "instance")}
    script = (
        "import geo_app, sys; assert geo_app.__file__.startswith(sys.argv[1]), geo_app.__file__;"
        "from geo_app.cli.group import group; group.main(['init', '--demo'], standalone_mode=False);"
        "from geo_app.wsgi import app;"
        "assert app.test_client().get('/map', headers={'Host': 'localhost'}).status_code == 200;"
        "assert app.test_client().get('/list/shelters', headers={'Host': 'localhost'}).status_code == 200;"
        "assert app.test_client().get('/sites/shelters/sh-000001/poster.pdf', headers={'Host': 'localhost'}).status_code == 200"
    )
    subprocess.run([sys.executable, "-c", script, str(site)], env=environment, cwd=tmp_path, check=True)

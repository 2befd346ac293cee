"""pygeoapi over a GeoPackage of the same features, in an environment of its own, under the same kind of server as ours.

Its provider `OGR` asks the R-tree of the GeoPackage and needs GDAL (apt install python3-gdal). `SQLiteGPKG` looks through the whole table
for a box, and fails when two threads ask at once: it is no peer.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".venv"
LOCK = HERE / "pygeoapi.lock"
DEBIAN_PYTHON = "/usr/bin/python3"
UV = str(Path(sys.executable).with_name("uv"))
START_SECONDS = 60
LAYER, ID_FIELD = "shelters", "id"


def prepare() -> None:
    """Installs the peer where it is not: what the lock names, by its hashes."""
    if not (ENVIRONMENT / "bin" / "pygeoapi").exists():
        subprocess.run([UV, "venv", "--quiet", "--python", DEBIAN_PYTHON, "--system-site-packages", str(ENVIRONMENT)], check=True)
        install = [UV, "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
        subprocess.run(install, check=True, env={**os.environ, "VIRTUAL_ENV": str(ENVIRONMENT)})


def has_gdal() -> bool:
    """True where the peer can use GDAL."""
    return subprocess.run([DEBIAN_PYTHON, "-c", "from osgeo import ogr"], check=False, capture_output=True).returncode == 0


@contextmanager
def serving_pygeoapi(gpkg: Path, *, workers: int = 2, threads: int = 16) -> Iterator[str]:
    """The address of `items` of a table of shelters, while it is served."""
    prepare()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        url = f"http://127.0.0.1:{port}"
        settings = _configure(Path(folder), url, gpkg)
        command = [str(ENVIRONMENT / "bin" / "gunicorn"), "pygeoapi.flask_app:APP", "--bind", f"127.0.0.1:{port}"]
        served = [*command, "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads), "--log-level", "error"]
        process = subprocess.Popen(served, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(url)
            yield f"{url}/collections/{LAYER}/items"
        finally:
            process.terminate()
            process.wait(timeout=60)


def _configure(folder: Path, url: str, gpkg: Path) -> dict[str, str]:
    config, openapi = folder / "config.yml", folder / "openapi.yml"
    # JSON is YAML as well.
    config.write_text(json.dumps(_document(url, gpkg)), encoding="utf-8")
    settings = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    subprocess.run(
        [str(ENVIRONMENT / "bin" / "pygeoapi"), "openapi", "generate", str(config), "--output-file", str(openapi)],
        check=True, env=settings, capture_output=True,
    )  # fmt: skip
    return settings


def _document(url: str, gpkg: Path) -> dict[str, Any]:
    provider = {
        "type": "feature", "name": "OGR", "id_field": ID_FIELD, "layer": LAYER,
        "data": {"source_type": "GPKG", "source": str(gpkg), "source_capabilities": {"paging": True}},
    }  # fmt: skip
    collection = {
        "type": "collection", "title": LAYER, "description": LAYER, "keywords": [LAYER], "links": [], "providers": [provider],
        "extents": {"spatial": {"bbox": [126.6, 35.0, 126.9, 35.3], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
    }  # fmt: skip
    contact = {"name": "benchmark", "url": url}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": 0}, "url": url, "mimetype": "application/json; charset=UTF-8", "encoding": "utf-8",
            "gzip": False, "languages": ["en-US"], "cors": True, "pretty_print": False, "admin": False,
            "limits": {"default_items": 10, "max_items": 10_000},
            "map": {"url": f"{url}/{{z}}/{{x}}/{{y}}", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "peer", "description": "peer", "keywords": ["peer"], "keywords_type": "theme", "terms_of_service": url, "url": url,
            },
            "license": {"name": "none", "url": url}, "provider": contact, "contact": contact,
        },
        "resources": {LAYER: collection},
    }  # fmt: skip


def _wait(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/conformance?f=json", timeout=5).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return

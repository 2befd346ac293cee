"""One server for all tests of the OGC doors; the demo district has samples, places without a pin, and areas."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Server
from ogc.asking import Door


@pytest.fixture(scope="session")
def ogc_server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("ogc") / "instance")))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def door(ogc_server: Server) -> Door:
    """A client of the doors."""
    return Door(ogc_server.url)


@pytest.fixture(scope="session")
def ids(door: Door) -> list[str]:
    """The ids of all collections."""
    return [item["id"] for item in door.collections()]


@pytest.fixture(scope="session")
def api(door: Door) -> Any:
    """The API definition."""
    return door.fetch(door.get("/").link("service-desc")["href"]).json()

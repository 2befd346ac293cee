"""A server for programs that others wrote: GDAL, OWSLib, QGIS."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Server
from ogc.asking import Door


@pytest.fixture(scope="session")
def ogc_server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("clients") / "instance")))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def door(ogc_server: Server) -> Door:
    """A plain client beside the others."""
    return Door(ogc_server.url)


def absent(why: str) -> None:
    """Skips, or fails where everything must be there."""
    if os.environ.get("GEO_APP_REQUIRE_BROWSER"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def ids(door: Door) -> list[str]:
    """The ids of all collections."""
    return [item["id"] for item in door.collections()]

"""Fixtures that several rooms share: a founded data folder, an app over it, a real server, a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from geo_app.assets import find_assets
from geo_app.domain.calendar import SEOUL
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.assets import Assets
from geo_app.workspace.founding import found_district
from geo_app.workspace.workspace import Workspace

FOUNDED_AT = datetime(2026, 11, 21, 12, 0, tzinfo=SEOUL)
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 60


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo district, founded once; never written to."""
    home = tmp_path_factory.mktemp("demo") / "instance"
    found_district(home, find_assets("data") / "gwangsan", at=FOUNDED_AT, with_samples=True)
    Assets(home / "static").prepare()  # so that no copy has to
    return home


@pytest.fixture
def demo_home(demo_template: Path, tmp_path: Path) -> Path:
    """A demo district of one's own."""
    return Path(shutil.copytree(demo_template, tmp_path / "instance"))


@pytest.fixture
def workspace(demo_home: Path) -> Iterator[Workspace]:
    """A workspace over one's own demo district, its snapshot loaded."""
    opened = Workspace(demo_home)
    opened.load_snapshot()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_workspace(demo_template: Path) -> Iterator[Workspace]:
    """The demo district for tests that only read."""
    opened = Workspace(demo_template)
    opened.load_snapshot()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def make_client(demo_workspace: Workspace) -> Any:
    """Makes a test client over the demo district from environment settings."""

    def make(**environment: str) -> Any:
        settings = load_settings({"GEO_APP_HOME": str(demo_workspace.home.folder), **environment})
        return create_app(settings, demo_workspace).test_client()

    return make


@pytest.fixture(scope="session")
def client(make_client: Any) -> Any:
    """A client of the app with the default settings."""
    return make_client()


class Server:
    """A real server over a data folder, as `geo-app serve` starts it."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "GEO_APP_HOME": str(home), **environment}
        self.log = home.parent / "server.log"
        self._stream = self.log.open("wb")
        self.process = subprocess.Popen(
            [geo_app(), "serve", "--port", str(self.port)], env=self.environment, stdout=self._stream, stderr=subprocess.STDOUT
        )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                time.sleep(0.1)
        raise TimeoutError(self.log.read_text(encoding="utf-8"))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `geo-app` command on the same data folder."""
        return subprocess.run([geo_app(), *arguments], env=self.environment, capture_output=True, text=True, check=False, timeout=120)

    def stop(self) -> int:
        """SIGTERM, then the exit code."""
        self.process.terminate()
        code = self.process.wait(timeout=40)
        self._stream.close()
        return code


def geo_app() -> str:
    """The command as it is installed beside this Python."""
    return str(Path(sys.executable).with_name("geo-app"))


@pytest.fixture(scope="module")
def live_server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a demo district that the tests of one file share."""
    server = Server(Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("live") / "instance")))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("GEO_APP_REQUIRE_BROWSER"):
            pytest.fail("Chromium is missing and may not be here")
        pytest.skip("Chromium is not installed: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()

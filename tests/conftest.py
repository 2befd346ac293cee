"""Fixtures that several rooms share: a founded data folder, an app over it, a real server, a browser."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from geo_app.assets import find_assets
from geo_app.domain.calendar import SEOUL
from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.web.assets import Assets
from geo_app.workspace.founding import found_district
from geo_app.workspace.workspace import Workspace

FOUNDED_AT = datetime(2026, 11, 21, 12, 0, tzinfo=SEOUL)
# The shell without a window has the same engine, and opens a page in a fifth of the time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 180  # a machine busy with other things took more than one minute
EXPECT_MS = 30_000  # what a page on a busy machine may take until it shows what is expected

# Examples are the same at every run, and no example fails for being slow on a busy machine; `make test-all` looks for examples anew.
_PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, **_PATIENT)
settings.register_profile("search", print_blob=True, **_PATIENT)
settings.load_profile("steady")

# Those that take longest begin first, so that no process is left alone with one of them in the end.
LONGEST = (
    "browser/test_html_validity", "browser/test_plan", "browser/test_finder_offline", "browser/test_fit", "browser/test_map",
    "browser/test_finder_phone", "browser/test_access", "browser/test_keyboard", "browser/test_stream", "browser/", "ogc/", "cli/",
    "workspace/", "web/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first; `make test` deals files out in this order."""

    def turn(item: pytest.Item) -> int:
        place = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((turn for turn, start in enumerate(LONGEST) if place.startswith(start)), len(LONGEST))

    items.sort(key=turn)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo district, founded once; never written to."""
    return _make_once(tmp_path_factory, "demo", _found)


@pytest.fixture(scope="session")
def town_template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo district with made-up streets; never written to."""
    return _make_once(tmp_path_factory, "town", lambda home: _build_streets(Path(shutil.copytree(demo_template, home))))


def _make_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A copy, that nobody else opens, of a data folder that is made once for all processes that share the work."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"shared-{name}"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            new = shared.with_suffix(".new")
            make(new)
            new.rename(shared)
    return Path(shutil.copytree(shared, base / name / "instance"))


def _found(home: Path) -> None:
    found_district(home, find_assets("data") / "gwangsan", at=FOUNDED_AT, with_samples=True)
    Assets(home / "static").prepare()  # so that no copy has to


def _build_streets(home: Path) -> None:
    from workspace.made_streets import made_town, publish_streets

    with closing(Workspace(home)) as workspace:
        workspace.load_snapshot()
        publish_streets(workspace, made_town())


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
        self.environment = {**os.environ, "GEO_APP_HOME": str(home), **environment}
        self.log = home.parent / "server.log"
        self._start()

    def _start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._stream = self.log.open("wb")
        self.process = subprocess.Popen(
            [geo_app(), "serve", "--port", str(self.port)], env=self.environment, stdout=self._stream, stderr=subprocess.STDOUT
        )
        try:
            self._wait()
        except BaseException:
            self.process.kill()
            self.process.wait()
            self._stream.close()
            # Somebody else may have taken the port between its being found free and the server's asking for it.
            if "in use" not in self.log.read_text(encoding="utf-8"):
                raise
            self._start()

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
def live_server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server over a demo district that the tests of one file share; a file whose tests need no second process says `WORKERS = 1`."""
    home = Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("live") / "instance"))
    server = Server(home, GEO_APP_WORKERS=str(getattr(request.module, "WORKERS", 2)))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shown_server(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that only look; nothing is ever written to it."""
    home = Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("shown") / "instance"))
    server = Server(home, GEO_APP_WORKERS="1")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def every_page(client: Any, demo_workspace: Workspace) -> Any:
    """Every page that the app answers (browser/every_page.py), asked for once."""
    from browser.every_page import find_every_page

    return find_every_page(client, demo_workspace)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("GEO_APP_REQUIRE_BROWSER"):
            pytest.fail("Chromium is missing and may not be here")
        pytest.skip("Chromium is not installed: apt install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=EXPECT_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()

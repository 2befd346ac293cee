"""A real server over a data folder of made-up places, for benchmarks that ask through HTTP."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from made_up import made_up_shelters

from geo_app.assets import find_assets
from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Channel
from geo_app.domain.layers import LAYERS
from geo_app.workspace.founding import found_district
from geo_app.workspace.workspace import Workspace

START_SECONDS = 60
GEO_APP = str(Path(sys.executable).with_name("geo-app"))


def found(folder: Path, extra: int = 0) -> Path:
    """The demo district in `folder`, with `extra` further made-up shelters."""
    home = folder / "instance"
    found_district(home, find_assets("data") / "gwangsan", at=datetime.now(SEOUL), with_samples=True)
    if extra:
        publish(home, extra)
    return home


def publish(home: Path, count: int, seed: int = 1) -> int:
    """One revision of `count` made-up shelters; its number."""
    workspace = Workspace(home)
    try:
        changes = list(workspace.new_changes(LAYERS["shelters"], made_up_shelters(count, seed)))
        return workspace.publish(changes, actor="benchmark", reason="benchmark", channel=Channel.OPERATOR, at=datetime.now(SEOUL)).number
    finally:
        workspace.close()


@contextmanager
def serving(home: Path, *, workers: int = 2) -> Iterator[str]:
    """The address of a server over `home`, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GEO_APP_HOME": str(home)}
    with tempfile.TemporaryFile() as log:
        command = [GEO_APP, "serve", "--port", str(port), "--workers", str(workers)]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(url: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=2).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return

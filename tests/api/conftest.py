"""An app over a data folder of its own, for questions that also send reports, wishes and scenarios."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def asked_app(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The app that is asked and written to."""
    home = Path(shutil.copytree(demo_template, tmp_path_factory.mktemp("asked") / "instance"))
    workspace = Workspace(home)
    workspace.load_snapshot()
    yield create_app(load_settings({"GEO_APP_HOME": str(home)}), workspace)
    workspace.close()

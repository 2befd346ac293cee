"""Finds `static/`, `templates/` and `data/`: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

from geo_app.domain.errors import GeoAppError

_PACKAGE = Path(__file__).parent


class AssetsMissing(GeoAppError):
    """A folder of the project is neither beside the package nor inside it. Values: `folder`."""

    code = "assets-missing"


def find_assets(folder: str) -> Path:
    """The folder of that name. Raises `AssetsMissing`."""
    for root in (_PACKAGE / "_assets", _PACKAGE.parent):
        if (root / folder).is_dir():
            return root / folder
    raise AssetsMissing(folder=folder)

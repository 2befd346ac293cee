"""Finds `static/`, `templates/` and `data/`, beside the package in a checkout, inside it in a wheel; joins and trims what is sent."""

import re
from pathlib import Path

from geo_app.domain.errors import GeoAppError

_PACKAGE = Path(__file__).parent
# A folder with this file is one script on the line: js/map/order.txt names the files that make js/map.js, in their order;
# what two scripts share they take from a folder beside them (../shared/clock.js).
ORDER_FILE = "order.txt"
JOINING = Path(__file__)  # whose text says how scripts are joined
_COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_STYLE_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_EMPTY_LINES = re.compile(r"^\n", re.MULTILINE)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class AssetsMissing(GeoAppError):
    """A folder of the project is neither beside the package nor inside it. Values: `folder`."""

    code = "assets-missing"


def find_assets(folder: str) -> Path:
    """The folder of that name. Raises `AssetsMissing`."""
    for root in (_PACKAGE / "_assets", _PACKAGE.parent):
        if (root / folder).is_dir():
            return root / folder
    raise AssetsMissing(folder=folder)


def join_script(folder: Path) -> str:
    """The one script that the files of a folder with an `ORDER_FILE` make."""
    names = (folder / ORDER_FILE).read_text(encoding="utf-8").split()
    return without_comments("".join((folder / name).read_text(encoding="utf-8") for name in names))


def trimmed_style(style: str) -> str:
    """The style sheet without comments, empty lines and indentation. A string in it may hold no comment marks."""
    return _EMPTY_LINES.sub("", _INDENTATION.sub("", _STYLE_COMMENTS.sub("", style)))


def without_comments(script: str) -> str:
    """The script without the comments that have lines of their own, empty lines and indentation. It may hold no template literal."""
    return _EMPTY_LINES.sub("", _INDENTATION.sub("", _COMMENT_LINES.sub("", script)))

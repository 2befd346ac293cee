"""Freeze the head's missing layers, as a process of its own: `python -m geo_app.workspace.freeze HOME`."""

import sys
from pathlib import Path

from geo_app.ledger.sqlite import open_ledger
from geo_app.workspace.home import Home
from geo_app.workspace.packs import PackRoom


def freeze_head(folder: Path) -> None:
    """Make what is missing for the newest revision of the ledger in `folder`."""
    home = Home(folder)
    ledger = open_ledger(home.ledger)
    try:
        PackRoom(home, ledger).make(ledger.head_number())
    finally:
        ledger.close()


if __name__ == "__main__":
    freeze_head(Path(sys.argv[1]))

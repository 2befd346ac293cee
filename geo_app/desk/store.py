"""The desk: one SQLite file of notes that change and expire."""

from pathlib import Path

from geo_app.desk.schema import DESK_FILE
from geo_app.storage.database import Database, open_database

# Usable by many threads and processes at once; `backup(path)` writes a whole copy (mode 0600), `close()` gives its files back.
Desk = Database


def open_desk(path: Path) -> Desk:
    """The desk at `path`, made (mode 0600) where there is none; its folder must exist. Raises `BrokenStore`."""
    return open_database(path, DESK_FILE)

"""The desk: one SQLite file of notes that change and expire."""

from pathlib import Path

from geo_app.desk.schema import DESK_FILE, STEPS
from geo_app.storage.database import Database, open_database

# Usable by many threads and processes at once; `backup(path)` writes a whole copy (mode 0600), `close()` gives its files back.
Desk = Database


def open_desk(path: Path) -> Desk:
    """The desk at `path`, made (mode 0600) where there is none, brought up to date where it is older. Raises `BrokenStore`.

    Its folder must exist.
    """
    desk = open_database(path, DESK_FILE)
    bring_up_to_date(desk)
    return desk


def bring_up_to_date(desk: Desk) -> None:
    """Make an older file's tables those of today. Raises `BrokenStore`."""
    with desk.lend() as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version >= len(STEPS):
        return
    with desk.lend_for_writing() as connection:
        # Read again under the lock: of two processes that open an old desk at once, the second finds it done.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for statement in (statement for step in STEPS[version:] for statement in step):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")

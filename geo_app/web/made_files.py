"""Files made once and kept in the data folder for every worker, named by what they were made of."""

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from geo_app.domain.errors import BrokenStore

FOLDER = "exports"
MOST_FILES, MOST_BYTES = 256, 512 << 20  # those asked for last are kept
_making = threading.Lock()  # making one is work for the processor: the threads of a worker take turns


def made_file(home: Path, name: str, make: Callable[[Path], None]) -> Path:
    """The file of that name under `home`, written by `make(path)` where nobody has made it yet: whole or not at all.

    Equal names must stand for equal bytes. What `make` raises goes on to the asker. Raises `BrokenStore` where nothing can be written.
    """
    path = home.resolve() / FOLDER / name
    if not _touch(path):
        with _making:
            if not _touch(path):
                _make(path, make)
    return path


def _touch(path: Path) -> bool:
    """True where it is there; from now on it is the one asked for last."""
    try:
        os.utime(path)
    except OSError:
        return False
    return True


def _make(path: Path, make: Callable[[Path], None]) -> None:
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=path.parent) as working:
            unfinished = Path(working) / path.name
            make(unfinished)
            unfinished.replace(path)
        _clear(path.parent)
    except OSError as fault:
        raise BrokenStore(path=str(path), reason=fault.strerror or str(fault)) from fault


def _clear(folder: Path) -> None:
    """Delete what was not asked for in the longest time. Who is sending it has it open."""
    files = [(item.stat(), item.path) for item in os.scandir(folder) if item.is_file()]
    total = 0
    for number, (found, path) in enumerate(sorted(files, key=lambda item: item[0].st_mtime, reverse=True)):
        total += found.st_size
        if number >= MOST_FILES or (number and total > MOST_BYTES):
            Path(path).unlink(missing_ok=True)

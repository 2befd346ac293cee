"""Earlier revisions as snapshots, while the newest goes on being served: frozen apart, a few kept, one made at a time.

The packs of earlier revisions stand in a folder of their own, so that publishing neither waits for them nor clears them away; what the
newest revision has frozen already is linked, not made again. The rest is frozen by a process with limits of memory and time.
Run as `python -m geo_app.workspace.old_revisions HOME NUMBER` it is that process.
"""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo_app.domain.errors import BrokenStore, GeoAppError
from geo_app.ledger.port import Ledger
from geo_app.ledger.sqlite import open_ledger
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.keeper import load_revision, pack_names
from geo_app.workspace.packs import PackRoom

MOST_KEPT = 2  # snapshots a worker; each holds its layers' bytes and an R-tree
MOST_WAITING = 4  # threads of a worker that may wait for one revision; the others are told to come back
WAIT_SECONDS = 25.0
BUILD_TIMEOUT_SECONDS = 120
BUILD_MEMORY_BYTES = 4 << 30  # of address space, which numpy and GEOS reserve more of than they use
FOLDER = "old-packs"
MOST_PACKS = 48  # some six revisions of eight layers, when all of them differ
_LOOK_SECONDS = 0.05
_LOCK = "old-packs"


class RevisionBusy(GeoAppError):
    """An earlier revision is being made ready and this one has to wait its turn. Values: `revision`, `retry_after_s`."""

    code = "revision-busy"


@dataclass(frozen=True, slots=True)
class OldHome(Home):
    """The data folder with the packs of earlier revisions in place of the newest's."""

    @property
    def packs(self) -> Path:
        """Frozen layers of earlier revisions; may be deleted at any time."""
        return self.folder / FOLDER


class OldRevisions:
    """The earlier revisions of one data folder. Safe between threads; workers of one folder take turns at freezing."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = OldHome(home.folder)
        self._ledger = ledger
        self._room = PackRoom(self._home, ledger)
        self._newest_room = PackRoom(home, ledger)
        self._building = threading.Lock()
        self._keeping = threading.Lock()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._held: OrderedDict[str, Snapshot] = OrderedDict()

    def load(self, number: int, newest: Snapshot) -> Snapshot:
        """The snapshot of revision `number`; `newest` itself where it is that one.

        Raises `UnknownRevision`; `RevisionBusy` where others are waited for too long; `BrokenStore` where it cannot be frozen in time.
        """
        if number == newest.number:
            return newest
        seal = self._ledger.get_revision(number).sha256  # and not the number: a backup put back has another revision under it
        held = self._find(seal)
        if held is not None:
            return held
        with self._turn(number):
            return self._find(seal) or self._keep(seal, self._make(number, newest))

    def _find(self, seal: str) -> Snapshot | None:
        with self._keeping:
            held = self._held.get(seal)
            if held is not None:
                self._held.move_to_end(seal)
            return held

    def _keep(self, seal: str, snapshot: Snapshot) -> Snapshot:
        with self._keeping:
            self._held[seal] = snapshot
            while len(self._held) > MOST_KEPT:
                self._held.popitem(last=False)
        return snapshot

    @contextmanager
    def _turn(self, number: int) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise RevisionBusy(revision=number, retry_after_s=round(WAIT_SECONDS))
        try:
            if not self._building.acquire(timeout=WAIT_SECONDS):
                raise RevisionBusy(revision=number, retry_after_s=round(WAIT_SECONDS))
            try:
                yield
            finally:
                self._building.release()
        finally:
            self._waiting.release()

    def _make(self, number: int, newest: Snapshot) -> Snapshot:
        with self._lock_folder(number):
            link_frozen(self._home, self._room, self._newest_room, number)
            if self._room.missing(number):
                _freeze_apart(self._home.folder, number)
            revision = self._ledger.get_revision(number)
            # What did not change since is taken over from the newest, objects and all: streets are read once, an R-tree stands once.
            snapshot = load_revision(self._room, revision, held=newest, folders=self._folder_names(newest))
            clear_packs(self._home.packs, set(pack_names(self._room, number).values()))
        return snapshot

    def _folder_names(self, newest: Snapshot) -> dict[str, str]:
        is_same = self._ledger.get_revision(newest.number).made_at == newest.made_at  # not so just after a backup was put back
        return pack_names(self._room, newest.number) if is_same else {}

    @contextmanager
    def _lock_folder(self, number: int) -> Iterator[None]:
        end = time.monotonic() + WAIT_SECONDS
        while True:
            with self._home.lock(_LOCK, wait=False) as is_mine:
                if is_mine:
                    yield
                    return
            if time.monotonic() > end:
                raise RevisionBusy(revision=number, retry_after_s=round(WAIT_SECONDS))
            time.sleep(_LOOK_SECONDS)


def link_frozen(home: OldHome, room: PackRoom, newest_room: PackRoom, number: int) -> None:
    """Hard links to what stands frozen for the newest revision already. What cannot be linked is made anew later."""
    home.packs.mkdir(mode=0o700, exist_ok=True)
    elsewhere = {need.folder.name for need in newest_room.missing(number)}
    for need in room.missing(number):
        if need.folder.name in elsewhere:
            continue
        working = need.folder.with_name(f".{need.folder.name}.{os.getpid()}.links")
        try:
            shutil.rmtree(need.folder, ignore_errors=True)
            shutil.copytree(Home(home.folder).packs / need.folder.name, working, copy_function=os.link)
            working.rename(need.folder)
        except OSError:  # cleared away under us, or a file system without links
            shutil.rmtree(working, ignore_errors=True)


def clear_packs(folder: Path, needed: set[str]) -> None:
    """Delete all but the `MOST_PACKS` packs needed last. A worker that has loaded one holds all of it already."""
    for name in needed:
        os.utime(folder / name)
    by_need = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_need[MOST_PACKS:]:
        if path.name not in needed:
            shutil.rmtree(path, ignore_errors=True)


def _freeze_apart(folder: Path, number: int) -> None:
    command = [sys.executable, "-m", "geo_app.workspace.old_revisions", str(folder), str(number)]
    try:
        subprocess.run(command, check=True, timeout=BUILD_TIMEOUT_SECONDS, stdin=subprocess.DEVNULL)  # noqa: S603 our own module
    except (subprocess.SubprocessError, OSError) as fault:
        raise BrokenStore(path=str(folder / FOLDER), reason=f"revision {number}: {type(fault).__name__}") from fault


def freeze_revision(folder: Path, number: int) -> None:
    """Make what is missing of one earlier revision, within limits of memory."""
    resource.setrlimit(resource.RLIMIT_AS, (BUILD_MEMORY_BYTES, BUILD_MEMORY_BYTES))
    home = OldHome(folder)
    ledger = open_ledger(home.ledger)
    try:
        PackRoom(home, ledger).make(number)
    finally:
        ledger.close()


if __name__ == "__main__":
    freeze_revision(Path(sys.argv[1]), int(sys.argv[2]))

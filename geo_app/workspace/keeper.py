"""The keeper holds the newest snapshot for a worker and swaps it whole; no request waits for it or touches SQL."""

import subprocess
import sys
import threading
from contextlib import suppress

from geo_app.domain.errors import GeoAppError
from geo_app.ledger.port import Ledger
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.packs import PackRoom

POLL_SECONDS = 0.25  # how often a worker asks for the head's number: one indexed read
BUILD_TIMEOUT_SECONDS = 300


class SnapshotKeeper:
    """Holds one snapshot. `refresh` may be called from any thread; `current` never blocks."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = home
        self._ledger = ledger
        self._packs = PackRoom(home, ledger)
        self._refreshing = threading.Lock()
        self._held: Snapshot | None = None
        self._folders: dict[str, str] = {}
        self._fault: GeoAppError | OSError | None = None

    @property
    def current(self) -> Snapshot | None:
        """The snapshot held, or None before the first."""
        return self._held

    @property
    def fault(self) -> Exception | None:
        """Why the newest revision could not be loaded; the last good snapshot is still held."""
        return self._fault

    def refresh(self) -> bool:
        """Take over the ledger's head when it is new and frozen. True when the snapshot changed."""
        with self._refreshing:
            head = self._ledger.head_number()
            if head == 0 or (self._held is not None and self._held.number == head):
                return False
            if self._packs.missing(head) and not self._build_apart():
                return False
            self._held = self._load(head)
            self._fault = None
            return True

    def watch(self) -> None:
        """Refresh now and from then on, in a daemon thread. Call it once, after a server has forked."""
        with suppress(GeoAppError, OSError):
            self.refresh()
        threading.Thread(target=self._watch, name="snapshot-keeper", daemon=True).start()

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(POLL_SECONDS):
            try:
                self.refresh()
            except (GeoAppError, OSError) as fault:
                self._fault = fault

    def _build_apart(self) -> bool:
        # Whoever publishes freezes the layers, under the same lock; this is for a publisher that died or packs that were deleted.
        # A process of its own, so that this worker's requests do not wait for the interpreter lock.
        with self._home.lock("packs", wait=False) as is_mine:
            if is_mine:
                command = [sys.executable, "-m", "geo_app.workspace.freeze", str(self._home.folder)]
                subprocess.run(command, check=True, timeout=BUILD_TIMEOUT_SECONDS, stdin=subprocess.DEVNULL)  # noqa: S603 our own module
            return is_mine

    def _load(self, head: int) -> Snapshot:
        layers: dict[str, LayerSnapshot] = {}
        folders: dict[str, str] = {}
        for need in self._packs.needs(head):
            folders[need.layer] = need.folder.name
            is_same = self._held is not None and self._folders.get(need.layer) == need.folder.name
            layers[need.layer] = self._held.layers[need.layer] if is_same and self._held else LayerSnapshot(need.folder)
        self._folders = folders
        return Snapshot(head, self._ledger.get_revision(head).made_at, layers, self._packs.documents(head))

"""The keeper holds the newest snapshot for a worker and swaps it whole; no request waits for it or touches SQL."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

from geo_app.domain.change import Revision
from geo_app.domain.errors import GeoAppError
from geo_app.ledger.port import Ledger
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.snapshot.street_pack import STREETS, StreetPack
from geo_app.workspace.home import Home
from geo_app.workspace.packs import PackRoom

POLL_SECONDS = 0.25  # how often a worker asks for the head: one indexed read
CHECK_SECONDS = 60  # how often the whole file is read through, past every cache
RETRY_SECONDS = 2.0
BUILD_TIMEOUT_SECONDS = 300
_log = logging.getLogger(__name__)


class SnapshotKeeper:
    """Holds one snapshot. `refresh` may be called from any thread; `current` never blocks."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = home
        self._ledger = ledger
        self._packs = PackRoom(home, ledger)
        self._refreshing = threading.Lock()
        self._held: Snapshot | None = None
        self._seal = ""
        self._folders: dict[str, str] = {}
        self._fault: Exception | None = None
        self._stopped = threading.Event()
        self._companions: list[Callable[[], None]] = []

    # Nobody brings a ledger of our own anything that could be refused.
    refusal: GeoAppError | None = None

    @property
    def current(self) -> Snapshot | None:
        """The snapshot held, or None before the first."""
        return self._held

    @property
    def fault(self) -> Exception | None:
        """Why the stores or the newest revision could not be read when last tried; the last good snapshot is still held."""
        return self._fault

    def refresh(self) -> bool:
        """Take over the ledger's head when it is new and frozen. True when the snapshot changed."""
        with self._refreshing:
            head = self._ledger.find_head()
            # The seal and not the number: after a backup was put back, the same number may be another revision.
            if head is None or (self._held is not None and self._seal == head.sha256):
                return False
            if self._packs.missing(head.number) and not self._build_apart():
                return False
            self._held = self._load(head)
            self._seal = head.sha256
            return True

    def accompany(self, task: Callable[[], None]) -> None:
        """Have `task` done beside each look while watching, several times a second. It must not raise."""
        self._companions.append(task)

    def watch(self) -> None:
        """Refresh now and from then on, in a daemon thread. Call it once, after a server has forked."""
        self._look(is_check=False)
        threading.Thread(target=self._watch, name="snapshot-keeper", daemon=True).start()

    def stop(self) -> None:
        """End the watching; what is held stays."""
        self._stopped.set()

    def _watch(self) -> None:
        checked_at = time.monotonic()
        while not self._stopped.wait(POLL_SECONDS if self._fault is None else RETRY_SECONDS):
            is_check = self._fault is not None or time.monotonic() - checked_at > CHECK_SECONDS
            checked_at = time.monotonic() if is_check else checked_at
            self._look(is_check=is_check)

    def _look(self, *, is_check: bool) -> None:
        # Whatever goes wrong (a killed freeze, a damaged page, a full disk), the thread must live on to see it mended.
        try:
            if is_check:
                self._ledger.check()
            self.refresh()
        except Exception as fault:  # noqa: BLE001 a fault of any kind must not end the watching
            if self._fault is None:
                _log.exception("the newest revision cannot be taken over; the last good one is served")
            self._fault = fault
        else:
            self._fault = None
        for task in self._companions:
            task()

    def _build_apart(self) -> bool:
        # Whoever publishes freezes the layers, under the same lock; this is for a publisher that died or packs that were deleted.
        # A process of its own, so that this worker's requests do not wait for the interpreter lock.
        with self._home.lock("packs", wait=False) as is_mine:
            if is_mine:
                command = [sys.executable, "-m", "geo_app.workspace.freeze", str(self._home.folder)]
                subprocess.run(command, check=True, timeout=BUILD_TIMEOUT_SECONDS, stdin=subprocess.DEVNULL)  # noqa: S603 our own module
            return is_mine

    def _load(self, head: Revision) -> Snapshot:
        snapshot = load_revision(self._packs, head, held=self._held, folders=self._folders)
        self._folders = pack_names(self._packs, head.number)
        return snapshot


def load_revision(
    packs: PackRoom, revision: Revision, *, held: Snapshot | None = None, folders: Mapping[str, str] = MappingProxyType({})
) -> Snapshot:
    """The snapshot of a revision whose packs are all on disk.

    What `held` was loaded from the same packs (`folders`: layer or `streets` → name of the pack) is taken over from it as it is.
    """
    layers: dict[str, LayerSnapshot] = {}
    for need in packs.needs(revision.number):
        is_same = held is not None and folders.get(need.layer) == need.folder.name
        layers[need.layer] = held.layers[need.layer] if is_same and held else LayerSnapshot(need.folder)
    streets = packs.find_street_need(revision.number)
    if held is not None and streets is not None and folders.get(STREETS) == streets.folder.name:
        pack = held.street_pack
    else:
        pack = None if streets is None else StreetPack(streets.folder)
    history = packs.history(revision.number, () if held is None else held.history)
    documents, stamps = packs.documents(revision.number), packs.stamps(revision.number)
    return Snapshot(revision.number, revision.made_at, layers, documents, pack, history, stamps)


def pack_names(packs: PackRoom, number: int) -> dict[str, str]:
    """Layer (or `streets`) → name of its pack at that revision."""
    streets = packs.find_street_need(number)
    return {need.layer: need.folder.name for need in (*packs.needs(number), *([streets] if streets else []))}

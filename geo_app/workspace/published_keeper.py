"""The keeper of a published file: verifies a new one, swaps it whole, and serves the last good one whatever is put in its place.

One worker examines a file and unpacks it; what became of it stands in the data folder, so that all workers say and serve the same.
"""

import json
import logging
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from geo_app.domain.errors import BrokenStore, ErrorValue, GeoAppError
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.published_file import PublishedFile, read_folder_manifest, verify_folder
from geo_app.workspace.published_manifest import FORMATS, Manifest, PublishedMissing, PublishedOlder
from geo_app.workspace.published_snapshot import load_published
from geo_app.workspace.publisher_key import PublisherKey

POLL_SECONDS: Final = 0.25
RETRY_SECONDS: Final = 2.0
LOCK: Final = "published"
FOLDER: Final = "published"
CURRENT_FILE: Final = "current"
VERDICT_FILE: Final = "verdict.json"
_log = logging.getLogger(__name__)


class Refused(GeoAppError):
    """A refusal as it was written down by the worker that examined the file: its code and values."""

    def __init__(self, code: str, values: dict[str, ErrorValue]) -> None:
        super().__init__(**values)
        self.code = code  # type: ignore[misc]


class PublishedKeeper:
    """Holds one snapshot of the published file `path`. `current` never waits."""

    def __init__(self, home: Home, path: Path, key: PublisherKey) -> None:
        self._home = home
        self._path = path
        self._key = key
        self._folder = home.folder / FOLDER
        self._held: Snapshot | None = None
        self._manifest: Manifest | None = None
        self._name = ""
        self._logged = ""
        self._fault: Exception | None = None
        self._refusal: GeoAppError | None = None
        self._seen = ""
        self._refreshing = threading.Lock()
        self._stopped = threading.Event()
        self._companions: list[Callable[[], None]] = []

    @property
    def current(self) -> Snapshot | None:
        """The snapshot held, or None before the first."""
        return self._held

    @property
    def fault(self) -> Exception | None:
        """Why the data folder cannot be used now; what is held is still served."""
        return self._fault

    @property
    def refusal(self) -> GeoAppError | None:
        """Why the file that lies there now was not taken over; None where it was."""
        return self._refusal

    def load(self) -> Snapshot:
        """Examine the file now and take over the newest good one. Where there is none, raises why the file was refused."""
        with self._home.lock(LOCK):
            refusal = self._examine(_identity(self._path, self._key))
            if self._find_served() is None:
                raise refusal or PublishedMissing(path=str(self._path))
        self._take_over()
        if self._held is None:
            raise PublishedMissing(path=str(self._path))
        return self._held

    def accompany(self, task: Callable[[], None]) -> None:
        """Have `task` done beside each look while watching, several times a second. It must not raise."""
        self._companions.append(task)

    def watch(self) -> None:
        """Look now and from then on, in a daemon thread. Call it once, after a server has forked."""
        self._seen = _identity(self._path, self._key)
        self._look()
        threading.Thread(target=self._watch, name="published-keeper", daemon=True).start()

    def stop(self) -> None:
        """End the watching; what is held stays."""
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(POLL_SECONDS if self._fault is None else RETRY_SECONDS):
            self._look()

    def _look(self) -> None:
        # Whatever goes wrong (a full disk, a damaged folder), the thread must live on to see it mended.
        try:
            self._examine_when_new()
            self._take_over()
        except Exception as fault:  # noqa: BLE001 a fault of any kind must not end the watching
            if self._fault is None:
                _log.exception("the published file cannot be taken over; the last good one is served")
            self._fault = fault
        else:
            self._fault = None
        for task in self._companions:
            task()

    def _examine_when_new(self) -> None:
        identity = _identity(self._path, self._key)
        is_settled, self._seen = identity == self._seen, identity
        # A file that changed since the last look is still being copied.
        if is_settled and _read_json(self._folder / VERDICT_FILE).get("identity") != identity:
            with self._home.lock(LOCK, wait=False) as is_mine:
                if is_mine and _read_json(self._folder / VERDICT_FILE).get("identity") != identity:
                    self._log_new(self._examine(identity))

    def _log_new(self, refusal: GeoAppError | None) -> None:
        if refusal is not None and str(refusal) != self._logged:  # one that is looked at again and again is told once
            _log.error("the published file was refused, the last good one is served: %s", refusal)
        self._logged = str(refusal)

    def _examine(self, identity: str) -> GeoAppError | None:
        """Unpack the file where it is newer than what stands there, and write down what became of it. Under the lock."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        refusal: GeoAppError | None = None
        try:
            self._unpack()
        except BrokenStore:  # a full disk is no fault of the file: it is tried again
            raise
        except GeoAppError as fault:
            refusal = fault
        told = {} if refusal is None else {"code": refusal.code, "values": refusal.values}
        _replace(self._folder / VERDICT_FILE, json.dumps({"identity": identity, **told}))
        return refusal

    def _unpack(self) -> None:
        served = self._find_served()
        with PublishedFile(self._path, self._key) as opened:
            manifest = opened.manifest
            is_same = served is not None and served.raw == manifest.raw
            if is_same and self._is_whole():
                opened.check()
                return
            if served is not None and not is_same and manifest.serial <= served.serial:
                raise PublishedOlder(
                    path=str(self._path),
                    revision=manifest.revision,
                    published_at=manifest.published_at.isoformat(timespec="minutes"),
                    served=served.revision,
                )
            folder = self._folder / f"{manifest.serial}-{manifest.revision}"
            opened.unpack(folder)
        before = self._current_name()
        _replace(self._folder / CURRENT_FILE, folder.name)
        self._clear({folder.name, before})

    def _find_served(self) -> Manifest | None:
        """The manifest of what stands unpacked; None where nothing does, or nothing by the key that is trusted now."""
        try:
            return read_folder_manifest(self._folder / self._current_name(), self._key)
        except (GeoAppError, OSError):
            return None

    def _is_whole(self) -> bool:
        try:
            verify_folder(self._folder / self._current_name(), self._key)
        except (GeoAppError, OSError):
            return False
        return True

    def _current_name(self) -> str:
        try:
            return (self._folder / CURRENT_FILE).read_text(encoding="ascii").strip() or "-"
        except (FileNotFoundError, ValueError):
            return "-"

    def _clear(self, kept: set[str]) -> None:
        """Whoever still holds the one before it has it in memory or mapped already; it stays for a worker that is just loading it."""
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _take_over(self) -> None:
        with self._refreshing:
            verdict = _read_json(self._folder / VERDICT_FILE)
            name = self._current_name()
            self._refusal = Refused(verdict["code"], verdict["values"]) if "code" in verdict else None
            if name not in ("-", self._name):
                self._load(name)

    def _load(self, name: str) -> None:
        folder = self._folder / name
        try:
            manifest = verify_folder(folder, self._key)
        except (GeoAppError, OSError):
            # Damaged since it was unpacked, or of a key that is trusted no more: the file itself is looked at again.
            (self._folder / VERDICT_FILE).unlink(missing_ok=True)
            raise
        self._held = load_published(folder, manifest, held=self._held, held_manifest=self._manifest)
        self._manifest, self._name = manifest, name


def _identity(path: Path, key: PublisherKey) -> str:
    """Another text whenever the file is another, or is judged by another key or another version of the program."""
    try:
        found = path.stat()
    except OSError:
        return f"missing {key}"
    return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {key} {sorted(FORMATS.items())}"


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _replace(path: Path, text: str) -> None:
    working = path.with_name(f".{path.name}.{os.getpid()}")
    working.write_text(text, encoding="utf-8")
    working.replace(path)

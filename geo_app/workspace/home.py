"""The data folder: where each store stands, who may read it, and the secret that the workers share."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo_app.domain.errors import BrokenStore, GeoAppError

SECRET_BYTES = 32


class NotFounded(GeoAppError):
    """The data folder holds no ledger yet. Values: `home`."""

    code = "not-founded"


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside the data folder. Only its owner may read it: the desk will hold accounts and reports."""

    folder: Path

    @property
    def ledger(self) -> Path:
        """Published facts, append-only."""
        return self.folder / "ledger.sqlite"

    @property
    def desk(self) -> Path:
        """Mutable things that expire."""
        return self.folder / "desk.sqlite"

    @property
    def packs(self) -> Path:
        """Frozen layers; may be deleted at any time, they are made anew."""
        return self.folder / "packs"

    @property
    def secret(self) -> Path:
        """The key that signs, 0600, shared by the workers."""
        return self.folder / "secret"

    def is_founded(self) -> bool:
        """True once `geo-app init` has run."""
        return self.ledger.is_file()

    def require_founded(self) -> None:
        """Raises `NotFounded`."""
        if not self.is_founded():
            raise NotFounded(home=str(self.folder))

    def prepare(self) -> None:
        """Make the folder (0700) and the secret (0600) where they are missing. Raises `BrokenStore`."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.packs.mkdir(mode=0o700, exist_ok=True)
            if not self.secret.exists():
                descriptor = os.open(self.secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                    stream.write(secrets.token_hex(SECRET_BYTES))
        except OSError as fault:
            raise BrokenStore(path=str(self.folder), reason=fault.strerror or str(fault)) from fault

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        """A lock between processes. Yields False, without waiting, where `wait` is False and another holds it."""
        descriptor = os.open(self.folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True
        finally:
            os.close(descriptor)

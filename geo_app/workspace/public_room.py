"""The room of a machine outside: a published file, an inbox for reports and wishes, and nothing of the office's own."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from geo_app.desk.inbox import open_inbox
from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import BrokenStore, GeoAppError
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.published_keeper import PublishedKeeper
from geo_app.workspace.published_snapshot import NewestOnly
from geo_app.workspace.publisher_key import PublisherKey
from geo_app.workspace.reports import ReportBoard
from geo_app.workspace.scenarios import ScenarioShelf
from geo_app.workspace.wishes import WishBox

INBOX_NAME: Final = "inbox.sqlite"


class PublicHasLedger(GeoAppError):
    """The data folder for serving outside holds an office's own stores. Values: `home`, `found`."""

    code = "public-has-ledger"


@dataclass(frozen=True, slots=True)
class PublicHome(Home):
    """The data folder outside: static files, the unpacked file, the inbox and the key of the day; no store of the office, no secret."""

    @property
    def inbox(self) -> Path:
        """Reports and wishes until they are carried inside."""
        return self.folder / INBOX_NAME

    def prepare(self) -> None:
        """Make the folder (0700) where it is missing. Raises `PublicHasLedger`, `BrokenStore`."""
        for store in (self.ledger, self.desk, self.secret):
            if store.exists():
                raise PublicHasLedger(home=str(self.folder), found=store.name)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise BrokenStore(path=str(self.folder), reason=fault.strerror or str(fault)) from fault


class PublicRoom:
    """What the doors stand on outside. Open it once a process; `close` it at the end. The keeper must be watching."""

    scenarios: ScenarioShelf | None = None  # a plan in the making is the office's: none is kept outside

    def __init__(self, folder: Path, published: Path, publisher: PublisherKey) -> None:
        """Raises `PublicHasLedger`, `BrokenStore`."""
        self.home = PublicHome(folder)
        self.home.prepare()
        self.inbox = open_inbox(self.home.inbox)
        self.keeper = PublishedKeeper(self.home, published, publisher)
        self.old_revisions = NewestOnly()
        self.reports = ReportBoard(self.home, self.inbox)
        self.wishes = WishBox(self.home, self.inbox)
        for kept in (self.reports, self.wishes):
            self.keeper.accompany(partial(_look, kept))

    def close(self) -> None:
        """Let go of the stores."""
        self.keeper.stop()
        self.inbox.close()

    def load_snapshot(self) -> Snapshot:
        """The published snapshot; where no good one is there, raises why the file is refused."""
        return self.keeper.load()


def _look(kept: ReportBoard | WishBox) -> None:
    kept.look(datetime.now(SEOUL))

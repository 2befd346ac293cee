"""What the doors need of what stands behind them: the workspace of an office, or a published file on a machine outside."""

from typing import Protocol

from geo_app.domain.errors import GeoAppError
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.reports import ReportBoard
from geo_app.workspace.scenarios import ScenarioShelf
from geo_app.workspace.wishes import WishBox


class Keeper(Protocol):
    """Holds the newest snapshot."""

    @property
    def current(self) -> Snapshot | None:
        """The snapshot held, or None before the first. Never waits."""

    @property
    def fault(self) -> Exception | None:
        """Why the stores cannot be read now; the last good snapshot is still held."""

    @property
    def refusal(self) -> GeoAppError | None:
        """Why what was brought last was not taken over; no fault of this server, which answers on with what it holds."""


class Revisions(Protocol):
    """Earlier revisions, as far as they are kept here."""

    def load(self, number: int, newest: Snapshot) -> Snapshot:
        """The snapshot of that revision; `newest` itself where it is that one. Raises `UnknownRevision`, `RevisionBusy`, `BrokenStore`."""


class Room(Protocol):
    """One data folder and what is kept in it. `scenarios` is None where none can be saved."""

    @property
    def home(self) -> Home:
        """The data folder, for made files and locks."""

    @property
    def keeper(self) -> Keeper:
        """The newest snapshot."""

    @property
    def old_revisions(self) -> Revisions:
        """The earlier ones."""

    @property
    def reports(self) -> ReportBoard:
        """Riders' reports."""

    @property
    def wishes(self) -> WishBox:
        """What is wished for."""

    @property
    def scenarios(self) -> ScenarioShelf | None:
        """Planners' scenarios."""

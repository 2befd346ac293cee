"""The workspace of one data folder: what every door asks for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from geo_app.desk.store import open_desk
from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel, Revision, RevisionDraft
from geo_app.domain.layers import Layer
from geo_app.domain.record import Record, canonical_json, draft_record
from geo_app.domain.site import SiteDraft
from geo_app.ledger.restore import draft_restoring
from geo_app.ledger.sqlite import open_ledger
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.keeper import SnapshotKeeper
from geo_app.workspace.old_revisions import OldRevisions
from geo_app.workspace.packs import PackRoom
from geo_app.workspace.reports import ReportBoard
from geo_app.workspace.scenarios import ScenarioShelf
from geo_app.workspace.wishes import WishBox

ID_DIGITS = 6


class Workspace:
    """Ledger, desk and snapshot of one data folder. Open it once a process; `close` it at the end."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        self.home.require_founded()
        self.ledger = open_ledger(self.home.ledger)
        self.desk = open_desk(self.home.desk)
        self.packs = PackRoom(self.home, self.ledger)
        self.keeper = SnapshotKeeper(self.home, self.ledger)
        self.old_revisions = OldRevisions(self.home, self.ledger)
        self.reports = ReportBoard(self.home, self.desk)
        self.wishes = WishBox(self.home, self.desk)
        self.scenarios = ScenarioShelf(self.home, self.desk)
        for kept in (self.reports, self.wishes, self.scenarios):
            self.keeper.accompany(partial(_look, kept))

    def close(self) -> None:
        """Let go of the stores."""
        self.keeper.stop()
        self.ledger.close()
        self.desk.close()

    def load_snapshot(self) -> Snapshot:
        """The newest revision's snapshot, frozen here when it has to be. Raises `NotFounded` for an empty ledger."""
        with self.home.lock("packs"):
            self.packs.make(self.ledger.head_number())
        self.keeper.refresh()
        if self.keeper.current is None:
            self.home.require_founded()
            raise LookupError("the ledger has no revision")
        return self.keeper.current

    def publish(self, changes: Sequence[Change], *, actor: str, reason: str, channel: Channel, at: datetime) -> Revision:
        """Write one revision and freeze its layers before anybody can ask for them."""
        return self.publish_draft(RevisionDraft(actor, reason, channel, at, changes))

    def publish_draft(self, draft: RevisionDraft, *, expected_head: int | None = None) -> Revision:
        """Write a prepared revision and freeze its layers. Raises `StaleRevision` where somebody wrote first."""
        # The lock is taken first: a worker that sees the new head waits for these packs instead of making them too.
        with self.home.lock("packs"):
            revision = self.ledger.append(draft, expected_head=expected_head)
            self.packs.make(revision.number)
            self.packs.clear_old(revision.number)
        return revision

    def restore(self, number: int, *, actor: str, reason: str, at: datetime) -> Revision | None:
        """Go back to revision `number` by writing a new one; None when nothing differs."""
        head = self.ledger.head_number()
        draft = draft_restoring(self.ledger, number, actor=actor, reason=reason, made_at=at, channel=Channel.OPERATOR)
        return None if draft is None else self.publish_draft(draft, expected_head=head)

    def new_changes(self, layer: Layer, drafts: Iterable[SiteDraft]) -> Iterator[Change]:
        """Drafts as changes that give each an id never used before."""
        for site_id, draft in zip(self.new_ids(layer), drafts, strict=False):
            yield Change(layer.name, site_id, canonical_json({"id": site_id, **draft_record(draft)}))

    def new_ids(self, layer: Layer) -> Iterator[str]:
        """Endless ids for the layer, from the first that was never used."""
        number = self.ledger.next_key_number(layer.id_prefix)
        while True:
            yield f"{layer.id_prefix}-{number:0{ID_DIGITS}d}"
            number += 1

    def changed(self, site_id: str, record: Record) -> Change:
        """A record's new state under the id it has."""
        return Change(record["layer"], site_id, canonical_json({**record, "id": site_id}))


def _look(kept: ReportBoard | WishBox | ScenarioShelf) -> None:
    kept.look(datetime.now(SEOUL))

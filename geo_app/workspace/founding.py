"""Founding a district: the first revisions of a data folder, from the files of the project or of an extract."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from geo_app.desk.store import open_desk
from geo_app.domain.change import Change, Channel, Revision
from geo_app.domain.district import District, load_district
from geo_app.domain.layers import get_layer
from geo_app.domain.provenance import Status
from geo_app.domain.record import canonical_json
from geo_app.domain.site import SiteDraft
from geo_app.ingest.district_files import DISTRICT_FILE, load_documents, load_drafts
from geo_app.ingest.district_files import load_district as load_district_file
from geo_app.ingest.samples import sample_drafts
from geo_app.ledger.sqlite import open_ledger
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.home import Home
from geo_app.workspace.packs import DOCUMENTS
from geo_app.workspace.workspace import Workspace

SAMPLE_SEED = 20261121
ACTOR = "geo-app init"


def found_district(folder: Path, district_folder: Path, *, at: datetime, with_samples: bool) -> list[Revision]:
    """Make the data folder and publish the district's files, then samples where they are wanted and not there yet.

    What is already published stays as it is: a second call without samples writes nothing. Raises `BadDataFile`, `BrokenStore`.
    """
    home = Home(folder)
    drafts, documents = load_drafts(district_folder), load_documents(district_folder)
    home.prepare()
    open_ledger(home.ledger).close()
    open_desk(home.desk).close()
    workspace = Workspace(folder)
    try:
        revisions = [] if workspace.ledger.head_number() else _publish_base(workspace, drafts, documents, at)
        if with_samples and not sample_ids(workspace):
            samples = sample_drafts(drafts, seed=SAMPLE_SEED, today=at.date())
            revisions.append(_publish(workspace, _changes(workspace, samples), "예시 자료", at))
        return revisions
    finally:
        workspace.close()


def sample_ids(workspace: Workspace) -> list[tuple[str, str]]:
    """(layer, id) of every made-up record that is published."""
    snapshot = workspace.load_snapshot()
    found = []
    for layer in snapshot.layers.values():
        if layer.meta.sample:
            found += [
                (layer.name, site_id) for site_id in layer.ids if layer.get_feature(site_id)["properties"]["status"] == Status.SAMPLE.value
            ]
    return found


def remove_samples(workspace: Workspace, *, actor: str, reason: str, at: datetime) -> Revision | None:
    """Withdraw every made-up record by one revision; None when there is none."""
    changes = [Change(layer, site_id, None) for layer, site_id in sample_ids(workspace)]
    return workspace.publish(changes, actor=actor, reason=reason, channel=Channel.OPERATOR, at=at) if changes else None


def district_of(snapshot: Snapshot) -> District:
    """The district of that revision."""
    return _district(snapshot.documents["district"])


def read_district(workspace: Workspace, head: int) -> District:
    """The district of revision `head`, without a snapshot."""
    return _district(workspace.packs.documents(head)["district"])


@lru_cache(maxsize=4)
def _district(text: str) -> District:
    return load_district(json.loads(text))


def _publish_base(workspace: Workspace, drafts: Sequence[SiteDraft], documents: dict[str, Any], at: datetime) -> list[Revision]:
    inputs = [Change(DOCUMENTS, name, canonical_json(value)) for name, value in documents.items()]
    areas = [draft for draft in drafts if get_layer(draft.layer).is_reference]
    places = [draft for draft in drafts if not get_layer(draft.layer).is_reference]
    revisions = [_publish(workspace, [*inputs, *_changes(workspace, areas)], "행정구역과 기준 자료", at)]
    if places:
        revisions.append(_publish(workspace, _changes(workspace, places), "공개된 실제 자료", at))
    return revisions


def _changes(workspace: Workspace, drafts: Iterable[SiteDraft]) -> list[Change]:
    ordered = sorted(drafts, key=lambda draft: draft.layer)
    return [
        change
        for name, group in groupby(ordered, key=lambda draft: draft.layer)
        for change in workspace.new_changes(get_layer(name), group)
    ]


def _publish(workspace: Workspace, changes: Sequence[Change], reason: str, at: datetime) -> Revision:
    return workspace.publish(changes, actor=ACTOR, reason=reason, channel=Channel.OPERATOR, at=at)


def find_district_folder(code: str, data_folder: Path) -> Path | None:
    """The folder of the project's own district that carries that government code, of any scheme or date; None for another district."""
    for folder in sorted(path for path in data_folder.iterdir() if (path / DISTRICT_FILE).is_file()):
        district = load_district_file(folder)
        if code == district.code or any(item.code == code for item in district.codes):
            return folder
    return None

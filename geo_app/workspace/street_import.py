"""Bringing streets in, and taking them away: each one revision of the numbered input `streets`, or none where nothing changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geo_app.domain.change import Change, Channel, Revision, RevisionDraft
from geo_app.domain.errors import BadArgument, StaleRevision
from geo_app.domain.problem import Problem, Severity
from geo_app.ingest.roads.reading import DEFAULT_MARGIN_M, RoadReading, read_roads
from geo_app.snapshot.street_pack import NETWORK, STREETS, read_street_meta, street_body
from geo_app.workspace.founding import read_district
from geo_app.workspace.street_reach import list_reach_problems, measure_reach
from geo_app.workspace.workspace import Workspace

MOST_MARGIN_M = 50_000.0
_TRIES = 5
# What makes two imports the same: the streets themselves, and what is said of them.
_SAID = ("digest", "source", "data_date", "kind", "licence", "attribution", "margin_m", "bounds")


@dataclass(frozen=True, slots=True)
class StreetImport:
    """What an import did, or would do. `meta` is None where the file could not be read; `problems` then say why.

    `revision` is None for a refused file, on a dry run, and where these very streets are there already (`is_same`). `meta["reach"]` is
    what `measure_reach` says of the district; streets that reach too little of it are refused, and their `meta` says how little.
    """

    revision: Revision | None
    meta: Mapping[str, Any] | None
    problems: tuple[Problem, ...] = ()
    is_same: bool = False

    @property
    def is_refused(self) -> bool:
        """True where a problem keeps the streets out."""
        return any(problem.is_error for problem in self.problems)


def import_streets(
    workspace: Workspace,
    file: Path,
    *,
    source: str | None,
    data_date: date | None,
    actor: str,
    reason: str,
    at: datetime,
    kind: str | None = None,
    margin_m: float = DEFAULT_MARGIN_M,
    bounds_lonlat: tuple[float, float, float, float] | None = None,
    is_dry_run: bool = False,
    accept_sparse: bool = False,
    progress: Callable[[int], None] | None = None,
) -> StreetImport:
    """Read the streets of `file` around the district (or `bounds_lonlat`) and publish them by one revision.

    `source` and `data_date` are by default what the file says of itself. `accept_sparse` takes streets that reach less of the district
    than `street_reach.LEAST_SHARE`, which are refused otherwise. `progress` is told the ways read so far.
    Raises `BadArgument` for a margin outside 0 to 50,000 m, `RoadPackagesMissing`, `StaleRevision` where others keep writing,
    `BrokenStore`, `OSError`.
    """
    if not 0 <= margin_m <= MOST_MARGIN_M:
        raise BadArgument(name="margin_m", value=margin_m, expected=f"0 … {MOST_MARGIN_M:.0f}")
    bounds = bounds_lonlat or read_district(workspace, workspace.ledger.head_number()).bounds_lonlat
    reading = read_roads(file, bounds_lonlat=bounds, margin_m=margin_m, kind=kind, progress=progress)
    if reading.streets is None:
        return StreetImport(None, None, reading.problems)
    stated = _stated(reading, source, data_date)
    reach = measure_reach(workspace.load_snapshot(), reading.streets, at.date())
    body = street_body(reading.streets, {**stated, "margin_m": margin_m, "bounds": list(bounds), "reach": reach})
    meta = read_street_meta(body)
    is_same = _is_held(workspace, meta)
    # Streets that are in have been accepted once.
    sparse = list_reach_problems(reach, accept_sparse=accept_sparse or is_same)
    dateless = [] if stated["data_date"] else [Problem("roads-date-unknown", Severity.WARNING)]
    done = StreetImport(None, meta, (*reading.problems, *dateless, *sparse), is_same)
    if is_same or is_dry_run or done.is_refused:
        return done
    return replace(done, revision=_publish(workspace, Change(STREETS, NETWORK, body), actor, reason, at))


def find_streets_meta(workspace: Workspace) -> dict[str, Any] | None:
    """What the streets of the newest revision say of themselves, and the revision they came with; None without streets."""
    head = workspace.ledger.head_number()
    body = workspace.packs.find_street_body(head)
    return None if body is None else {**read_street_meta(body), "revision": workspace.ledger.collection_heads(at=head)[STREETS]}


def remove_streets(workspace: Workspace, *, actor: str, reason: str, at: datetime) -> Revision | None:
    """Withdraw the streets by one revision, so that ways are estimated again; None where there are none."""
    if find_streets_meta(workspace) is None:
        return None
    return _publish(workspace, Change(STREETS, NETWORK, None), actor, reason, at)


def _stated(reading: RoadReading, source: str | None, data_date: date | None) -> dict[str, Any]:
    day = data_date or reading.data_date
    return {
        **reading.facts,
        "source": source or reading.source,
        "data_date": None if day is None else day.isoformat(),
        "file_sha256": reading.file_sha256,
        "kind": reading.kind,
        "licence": reading.licence,
        "attribution": reading.attribution,
    }


def _is_held(workspace: Workspace, meta: Mapping[str, Any]) -> bool:
    held = find_streets_meta(workspace)
    return held is not None and all(held.get(name) == meta.get(name) for name in _SAID)


def _publish(workspace: Workspace, change: Change, actor: str, reason: str, at: datetime) -> Revision:
    """Writes the revision; what others publish meanwhile to other collections does not matter, other streets do."""
    head = workspace.ledger.head_number()
    held = workspace.ledger.collection_heads(at=head).get(STREETS, 0)
    for tries_left in reversed(range(_TRIES)):
        try:
            return workspace.publish_draft(RevisionDraft(actor, reason, Channel.OPERATOR, at, [change]), expected_head=head)
        except StaleRevision:
            head = workspace.ledger.head_number()
            if not tries_left or workspace.ledger.collection_heads(at=head).get(STREETS, 0) != held:
                raise
    raise AssertionError  # the last try returns or raises

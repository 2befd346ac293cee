"""The inbox of a machine outside, brought inside: a file of strangers, read with care, whose reports and wishes go onto the desk."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from geo_app.desk.inbox import Taken, WishSlip, forget_taken, open_inbox, take_reports, take_wishes
from geo_app.desk.report_tidying import erase_reporters
from geo_app.desk.reports import Slip
from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import BrokenStore, GeoAppError
from geo_app.domain.hours import seoul_time
from geo_app.domain.layers import LAYERS
from geo_app.domain.provenance import Status
from geo_app.domain.report import OPEN_COUNTS_FOR, Report, Vouching
from geo_app.domain.wish import WISHES_KEPT
from geo_app.finder.gazetteer import WISHED_KINDS, find_place
from geo_app.finder.judging import vouching_of_open
from geo_app.finder.vouching import vouch
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot
from geo_app.workspace.inbox_file import read_inbox
from geo_app.workspace.workspace import Workspace

CLOCK_SLACK: Final = timedelta(minutes=5)  # two machines' clocks


class InboxInside(GeoAppError):
    """A copy of the inbox inside the data folder might stand in a store's place. Values: `path`."""

    code = "inbox-inside"


@dataclass(slots=True)
class Sorted:
    """What became of the rows of one kind. `unknown`: no such place is published now, or it has closed for good."""

    taken: Taken = field(default_factory=Taken)
    too_old: int = 0
    unknown: int = 0
    refused: int = 0


def import_inbox(workspace: Workspace, path: Path, *, at: datetime) -> tuple[Sorted, Sorted]:
    """Bring the reports and wishes of an inbox onto the desk; what became of either kind. Twice is as once.

    Raises `NotAnInbox`, `BrokenStore`.
    """
    inbox, snapshot = read_inbox(path), workspace.load_snapshot()
    reports, wishes = Sorted(refused=inbox.bad_reports), Sorted(refused=inbox.bad_wishes)
    today = at.astimezone(SEOUL).date()
    good_reports = list(_good_reports(inbox.reports, snapshot, at, reports))
    good_wishes = list(_good_wishes(inbox.wishes, snapshot, today, wishes))
    reports.taken = take_reports(workspace.desk, inbox.name, good_reports)
    wishes.taken = take_wishes(workspace.desk, inbox.name, good_wishes)
    forget_taken(workspace.desk, reports_before=at - OPEN_COUNTS_FOR, wishes_before=today - WISHES_KEPT)
    return reports, wishes


def _good_reports(slips: Iterable[Slip], snapshot: Snapshot, at: datetime, counted: Sorted) -> Iterator[Slip]:
    for slip in slips:
        report, layer = slip.report, _door_layer(slip.report.site_id, snapshot)
        if report.reported_at > at + CLOCK_SLACK:
            counted.refused += 1
        elif not report.fades_at > at:
            counted.too_old += 1
        elif layer is None:
            counted.unknown += 1
        else:
            yield Slip(slip.id, slip.number, _weighed(report, layer, snapshot))


def _door_layer(site_id: str, snapshot: Snapshot) -> LayerSnapshot | None:
    """The layer in which that place has a door to be reported."""
    for name, layer in LAYERS.items():
        position = snapshot.layers[name].find_position(site_id) if layer.has_hours else None
        if position is not None:
            is_closed = snapshot.layers[name].feature(position)["properties"]["status"] == Status.CLOSED.value
            return None if is_closed else snapshot.layers[name]
    return None


def _weighed(report: Report, layer: LayerSnapshot, snapshot: Snapshot) -> Report:
    """The report, vouching for no more than a fresh one could by the hours published here: what the outside says of it is not enough.

    How old the hours are is told by their sources alone: no file leans on what riders, perhaps of the file before it, found.
    """
    position = layer.find_position(report.site_id)
    vouched = None if position is None else vouch(layer, position, None, report.reported_at)
    if position is None or vouched is None or report.vouching is Vouching.NONE:
        return replace(report, vouching=Vouching.NONE)
    state = layer.opening.answer(position, report.reported_at, snapshot.calendar).state
    most = vouching_of_open(state, vouched.checked_on, seoul_time(report.reported_at).date())
    return replace(report, vouching=min(report.vouching, most))


def _good_wishes(wishes: Iterable[WishSlip], snapshot: Snapshot, today: date, counted: Sorted) -> Iterator[WishSlip]:
    for wish in wishes:
        place = find_place(snapshot, wish.place)
        if wish.made_on > today:
            counted.refused += 1
        elif wish.made_on <= today - WISHES_KEPT:
            counted.too_old += 1
        elif place is None or place.kind not in WISHED_KINDS:
            counted.unknown += 1
        else:
            yield wish


def copy_inbox(inbox: Path, path: Path) -> None:
    """A whole copy (mode 0600) of the inbox of a running server, without anything of who reported, put in place at once.

    Raises `InboxInside`, `BrokenStore`.
    """
    if path.resolve().is_relative_to(inbox.parent.resolve()):
        raise InboxInside(path=str(path))
    if not inbox.is_file():
        raise BrokenStore(path=str(inbox), reason="cannot-open")
    opened = open_inbox(inbox)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            copy = Path(folder, path.name)
            opened.backup(copy)
            erase_reporters(copy)
            copy.replace(path)
    except OSError as fault:
        raise BrokenStore(path=str(path), reason=fault.strerror or str(fault)) from fault
    finally:
        opened.close()

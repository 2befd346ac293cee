"""Open, closed or unknown for every place of a layer at one time, and whether an open door may be promised."""

from collections.abc import Mapping
from datetime import datetime

from geo_app.domain.hours import Answer, State, seoul_time
from geo_app.domain.report import ReportSummary
from geo_app.finder.vouching import vouch
from geo_app.snapshot.layer import LayerSnapshot
from geo_app.snapshot.snapshot import Snapshot

NEVER = "never"
SiteState = tuple[str, str | None, str | None, int | str | None]


def layer_states(snapshot: Snapshot, layer_name: str, at: datetime, reports: Mapping[str, ReportSummary]) -> dict[str, SiteState]:
    """Id → (state, local time of Seoul at which it changes, what it then becomes, doubt), in the order of ids. Raises `UnknownLayer`.

    The doubt of a door that is open by its hours but may not be promised: whole days since anybody vouched for these, `NEVER` if nobody
    did; None of every other door.
    """
    layer = snapshot.get_layer(layer_name)
    answers = layer.opening.answers(at, snapshot.calendar)
    return {
        site_id: (
            answer.state.value,
            None if answer.until is None else answer.until.strftime("%Y-%m-%dT%H:%M"),
            answer.then,
            _doubt(layer, position, answer, reports.get(site_id), at),
        )
        for position, (site_id, answer) in enumerate(zip(layer.ids, answers, strict=True))
    }


def _doubt(layer: LayerSnapshot, position: int, answer: Answer, report: ReportSummary | None, at: datetime) -> int | str | None:
    vouched = vouch(layer, position, report, at) if answer.state is State.OPEN else None
    if vouched is None or not vouched.is_doubtful:
        return None
    return NEVER if vouched.checked_on is None else (seoul_time(at).date() - vouched.checked_on).days

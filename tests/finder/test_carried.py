"""What a map file carries says of each door what the service itself says, for every hour of the days it knows."""

from datetime import datetime, timedelta

from geo_app.domain.calendar import SEOUL
from geo_app.domain.hours import State
from geo_app.finder.carried import CARRIED_LAYERS, build_carried
from geo_app.finder.states import NEVER, layer_states

AT = datetime(2026, 11, 22, 2, 10, tzinfo=SEOUL)
LETTERS = {"o": State.OPEN.value, "c": State.CLOSED.value, "u": State.UNKNOWN.value}


def state_of(carried, door, at):
    """Read as a stranger would: the last interval that has begun."""
    number, checked_on, is_promised = door
    if number is None:
        return State.UNKNOWN.value, None
    letters, starts = carried["schedules"][number]
    minute = (at - datetime.fromisoformat(carried["first_day"]).replace(tzinfo=SEOUL)).total_seconds() / 60
    state = LETTERS[[letter for letter, start in zip(letters, starts, strict=True) if start <= minute][-1]]
    if state != State.OPEN.value:
        return state, None
    if checked_on is None:
        return state, NEVER
    days = (at.date() - datetime.fromisoformat(checked_on).date()).days
    return state, None if is_promised and days <= carried["stale_days"] else days


def test_each_door_is_told_as_the_service_tells_it_for_two_weeks(demo_workspace):
    snapshot = demo_workspace.load_snapshot()
    carried = build_carried(snapshot, AT)
    for name, doors in carried["doors"].items():
        for hours in range(0, carried["day_count"] * 24 - 3, 7):
            at = AT + timedelta(hours=hours)
            told = {site_id: (row[0], row[3]) for site_id, row in layer_states(snapshot, name, at, {}).items()}
            assert {site_id: state_of(carried, door, at) for site_id, door in doors.items()} == told, (name, at)


def test_it_carries_whole_layers_and_the_same_for_the_same_question(demo_workspace):
    snapshot = demo_workspace.load_snapshot()
    carried = build_carried(snapshot, AT)
    assert carried == build_carried(snapshot, AT)
    for name in CARRIED_LAYERS:
        assert [feature["id"] for feature in carried["layers"][name]] == list(snapshot.get_layer(name).ids)

"""A place that has closed for good is nobody's shelter any more, whatever its sign says."""

from datetime import datetime

import orjson
import pytest

from geo_app.domain.calendar import SEOUL
from geo_app.domain.change import Change, Channel
from geo_app.domain.hours import State
from geo_app.domain.record import canonical_json
from geo_app.finder.bundle import build_bundle
from geo_app.finder.nearest import NearestQuestion, find_nearest
from geo_app.finder.standing import FinderQuestion, rank_shelters

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=SEOUL)


@pytest.fixture(params=["closed", "planned"])
def withdrawn(request, workspace):
    """An open shelter of the demo, its status changed; its id and the snapshot after it."""
    layer = workspace.load_snapshot().get_layer("shelters")
    answers = layer.opening.answers(NOON, workspace.load_snapshot().calendar)
    site_id = next(layer.ids[position] for position in layer.pins.tolist() if answers[position].state is State.OPEN)
    record = dict(orjson.loads(dict(workspace.ledger.iter_state("shelters"))[site_id]))
    change = Change("shelters", site_id, canonical_json({**record, "status": request.param}))
    workspace.publish([change], actor="tester", reason="status", channel=Channel.OPERATOR, at=NOON)
    return site_id, workspace.load_snapshot()


def test_it_is_ranked_for_nobody(withdrawn):
    site_id, snapshot = withdrawn
    lon, lat = snapshot.get_layer("shelters").get_feature(site_id)["geometry"]["coordinates"]
    answer = rank_shelters(snapshot, FinderQuestion(lon, lat, NOON), {})
    assert site_id not in {item.candidate.id for item in (*answer.near, *answer.far, *answer.rough)}


def test_no_phone_takes_it_along(withdrawn):
    site_id, snapshot = withdrawn
    assert site_id not in {site["id"] for site in build_bundle(snapshot, NOON, {})["sites"]}


def test_every_other_answer_calls_its_door_closed(withdrawn):
    site_id, snapshot = withdrawn
    layer = snapshot.get_layer("shelters")
    position = layer.find_position(site_id)
    assert layer.opening.answer(position, NOON, snapshot.calendar).state is State.CLOSED
    lon, lat = layer.get_feature(site_id)["geometry"]["coordinates"]
    found = find_nearest(snapshot, NearestQuestion(lon, lat, NOON, only_open=True, limit=3), {})
    assert position not in {item.position for item in found}

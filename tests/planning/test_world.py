"""What is worked out once for a snapshot, and for how long it is kept."""

import gc
import threading
import weakref
from dataclasses import replace

import numpy as np
from planning.oracle import leaving
from planning.small_world import CELL_COUNT, MONDAY, shelter, small_snapshot, small_world

from geo_app.planning.keeping import Kept
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.world import PlanningWorld, get_world
from geo_app.travel.speeds import Mode


def test_a_snapshot_has_one_world_as_long_as_it_lives(tmp_path):
    snapshot = small_snapshot(tmp_path, [shelter(1)])
    held = weakref.ref(get_world(snapshot))
    assert get_world(snapshot) is held()
    assert get_world(replace(snapshot, number=2)) is not held()
    del snapshot
    gc.collect()
    assert held() is None


def test_revisions_with_the_same_streets_and_dongs_share_their_ways(tmp_path):
    snapshot = small_snapshot(tmp_path, [shelter(1)])
    later = replace(snapshot, number=2, documents={})
    assert PlanningWorld(snapshot).times is PlanningWorld(later).times
    assert PlanningWorld(snapshot).times.kind == "estimate"


def test_questions_that_differ_only_in_their_hour_share_a_situation(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [1.0] * CELL_COUNT})
    one, other = (world.situation(CoverageQuestion(at=leaving(MONDAY, minute))) for minute in (0, 5000))
    assert one is other
    assert world.situation(CoverageQuestion(at=leaving(MONDAY, 0), stay_min=5)) is not one


def test_ways_of_more_than_a_day_are_none_at_all(tmp_path):
    world = small_world(tmp_path, [shelter(1)], {"sh-000001": [1440.0, 1440.5, *[np.inf] * 18]})
    situation = world.situation(CoverageQuestion(at=leaving(MONDAY, 0)))
    reach = world.reach(Mode.WALK, world.period(Mode.WALK, 0), situation.lonlat)
    assert np.isfinite(reach.minutes).sum() == 1
    assert reach.delay_min.max() == 1440


def test_the_least_used_value_goes_first():
    kept, built = Kept(2), []
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.get(key, lambda key=key: built.append(key))
    assert built == ["a", "b", "c", "b"]


def test_many_threads_get_one_answer():
    kept, found = Kept(8), []
    threads = [threading.Thread(target=lambda: found.append(kept.get("key", lambda: 5))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [5] * 8

"""What is kept of answers: once made, bounded, never of another snapshot."""

import gc
import threading
from dataclasses import dataclass, field

import pytest

from geo_app.web.coverage_answers import KeptValues


@dataclass
class Thing:
    """Stands for a snapshot, which cannot be hashed either."""

    members: dict = field(default_factory=dict)


def test_a_value_is_made_once_and_then_kept():
    kept, made = KeptValues(10, lambda _: 1), []
    thing = Thing()
    for _ in range(3):
        assert kept.get(thing, "a", lambda: made.append(1) or "value") == "value"
    assert made == [1]


def test_threads_that_ask_together_wait_for_one_of_them():
    kept, made, gate = KeptValues(10, lambda _: 1), [], threading.Event()
    thing, found = Thing(), []

    def make():
        gate.wait(10)
        made.append(1)
        return "value"

    threads = [threading.Thread(target=lambda: found.append(kept.get(thing, "a", make))) for _ in range(8)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join(10)
    assert (made, found) == ([1], ["value"] * 8)


def test_what_failed_is_tried_again_and_tells_everybody():
    kept, thing = KeptValues(10, lambda _: 1), Thing()
    with pytest.raises(ZeroDivisionError):
        kept.get(thing, "a", lambda: 1 // 0)
    assert (len(kept), kept.get(thing, "a", lambda: 2)) == (0, 2)


def test_the_weight_is_bounded_and_the_least_used_goes_first():
    kept, thing = KeptValues(10, len), Thing()
    for key in "abc":
        kept.get(thing, key, lambda: "1234")
    assert len(kept) == 2
    assert kept.get(thing, "b", lambda: "anew") == "1234"
    assert kept.get(thing, "a", lambda: "anew") == "anew"


def test_what_is_too_heavy_is_given_and_not_kept():
    kept = KeptValues(10, len)
    assert kept.get(Thing(), "a", lambda: "x" * 11) == "x" * 11
    assert len(kept) == 0


def test_another_snapshot_has_its_own_values_and_a_gone_one_is_let_go():
    kept, other = KeptValues(10, lambda _: 1), Thing()
    kept.get(Thing(), "a", lambda: "old")
    gc.collect()
    assert kept.get(other, "a", lambda: "new") == "new"
    assert len(kept) == 1


def test_no_more_are_made_at_once_than_allowed():
    kept, thing, now, most = KeptValues(100, lambda _: 1, at_once=2), Thing(), [], []
    gate = threading.Barrier(2)

    def make():
        now.append(1)
        most.append(len(now))
        gate.wait(10)
        now.pop()
        return "value"

    threads = [threading.Thread(target=kept.get, args=(thing, key, make)) for key in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (len(kept), max(most)) == (6, 2)

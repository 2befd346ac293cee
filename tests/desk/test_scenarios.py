"""Scenarios on the desk: opened by their token alone, which is nowhere in the file; limits; leaving a while after the last use."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from geo_app.desk import scenarios
from geo_app.desk.report_tidying import cut_log
from geo_app.desk.reports import Outcome
from geo_app.desk.scenarios import (
    SCENARIOS_KEPT,
    Scenario,
    add_scenario,
    change_scenario,
    delete_scenario,
    find_scenario,
    tidy_scenarios,
    token_digest,
)
from geo_app.desk.store import open_desk
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import Limit

AT = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)
TODAY = date(2026, 11, 21)
TOKEN = "q1w2e3r4t5y6u7i8o9p0aa"  # noqa: S105 of a test
KEPT = Scenario("하남 밤", "예산 안", "close:sh-000006", {"minutes": "15"}, 7, AT, TODAY)


@pytest.fixture
def desk(tmp_path):
    with closing(open_desk(tmp_path / "desk.sqlite")) as opened:
        yield opened


def add(desk, token=TOKEN, scenario=KEPT, tag="a"):
    return add_scenario(desk, token, scenario, tag=tag, day=TODAY)


def test_what_was_saved_is_found_by_its_token_alone(desk):
    assert add(desk).outcome is Outcome.ADDED
    assert find_scenario(desk, TOKEN, today=TODAY) == KEPT
    for wrong in ("", TOKEN[:-1], TOKEN.upper(), token_digest(TOKEN), "%", "\ud800"):
        assert find_scenario(desk, wrong, today=TODAY) is None


def test_the_file_does_not_hold_the_token(desk, tmp_path):
    add(desk)
    cut_log(desk)
    assert not any(TOKEN.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_it_is_gone_a_while_after_the_last_use_and_a_use_puts_that_off(desk):
    add(desk)
    last = KEPT.expires_on - timedelta(days=1)
    assert KEPT.expires_on == TODAY + SCENARIOS_KEPT
    assert find_scenario(desk, TOKEN, today=KEPT.expires_on) is None
    assert find_scenario(desk, TOKEN, today=last) == replace(KEPT, used_on=last)
    assert not tidy_scenarios(desk, today=KEPT.expires_on)
    assert tidy_scenarios(desk, today=last + SCENARIOS_KEPT)
    assert find_scenario(desk, TOKEN, today=last) is None


def test_a_change_keeps_the_link_and_its_making(desk):
    add(desk)
    changed = replace(KEPT, name="새 이름", edits="", parameters={}, base_revision=9)
    assert change_scenario(desk, TOKEN, changed, at=AT, tag="a", day=TODAY).outcome is Outcome.REPLACED
    assert find_scenario(desk, TOKEN, today=TODAY) == changed
    assert change_scenario(desk, "another-token", changed, at=AT, tag="a", day=TODAY) is None


def test_an_erased_one_is_gone_from_the_file(desk, tmp_path):
    add(desk)
    assert delete_scenario(desk, TOKEN)
    assert not delete_scenario(desk, TOKEN)
    assert cut_log(desk)
    assert not any("예산 안".encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_saving_and_changing_use_up_an_hour_of_one_connection(desk, monkeypatch):
    monkeypatch.setattr(scenarios, "SCENARIOS_AN_HOUR", {Limit.REPORTER: 2, Limit.EVERYONE: 3})
    add(desk)
    assert change_scenario(desk, TOKEN, KEPT, at=AT, tag="a", day=TODAY).outcome is Outcome.REPLACED
    full = add(desk, "b" * 22)
    assert (full.outcome, full.limit, full.retry_after_s) == (Outcome.LIMITED, Limit.REPORTER, 3600)
    assert change_scenario(desk, TOKEN, KEPT, at=AT, tag="a", day=TODAY).outcome is Outcome.LIMITED
    assert add(desk, "c" * 22, tag="b").outcome is Outcome.ADDED
    assert add(desk, "d" * 22, tag="c").limit is Limit.EVERYONE
    later = replace(KEPT, made_at=AT + timedelta(hours=1))
    assert add(desk, "e" * 22, later).outcome is Outcome.ADDED


def test_the_one_unused_for_longest_makes_room(desk, monkeypatch):
    monkeypatch.setattr(scenarios, "MOST_SCENARIOS", 2)
    for number, days in enumerate((2, 1, 0)):
        add(desk, f"token-{number}", replace(KEPT, used_on=TODAY - timedelta(days=days)))
    assert [find_scenario(desk, f"token-{number}", today=TODAY) is None for number in range(3)] == [True, False, False]

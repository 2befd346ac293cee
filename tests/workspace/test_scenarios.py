"""The shelf of scenarios: links nobody can guess, limits told, old ones let go, nothing of who saved."""

from contextlib import closing
from datetime import datetime, timedelta

import pytest

from geo_app.desk import scenarios
from geo_app.desk.scenarios import SCENARIOS_KEPT
from geo_app.desk.store import open_desk
from geo_app.domain.calendar import SEOUL
from geo_app.domain.report import Limit
from geo_app.workspace.home import Home
from geo_app.workspace.scenarios import (
    TOKEN_BYTES,
    TOKEN_CHARACTERS,
    ScenarioDraft,
    ScenarioShelf,
    TooManyScenarios,
    UnknownScenario,
)

AT = datetime(2026, 11, 21, 2, 12, tzinfo=SEOUL)
DRAFT = ScenarioDraft("하남 밤", "", "close:sh-000006", {"minutes": "15"}, 7)


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "instance")
    made.prepare()
    return made


@pytest.fixture
def shelf(home):
    with closing(open_desk(home.desk)) as desk:
        yield ScenarioShelf(home, desk)


def add(shelf, draft=DRAFT, at=AT):
    return shelf.add(draft, at=at, address="203.0.113.7")


def test_a_token_has_128_bits_and_each_is_another(shelf):
    tokens = {add(shelf) for _ in range(20)}
    assert TOKEN_BYTES * 8 == 128
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {TOKEN_CHARACTERS}


def test_what_was_saved_comes_back_and_may_be_changed_and_erased(shelf):
    token = add(shelf)
    found = shelf.get(token, at=AT)
    assert (found.name, found.edits, found.parameters, found.base_revision, found.made_at) == (
        "하남 밤", "close:sh-000006", {"minutes": "15"}, 7, AT,
    )  # fmt: skip
    changed = shelf.change(token, ScenarioDraft("새 이름", "n", "", {}, 8), at=AT + timedelta(days=3), address=None)
    assert shelf.get(token, at=AT + timedelta(days=3)) == changed
    assert (changed.name, changed.made_at, changed.used_on) == ("새 이름", AT, (AT + timedelta(days=3)).date())
    shelf.delete(token)
    for ask in (lambda: shelf.get(token, at=AT), lambda: shelf.delete(token), lambda: shelf.change(token, DRAFT, at=AT, address=None)):
        with pytest.raises(UnknownScenario) as caught:
            ask()
        assert caught.value.values == {}


@pytest.mark.parametrize("token", ["", "base", "x" * 22 + "y", "../../etc/passwd/aaaaa", "가" * 22, "' OR 1=1 -- aaaaaaaaaa"])
def test_no_other_text_opens_anything(shelf, token):
    add(shelf)
    with pytest.raises(UnknownScenario):
        shelf.get(token, at=AT)


def test_a_limit_is_told(shelf, monkeypatch):
    monkeypatch.setattr(scenarios, "SCENARIOS_AN_HOUR", {Limit.REPORTER: 1})
    token = add(shelf)
    with pytest.raises(TooManyScenarios) as caught:
        add(shelf)
    assert caught.value.values == {"limit": "reporter", "retry_after_s": 3600, "minutes": 60}
    with pytest.raises(TooManyScenarios):
        shelf.change(token, DRAFT, at=AT, address="203.0.113.7")


def test_what_nobody_opens_is_let_go(shelf, home):
    token = add(shelf)
    shelf.look(AT + SCENARIOS_KEPT)
    with pytest.raises(UnknownScenario):
        shelf.get(token, at=AT)
    assert b"sh-000006" not in b"".join(path.read_bytes() for path in home.folder.glob("desk.sqlite*"))


def test_no_file_holds_the_token_or_an_address(shelf, home):
    token = add(shelf)
    written = b"".join(path.read_bytes() for path in home.folder.rglob("*") if path.is_file())
    assert token.encode() not in written
    assert b"203.0.113" not in written

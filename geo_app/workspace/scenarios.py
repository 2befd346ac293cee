"""The shelf of saved scenarios: each under a link that nobody can guess, which is its only key."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from geo_app.desk.reports import Filing, Outcome
from geo_app.desk.scenarios import Scenario, add_scenario, change_scenario, delete_scenario, find_scenario, tidy_scenarios
from geo_app.desk.store import Desk
from geo_app.domain.calendar import SEOUL
from geo_app.domain.errors import GeoAppError
from geo_app.storage.faults import told_as_broken_store
from geo_app.workspace.day_key import DayKey, Tag
from geo_app.workspace.home import Home
from geo_app.workspace.reports import KEY_FILE, LOCK
from geo_app.workspace.tidying import HourlyTidying

TOKEN_BYTES: Final = 16  # 128 bits
TOKEN_CHARACTERS: Final = 22  # of base64 for an address


class UnknownScenario(GeoAppError):
    """No scenario has that link, or nobody opened it for too long. No values: a link is a key and is not repeated."""

    code = "unknown-scenario"


class TooManyScenarios(GeoAppError):
    """One of the limits by the hour is reached. Values: `limit`, `retry_after_s`, `minutes`."""

    code = "too-many-scenarios"


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """What its maker says; the parts as in `desk.scenarios.Scenario`."""

    name: str
    note: str
    edits: str
    parameters: Mapping[str, str]
    base_revision: int


class ScenarioShelf:
    """Safe between threads and processes. Somebody must `look` at it at least once an hour."""

    def __init__(self, home: Home, desk: Desk) -> None:
        self._home = home
        self._desk = desk
        self._key = DayKey(home.folder / KEY_FILE)
        self._tidying = HourlyTidying(desk, "scenarios", lambda at: tidy_scenarios(desk, today=_day(at)))

    def add(self, draft: ScenarioDraft, *, at: datetime, address: str | None) -> str:
        """Keep a scenario; its token, told once and kept by nobody. Raises `TooManyScenarios`, `BrokenStore`."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._tagged(address, at) as tag:
            _require(add_scenario(self._desk, token, _made(draft, at), tag=tag.text, day=tag.day))
        return token

    def get(self, token: str, *, at: datetime) -> Scenario:
        """The scenario under that link, which now counts as used. Raises `UnknownScenario`, `BrokenStore`."""
        found = find_scenario(self._desk, token, today=_day(at)) if _is_token(token) else None
        if found is None:
            raise UnknownScenario
        return found

    def change(self, token: str, draft: ScenarioDraft, *, at: datetime, address: str | None) -> Scenario:
        """Put `draft` in its place; the link stays. Raises `UnknownScenario`, `TooManyScenarios`, `BrokenStore`."""
        kept = self.get(token, at=at)
        made = replace(_made(draft, at), made_at=kept.made_at, used_on=kept.used_on)
        with self._tagged(address, at) as tag:
            filing = change_scenario(self._desk, token, made, at=at, tag=tag.text, day=tag.day)
        if filing is None:
            raise UnknownScenario
        _require(filing)
        return made

    def delete(self, token: str) -> None:
        """Erase it, from the file's log too as soon as nobody reads in it. Raises `UnknownScenario`, `BrokenStore`."""
        if not (_is_token(token) and delete_scenario(self._desk, token)):
            raise UnknownScenario
        self._tidying.erased()

    def look(self, at: datetime) -> None:
        """Let go of what is old. Never raises."""
        self._tidying.look(at)

    @contextmanager
    def _tagged(self, address: str | None, at: datetime) -> Iterator[Tag]:
        """The tag of who asks, for as long as its key is held: it must not be written when the day's tags have gone."""
        with told_as_broken_store(self._home.folder), self._home.lock(LOCK):
            yield self._key.tag(address, _day(at))


def _made(draft: ScenarioDraft, at: datetime) -> Scenario:
    return Scenario(draft.name, draft.note, draft.edits, draft.parameters, draft.base_revision, at, _day(at))


def _require(filing: Filing) -> None:
    if filing.outcome is Outcome.LIMITED:
        limit = "" if filing.limit is None else filing.limit.value
        raise TooManyScenarios(limit=limit, retry_after_s=filing.retry_after_s, minutes=-(-filing.retry_after_s // 60))


def _is_token(text: str) -> bool:
    return len(text) == TOKEN_CHARACTERS and text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _day(at: datetime) -> date:
    return at.astimezone(SEOUL).date()

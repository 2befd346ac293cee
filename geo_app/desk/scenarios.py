"""Saved scenarios: changes and the question they were made for, under a link that alone opens them; let go a while after the last use.

The link's token is not kept, only its SHA-256: who reads the desk, or a backup of it, cannot open anybody's scenario by its link.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from geo_app.desk.reports import Filing, Outcome
from geo_app.desk.store import Desk
from geo_app.desk.taps import find_full, note_tap
from geo_app.desk.times import utc_text
from geo_app.domain.report import Limit

SCENARIOS_KEPT: Final = timedelta(days=400)  # after the last use: a plan made for one budget is looked at again for the next
# A planner who tries things out saves one every few minutes; a whole office of them stays below the second.
SCENARIOS_AN_HOUR: Final = {Limit.REPORTER: 60, Limit.EVERYONE: 600}
MOST_SCENARIOS: Final = 20_000  # beyond this the desk would be somebody's storage; the one unused for longest makes room
TAP_KIND = "scenario"
_COLUMNS = "name, note, edits, parameters, base_revision, made_at, used_on"
_ADD = f"INSERT INTO scenarios (token_sha256, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 a constant
_FIND = f"SELECT {_COLUMNS} FROM scenarios WHERE token_sha256 = ? AND used_on > ?"  # noqa: S608 a constant
_CHANGE = "UPDATE scenarios SET name = ?, note = ?, edits = ?, parameters = ?, base_revision = ? WHERE token_sha256 = ?"
_MAKE_ROOM = """
    DELETE FROM scenarios WHERE token_sha256 IN (
        SELECT token_sha256 FROM scenarios ORDER BY used_on DESC, made_at DESC LIMIT -1 OFFSET ?)
"""


@dataclass(frozen=True, slots=True)
class Scenario:
    """`edits` as `planning.scenario.write_edits` wrote them; `parameters` of the question by name, as they stand in an address.

    `base_revision` is the one it was made on; `made_at` carries its zone, `used_on` is the last day (of Seoul) on which it was opened.
    """

    name: str
    note: str
    edits: str
    parameters: Mapping[str, str]
    base_revision: int
    made_at: datetime
    used_on: date

    @property
    def expires_on(self) -> date:
        """The first day on which it is gone, unless it is opened before."""
        return self.used_on + SCENARIOS_KEPT


def token_digest(token: str) -> str:
    """What stands for a token on the desk."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def add_scenario(desk: Desk, token: str, scenario: Scenario, *, tag: str, day: date) -> Filing:
    """Keep a new scenario under `token`, unless an hour's limit is reached.

    Raises `BadArgument` for a time without a zone, `BrokenStore`.
    """
    at = scenario.made_at
    row = (token_digest(token), *_written(scenario), utc_text(at), scenario.used_on.isoformat())
    with desk.lend_for_writing() as connection:
        full = find_full(connection, TAP_KIND, SCENARIOS_AN_HOUR, tag=tag, subject="", at=at)
        if full is not None:
            return full
        connection.execute(_ADD, row)
        connection.execute(_MAKE_ROOM, (MOST_SCENARIOS,))
        note_tap(connection, TAP_KIND, tag=tag, day=day, subject="", at=at)
    return Filing(Outcome.ADDED)


def find_scenario(desk: Desk, token: str, *, today: date) -> Scenario | None:
    """The scenario of that token, or None where there is none or its time is over. The first look of a day moves `used_on`.

    Raises `BrokenStore`.
    """
    digest = token_digest(token)
    with desk.lend() as connection:
        row = connection.execute(_FIND, (digest, (today - SCENARIOS_KEPT).isoformat())).fetchone()
    if row is None:
        return None
    found = _read(row)
    if found.used_on >= today:
        return found
    with desk.lend_for_writing() as connection:
        connection.execute("UPDATE scenarios SET used_on = ? WHERE token_sha256 = ?", (today.isoformat(), digest))
    return replace(found, used_on=today)


def change_scenario(desk: Desk, token: str, scenario: Scenario, *, at: datetime, tag: str, day: date) -> Filing | None:
    """Put `scenario` in the place of the one kept; its making and use stay. None where there is none. Raises `BrokenStore`.

    A change uses up what an hour takes, as a new one does.
    """
    with desk.lend_for_writing() as connection:
        full = find_full(connection, TAP_KIND, SCENARIOS_AN_HOUR, tag=tag, subject="", at=at)
        if full is not None:
            return full
        if connection.execute(_CHANGE, (*_written(scenario), token_digest(token))).rowcount == 0:
            return None
        note_tap(connection, TAP_KIND, tag=tag, day=day, subject="", at=at)
    return Filing(Outcome.REPLACED)


def delete_scenario(desk: Desk, token: str) -> bool:
    """Erase it; False where there was none. `cut_log` should follow. Raises `BrokenStore`."""
    with desk.lend_for_writing() as connection:
        return connection.execute("DELETE FROM scenarios WHERE token_sha256 = ?", (token_digest(token),)).rowcount > 0


def tidy_scenarios(desk: Desk, *, today: date) -> bool:
    """Let go of what nobody opened for `SCENARIOS_KEPT`. True when anything went; `cut_log` must follow. Raises `BrokenStore`.

    What an hour took is tidied with the wishes' (`wishes.tidy_wishes`).
    """
    oldest = (today - SCENARIOS_KEPT).isoformat()
    with desk.lend_for_writing() as connection:
        return connection.execute("DELETE FROM scenarios WHERE used_on <= ?", (oldest,)).rowcount > 0


def _written(scenario: Scenario) -> tuple[Any, ...]:
    parameters = json.dumps(dict(scenario.parameters), ensure_ascii=False, sort_keys=True)
    return (scenario.name, scenario.note, scenario.edits, parameters, scenario.base_revision)


def _read(row: tuple[Any, ...]) -> Scenario:
    name, note, edits, parameters, base_revision, made_at, used_on = row
    return Scenario(name, note, edits, json.loads(parameters), base_revision, datetime.fromisoformat(made_at), date.fromisoformat(used_on))

"""The parameters of coverage: one table for the machine doors, the downloads and the planner's page, and the question they make."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from flask import Flask, current_app
from werkzeug.datastructures import MultiDict

from geo_app import __version__
from geo_app.domain.errors import GeoAppError
from geo_app.domain.layers import LAYERS
from geo_app.domain.problem import Problem
from geo_app.exports.coverage_query import MINUTES_DECIMALS, question_parameters
from geo_app.planning.day_kind import DayKind
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.scenario import MAX_EDITS, MAX_EDITS_CHARACTERS, NEW_ID_PREFIX, BadEdit, Edit, EditKind, parse_edits, write_edits
from geo_app.planning.world import get_world
from geo_app.snapshot.snapshot import Snapshot
from geo_app.travel.speeds import Mode
from geo_app.web.house import get_snapshot, seoul_now
from geo_app.web.parameters import (
    MOMENT_SCHEMA,
    TEXT_SCHEMA,
    BadParameters,
    Parameter,
    Reader,
    Unreadable,
    choice,
    collect_parameters,
    flag,
    integer,
    moment,
    number,
    parameter_problem,
    short_text,
)
from geo_app.web.room import Revisions
from geo_app.web.scenarios import load_edits, name_scenario, with_saved
from geo_app.workspace.typed_hours import read_typed_hours

LEAST_MINUTES, MOST_MINUTES = 1, 120
MOST_STAY_MIN = 1_440
MOST_NTH = 10
MOST_SITES = 200
MOST_REVISION = 999_999_999
SHOWN_IDS = 5
SHOWN_VALUE = 200
OTHER_CODE = "other-code-version"
SITE_ID = r"([a-z]{2}-[0-9]{6,9}|" + NEW_ID_PREFIX + r"[0-9]{1,2})"
_SITE_ID = re.compile(SITE_ID)
_SITES_SCHEMA = {"type": "string", "pattern": f"^{SITE_ID}(,{SITE_ID}){{0,{MOST_SITES - 1}}}$"}
# The shape of one change; what its parts mean is the planner's to judge.
_PART = "[^,;]*"
_EDIT = rf"\s*(open:{_PART},{_PART},{_PART}(,{_PART})?|close:{_PART}|move:{_PART},{_PART},{_PART}|hours:{_PART},{_PART})?\s*"
OLD_REVISIONS = "geo_app.old_revisions"
_LAYERS = tuple(name for name, layer in LAYERS.items() if layer.has_hours)
_YES_NO = {"type": "boolean"}


class Asked(NamedTuple):
    """What is asked and of which revision. `parameters` ask it again (`exports.coverage_query`); `further` are the door's own.

    `is_now`: no time was given, so that `at` is the minute of the clock. `notes` are codes of what the asker should know.
    """

    question: CoverageQuestion
    edits: tuple[Edit, ...]
    snapshot: Snapshot
    parameters: dict[str, str]
    is_now: bool
    further: dict[str, Any]
    notes: tuple[str, ...] = ()


def _minutes(text: str) -> float:
    return round(float(number(LEAST_MINUTES, MOST_MINUTES)(text)), MINUTES_DECIMALS)


def _site_ids(text: str) -> tuple[str, ...]:
    """Ids, each once and in order: the same places are the same question however they are listed."""
    ids = text.split(",", MOST_SITES)
    if len(ids) > MOST_SITES or not all(_SITE_ID.fullmatch(item) for item in ids):
        raise Unreadable(f"sh-000001,sh-000002 (≤ {MOST_SITES})")
    return tuple(sorted(set(ids)))


def read_site_id(text: str) -> str:
    """One id of a published place, or of one that a scenario opens. Raises `Unreadable`."""
    if not _SITE_ID.fullmatch(text):
        raise Unreadable("sh-000001")
    return text


def _edits(text: str) -> tuple[Edit, ...]:
    try:
        return parse_edits(text, read_hours=read_typed_hours)
    except BadEdit as fault:
        details = {name: value for name, value in fault.values.items() if value is not None and name != "expected"}
        raise Unreadable(str(fault.values["expected"]), code=fault.code, **details) from fault


def _names(values: Sequence[str]) -> tuple[Reader, dict[str, Any]]:
    return choice(values), {"type": "string", "enum": [*values]}


def _whole(least: int, most: int) -> tuple[Reader, dict[str, Any]]:
    return integer(least, most), {"type": "integer", "minimum": least, "maximum": most}


QUESTION: tuple[Parameter, ...] = (
    Parameter("layer", *_names(_LAYERS), "whose places serve; a layer with opening hours", default="shelters"),
    Parameter("mode", *_names([*Mode]), "how one travels", default=Mode.WALK.value),
    Parameter(
        "minutes",
        _minutes,
        {"type": "number", "minimum": LEAST_MINUTES, "maximum": MOST_MINUTES},
        "served is who reaches a usable place within so many minutes",
        default=10.0,
        example=10,
    ),
    Parameter("at", moment, MOMENT_SCHEMA, "now, or an ISO 8601 time; without a zone it is Seoul's", example="2026-11-24T02:00"),
    Parameter(
        "demand",
        short_text,
        TEXT_SCHEMA,
        "whom to count: residents, foreign-residents, establishments, complex-workers, job:rider and other jobs, jobs, "
        "mix:rider=60,courier=40, table:<key>",
        default="residents",
        example="residents",
    ),
    Parameter(
        "day",
        *_names([*DayKind]),
        "which week: as it really is, an ordinary one, all holidays, or under a weather alert",
        default=DayKind.CALENDAR.value,
    ),
    Parameter("sites", _site_ids, _SITES_SCHEMA, "only these places, ids comma-separated; empty: all of the layer", default=()),
    Parameter("without", _site_ids, _SITES_SCHEMA, "as if these places were not there, ids comma-separated", default=()),
    Parameter("neighbours", flag, _YES_NO, "places outside the district count too", default=True),
    Parameter("registered", flag, _YES_NO, "places that ask for registration or a card count too", default=False),
    Parameter("checked", flag, _YES_NO, "only places whose hours were checked within 180 days and whose entry is known", default=False),
    Parameter("stay_min", *_whole(0, MOST_STAY_MIN), "minutes the door must stay open after arrival", default=0),
    Parameter(
        "nth", *_whole(1, MOST_NTH), "served is who reaches so many usable places; the minutes to the last of them are told too", default=1
    ),
    Parameter(
        "edits",
        _edits,
        {"type": "string", "maxLength": MAX_EDITS_CHARACTERS, "pattern": f"^{_EDIT}(;{_EDIT})*$"},
        "changes to try, by semicolons: open:<lon>,<lat>,<hours>[,<name>], close:<id>, move:<id>,<lon>,<lat>, hours:<id>,<hours>; "
        f"at most {MAX_EDITS}",
        default=(),
    ),
    Parameter("scenario", short_text, TEXT_SCHEMA, "a saved scenario; where edits are given too, they stand in place of its own"),
    Parameter("revision", *_whole(1, MOST_REVISION), "an earlier revision of the data; without it the newest"),
    Parameter("v", short_text, TEXT_SCHEMA, "the code version of a link; that another one answers is told, not refused"),
)


def keep_old_revisions(app: Flask, revisions: Revisions) -> None:
    """Let the doors of `app` answer from earlier revisions too."""
    app.extensions[OLD_REVISIONS] = revisions


def read_question(given: MultiDict[str, str], further: Sequence[Parameter] = ()) -> Asked:
    """The question that the parameters ask, of the snapshot they name.

    `further` are the door's own parameters beside `QUESTION`. Raises `BadParameters` naming all that are bad at once, places and demands
    that do not exist included (`ScenarioMisses` where a saved scenario asks for them); `UnknownRevision`, `RevisionBusy`, `BrokenStore`,
    and `UnknownScenario`.
    """
    told = with_saved(given)
    values, problems = collect_parameters((*QUESTION, *further), told)
    snapshot = _snapshot(values["revision"])
    question = _question(values)
    edits = values["edits"] or (load_edits(values["scenario"]) if values["scenario"] else ())
    problems += _list_unknown(question, edits, snapshot, bad={problem.column for problem in problems})
    if problems:
        raise name_scenario(BadParameters(problems), told, filter(None, [values["scenario"]]), snapshot.number)
    own = {item.name: values[item.name] for item in further}
    notes = (OTHER_CODE,) if values["v"] not in (None, __version__) else ()
    return Asked(question, edits, snapshot, question_parameters(question, edits), values["at"] is None, own, notes)


def _snapshot(revision: int | None) -> Snapshot:
    newest = get_snapshot()
    return newest if revision is None else cast("Revisions", current_app.extensions[OLD_REVISIONS]).load(revision, newest)


def _question(values: Mapping[str, Any]) -> CoverageQuestion:
    same = ("layer", "minutes", "demand", "sites", "without", "neighbours", "registered", "checked", "stay_min", "nth")
    return CoverageQuestion(
        at=values["at"] or seoul_now(),
        mode=Mode(values["mode"]),
        day=DayKind(values["day"]),
        **{name: values[name] for name in same},
    )


def _list_unknown(question: CoverageQuestion, edits: tuple[Edit, ...], snapshot: Snapshot, *, bad: set[str | None]) -> Iterator[Problem]:
    """What can be read but is not there in this snapshot. `bad`: parameters that are told of already."""
    layer, opened = snapshot.get_layer(question.layer), sum(edit.kind is EditKind.OPEN for edit in edits)
    known_new = {f"{NEW_ID_PREFIX}{number + 1}" for number in range(opened)}
    missing = {
        name: [item for item in getattr(question, name) if item not in known_new and layer.find_position(item) is None]
        for name in ("sites", "without")
    }
    for name, strangers in missing.items():
        if strangers:
            yield parameter_problem("unknown-sites", name, value=", ".join(strangers[:SHOWN_IDS]), layer=question.layer)
    world = get_world(snapshot)
    if "demand" not in bad:
        yield from _faults("demand", question.demand, lambda: world.demand(question.demand))
    if edits and not any(missing.values()):
        yield from _faults("edits", write_edits(edits), lambda: world.situation(question, edits))


def _faults(name: str, value: str, ask: Callable[[], object]) -> Iterator[Problem]:
    try:
        ask()
    except GeoAppError as fault:
        told = {key: item for key, item in fault.values.items() if item is not None}
        yield Problem(fault.code, column=name, value=value[:SHOWN_VALUE], details=told)

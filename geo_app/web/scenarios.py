"""Saved scenarios as the doors of coverage and the planner's page ask for them: by the token of a link."""

from collections.abc import Iterable, Mapping, Sequence

from flask import g
from werkzeug.datastructures import MultiDict

from geo_app.desk.scenarios import Scenario
from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem
from geo_app.planning.edits import Edit, parse_edits
from geo_app.web.house import get_house, seoul_now
from geo_app.web.parameters import BadParameters
from geo_app.workspace.scenarios import ScenarioShelf

TOKEN_PARAMETER = "scenario"  # noqa: S105 the name of a parameter
COMPARE_PATH = "/plan/compare"
ERASED = "erased"  # a parameter of the planner's page: it says that a scenario was just erased
BASE = "base"  # things as they are, where a token would stand
# What may stand beside a token in a link that asks for nothing else.
NO_QUESTION = frozenset({TOKEN_PARAMETER, "lang", "revision", "v"})


class ScenariosNotKept(GeoAppError):
    """No scenario can be saved or opened on this server. No values."""

    code = "scenarios-not-kept"


class ScenarioMisses(BadParameters):
    """What a saved scenario asks for is not there in the revision that is asked: a demand table was removed, a place has closed.

    Values: `name`, `revision`, `base_revision`; `token` is its link, for the page alone.
    """

    code = "scenario-misses"

    def __init__(self, problems: Sequence[Problem], token: str, scenario: Scenario, revision: int) -> None:
        super().__init__(problems)
        self.token = token
        self.values = {"name": scenario.name or "–", "revision": revision, "base_revision": scenario.base_revision}


def name_scenario(fault: BadParameters, asked: Mapping[str, str], tokens: Iterable[str], revision: int) -> BadParameters:
    """The fault told as that of the first scenario which asks for all that is missing; as it is where none does.

    `asked`: the question's texts by name. Raises as `load_scenario`.
    """
    for token in tokens:
        kept = load_scenario(token)
        saved = {**kept.parameters, "edits": kept.edits}
        own = {name for name, text in saved.items() if asked.get(name, "") == text or (name == "edits" and not asked.get(name))}
        if {problem.column for problem in fault.problems} <= own:
            return ScenarioMisses(fault.problems, token, kept, revision)
    return fault


def get_shelf() -> ScenarioShelf:
    """The shelf of this app. Raises `ScenariosNotKept`."""
    shelf = get_house().scenarios
    if shelf is None:
        raise ScenariosNotKept
    return shelf


def load_scenario(token: str) -> Scenario:
    """The scenario of that token, read once a request. Raises `UnknownScenario`, `BrokenStore`."""
    held: dict[str, Scenario] = g.setdefault("scenarios", {})
    if token not in held:
        held[token] = get_shelf().get(token, at=seoul_now())
    return held[token]


def load_edits(token: str) -> tuple[Edit, ...]:
    """Its changes. Raises as `load_scenario`."""
    return parse_edits(load_scenario(token).edits)


def with_saved(given: MultiDict[str, str]) -> MultiDict[str, str]:
    """The question of an address; where it holds a token and no question of its own, the one the scenario was saved with.

    So the link that its maker passes on shows what she saw, and from there every link asks for itself. Raises as `load_scenario`.
    """
    tokens = given.getlist(TOKEN_PARAMETER)
    if len(tokens) != 1 or not tokens[0] or not given.keys() <= NO_QUESTION:
        return given
    return MultiDict([*given.items(multi=True), *load_scenario(tokens[0]).parameters.items()])

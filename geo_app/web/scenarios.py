"""Saved scenarios as the doors of coverage and the planner's page ask for them: by the token of a link."""

from flask import g
from werkzeug.datastructures import MultiDict

from geo_app.desk.scenarios import Scenario
from geo_app.planning.edits import Edit, parse_edits
from geo_app.web.house import NotReady, get_house, seoul_now
from geo_app.workspace.scenarios import ScenarioShelf

TOKEN_PARAMETER = "scenario"  # noqa: S105 the name of a parameter
COMPARE_PATH = "/plan/compare"
BASE = "base"  # things as they are, where a token would stand
# What may stand beside a token in a link that asks for nothing else.
NO_QUESTION = frozenset({TOKEN_PARAMETER, "lang", "revision", "v"})


def get_shelf() -> ScenarioShelf:
    """The shelf of this app. Raises `NotReady`."""
    shelf = get_house().scenarios
    if shelf is None:
        raise NotReady(reason="no scenarios")
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

"""A question of coverage as the parameters that ask it again: the same in every address, document and file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from geo_app.planning.question import CoverageQuestion
from geo_app.planning.scenario import Edit, write_edits

PLAN_PATH, CELLS_PATH = "/plan", "/api/coverage/cells.geojson"
MINUTES_DECIMALS = 2


def question_parameters(question: CoverageQuestion, edits: Sequence[Edit] = ()) -> dict[str, str]:
    """Every parameter of the question by name, as an address writes it; `sites`, `without`, `edits` only where they say something.

    What would have been a default stands there too, so that a link means the same when a later version has another default.
    """
    told = {
        "layer": question.layer,
        "mode": question.mode.value,
        "minutes": f"{question.minutes:.{MINUTES_DECIMALS}f}".rstrip("0").rstrip("."),
        "at": question.at.isoformat(timespec="minutes"),
        "demand": question.demand,
        "day": question.day.value,
        "neighbours": _flag(value=question.neighbours),
        "registered": _flag(value=question.registered),
        "checked": _flag(value=question.checked),
        "stay_min": str(question.stay_min),
        "nth": str(question.nth),
        "sites": ",".join(question.sites),
        "without": ",".join(question.without),
        "edits": write_edits(edits),
    }
    return {name: text for name, text in told.items() if text}


def shown_parameters(question: CoverageQuestion, edits: Sequence[Edit] = ()) -> dict[str, Any]:
    """The same as JSON values: numbers, flags and lists instead of their texts."""
    shown: dict[str, Any] = {
        name: getattr(question, name) for name in ("minutes", "neighbours", "registered", "checked", "stay_min", "nth")
    }
    lists = {name: list(getattr(question, name)) for name in ("sites", "without") if getattr(question, name)}
    return {**question_parameters(question, edits), **shown, **lists}


def permalink(parameters: Mapping[str, str], *, revision: int, code_version: str, root: str = "") -> str:
    """The path of the planner's page that shows this very question on this very revision. `root` is the path prefix."""
    return f"{root}{PLAN_PATH}?{urlencode({**parameters, 'revision': revision, 'v': code_version})}"


def cells_path(parameters: Mapping[str, str], *, revision: int, root: str = "") -> str:
    """The path of the cells of the same question and revision."""
    return f"{root}{CELLS_PATH}?{urlencode({**parameters, 'revision': revision})}"


def week_question(question: CoverageQuestion) -> CoverageQuestion:
    """The question with `at` at the Monday 00:00 of its week: what is asked of a whole week is one question wherever `at` stands."""
    monday = question.at.date() - timedelta(days=question.at.weekday())
    return replace(question, at=question.at.replace(year=monday.year, month=monday.month, day=monday.day, hour=0, minute=0))


def _flag(*, value: bool) -> str:
    return "true" if value else "false"

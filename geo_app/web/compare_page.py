"""`GET /plan/compare`: two scenarios, or one and things as they are, by the same question: what differs, who gains, who loses."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request

from geo_app.exports.coverage_query import question_parameters
from geo_app.planning.answers import CoverageAnswer
from geo_app.planning.compare import AreaChange, Comparison
from geo_app.web.coding import compress_page
from geo_app.web.compare_sides import Side, Sides, read_sides
from geo_app.web.compare_tables import COMPARE_SORTS, change_downloads, change_tables
from geo_app.web.coverage_parameters import Asked
from geo_app.web.house import link, words_of_reader
from geo_app.web.parameters import Parameter
from geo_app.web.plan_basis import assumptions, basis_facts
from geo_app.web.plan_content import reach
from geo_app.web.plan_form import more_told
from geo_app.web.plan_links import AT_FORMAT
from geo_app.web.plan_strip import DAYS, HOURS, mean_share
from geo_app.web.plan_tables import sort_reader
from geo_app.web.scenarios import TOKEN_PARAMETER
from geo_app.wording.catalogue import Words
from geo_app.wording.compare_terms import exact_percent, more_or_less, point_figure, points
from geo_app.wording.plan_terms import demand_figure, plain_figure, sample_sentence, unserved_label
from geo_app.wording.week_table import weekday_name

blueprint = Blueprint("compare", __name__)
NAMED = 5  # dongs named in the sentences of who gains and who loses
FURTHER = (
    Parameter(
        "sort", sort_reader(COMPARE_SORTS), {"type": "string"}, "a table and its column, `compare-dongs.name`, downwards with a minus"
    ),
)


@blueprint.get("/plan/compare")
def page() -> Response:
    """Both answers side by side."""
    values = _values(read_sides(request.args, FURTHER), words_of_reader())
    answer = Response(render_template("web/compare.html", page="plan", **values), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return compress_page(answer)


def _values(sides: Sides, words: Words) -> dict[str, Any]:
    found = sides.compared()
    unit = found.before.demand_info.unit
    return {
        "sides": [_side(sides.a, words("A"), found.before, words), _side(sides.b, words("B"), found.after, words)],
        "basis": _basis(sides.a.asked, found, words),
        "is_estimate": found.before.distance_kind == "estimate",
        "figures": _figures(sides, found, words),
        "gained": demand_figure(found.gained, unit, words),
        "lost": demand_figure(found.lost, unit, words),
        "gainers": _named([item for item in found.by_dong if (item.served_change or 0) > 0], words),
        "losers": _named([item for item in reversed(found.by_dong) if (item.served_change or 0) < 0], words),
        "tables": change_tables(sides, words),
        "week": _week(sides, words),
        "hours": range(HOURS),
        "week_downloads": change_downloads("hours", sides),
        "swap_href": sides.page(a=sides.b.token, b=sides.a.token),
    }


def _side(side: Side, letter: str, answer: CoverageAnswer, words: Words) -> dict[str, Any]:
    kept, token = side.scenario, {TOKEN_PARAMETER: side.token} if side.scenario else {}
    return {
        "letter": letter,
        "token": side.token,
        "name": side.name(words),
        "note": "" if kept is None else kept.note,
        "sentence": _sentence(side.asked, answer, words),
        "samples": sample_sentence(answer.sites.counted, answer.sites.samples, words),
        "edits": side.changes(words),
        "kept": None if kept is None else {"revision": kept.base_revision, "until": kept.expires_on.isoformat()},
        "href": link("plan", **question_parameters(side.asked.question), **token),
    }


def _sentence(asked: Asked, answer: CoverageAnswer, words: Words) -> str:
    """The answer as on the planner's page, to the tenth that the figures below have."""
    question = asked.question
    moment = words("{day} {time}", day=weekday_name(question.at.weekday(), words), time=question.at.strftime("%H:%M"))
    told = {"moment": moment, "reach": reach(question, words)}
    if answer.share is None:
        return words("{moment}, {reach}: nobody is counted in this hour", **told)
    real, nominal = exact_percent(answer.share, words), exact_percent(answer.nominal_share, words)
    return words("{moment}, {reach}: in reality {real} · in name {nominal}", **told, real=real, nominal=nominal)


def _basis(asked: Asked, found: Comparison, words: Words) -> dict[str, Any]:
    """What both answers rest on; they differ in nothing but their changes."""
    conditions = more_told(asked.question, words)
    facts = basis_facts(asked, found.before, words)
    return {
        "facts": [*facts, *([(words("Conditions"), " · ".join(conditions))] if conditions else [])],
        "assumptions": assumptions(found.before.demand_info, words),
    }


def _figures(sides: Sides, found: Comparison, words: Words) -> list[tuple[str, str, str, str]]:
    """(name, before, after, difference)."""
    before, after = found.before, found.after
    weeks = [mean_share(week.shares, week.demand) for week in sides.weeks()]
    shares = [
        (words("In reality"), before.share, after.share),
        (words("In name"), before.nominal_share, after.nominal_share),
        (words("In reality, mean of the week"), weeks[0], weeks[1]),
    ]
    told = [(name, exact_percent(one, words), exact_percent(two, words), points(one, two, words)) for name, one, two in shares]
    change = more_or_less(after.uncovered - before.uncovered, words)
    name = unserved_label(before.demand_info.unit, words)
    return [*told, (name, plain_figure(before.uncovered, words), plain_figure(after.uncovered, words), change)]


def _named(changes: Sequence[AreaChange], words: Words) -> str:
    told = [f"{item.before.name} {more_or_less(item.served_change, words)}" for item in changes[:NAMED]]
    return ", ".join(told) + (" …" if len(changes) > NAMED else "")


def _week(sides: Sides, words: Words) -> list[dict[str, Any]]:
    """Seven days of twenty-four differences in points, each a link to the comparison at its hour."""
    before, after = (week.shares.tolist() for week in sides.weeks())
    question = sides.a.asked.question
    midnight = datetime.combine(question.monday, datetime.min.time(), question.at.tzinfo)
    cells = [
        _hour(point_figure(one, two, words), midnight + timedelta(hours=hour), sides)
        for hour, (one, two) in enumerate(zip(before, after, strict=True))
    ]
    cells[question.hour_of_week]["is_chosen"] = True
    return [{"name": weekday_name(day, words), "cells": cells[day * HOURS : (day + 1) * HOURS]} for day in range(DAYS)]


def _hour(figure: str, at: datetime, sides: Sides) -> dict[str, Any]:
    code = {"+": "up", "−": "down"}.get(figure[:1], "same")
    return {
        "figure": figure,
        "code": code,
        "clock": at.strftime("%H:%M"),
        "href": sides.page(at=at.strftime(AT_FORMAT)),
        "is_chosen": False,
    }

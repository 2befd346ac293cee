"""`GET /plan/compare`: two scenarios, or one and things as they are, by the same question: what differs, who gains, who loses."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import isnan
from typing import Any

from flask import Blueprint, Response, render_template, request

from geo_app.exports.coverage_query import question_parameters
from geo_app.planning.compare import AreaChange, Comparison, hour_changes
from geo_app.web.coding import compress_page
from geo_app.web.compare_files import EXTENSIONS
from geo_app.web.compare_sides import Side, Sides, read_sides
from geo_app.web.coverage_parameters import Asked
from geo_app.web.house import link, words_of_reader
from geo_app.web.plan_basis import demand_name
from geo_app.web.plan_content import headline
from geo_app.web.plan_links import AT_FORMAT
from geo_app.web.plan_scenario import edit_sentence
from geo_app.web.plan_strip import DAYS, HOURS, mean_share
from geo_app.web.plan_tables import Cell, Column, Row, Table
from geo_app.web.scenarios import TOKEN_PARAMETER
from geo_app.wording.catalogue import Words
from geo_app.wording.compare_terms import NO_FIGURE, more_or_less, points, signed_figure
from geo_app.wording.plan_terms import demand_figure, percent, plain_figure, unserved_label
from geo_app.wording.week_table import weekday_name

blueprint = Blueprint("compare", __name__)
NAMED = 5  # dongs named in the sentences of who gains and who loses


@blueprint.get("/plan/compare")
def page() -> Response:
    """Both answers side by side."""
    values = _values(read_sides(request.args), words_of_reader())
    answer = Response(render_template("web/compare.html", page="plan", **values), mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return compress_page(answer)


def _values(sides: Sides, words: Words) -> dict[str, Any]:
    found = sides.compared()
    unit = found.before.demand_info.unit
    return {
        "sides": [_side(sides.a, words("A"), found.before, words), _side(sides.b, words("B"), found.after, words)],
        "question": _question(sides.a.asked, found, words),
        "figures": _figures(sides, found, words),
        "gained": demand_figure(found.gained, unit, words),
        "lost": demand_figure(found.lost, unit, words),
        "gainers": _named([item for item in found.by_dong if (item.served_change or 0) > 0], words),
        "losers": _named([item for item in reversed(found.by_dong) if (item.served_change or 0) < 0], words),
        "tables": [
            _table("dongs", words("By dong"), found.by_dong, sides, unit, words),
            _table("complexes", words("By industrial complex"), found.by_complex, sides, "people", words),
        ],
        "week": _week(sides, words),
        "hours": range(HOURS),
        "week_downloads": _downloads("hours", sides),
        "swap_href": link("compare.page", **sides.query(a=sides.b.token, b=sides.a.token)),
    }


def _side(side: Side, letter: str, answer: Any, words: Words) -> dict[str, Any]:
    kept, token = side.scenario, {TOKEN_PARAMETER: side.token} if side.scenario else {}
    names = _site_names(side.asked)
    return {
        "letter": letter,
        "token": side.token,
        "name": words("Things as they are") if kept is None else kept.name or words("A scenario without a name"),
        "note": "" if kept is None else kept.note,
        "sentence": headline(side.asked, answer, words)["sentence"],
        "edits": [edit_sentence(edit, names, words) for edit in side.asked.edits],
        "kept": None if kept is None else {"revision": kept.base_revision, "until": kept.expires_on.isoformat()},
        "href": link("plan", **question_parameters(side.asked.question), **token),
    }


def _site_names(asked: Asked) -> dict[str, str]:
    layer = asked.snapshot.get_layer(asked.question.layer)
    places = {edit.site_id: layer.find_position(edit.site_id) for edit in asked.edits if edit.site_id}
    return {site_id: layer.feature(place)["properties"]["name"] for site_id, place in places.items() if place is not None}


def _question(asked: Asked, found: Comparison, words: Words) -> list[tuple[str, str]]:
    told = headline(asked, found.before, words)
    return [
        (words("Time asked"), f"{asked.question.at:%Y-%m-%d %H:%M}"),
        (words("Whom to count"), demand_name(found.before.demand_info, words)),
        *([(words("Conditions"), " · ".join(told["conditions"]))] if told["conditions"] else []),
        (words("Revision"), str(asked.snapshot.number)),
    ]


def _figures(sides: Sides, found: Comparison, words: Words) -> list[tuple[str, str, str, str]]:
    """(name, before, after, difference)."""
    before, after = found.before, found.after
    weeks = [mean_share(week.shares, week.demand) for week in sides.weeks()]
    shares = [
        (words("In reality"), before.share, after.share),
        (words("In name"), before.nominal_share, after.nominal_share),
        (words("In reality, mean of the week"), weeks[0], weeks[1]),
    ]
    told = [(name, percent(one, words), percent(two, words), _points(one, two, words)) for name, one, two in shares]
    change = more_or_less(after.uncovered - before.uncovered, words)
    name = unserved_label(before.demand_info.unit, words)
    return [*told, (name, plain_figure(before.uncovered, words), plain_figure(after.uncovered, words), change)]


def _points(before: float | None, after: float | None, words: Words) -> str:
    return points(None if before is None or after is None else after - before, words)


def _named(changes: Sequence[AreaChange], words: Words) -> str:
    told = [f"{item.before.name} {more_or_less(item.served_change, words)}" for item in changes[:NAMED]]
    return ", ".join(told) + (" …" if len(changes) > NAMED else "")


def _table(file: str, title: str, changes: Sequence[AreaChange], sides: Sides, unit: str, words: Words) -> Table:
    names = {
        "before": words("A: in reality"),
        "after": words("B: in reality"),
        "change": words("Difference"),
        "served": words("More or fewer served"),
        "uncovered": f"{words('B')}: {unserved_label(unit, words)}",
    }
    figures = (Column(field, label, is_sortable=False) for field, label in names.items())
    columns = (Column("name", words("Name"), is_number=False, is_sortable=False), *figures)
    rows = tuple(_row(item, words) for item in changes)
    downloads = _downloads(file, sides) if rows else ()
    return Table(f"compare-{file}", title, columns, rows, words("There is nothing to count by."), downloads=downloads)


def _row(item: AreaChange, words: Words) -> Row:
    cells = {
        "name": Cell(item.before.name),
        "before": Cell(percent(item.before.share, words)),
        "after": Cell(percent(item.after.share, words)),
        "change": Cell(points(item.share_change, words)),
        "served": Cell(more_or_less(item.served_change, words)),
        "uncovered": Cell(plain_figure(item.after.uncovered, words)),
    }
    return Row(item.before.key, cells)


def _week(sides: Sides, words: Words) -> list[dict[str, Any]]:
    """Seven days of twenty-four differences in points, each a link to the comparison at its hour."""
    changes = hour_changes(*sides.weeks()).tolist()
    question = sides.a.asked.question
    midnight = datetime.combine(question.monday, datetime.min.time(), question.at.tzinfo)
    cells = [_hour(change, midnight + timedelta(hours=hour), sides, words) for hour, change in enumerate(changes)]
    cells[question.hour_of_week]["is_chosen"] = True
    return [{"name": weekday_name(day, words), "cells": cells[day * HOURS : (day + 1) * HOURS]} for day in range(DAYS)]


def _hour(change: float, at: datetime, sides: Sides, words: Words) -> dict[str, Any]:
    figure = NO_FIGURE if isnan(change) else signed_figure(round(change * 100), words)
    code = {"+": "up", "−": "down"}.get(figure[:1], "same")
    address = link("compare.page", **sides.query(at=at.strftime(AT_FORMAT)))
    return {"figure": figure, "code": code, "clock": at.strftime("%H:%M"), "href": address, "is_chosen": False}


def _downloads(table: str, sides: Sides) -> tuple[tuple[str, str], ...]:
    return tuple((ext.upper(), link("compare_files.download", table=table, ext=ext, **sides.query())) for ext in EXTENSIONS)

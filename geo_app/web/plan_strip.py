"""The week as a table of seven days and twenty-four hours, each cell a link to its hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from babel.dates import format_date, format_skeleton

from geo_app.cartography.classes import NO_CLASS, SHARES
from geo_app.planning.answers import FloatArray, WeekAnswer
from geo_app.planning.question import CoverageQuestion
from geo_app.web.plan_links import AT_FORMAT, PlanLinks
from geo_app.wording.catalogue import Words
from geo_app.wording.plan_terms import percent, percent_figure
from geo_app.wording.week_table import weekday_name

DAYS, HOURS = 7, 24
NO_CLASS_CODE = "none"


def strip(question: CoverageQuestion, week: WeekAnswer, links: PlanLinks, words: Words) -> dict[str, Any]:
    """The seven days of the week that holds the question's `at`, its own hour marked, and what the colours mean."""
    midnight = datetime.combine(question.monday, datetime.min.time(), question.at.tzinfo)
    classes = SHARES.classes_of(week.shares)
    cells = [_cell(hour, midnight, week, int(classes[hour]), question, links) for hour in range(DAYS * HOURS)]
    return {
        "hours": range(HOURS),
        "days": [_day(day, midnight, cells[day * HOURS : (day + 1) * HOURS], week, words) for day in range(DAYS)],
        "nominal": percent(week.nominal_share, words),
        "legend": _legend(week, words),
    }


def _cell(hour: int, midnight: datetime, week: WeekAnswer, found: int, question: CoverageQuestion, links: PlanLinks) -> dict[str, Any]:
    at = midnight + timedelta(hours=hour)
    return {
        "hour_of_week": hour,
        "clock": at.strftime("%H:%M"),
        "figure": percent_figure(float(week.shares[hour])),
        "code": NO_CLASS_CODE if found == NO_CLASS else str(found),
        "href": links.page(at=at.strftime(AT_FORMAT)),
        "is_chosen": hour == question.hour_of_week,
    }


def _day(day: int, midnight: datetime, cells: Sequence[dict[str, Any]], week: WeekAnswer, words: Words) -> dict[str, Any]:
    date = (midnight + timedelta(days=day)).date()
    hours = slice(day * HOURS, (day + 1) * HOURS)
    return {
        "name": weekday_name(day, words),
        "short": format_date(date, "EEE", locale=words.lang),
        "date": format_skeleton("Md", date, locale=words.lang),
        "cells": cells,
        "mean": percent(mean_share(week.shares[hours], week.demand[hours]), words),
    }


def mean_share(shares: FloatArray, demand: FloatArray) -> float | None:
    """The share of the demand of all these hours together; None where there is none in any."""
    counted = np.isfinite(shares) & (demand > 0)
    total = float(demand[counted].sum())
    return None if total <= 0 else float((shares[counted] * demand[counted]).sum() / total)


def _legend(week: WeekAnswer, words: Words) -> list[dict[str, Any]]:
    ends = [percent_figure(end) for end in (0.0, *SHARES.breaks, 1.0)]
    counts = SHARES.counts(week.shares)
    labels = [words("{low}–{high}%", low=low, high=high) for low, high in pairwise(ends)]
    rows: list[dict[str, Any]] = [
        {"code": str(place), "label": label, "count": count} for place, (label, count) in enumerate(zip(labels, counts, strict=True))
    ]
    without = DAYS * HOURS - sum(counts)
    return [*rows, *([{"code": NO_CLASS_CODE, "label": words("nobody is counted"), "count": without}] if without else [])]

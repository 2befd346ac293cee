"""The form of the planner's page: what is chosen, what may be, and the address that a sent form leads to."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from geo_app.planning.day_kind import DayKind
from geo_app.planning.plan_site import STALE_AFTER_DAYS
from geo_app.planning.question import NTH_LIMIT, STAY_LIMIT_MIN, CoverageQuestion
from geo_app.web.coverage_parameters import QUESTION, Asked
from geo_app.web.plan_links import DEFAULTS, PlanLinks, without_defaults
from geo_app.web.plan_scenario import EDIT_FIELDS, added_edit
from geo_app.web.plan_scenario import KIND as EDIT_KIND
from geo_app.wording.catalogue import Words
from geo_app.wording.labels import choice_label
from geo_app.wording.plan_terms import DAY_KIND_WORDS, WAY_WORDS
from geo_app.wording.week_table import weekday_name

MINUTES_OFFERED = (5, 10, 15, 20, 30)
# Fields that only the form has: they become `at`, and a box that is not ticked sends nothing.
MARK, WEEK, WEEKDAY, CLOCK = "asked", "week", "weekday", "clock"
FORM_FIELDS = (MARK, WEEK, WEEKDAY, CLOCK)
TICKS = ("neighbours", "registered", "checked")
MORE = ("day", "stay_min", "nth", *TICKS)
_DAYS_OF_WEEK = 7
_CHOICES = {item.name: item.schema.get("enum", ()) for item in QUESTION}
_Labelled = list[tuple[str, str]]


def form_values(asked: Asked, demands: _Labelled, links: PlanLinks, words: Words) -> dict[str, Any]:
    """What is chosen, and all that may be; `demands` are (text of the parameter, its words)."""
    question = asked.question
    return {
        "layers": [(name, choice_label(words, "layer", name)) for name in _CHOICES["layer"]],
        "layer": question.layer,
        "modes": [(code, words(WAY_WORDS[code])) for code in _CHOICES["mode"]],
        "mode": question.mode.value,
        "minutes": f"{question.minutes:g}",
        "minutes_offered": MINUTES_OFFERED,
        "weekdays": [(number, weekday_name(number, words)) for number in range(_DAYS_OF_WEEK)],
        "weekday": question.at.weekday(),
        "clock": question.at.strftime("%H:%M"),
        "week": question.monday.isoformat(),
        "demands": demands if any(code == question.demand for code, _ in demands) else [*demands, (question.demand, question.demand)],
        "demand": question.demand,
        "kept": links.hidden(*_form_names(), lang=False),
        **_more_values(question, words),
    }


def _form_names() -> tuple[str, ...]:
    return ("at", "layer", "mode", "minutes", "demand", *MORE)


def _more_values(question: CoverageQuestion, words: Words) -> dict[str, Any]:
    return {
        "days": [(kind.value, words(DAY_KIND_WORDS[kind.value])) for kind in DayKind],
        "day": question.day.value,
        "stay_min": question.stay_min,
        "most_stay_min": STAY_LIMIT_MIN,
        "nth": question.nth,
        "most_nth": NTH_LIMIT,
        "stale_after_days": STALE_AFTER_DAYS,
        **{name: getattr(question, name) for name in TICKS},
        "more_told": " · ".join(more_told(question, words)),
        "is_more_open": any(getattr(question, name) != DEFAULTS[name] for name in MORE),
    }


def more_told(question: CoverageQuestion, words: Words) -> list[str]:
    """The further conditions of a question that are not as usual, in words."""
    told = [
        (question.day is not DayKind.CALENDAR, words(DAY_KIND_WORDS[question.day.value])),
        (question.stay_min > 0, words("at least {count} minutes of rest", count=question.stay_min)),
        (question.nth > 1, words("at least {count} places to choose from", count=question.nth)),
        (not question.neighbours, words("without the neighbours' places")),
        (question.registered, words("with registration or a card")),
        (question.checked, words("checked places only")),
        (bool(question.sites), words("{count} chosen places only", count=len(question.sites))),
        (bool(question.without), words("without {count} places", count=len(question.without))),
    ]
    return [sentence for is_told, sentence in told if is_told]


def form_query(given: MultiDict[str, str], today: date) -> dict[str, str] | None:
    """The parameters that a sent form asks for, or None where no form was sent.

    What cannot be read goes on as it stands, for the door to find fault with all of it at once.

    >>> form_query(MultiDict({"asked": "form", "week": "2026-11-26", "weekday": "1", "clock": "02:10"}), date(2026, 1, 1))["at"]
    '2026-11-24T02:10'
    """
    if EDIT_KIND in given:
        passed = {name: text for name, text in given.items() if name not in EDIT_FIELDS and text != ""}
        return without_defaults({**passed, "edits": added_edit(given)})
    if not any(name in given for name in FORM_FIELDS):
        return None
    passed = {name: text for name, text in given.items() if name not in FORM_FIELDS and text != ""}
    unticked = dict.fromkeys(TICKS, "false") if MARK in given else {}
    return without_defaults({**unticked, **passed, "at": _at_text(given, today)})


def _at_text(given: Mapping[str, str], today: date) -> str:
    week, weekday, clock = given.get(WEEK, "") or today.isoformat(), given.get(WEEKDAY, ""), given.get(CLOCK, "") or "00:00"
    try:
        day = date.fromisoformat(week)
        number = int(weekday) if weekday else day.weekday()
    except ValueError:
        return f"{week}T{clock}"
    if not 0 <= number < _DAYS_OF_WEEK:
        return f"{week} {weekday} {clock}"
    return f"{day - timedelta(days=day.weekday() - number)}T{clock}"

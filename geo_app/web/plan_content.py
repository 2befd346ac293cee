"""What the planner's page shows for a question: every part asked once, as plain values for its template."""

from typing import Any

from geo_app.finder.gazetteer import list_places
from geo_app.planning.answers import CoverageAnswer, WeekAnswer
from geo_app.planning.demand import list_demands
from geo_app.planning.gaps import GapCause
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.shares import list_worst
from geo_app.planning.world import get_world
from geo_app.web.coverage import MOST_WORKERS
from geo_app.web.coverage_answers import get_answers
from geo_app.web.coverage_parameters import Asked
from geo_app.web.plan_area_tables import area_tables
from geo_app.web.plan_basis import basis, demand_name
from geo_app.web.plan_change import offered_places
from geo_app.web.plan_form import form_values, more_told
from geo_app.web.plan_gap_tables import MOST_SHOWN, gap_values
from geo_app.web.plan_links import PlanLinks, make_links
from geo_app.web.plan_overview import overview
from geo_app.web.plan_place_tables import host_table, site_values
from geo_app.web.plan_scenario import scenario_values
from geo_app.web.plan_setup import plan_setup
from geo_app.web.plan_strip import strip
from geo_app.web.plan_tables import Sort, Table, download_links
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import NOTE_WORDS
from geo_app.wording.labels import choice_label
from geo_app.wording.plan_terms import (
    NO_FIGURE,
    demand_figure,
    headline_sentence,
    percent,
    plain_figure,
    reach_words,
    sample_sentence,
    unserved_label,
    worst_sentence,
)
from geo_app.wording.week_table import weekday_name

ESTIMATE = "estimate"  # of `CoverageAnswer.distance_kind`
OFF_STREET_IN_HEADLINE = 0.1  # of the squares: from there on the headline tells of the file rather than of the district


def plan_values(asked: Asked, sort: Sort | None, workers: int, words: Words, *, root: str) -> dict[str, Any]:
    """The whole page. `workers`: least workers of a complex in the question of hosts; `root`: the path prefix of links."""
    answers, world, links = get_answers(), get_world(asked.snapshot), make_links(asked)
    answer, week = answers.coverage(asked), answers.week(asked)
    base = answers.coverage(asked._replace(edits=())) if asked.edits else None
    is_estimate = answer.distance_kind == ESTIMATE
    demands = list_demands(world.snapshot)
    tables = area_tables(answer, sort, links, words)
    gap_lists = {cause: answers.gaps(asked, MOST_SHOWN, cause) for cause in GapCause}
    gaps = gap_values(gap_lists, answer.demand_info.unit, sort, links, words)
    hosts = host_table(answers.hosts(asked, workers), workers, sort, links, words)
    sites = world.list_sites(asked.question.layer, asked.question.at.date()).counted
    return {
        "form": form_values(asked, [(info.key, demand_name(info, words)) for info in demands], links, words),
        "headline": headline(asked, answer, words),
        "strip": _strip(asked, week, links, words, is_estimate=is_estimate),
        "tables": tables,
        "gaps": gaps,
        "hosts": {**_hosts_form(asked, workers, links, words, is_estimate=is_estimate), "table": hosts},
        "scenario": {**scenario_values(asked, sites, answer, base, links, words), "places": offered_places(list_places(asked.snapshot))},
        "sites": site_values(answer, asked.question.layer, links.full["at"], links, words),
        "basis": basis(asked, answer, links, words, root=root),
        "overview": overview(asked.snapshot, words),
        "contents": _contents(gaps["title"], tables, words),
        "setup": plan_setup(asked, answer, sites, reach(asked.question, words), links, words),
    }  # fmt: skip


def headline(asked: Asked, answer: CoverageAnswer, words: Words) -> dict[str, Any]:
    """The answer in one sentence, its figures, and what must be said beside them."""
    question = asked.question
    unit = answer.demand_info.unit
    moment = words("{day} {time}", day=weekday_name(question.at.weekday(), words), time=question.at.strftime("%H:%M"))
    return {
        "sentence": headline_sentence(moment, reach(question, words), answer.share, answer.nominal_share, words),
        "share": percent(answer.share, words),
        "nominal": percent(answer.nominal_share, words),
        "uncovered": NO_FIGURE if answer.share is None else plain_figure(answer.uncovered, words),
        "uncovered_label": unserved_label(unit, words),
        "open_now": answer.sites.open_now,
        "counted": answer.sites.counted,
        "worst": _worst(answer, words),
        "estimate": words("Travel times are estimates (straight lines)") if answer.distance_kind == ESTIMATE else "",
        "samples": sample_sentence(answer.sites.counted, answer.sites.samples, words),
        "conditions": more_told(question, words),
        "notes": [words(NOTE_WORDS[code], percent=f"{100 * answer.off_street_share:.0f}") for code in (*asked.notes, *_notes(answer))],
    }


def reach(question: CoverageQuestion, words: Words) -> str:
    """What is looked for, in words."""
    layer_name = choice_label(words, "layer", question.layer)
    return reach_words(question.layer, layer_name, question.mode.value, f"{question.minutes:g}", words)


def _notes(answer: CoverageAnswer) -> list[str]:
    """Only what changes how the headline is read; the rest stands in the basis."""
    told = {
        "no-sites": answer.sites.counted == 0,
        "nothing-open": answer.sites.counted > 0 and answer.sites.open_now == 0,
        "no-demand": answer.demand_total == 0,
        "squares-off-streets": answer.off_street_share >= OFF_STREET_IN_HEADLINE,
    }
    return [code for code, holds in told.items() if holds]


def _worst(answer: CoverageAnswer, words: Words) -> str:
    worst = list_worst(answer.by_dong)
    if not worst:
        return ""
    unserved = demand_figure(sum(item.uncovered or 0.0 for item in worst), answer.demand_info.unit, words)
    return worst_sentence(worst[0].name, len(worst), worst[0].share, unserved, words)


def _strip(asked: Asked, week: WeekAnswer, links: PlanLinks, words: Words, *, is_estimate: bool) -> dict[str, Any]:
    note = words(
        "Each figure is the per cent served by whoever sets out at that hour, week from {monday}. Choose one to see its map and tables.",
        monday=asked.question.monday.isoformat(),
    )
    downloads = download_links("week", links, ("csv", "xlsx"))
    return {
        **strip(asked.question, week, links, words),
        "note": _with_estimate(note, words, is_estimate=is_estimate),
        "downloads": downloads,
    }


def _with_estimate(note: str, words: Words, *, is_estimate: bool) -> str:
    return f"{note} {words(NOTE_WORDS['estimated-minutes'])}" if is_estimate else note


def _hosts_form(asked: Asked, workers: int, links: PlanLinks, words: Words, *, is_estimate: bool) -> dict[str, Any]:
    note = words(
        "Asked at {time}, within {minutes} minutes; hosts are improved companies and public facilities in the complex or near it.",
        time=asked.question.at.strftime("%H:%M"),
        minutes=f"{asked.question.minutes:g}",
    )
    return {
        "kept": links.hidden("workers"),
        "workers": workers,
        "most_workers": MOST_WORKERS,
        "note": _with_estimate(note, words, is_estimate=is_estimate),
    }


def _contents(gaps_title: str, tables: dict[str, Table], words: Words) -> list[tuple[str, str]]:
    order = ("by_dong", "by_complex", "by_job", "by_group")
    return [
        ("gaps", gaps_title),
        *((tables[name].id, tables[name].title) for name in order),
        ("hosts", words("Possible hosts")),
        ("scenario", words("What if?")),
        ("sites", words("Places counted and left out")),
        ("basis", words("What this rests on")),
        ("overview", words("Indicators by sector scheme")),
    ]

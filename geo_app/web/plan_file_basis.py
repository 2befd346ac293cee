"""Whom each of the planner's tables counts, and under which conditions: what its files say they rest on."""

from dataclasses import replace

from geo_app.exports.file_basis import FileBasis
from geo_app.planning.demand import JOBS
from geo_app.planning.demand_bases import COMPLEX_WORKERS
from geo_app.planning.demand_info import DemandInfo
from geo_app.planning.world import get_world
from geo_app.web.coverage_answers import get_answers
from geo_app.web.coverage_parameters import Asked
from geo_app.web.plan_form import more_told
from geo_app.web.plan_scenario import edit_sentence
from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_number

JOBS_APART_MSGID = "Each job by itself"
_OF_WORKERS, _OF_THE_WEEK, _OF_NOBODY = ("complexes", "hosts"), ("week", "gaps"), ("sites",)


def file_basis(table: str, asked: Asked, words: Words) -> FileBasis:
    """The basis of a table of `plan_files.TABLES`. Raises as `ask_coverage` does."""
    counts_nobody = table in _OF_NOBODY
    return FileBasis(
        asked.question,
        asked.snapshot.number,
        None if counts_nobody else _counted(table, asked),
        None if counts_nobody else get_answers().coverage(asked).distance_kind,
        tuple(list_conditions(table, asked, words)),
        is_week=table in _OF_THE_WEEK,
    )


def list_conditions(table: str, asked: Asked, words: Words) -> list[str]:
    """What is not as usual in a question, its changes one by one, and the least complex that a list of hosts has; a sentence each."""
    places = get_world(asked.snapshot).list_sites(asked.question.layer, asked.question.at.date()).counted if asked.edits else ()
    names = {site.id: site.name for site in places}
    told = [*more_told(asked.question, words), *(edit_sentence(edit, names, words) for edit in asked.edits)]
    if table != "hosts":
        return told
    return [*told, words("complexes with at least {count} workers", count=format_number(asked.further["workers"], words))]


def _counted(table: str, asked: Asked) -> DemandInfo | None:
    world = get_world(asked.snapshot)
    if table in _OF_WORKERS:
        return world.demand(COMPLEX_WORKERS).info
    if table == "jobs":  # each spread over its own ground by its own hours, whatever demand was asked for
        return replace(world.demand(JOBS).info, name_msgid=JOBS_APART_MSGID) if world.job_parts else None
    return get_answers().coverage(asked).demand_info

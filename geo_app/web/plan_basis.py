"""What the figures of the planner's page rest on: revision, ways, speeds, demand, and what is assumed."""

from collections.abc import Mapping
from typing import Any

from geo_app import __version__
from geo_app.domain.calendar import SEOUL
from geo_app.exports.coverage_query import permalink
from geo_app.planning.answers import CoverageAnswer
from geo_app.planning.demand_info import DemandInfo
from geo_app.travel.speeds import DETOUR_FACTOR, SPEEDS_KMH
from geo_app.web.coverage_parameters import Asked
from geo_app.web.plan_links import PlanLinks
from geo_app.web.plan_tables import download_links
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.figures import format_number
from geo_app.wording.labels import label
from geo_app.wording.plan_terms import DAY_KIND_WORDS, UNIT_NOTE_WORDS, WAY_WORDS

SHOWN_LEFT_OUT = 12


def basis(asked: Asked, answer: CoverageAnswer, links: PlanLinks, words: Words, *, root: str) -> dict[str, Any]:
    """The terms in their order. `root`: the path prefix of links."""
    return {
        "facts": basis_facts(asked, answer, words),
        "assumptions": assumptions(answer.demand_info, words),
        "permalink": permalink(asked.parameters, revision=asked.snapshot.number, code_version=__version__, root=root),
        "cells": download_links("cells", links),
        "machine": [
            ("JSON", links.door("coverage.coverage", lang=None)),
            ("GeoJSON", links.door("coverage.cells", lang=None)),
            (words("Week"), links.door("coverage.week", lang=None)),
        ],
    }  # fmt: skip


def basis_facts(asked: Asked, answer: CoverageAnswer, words: Words) -> list[tuple[str, str]]:
    """(term, sentence): revision, hour, ways and speeds, demand and its source, grid, version."""
    info, snapshot = answer.demand_info, asked.snapshot
    made_on = f"{snapshot.made_at.astimezone(SEOUL):%Y-%m-%d}"
    return [
        (words("Data"), words("Revision {number} of {date}", number=snapshot.number, date=made_on)),
        (words("Hour"), words("{time}, {kind}; a place counts where its door is open on arrival, for as long as is asked",
            time=f"{asked.question.at:%Y-%m-%d %H:%M}", kind=words(DAY_KIND_WORDS[asked.question.day.value]))),
        (words("Ways"), way_sentence(asked, answer.distance_kind, words)),
        (words("Whose need"), demand_sentence(info, words)),
        (words("Squares"), words("{count} squares of the national grid, 250 m", count=format_number(len(answer.cell_weight), words))),
        (words("Code version"), __version__),
    ]  # fmt: skip


def demand_name(info: DemandInfo, words: Words) -> str:
    """What a demand is called, with its year."""
    name = info.names.get(words.lang) or info.names.get("en") or info.names.get(DEFAULT_LANGUAGE) or words(info.name_msgid)
    return f"{name} ({info.year})" if info.year else name


def demand_sentence(info: DemandInfo, words: Words) -> str:
    """Its name, year, unit and source."""
    told = words(
        "{name}; unit: {unit}; source: {source}", name=demand_name(info, words), unit=words(UNIT_NOTE_WORDS[info.unit]), source=info.source
    )
    return f"{told} ({words('an assumption')})" if info.is_assumption else told


def assumptions(info: DemandInfo, words: Words) -> list[str]:
    """What a reader must grant, a sentence each."""
    left_out = ", ".join(info.left_out[:SHOWN_LEFT_OUT])
    told = [
        (True, words("“In name” takes every counted place for always open to everybody; “in reality” asks its hours on arrival.")),
        (True, words("Hours that nobody stated, or that sources disagree about, are unknown and never count as open.")),
        (True, words("Figures of a dong are spread evenly over its ground: where in it people really live is not known.")),
        (info.is_assumption, words("The demand chosen is an assumption: compare its proportions, do not quote it as a count.")),
        (info.is_rough, words("Complexes are circles of their official area around their middle: a rough extent, not the legal boundary.")),
        (bool(left_out), words("Left out of the demand, because a figure or the ground is missing: {names}", names=left_out)),
    ]  # fmt: skip
    return [sentence for holds, sentence in told if holds]


def way_sentence(asked: Asked, kind: str, words: Words) -> str:
    """How minutes were measured: on streets with their source and date, or as an estimate."""
    mode = asked.question.mode
    way = label(words, WAY_WORDS, mode.value)
    if kind == "network":
        meta: Mapping[str, Any] = asked.snapshot.streets_meta or {}
        return words(
            "{way}: along streets ({source}, {date}), at speeds by class of street and time of day.",
            way=way,
            source=meta.get("source", ""),
            date=meta.get("data_date") or words("not stated"),
        )
    return words(
        "{way}: an estimate, the straight line times {factor} at {speed} km/h, because no streets are imported.",
        way=way,
        factor=f"{DETOUR_FACTOR:g}",
        speed=f"{SPEEDS_KMH[mode]:g}",
    )

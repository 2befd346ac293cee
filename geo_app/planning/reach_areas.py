"""The places behind an answer, one by one: what holds at each door at `at`, and from where it is reached in time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo_app.domain.errors import UnknownSite
from geo_app.domain.hours import State
from geo_app.planning.answers import BoolArray
from geo_app.planning.edits import Edit
from geo_app.planning.plan_site import PlanSite
from geo_app.planning.question import CoverageQuestion
from geo_app.planning.situation import Situation
from geo_app.planning.world import PlanningWorld


@dataclass(frozen=True, slots=True, eq=False)
class SiteStanding:
    """A counted place at `at`: the state of its door, and whether somebody standing there could use it (entry and stay included).

    `is_reached`: whether anybody in the district reaches it at all, however long the way; where nobody does, it is not usable either.
    """

    site: PlanSite
    state: State
    is_usable: bool
    is_reached: bool


@dataclass(frozen=True, slots=True, eq=False)
class ReachArea:
    """From where a place is reached within the minutes asked; `area` in EPSG:4326, empty where from nowhere.

    `is_usable` and `is_reached` as of `SiteStanding`.
    """

    site: PlanSite
    is_usable: bool
    is_reached: bool
    area: BaseGeometry


def list_standings(world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = ()) -> tuple[SiteStanding, ...]:
    """Every counted place, in the order of ids, opened ones last. Raises `UnknownSite`, `UnknownEditedSite`, `UnknownLayer`."""
    situation = world.situation(question, edits)
    usable, reached = _judge(world, situation, question)
    return tuple(
        SiteStanding(site, door.state_at(question.week_min), bool(is_usable), bool(is_reached))
        for site, door, is_usable, is_reached in zip(situation.sites, situation.doors, usable, reached, strict=True)
    )


def list_reach_areas(
    world: PlanningWorld, question: CoverageQuestion, edits: Sequence[Edit] = (), *, site_id: str | None = None
) -> tuple[ReachArea, ...]:
    """The areas of the places usable at `at`, or of the one named, usable or not. Raises as `list_standings`."""
    situation = world.situation(question, edits)
    usable, reached = _judge(world, situation, question)
    wanted = usable if site_id is None else np.asarray([site.id == site_id for site in situation.sites], dtype=bool)
    if site_id is not None and not wanted.any():
        raise UnknownSite(layer=question.layer, id=site_id)
    period = world.period(question.mode, question.hour_of_week)
    return tuple(
        ReachArea(
            situation.sites[place],
            bool(usable[place]),
            bool(reached[place]),
            world.times.area(question.mode, period, situation.lonlat[place], question.minutes),
        )
        for place in np.flatnonzero(wanted).tolist()
    )


def _judge(world: PlanningWorld, situation: Situation, question: CoverageQuestion) -> tuple[BoolArray, BoolArray]:
    """(S,) bool twice: usable at `at`, and reached by anybody at all."""
    reached = world.reach(question.mode, world.period(question.mode, question.hour_of_week), situation.lonlat).is_reached
    usable: BoolArray = situation.usable_at(np.asarray([question.week_min], dtype=np.int64))[0] & reached
    return usable, reached

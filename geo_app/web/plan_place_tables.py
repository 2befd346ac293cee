"""Hosts and the places behind an answer: what is told of single places on the planner's page."""

from collections.abc import Sequence
from typing import Any

from geo_app.planning.answers import CoverageAnswer, SiteCounts
from geo_app.planning.hosts import ComplexNeed, Host
from geo_app.web.house import link
from geo_app.web.plan_links import PlanLinks
from geo_app.web.plan_tables import Bar, Cell, Column, Row, Sort, Table, download_links, in_order
from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_distance, format_number
from geo_app.wording.labels import choice_label
from geo_app.wording.plan_terms import percent, plain_figure

HOST_FIELDS = ("complex", "employees", "share", "uncovered", "host", "kind", "distance_m", "gain")
PLACE_SORTS = {"hosts": HOST_FIELDS}


def host_table(needs: Sequence[ComplexNeed], workers: int, sort: Sort | None, links: PlanLinks, words: Words) -> Table:
    """Complexes that are left, a row for each place that could take a shelter in; one row where nobody can."""
    table = Table(
        id="hosts",
        title=words("Which complex has nothing, and who there could host a place?"),
        columns=(
            Column("complex", words("Industrial complex"), is_number=False),
            Column("employees", words("Workers")),
            Column("share", words("In reality")),
            Column("uncovered", words("Workers not served")),
            Column("host", words("Possible host"), is_number=False),
            Column("kind", words("Kind"), is_number=False),
            Column("distance_m", words("Distance, straight line")),
            Column("gain", words("Workers it would serve")),
        ),
        rows=tuple(row for need in needs for row in _need_rows(need, words)),
        empty=words("Every complex of that size is wholly served within these minutes at this hour."),
        downloads=download_links("hosts", links, workers=workers) if needs else (),
    )
    return in_order(table, sort, Sort("hosts", "uncovered", is_descending=True), links)


def _need_rows(need: ComplexNeed, words: Words) -> list[Row]:
    common = {
        "complex": Cell(
            need.name, need.name, link("site", layer="industrial-complexes", site_id=need.complex),
            note=words("nothing usable") if need.has_nothing else "",
        ),
        "employees": Cell(format_number(need.employees, words), need.employees),
        "share": Cell(percent(need.share, words), need.share, bar=Bar(need.share, None)),
        "uncovered": Cell(plain_figure(need.uncovered, words), need.uncovered),
    }  # fmt: skip
    hosts: Sequence[Host | None] = need.hosts or (None,)
    return [Row(need.complex, {**common, **_host_cells(host, words)}, *_lonlat(host)) for host in hosts]


def _host_cells(host: Host | None, words: Words) -> dict[str, Cell]:
    if host is None:
        return {"host": Cell(words("none known near")), "kind": Cell(""), "distance_m": Cell(""), "gain": Cell("")}
    layer = choice_label(words, "layer", host.layer)
    return {
        "host": Cell(host.name, host.name, link("site", layer=host.layer, site_id=host.id), note=words("Sample") if host.is_sample else ""),
        "kind": Cell(layer, layer),
        "distance_m": Cell(format_distance(host.distance_m, words) if host.distance_m else words("inside"), host.distance_m),
        "gain": Cell(plain_figure(host.gain, words), host.gain),
    }


def _lonlat(host: Host | None) -> tuple[float | None, float | None]:
    return (None, None) if host is None else (host.lon, host.lat)


def site_values(answer: CoverageAnswer, layer: str, at_text: str, links: PlanLinks, words: Words) -> dict[str, Any]:
    """How many places were counted, what is known of them, and how many could not be."""
    return {
        "title": words("Places counted and left out"),
        "facts": [(words(sentence), format_number(count, words)) for sentence, count in _site_facts(answer.sites)],
        "downloads": download_links("sites", links) if answer.sites.counted else (),
        "list_href": link("list", layer=layer, at=at_text),
    }


SITE_WORDS = (
    "Counted: the place of the door is known",
    "Of these, in use at the hour shown",
    "Of these, hours not known at that hour (not counted as open)",
    "Of these, reached by nobody: no street within 500 m, or none that leads there (not counted as in use)",
    "Of these, only with registration or a card",
    "Of these, samples (made up)",
    "Of these, of the neighbours",
    "Left out: known only to the dong or the complex",
    "Left out: place not known at all",
    "Left out: closed for good",
    "Left out: planned, not there yet",
)


def _site_facts(sites: SiteCounts) -> list[tuple[str, int]]:
    counts = (
        sites.counted, sites.open_now, sites.unknown_hours, sites.unreached, sites.registered_only, sites.samples, sites.neighbours,
        sites.rough, sites.unplaced, sites.closed, sites.planned,
    )  # fmt: skip
    return list(zip(SITE_WORDS, counts, strict=True))

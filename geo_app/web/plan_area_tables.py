"""Coverage by dong, by complex, by job and by the office's own groups, as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo_app.planning.answers import AreaShare, CoverageAnswer
from geo_app.web.house import link
from geo_app.web.plan_links import PlanLinks
from geo_app.web.plan_tables import Bar, Cell, Column, Row, Sort, Table, download_links, in_order
from geo_app.wording.catalogue import Words
from geo_app.wording.plan_terms import demand_figure, index_label, minutes_figure, percent, plain_figure, unserved_label

# The tables of areas by their ids, and what each may be ordered by.
SHARE_FIELDS = ("name", "share", "nominal_share", "uncovered", "demand", "mean_travel_min", "median_travel_min")
AREA_SORTS = {"by-dong": SHARE_FIELDS, "by-complex": SHARE_FIELDS, "by-job": SHARE_FIELDS, "by-group": ("scheme", *SHARE_FIELDS)}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one table says beside its rows. `unit` is that of its demand, "" where each row has its own.

    `file` names its downloads; `href` leads to a row's own page.
    """

    id: str
    file: str
    title: str
    unserved: str
    unit: str
    empty: str
    note: str = ""
    href: Callable[[str], str] = lambda _key: ""


def area_tables(answer: CoverageAnswer, sort: Sort | None, links: PlanLinks, words: Words) -> dict[str, Table]:
    """The four tables, by the names that the template has for them; who is worst off stands on top, of equals who is most."""
    shares = {"by_dong": answer.by_dong, "by_complex": answer.by_complex, "by_job": answer.by_job, "by_group": answer.by_group}
    kinds = _kinds(answer.demand_info.unit, _job_unit(answer.by_job), words)
    is_estimate = answer.distance_kind == "estimate"
    return {name: _table(kinds[name], shares[name], sort, links, words, is_estimate=is_estimate) for name in shares}


def _job_unit(jobs: Sequence[AreaShare]) -> str:
    """The one unit of all jobs; "" where some are counted in people and others are an index."""
    units = {str(job.unit) for job in jobs}
    return units.pop() if len(units) == 1 else ""


def _kinds(unit: str, job_unit: str, words: Words) -> dict[str, _Kind]:
    unserved = unserved_label(unit, words)
    return {
        "by_dong": _Kind(
            "by-dong", "dongs", words("By dong"), unserved, unit, words("There is nothing to count by."),
            href=lambda key: _site("dongs", key),
        ),
        "by_complex": _Kind(
            "by-complex", "complexes", words("By industrial complex"), words("Workers not served"), "people",
            words("No industrial complex has a known extent."),
            words("Counted in workers, spread over a rough extent of each complex; a share of its ground where their number is unknown."),
            lambda key: _site("industrial-complexes", key),
        ),
        "by_job": _Kind(
            "by-job", "jobs", words("By job"),
            unserved_label(job_unit, words) if job_unit else words("Demand not served"), job_unit,
            words("No curves of hours are set for jobs."),
            words("Each job by its own curve of hours, an assumption unless the basis says otherwise."),
        ),
        "by_group": _Kind(
            "by-group", "groups", words("By the office's own groups"), unserved, unit,
            words("The office has set no groups of dongs yet. They are written in the district's own file, district.toml."),
            words("Groups such as constituencies, as the office has set them."),
        ),
    }  # fmt: skip


def _table(kind: _Kind, shares: Sequence[AreaShare], sort: Sort | None, links: PlanLinks, words: Words, *, is_estimate: bool) -> Table:
    # Equal shares stay as they stood: with the most not served on top, as the headline names them.
    by_need = sorted(shares, key=lambda item: -(item.uncovered or 0.0))
    table = Table(
        id=kind.id,
        title=kind.title,
        columns=_columns(kind, words, is_estimate=is_estimate),
        rows=tuple(_row(item, kind, words) for item in by_need),
        empty=kind.empty,
        note=kind.note if shares else "",
        downloads=download_links(kind.file, links) if shares else (),
    )
    return in_order(table, sort, Sort(kind.id, "share", is_descending=False), links)


def _columns(kind: _Kind, words: Words, *, is_estimate: bool) -> tuple[Column, ...]:
    scheme = (Column("scheme", words("Division"), is_number=False),) if kind.id == "by-group" else ()
    return (
        Column("name", words("Name"), is_number=False),
        *scheme,
        Column("share", words("In reality")),
        Column("nominal_share", words("In name")),
        Column("uncovered", kind.unserved),
        Column("demand", index_label(words("Of"), kind.unit, words)),
        Column("mean_travel_min", words("Minutes, mean (estimate)") if is_estimate else words("Minutes, mean")),
        Column("median_travel_min", words("Minutes, median (estimate)") if is_estimate else words("Minutes, median")),
    )


def _row(item: AreaShare, kind: _Kind, words: Words) -> Row:
    def amount(value: float | None) -> str:
        # Where a column has no one unit, each figure has its own.
        return plain_figure(value, words) if kind.unit else demand_figure(value, str(item.unit), words)

    cells = {
        "name": Cell(item.name, item.name, kind.href(item.key)),
        "scheme": Cell(item.scheme or "", item.scheme or ""),
        "share": Cell(percent(item.share, words), item.share, bar=Bar(item.share, item.nominal_share)),
        "nominal_share": Cell(percent(item.nominal_share, words), item.nominal_share),
        "uncovered": Cell(amount(item.uncovered), item.uncovered),
        "demand": Cell(amount(item.demand), item.demand),
        "mean_travel_min": Cell(minutes_figure(item.mean_travel_min, words), item.mean_travel_min),
        "median_travel_min": Cell(minutes_figure(item.median_travel_min, words), item.median_travel_min),
    }
    return Row(item.key, cells)


def _site(layer: str, site_id: str) -> str:
    return link("site", layer=layer, site_id=site_id)

"""Coverage by dong, by complex, by job and by the office's own groups, as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo_app.planning.answers import AreaShare, CoverageAnswer
from geo_app.web.house import link
from geo_app.web.plan_links import PlanLinks
from geo_app.web.plan_tables import Bar, Cell, Column, Row, Sort, Table, download_links, in_order
from geo_app.wording.catalogue import Words
from geo_app.wording.plan_terms import minutes_figure, percent, plain_figure, unserved_label

# The tables of areas by their ids, and what each may be ordered by.
SHARE_FIELDS = ("name", "share", "nominal_share", "uncovered", "demand", "mean_travel_min", "median_travel_min")
AREA_SORTS = {"by-dong": SHARE_FIELDS, "by-complex": SHARE_FIELDS, "by-job": SHARE_FIELDS, "by-group": ("scheme", *SHARE_FIELDS)}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What one table says beside its rows. `file` names its downloads; `href` leads to the page of a row's key."""

    id: str
    file: str
    title: str
    unserved: str
    empty: str
    note: str = ""
    href: Callable[[str], str] = lambda _key: ""


def area_tables(answer: CoverageAnswer, sort: Sort | None, links: PlanLinks, words: Words) -> dict[str, Table]:
    """The four tables, by the names that the template has for them; who is worst off stands on top."""
    shares = {"by_dong": answer.by_dong, "by_complex": answer.by_complex, "by_job": answer.by_job, "by_group": answer.by_group}
    kinds = _kinds(unserved_label(answer.demand_info.unit, words), words)
    return {name: _table(kinds[name], shares[name], sort, links, words) for name in shares}


def _kinds(unserved: str, words: Words) -> dict[str, _Kind]:
    return {
        "by_dong": _Kind(
            "by-dong", "dongs", words("By dong"), unserved, words("There is nothing to count by."), href=lambda key: _site("dongs", key)
        ),
        "by_complex": _Kind(
            "by-complex", "complexes", words("By industrial complex"), words("Workers not served"),
            words("No industrial complex has a known extent."),
            words("Counted in workers, spread over a rough extent of each complex; a share of its ground where their number is unknown."),
            lambda key: _site("industrial-complexes", key),
        ),
        "by_job": _Kind(
            "by-job", "jobs", words("By job"), words("Demand not served"), words("No curves of hours are set for jobs."),
            words("Each job by its own curve of hours, an assumption unless the basis says otherwise."),
        ),
        "by_group": _Kind(
            "by-group", "groups", words("By the office's own groups"), unserved,
            words("The office has set no groups of dongs yet. They are written in the district's own file, district.toml."),
            words("Groups such as constituencies, as the office has set them."),
        ),
    }  # fmt: skip


def _table(kind: _Kind, shares: Sequence[AreaShare], sort: Sort | None, links: PlanLinks, words: Words) -> Table:
    table = Table(
        id=kind.id,
        title=kind.title,
        columns=_columns(kind, words),
        rows=tuple(_row(item, kind.href, words) for item in shares),
        empty=kind.empty,
        note=kind.note if shares else "",
        downloads=download_links(kind.file, links) if shares else (),
    )
    return in_order(table, sort, Sort(kind.id, "share", is_descending=False), links)


def _columns(kind: _Kind, words: Words) -> tuple[Column, ...]:
    scheme = (Column("scheme", words("Division"), is_number=False),) if kind.id == "by-group" else ()
    return (
        Column("name", words("Name"), is_number=False),
        *scheme,
        Column("share", words("In reality")),
        Column("nominal_share", words("In name")),
        Column("uncovered", kind.unserved),
        Column("demand", words("Of")),
        Column("mean_travel_min", words("Minutes, mean")),
        Column("median_travel_min", words("Minutes, median")),
    )


def _row(item: AreaShare, href: Callable[[str], str], words: Words) -> Row:
    cells = {
        "name": Cell(item.name, item.name, href(item.key)),
        "scheme": Cell(item.scheme or "", item.scheme or ""),
        "share": Cell(percent(item.share, words), item.share, bar=Bar(item.share, item.nominal_share)),
        "nominal_share": Cell(percent(item.nominal_share, words), item.nominal_share),
        "uncovered": Cell(plain_figure(item.uncovered, words), item.uncovered),
        "demand": Cell(plain_figure(item.demand, words), item.demand),
        "mean_travel_min": Cell(minutes_figure(item.mean_travel_min, words), item.mean_travel_min),
        "median_travel_min": Cell(minutes_figure(item.median_travel_min, words), item.median_travel_min),
    }
    return Row(item.key, cells)


def _site(layer: str, site_id: str) -> str:
    return link("site", layer=layer, site_id=site_id)

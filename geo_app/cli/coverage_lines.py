"""Answers of coverage as lines for a terminal: tables whose columns stand straight under Hangul too."""

from collections.abc import Iterator, Sequence

import numpy as np

from geo_app.exports.answer_json import AnswerHead
from geo_app.exports.coverage_json import list_notes
from geo_app.exports.demand_text import demand_text
from geo_app.planning.answers import AreaShare, CoverageAnswer, WeekAnswer
from geo_app.planning.demand_info import DemandInfo
from geo_app.planning.gaps import GapList
from geo_app.planning.hosts import ComplexNeed
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import DISTANCE_WORDS, NOTE_WORDS
from geo_app.wording.figures import format_distance
from geo_app.wording.gap_words import cause_words, gap_sentence
from geo_app.wording.plan_terms import demand_figure, minutes_figure, percent, percent_figure, sample_sentence
from geo_app.wording.text_width import text_width
from geo_app.wording.week_table import weekday_name

_HOURS_OF_DAY = 24
SAMPLE_NOTES = frozenset({"sample-places", "only-sample-places"})  # a line of its own says it with numbers
_HOUR_WIDTH = 3
_GAP = "  "


def slice_lines(head: AnswerHead, answer: CoverageAnswer, words: Words) -> list[str]:
    """The figures in all, the dongs (worst first), the places behind it, and what a reader must know."""
    unit, off_street = answer.demand_info.unit.value, f"{100 * answer.off_street_share:.0f}"
    return [
        words(
            "Revision {revision} · {at} · real {real} · nominal {nominal} · not served: {amount}",
            revision=head.revision,
            at=head.question.at.strftime("%Y-%m-%d %H:%M"),
            real=percent(answer.share, words),
            nominal=percent(answer.nominal_share, words),
            amount=demand_figure(answer.uncovered, unit, words),
        ),
        *basis_lines(answer.demand_info, answer.distance_kind, words),
        words(
            "{counted} places counted, {open} usable at that time, {unknown} with unknown hours, {left_out} left out",
            counted=answer.sites.counted,
            open=answer.sites.open_now,
            unknown=answer.sites.unknown_hours,
            left_out=answer.sites.rough + answer.sites.unplaced,
        ),
        *filter(None, [sample_sentence(answer.sites.counted, answer.sites.samples, words)]),
        "",
        *_area_lines(answer.by_dong, unit, words, is_estimate=answer.distance_kind == "estimate"),
        *[f"· {words(NOTE_WORDS[code], percent=off_street)}" for code in (*head.notes, *list_notes(answer)) if code not in SAMPLE_NOTES],
    ]


def basis_lines(info: DemandInfo, distance_kind: str, words: Words) -> list[str]:
    """Whom the figures count, of which year and from where, and how minutes were found."""
    return [
        words("Demand: {demand}", demand=demand_text(info, words)),
        words("Minutes by {kind}", kind=words(DISTANCE_WORDS[distance_kind])),
    ]


def week_lines(answer: WeekAnswer, words: Words) -> list[str]:
    """Real shares in per cent: a line a weekday, a column an hour."""
    shares = np.asarray(answer.shares).reshape(-1, _HOURS_OF_DAY)
    days = [weekday_name(day, words) for day in range(len(shares))]
    width = max(map(text_width, days))
    head = " " * width + "".join(f"{hour:{_HOUR_WIDTH + 1}d}" for hour in range(_HOURS_OF_DAY))
    figures = ["".join(f"{percent_figure(share):>{_HOUR_WIDTH + 1}}" for share in row) for row in shares]
    lines = [_left(day, width) + row for day, row in zip(days, figures, strict=True)]
    nominal = words("Real shares in per cent; nominal over the week: {nominal}", nominal=percent(answer.nominal_share, words))
    return [nominal, head, *lines]


def gap_lines(found: GapList, unit: str, words: Words) -> list[str]:
    """How many of all gaps are told, and a line a gap, by rank."""
    if not found.total:
        return [words("Nobody is left unserved in this week.")]
    counts = {"far": found.far_count, "shut": found.shut_count}
    head = words("{total} gaps in the week: {far} with no place near enough, {shut} with shut doors", total=found.total, **counts)
    told = [
        f"{gap.rank}. {gap_sentence(gap.place, gap.spans, gap.people, unit, words)} · {cause_words(gap.cause, words)}" for gap in found.gaps
    ]
    return [head, *told]


def host_lines(needs: Sequence[ComplexNeed], words: Words) -> list[str]:
    """A line a complex, its possible hosts below it."""
    lines: list[str] = []
    for need in needs:
        told = {"name": need.name, "share": percent(need.share, words), "amount": demand_figure(need.uncovered, "people", words)}
        lines.append(words("{name}: {share} served, {amount} not", **told))
        for host in need.hosts:
            distance, gain = format_distance(host.distance_m, words), demand_figure(host.gain, "people", words)
            lines.append(_GAP + words("{name} ({distance}): {gain} more", name=host.name, distance=distance, gain=gain))
    return lines or [words("Every complex of that size is served at that time.")]


def _area_lines(areas: Sequence[AreaShare], unit: str, words: Words, *, is_estimate: bool) -> Iterator[str]:
    rows = [
        (
            item.name,
            percent(item.share, words),
            percent(item.nominal_share, words),
            demand_figure(item.uncovered, unit, words),
            minutes_figure(item.median_travel_min, words),
        )
        for item in sorted(areas, key=lambda item: (item.share is None, item.share or 0.0, -(item.uncovered or 0.0)))
    ]
    minutes = words("Minutes, median (estimate)") if is_estimate else words("Minutes, median")
    titles = (words("Dong"), words("In reality"), words("In name"), words("Demand not served"), minutes)
    widths = [max(map(text_width, column)) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        first, *figures = zip(row, widths, strict=True)
        yield _GAP.join([_left(*first), *(_right(text, width) for text, width in figures)]).rstrip()


def _left(text: str, width: int) -> str:
    return text + " " * (width - text_width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - text_width(text)) + text

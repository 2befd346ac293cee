"""Answers of coverage as lines for a terminal: tables whose columns stand straight under Hangul too."""

import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np

from geo_app.exports.answer_json import AnswerHead
from geo_app.exports.coverage_json import list_notes
from geo_app.planning.answers import AreaShare, CoverageAnswer, WeekAnswer
from geo_app.planning.gaps import Gap
from geo_app.planning.hosts import ComplexNeed
from geo_app.wording.catalogue import Words
from geo_app.wording.coverage_terms import DISTANCE_WORDS, NOTE_WORDS
from geo_app.wording.figures import format_distance
from geo_app.wording.gap_words import gap_sentence
from geo_app.wording.plan_terms import demand_figure, minutes_figure, percent, percent_figure
from geo_app.wording.week_table import weekday_name

_HOURS_OF_DAY = 24
_HOUR_WIDTH = 3
_GAP = "  "


def slice_lines(head: AnswerHead, answer: CoverageAnswer, words: Words) -> list[str]:
    """The figures in all, the dongs (worst first), the places behind it, and what a reader must know."""
    unit = answer.demand_info.unit.value
    return [
        words(
            "Revision {revision} · {at} · real {real} · nominal {nominal} · not served: {amount}",
            revision=head.revision,
            at=head.question.at.strftime("%Y-%m-%d %H:%M"),
            real=percent(answer.share, words),
            nominal=percent(answer.nominal_share, words),
            amount=demand_figure(answer.uncovered, unit, words),
        ),
        words("Minutes by {kind}", kind=words(DISTANCE_WORDS[answer.distance_kind])),
        words(
            "{counted} places counted, {open} usable at that time, {unknown} with unknown hours, {left_out} left out",
            counted=answer.sites.counted,
            open=answer.sites.open_now,
            unknown=answer.sites.unknown_hours,
            left_out=answer.sites.rough + answer.sites.unplaced,
        ),
        "",
        *_area_lines(answer.by_dong, unit, words),
        *[f"· {words(NOTE_WORDS[code])}" for code in (*head.notes, *list_notes(answer))],
    ]


def week_lines(answer: WeekAnswer, words: Words) -> list[str]:
    """Real shares in per cent: a line a weekday, a column an hour."""
    shares = np.asarray(answer.shares).reshape(-1, _HOURS_OF_DAY)
    days = [weekday_name(day, words) for day in range(len(shares))]
    width = max(map(_width, days))
    head = " " * width + "".join(f"{hour:{_HOUR_WIDTH + 1}d}" for hour in range(_HOURS_OF_DAY))
    figures = ["".join(f"{percent_figure(share):>{_HOUR_WIDTH + 1}}" for share in row) for row in shares]
    lines = [_left(day, width) + row for day, row in zip(days, figures, strict=True)]
    nominal = words("Real shares in per cent; nominal over the week: {nominal}", nominal=percent(answer.nominal_share, words))
    return [nominal, head, *lines]


def gap_lines(gaps: Sequence[Gap], unit: str, words: Words) -> list[str]:
    """A line a gap, by rank."""
    told = [f"{gap.rank}. {gap_sentence(gap.place, gap.spans, gap.people, unit, words)}" for gap in gaps]
    return told or [words("Nobody is left unserved in this week.")]


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


def _area_lines(areas: Sequence[AreaShare], unit: str, words: Words) -> Iterator[str]:
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
    titles = (words("Dong"), words("In reality"), words("In name"), words("Demand not served"), words("Minutes, median"))
    widths = [max(map(_width, column)) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        first, *figures = zip(row, widths, strict=True)
        yield _GAP.join([_left(*first), *(_right(text, width) for text, width in figures)]).rstrip()


def _width(text: str) -> int:
    # A terminal gives Hangul two columns.
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _left(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _right(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text

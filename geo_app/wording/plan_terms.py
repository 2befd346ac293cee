"""The planner's words: the answer as a sentence, its conditions, demands and units, and what the figures rest on."""

from babel.numbers import format_decimal

from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_number

# By the codes of `travel.speeds.Mode`, `planning.day_kind.DayKind`, `domain.demand.DemandUnit` and the built-in demands.
WAY_WORDS = {"walk": "On foot", "bicycle": "Bicycle", "motorbike": "Motorbike"}
DAY_KIND_WORDS = {
    "calendar": "As in the calendar",
    "ordinary": "An ordinary week",
    "holiday": "Every day a public holiday",
    "heat-wave": "Under a heat-wave alert",
    "cold-wave": "Under a cold-wave alert",
}
UNIT_NOTE_WORDS = {"people": "people", "establishments": "establishments", "index": "an index: only its proportions mean something"}
_UNSERVED_WORDS = {"people": "People not served", "establishments": "Establishments not served", "index": "Not served (index)"}
_FIGURE_WORDS = {"people": "{figure} people", "establishments": "{figure} establishments", "index": "index {figure}"}
_SHELTER_WORDS = {
    "walk": "an open shelter within {minutes} minutes on foot",
    "bicycle": "an open shelter within {minutes} minutes by bicycle",
    "motorbike": "an open shelter within {minutes} minutes by motorbike",
}
_PLACE_WORDS = {
    "walk": "{layer} open within {minutes} minutes on foot",
    "bicycle": "{layer} open within {minutes} minutes by bicycle",
    "motorbike": "{layer} open within {minutes} minutes by motorbike",
}
SHELTERS = "shelters"
INDEX = "index"
NO_FIGURE = "–"
_TENTHS_BELOW = 10  # a figure below ten keeps a decimal: an index is often small


def percent_figure(share: float | None) -> str:
    """A share 0–1 as a whole number of per cent. Only nothing is 0 and only everything is 100; `NO_FIGURE` where there is none.

    >>> [percent_figure(share) for share in (0, 0.001, 0.124, 0.999, 1, None)]
    ['0', '1', '12', '99', '100', '–']
    """
    if share is None or share != share:  # noqa: PLR0124 NaN is what differs from itself
        return NO_FIGURE
    whole = round(share * 100)
    return str(min(max(whole, 1), 99) if 0 < share < 1 else whole)


def percent(share: float | None, words: Words) -> str:
    """The same with its sign."""
    figure = percent_figure(share)
    return figure if figure == NO_FIGURE else words("{percent}%", percent=figure)


def demand_figure(value: float | None, unit: str, words: Words) -> str:
    """An amount of demand with its unit; `NO_FIGURE` where it is not known."""
    return NO_FIGURE if value is None else words(_FIGURE_WORDS[unit], figure=plain_figure(value, words))


def plain_figure(value: float | None, words: Words) -> str:
    """An amount without its unit: whole, below ten with a tenth where it has one."""
    if value is None:
        return NO_FIGURE
    return format_number(round(value, 1) if abs(value) < _TENTHS_BELOW else round(value), words)


def minutes_figure(value: float | None, words: Words) -> str:
    """Minutes to a tenth; `NO_FIGURE` where nothing can be reached."""
    return NO_FIGURE if value is None else str(format_decimal(round(value, 1), locale=words.lang))


def unserved_label(unit: str, words: Words) -> str:
    """The name of the figure of those not served."""
    return words(_UNSERVED_WORDS[unit])


def reach_words(layer: str, layer_name: str, mode: str, minutes: str, words: Words) -> str:
    """What is looked for: "걸어서 10분 안에 열린 쉼터"."""
    if layer == SHELTERS:
        return words(_SHELTER_WORDS[mode], minutes=minutes)
    return words(_PLACE_WORDS[mode], minutes=minutes, layer=layer_name)


def headline_sentence(moment: str, reach: str, share: float | None, nominal: float | None, words: Words) -> str:
    """The answer in one sentence.

    >>> from geo_app.wording.catalogue import get_words
    >>> headline_sentence("화요일 02:00", "걸어서 10분 안에 열린 쉼터", 0.124, 0.61, get_words("ko"))
    '화요일 02:00, 걸어서 10분 안에 열린 쉼터: 실제 12% · 명목 61%'
    """
    told = {"moment": moment, "reach": reach}
    if share is None:
        return words("{moment}, {reach}: nobody is counted in this hour", **told)
    return words(
        "{moment}, {reach}: in reality {real} · in name {nominal}", **told, real=percent(share, words), nominal=percent(nominal, words)
    )


def worst_sentence(dong: str, count: int, share: float | None, unserved: str, words: Words) -> str:
    """Which dong has it worst, and who loses by it; where `count` dongs are equally badly off, `dong` is named for all of them.

    >>> from geo_app.wording.catalogue import get_words
    >>> worst_sentence("운남동", 9, 0.0, "1,200명", get_words("ko"))
    '가장 부족한 동: 운남동 등 9개 동 0% · 그곳들에서 닿지 못하는 수요 1,200명'
    """
    told = {"dong": dong, "share": percent(share, words), "unserved": unserved}
    if count > 1:
        return words("Worst off: {dong} and others, {count} dongs in all, at {share}; not served there: {unserved}", count=count, **told)
    return words("Worst off: {dong} at {share}; not served there: {unserved}", **told)


def sample_sentence(counted: int, samples: int, words: Words) -> str:
    """How many of the places counted are made up; "" where none is."""
    if not samples:
        return ""
    if samples == counted:
        return words("All {count} places counted are samples (made up).", count=counted)
    return words("Of {count} places counted, {samples} are samples (made up).", count=counted, samples=samples)


def index_label(name: str, unit: str, words: Words) -> str:
    """The head of a column of demand: an index is not taken for people."""
    return words("{what} (index)", what=name) if unit == INDEX else name

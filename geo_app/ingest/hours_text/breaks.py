"""Breaks cut openings into sittings; a break that does not lie within its opening is not understood."""

from dataclasses import replace
from itertools import pairwise

from geo_app.domain.hours.rules import DAY_MIN, Span
from geo_app.ingest.hours_text.clauses import PART_STRENGTH
from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.days import WHOLE_WEEK, Days
from geo_app.ingest.hours_text.facts import Break, Fact, Said, Spans
from geo_app.ingest.hours_text.spans import list_break_readings

_LUNCHES = ("점심", "중식")
_LONGEST_LUNCH_MIN = 90  # 점심 12:00~13:00
_LONGEST_LUNCH_BREAK_MIN = 120  # 점심시간 11:30~13:30


def apply_breaks(said: Said) -> None:
    """Cuts the breaks out of the facts they belong to. Raises `NotUnderstood` where that is open."""
    cut: dict[int, list[Break]] = {}
    for item in said.breaks:
        for place in _list_places(said, item):
            cut.setdefault(place, []).append(item)
    _check_scope(said, cut)
    facts = list(said.facts)
    for place, breaks in cut.items():
        fact = facts[place]
        shared = breaks[0].days
        spans = _cut_all(fact.spans, breaks)
        if shared is None or _covers(shared, fact):
            facts[place] = replace(fact, spans=spans)
        else:
            # "매일 10~22시, 평일 브레이크타임 15~17시": the break's days are told anew, nearer than the others.
            facts.append(replace(fact, days=Days(shared.token, weekdays=shared.weekdays), spans=spans))
    said.facts = facts


def _list_places(said: Said, item: Break) -> list[int]:
    openings = [place for place, fact in enumerate(said.facts) if fact.spans]
    unbroken = frozenset(day for days in said.unbroken for day in days.weekdays)
    if item.days is not None:
        found = [place for place in openings if _meets(item.days, said.facts[place])]
        if unbroken and (item.days.is_every or item.days.weekdays & unbroken):
            raise _refused(item)
        if not found or (not item.days.is_plain_week and not item.days.is_every):
            raise _refused(item)
        return found
    if item.fact is not None:
        if (unbroken and said.facts[item.fact].is_general) or said.facts[item.fact].weekdays & unbroken:
            raise _refused(item)
        return [item.fact]
    told = [place for place in openings if not said.facts[place].weekdays or not said.facts[place].weekdays <= unbroken]
    if len(told) < len(openings):
        # Whose lunch is said to be none has been named, so all others keep the break.
        if any(said.facts[place].is_general or said.facts[place].weekdays & unbroken for place in told):
            raise _refused(item)
        return told
    if not openings:
        raise NotUnderstood(TextFault.WITHOUT_TIMES, position=item.token.position, piece=item.token.text)
    between = max((said.facts[place].strength for place in openings[1:]), default=0)
    is_for_all = item.strength >= between and (item.strength >= PART_STRENGTH or item.stands_apart)
    lying = [place for place in openings if not _is_beside(item, said.facts[place].spans, may_touch=not is_for_all)]
    is_of_first = len(lying) == 1 and lying == [place for place in openings if place < item.told_count]
    if len(openings) > 1 and not is_for_all and not is_of_first:
        raise _refused(item)
    return lying or openings


def _is_beside(item: Break, spans: Spans, *, may_touch: bool) -> bool:
    """토 9~13시, 점심시간 13~14시: no lunch on Saturdays. `may_touch`: nor where it would be the end of the opening."""
    readings = list_break_readings(item.start, item.end)
    if len(readings) != 1 or len(spans) != 1:
        return False
    (pause,), (span,) = readings, spans
    return span.ends_min <= pause.starts_min or (may_touch and span.ends_min == pause.ends_min)


def _check_scope(said: Said, cut: dict[int, list[Break]]) -> None:
    """A break behind the last of several openings, while the others have none: its own, or everybody's?"""
    openings = [place for place, fact in enumerate(said.facts) if fact.spans]
    last = openings[-1] if openings else None
    for place, breaks in cut.items():
        if place == last and any(item.fact == place for item in breaks) and any(other not in cut for other in openings):
            raise _refused(breaks[0])


def _meets(days: Days, fact: Fact) -> bool:
    return fact.is_general or bool(days.weekdays & fact.weekdays) or (days.is_every and fact.tells_week)


def _covers(days: Days, fact: Fact) -> bool:
    if days.is_every or days.weekdays == WHOLE_WEEK:
        return True
    return not fact.is_general and fact.weekdays <= days.weekdays


def _cut_all(spans: Spans, breaks: list[Break]) -> Spans:
    for item in breaks:
        spans = _cut(spans, item)
    return spans


def _cut(spans: Spans, item: Break) -> Spans:
    """The spans without the break, in the one reading of it that lies within a span and touches neither end."""
    found = [
        (span, pause)
        for span in spans
        for pause in list_break_readings(item.start, item.end)
        if span.starts_min < pause.starts_min and pause.ends_min < span.ends_min
    ]
    found = [(span, pause) for span, pause in found if pause.ends_min - pause.starts_min <= _longest_min(item)]
    gaps = {(one.ends_min, other.starts_min) for one, other in pairwise(spans)}
    if not found and any((pause.starts_min, pause.ends_min) in gaps for pause in list_break_readings(item.start, item.end)):
        return spans  # 점심 11~14시, 저녁 17~21시, 브레이크타임 14~17시
    if len(found) != 1:
        raise _refused(item)
    (span, pause) = found[0]
    pieces = (Span(span.starts_min, pause.starts_min), Span(pause.ends_min, span.ends_min))
    return tuple(sorted([*(other for other in spans if other != span), *pieces]))


def _longest_min(item: Break) -> int:
    """A long 점심 is a meal that is served, not one that is eaten."""
    if not item.token.text.startswith(_LUNCHES):
        return DAY_MIN
    return _LONGEST_LUNCH_MIN if item.token.text in _LUNCHES else _LONGEST_LUNCH_BREAK_MIN


def _refused(item: Break) -> NotUnderstood:
    return NotUnderstood(TextFault.BREAK_UNCLEAR, position=item.token.position, piece=item.token.text)

"""The rules of the canonical grammar for what a text tells: the week, then the seasons, then nth weekdays, then dates."""

from collections.abc import Iterable, Iterator

from geo_app.domain.hours.rules import DAY_MIN, DatePart, Rule, Span, WeekdayPart
from geo_app.ingest.hours_text.facts import Said, Spans
from geo_app.ingest.hours_text.weeks import Weeks

_WEEK = range(7)
_ALL_DAY: Spans = (Span(0, DAY_MIN),)


def build_rules(said: Said, weeks: Weeks) -> tuple[Rule, ...]:
    """The rules in the order in which the later counts; none where the text never opens."""
    has_usual = any(weeks.usual)
    rules = list(_week_rules(weeks.usual, (), covered=()))
    for place, week in weeks.seasons.items():
        if any(week):
            covered = [day for day in _WEEK if weeks.usual[day]]
            rules += _week_rules(week, said.seasons[place].parts, covered=covered)
    rules += _nth_rules(said, weeks)
    if has_usual:
        rules += [Rule(said.seasons[place].parts) for place, week in weeks.seasons.items() if not any(week)]
    rules += [Rule(tuple(sorted(fact.days.dates))) for fact in said.facts if fact.days and fact.days.dates and not fact.spans]
    return tuple(rules) if any(rule.spans for rule in rules) else ()


def is_always_open(said: Said, weeks: Weeks) -> bool:
    """True where it opens all day on every day, without a season, an nth weekday or a date."""
    has_dates = any(fact.days and fact.days.dates for fact in said.facts)
    return all(spans == _ALL_DAY for spans in weeks.usual) and not (weeks.seasons or weeks.nths or has_dates)


def _week_rules(week: tuple[Spans, ...], dates: tuple[DatePart, ...], *, covered: Iterable[int]) -> Iterator[Rule]:
    """A rule for each group of days with the same times; days that open otherwise in the year (`covered`) are shut by a rule too."""
    groups: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        if spans or day in covered:
            groups.setdefault(spans, []).append(day)
    for spans, days in groups.items():
        is_whole_week = len(days) == len(_WEEK)
        yield Rule(dates, () if is_whole_week else tuple(WeekdayPart(day) for day in days), spans)


def _nth_rules(said: Said, weeks: Weeks) -> Iterator[Rule]:
    """Second and fourth Sundays in one rule; the year's before those of a season."""
    groups: dict[tuple[int | None, Spans], dict[int, list[int]]] = {}
    for (season, day, nth), spans in weeks.nths.items():
        if spans or _is_ever_open(weeks, day):
            groups.setdefault((season, spans), {}).setdefault(day, []).append(nth)
    for (season, spans), by_day in sorted(groups.items(), key=lambda item: item[0][0] is not None):
        parts = tuple(WeekdayPart(day, tuple(sorted(nths, key=_nth_order))) for day, nths in sorted(by_day.items()))
        yield Rule(() if season is None else said.seasons[season].parts, parts, spans)


def _is_ever_open(weeks: Weeks, day: int) -> bool:
    return any(week[day] for week in (weeks.usual, *weeks.seasons.values()))


def _nth_order(nth: int) -> tuple[bool, int]:
    return nth < 0, abs(nth)

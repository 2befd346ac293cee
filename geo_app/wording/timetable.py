"""Weekly rules in words: seasons, days of the week, sittings."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from babel.dates import format_date

from geo_app.domain.hours.rules import DAY_MIN, Rule, Span, runs
from geo_app.domain.hours.week import Spans, fold_rules
from geo_app.wording.catalogue import Words
from geo_app.wording.clock import clock_time

_LEAP_YEAR_START = date(2024, 1, 1)
_LEAP_YEAR_DAYS = 366
_A_MONDAY = date(2024, 1, 1)
_WEEK_DAYS = 7
_NAMED_GROUPS = {(0, 1, 2, 3, 4, 5, 6): "every day", (0, 1, 2, 3, 4): "weekdays", (5, 6): "weekends"}
_SHORTEST_RANGE = 3  # Monday to Wednesday is a range; Monday and Tuesday are two days
_NTH_WORDS = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth",
    -1: "last", -2: "last but one", -3: "last but two", -4: "last but three", -5: "last but four",
}  # fmt: skip


def year_text(rules: Sequence[Rule], words: Words) -> str:
    """The whole year: the week that holds when no date is named, then every season that differs from it."""
    seasons: dict[str, list[int]] = {}
    ordinary = None
    for held, days in _list_seasons(rules):
        text = week_text([rules[place] for place in held], words, day_count=len(days))
        seasons.setdefault(text, []).extend(days)
        if all(not rules[place].dates for place in held):
            ordinary = text
    if len(seasons) == 1:
        return next(iter(seasons))
    has_undated = any(not rule.dates for rule in rules)
    told = [words("{dates} {week}", dates=dates_text(days, words), week=text) for text, days in seasons.items() if text != ordinary]
    if ordinary is None:
        return " / ".join(told)
    return " / ".join([ordinary, *told] if has_undated else [*told, words("closed the rest of the year")])


def week_text(rules: Sequence[Rule], words: Words, *, day_count: int) -> str:
    """One week under rules without regard to their dates. `day_count` is how many days of a year it holds: few days have no "every day"."""
    plain = {day: fold_rules(rules, day) for day in range(_WEEK_DAYS)}
    groups: dict[Spans, list[int]] = {}
    for day, spans in plain.items():
        groups.setdefault(spans, []).append(day)
    special = list_nth_texts(rules, words)
    if special and list(groups) == [()]:
        return ", ".join([*special, words("closed on other days")])
    told = [_days_and_times(days, spans, words, day_count=day_count) for spans, days in groups.items()]
    return ", ".join([*told, *special])


def list_nth_texts(rules: Sequence[Rule], words: Words) -> list[str]:
    """What holds on an nth weekday of a month where it differs from that weekday: "둘째·넷째 일요일 쉼"."""
    plain = {day: fold_rules(rules, day) for day in range(_WEEK_DAYS)}
    return [words("{days} {times}", days=label, times=sittings_text(spans, words)) for label, spans in _list_nth(rules, plain, words)]


def sittings_text(spans: Iterable[Span], words: Words) -> str:
    """The sittings of a day; "쉼" where there are none."""
    told = [_span_text(span, words) for span in spans]
    if not told:
        return words("closed all day")
    text = told[0]
    for following in told[1:]:
        text = words("{one} and {other}", one=text, other=following)
    return text


def dates_text(days: Iterable[int], words: Words) -> str:
    """Days of a leap year, counted from 0, as months and dates."""
    found = runs(days)
    # What ends the year and begins it is one winter.
    if len(found) > 1 and found[0][0] == 0 and found[-1][-1] == _LEAP_YEAR_DAYS - 1:
        found = [*found[1:-1], found[-1] + found[0]]
    return _joined([_date_range_text(_day(run[0]), _day(run[-1]), words) for run in found], words)


def _list_seasons(rules: Sequence[Rule]) -> list[tuple[tuple[int, ...], list[int]]]:
    """(places of the rules that hold, days of a leap year counted from 0), by first day."""
    seasons: dict[tuple[int, ...], list[int]] = {}
    for number in range(_LEAP_YEAR_DAYS):
        day = _day(number)
        held = tuple(place for place, rule in enumerate(rules) if _holds_on(rule, day))
        seasons.setdefault(held, []).append(number)
    return list(seasons.items())


def _holds_on(rule: Rule, day: date) -> bool:
    return not rule.dates or any(part.covers((day.month, day.day)) for part in rule.dates)


def _list_nth(rules: Sequence[Rule], plain: dict[int, Spans], words: Words) -> list[tuple[str, Spans]]:
    told = []
    for weekday in range(_WEEK_DAYS):
        nths = {nth for rule in rules for part in rule.weekdays if part.weekday == weekday for nth in part.nth}
        folded = [(fold_rules(rules, weekday, nth=nth), nth) for nth in sorted(nths, key=lambda nth: (nth < 0, abs(nth)))]
        differing = sorted((item for item in folded if item[0] != plain[weekday]), key=lambda item: item[0])
        for spans, items in groupby(differing, key=lambda item: item[0]):
            nth_words = _joined([words(_NTH_WORDS[nth]) for _, nth in items], words)
            told.append((words("{nth} {weekday}", nth=nth_words, weekday=_weekday_name(weekday, words("EEE"), words)), spans))
    return told


def _days_and_times(days: Sequence[int], spans: Spans, words: Words, *, day_count: int) -> str:
    times = sittings_text(spans, words)
    is_whole_week = len(days) == _WEEK_DAYS
    if is_whole_week and day_count < _WEEK_DAYS:
        return times
    return words("{days} {times}", days=weekdays_text(days, words), times=times)


def weekdays_text(days: Sequence[int], words: Words) -> str:
    """Weekdays (Monday = 0, sorted): "매일", "평일", "월~목요일", "월·수·금요일"."""
    named = _NAMED_GROUPS.get(tuple(days))
    if named:
        return words(named)
    pieces: list[str] = []
    for run in runs(days):
        # Korean writes 요일 once, after the last day of all.
        names = [_weekday_name(day, words("EEE") if day == days[-1] else "EEE", words) for day in run]
        pieces += [words("{first}–{last}", first=names[0], last=names[-1])] if len(run) >= _SHORTEST_RANGE else names
    return _joined(pieces, words)


def _weekday_name(weekday: int, pattern: str, words: Words) -> str:
    return format_date(_A_MONDAY + timedelta(days=weekday), pattern, locale=words.lang)


def _span_text(span: Span, words: Words) -> str:
    if span == Span(0, DAY_MIN):
        return words("24 hours")
    start = clock_time(span.starts_min, words) if span.starts_min else words("12 am")
    end = clock_time(span.ends_min, words)
    sentence = "{start}–{end} the next day" if span.ends_min > DAY_MIN else "{start}–{end}"
    return words(sentence, start=start, end=end)


def _date_range_text(first: date, last: date, words: Words) -> str:
    is_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if is_months and first.month == last.month:
        return _date_text(first, "MMM", words)
    if is_months:
        return _date_text(first, "MMM'–'", words) + _date_text(last, "MMM", words)
    if first == last:
        return _date_text(first, "d MMM", words)
    if first.month == last.month and first < last:
        return _date_text(first, "d'–'", words) + _date_text(last, "d LLL", words)
    return _date_text(first, "d MMM'–'", words) + _date_text(last, "d MMM", words)


def _date_text(day: date, pattern: str, words: Words) -> str:
    # A CLDR pattern is a message too: each language has its own order and its own signs.
    return format_date(day, words(pattern), locale=words.lang)


def _joined(pieces: Sequence[str], words: Words) -> str:
    text = pieces[0]
    for following in pieces[1:]:
        text = words("{one}, {other}", one=text, other=following)
    return text


def _day(number: int) -> date:
    return _LEAP_YEAR_START + timedelta(days=number)

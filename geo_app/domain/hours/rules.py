"""A weekly rule as frozen values, and the one way each is written."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAY_MIN = 24 * 60
WEEKDAY_CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTH_CODES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SUNDAY = 6
_A_LEAP_YEAR = 2024
# The last day that a month can have, by its number: February's leap day is a day of February.
MONTH_LENGTHS = (0, *(monthrange(_A_LEAP_YEAR, month)[1] for month in range(1, 13)))

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from `starts_min` until just before `ends_min`, minutes after the midnight its day begins with.

    0 ≤ starts < 1440 and starts < ends ≤ starts + 1440: an end past 1440 is after midnight and still belongs to the day it began on.
    """

    starts_min: int
    ends_min: int


@dataclass(frozen=True, slots=True, order=True)
class DatePart:
    """The days `first` to `last` of every year, (month, day), both included; it runs over new year where first is the later."""

    first: MonthDay
    last: MonthDay

    def covers(self, day: MonthDay) -> bool:
        """True when the (month, day) lies in it."""
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last

    @property
    def is_whole_year(self) -> bool:
        """True when no day is left out."""
        (month, day), length = self.last, MONTH_LENGTHS[self.last[0]]
        following = (month, day + 1) if day < length else (month % len(MONTH_CODES) + 1, 1)
        return following == self.first


@dataclass(frozen=True, slots=True, order=True)
class WeekdayPart:
    """A weekday (Monday = 0); with `nth`, only its 1st … 5th, or its last (-1) … in the month."""

    weekday: int
    nth: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """On the days of `dates` (none: all year) that are one of `weekdays` (none: all week): open in `spans` (none: shut).

    A rule replaces what the rules before it said of its days, unless `is_added`, when its spans stand beside theirs.
    `is_always` marks `24/7`, which says that holidays are meant too.
    """

    dates: tuple[DatePart, ...] = ()
    weekdays: tuple[WeekdayPart, ...] = ()
    spans: tuple[Span, ...] = ()
    is_added: bool = False
    is_always: bool = False


def spans_text(spans: Iterable[Span]) -> str:
    """`10:00-14:00,18:00-02:00`; an end on the next day is folded below 24:00 wherever that still reads as the next day."""
    return ",".join(f"{_time_text(span.starts_min)}-{_end_text(span)}" for span in spans)


def rule_text(rule: Rule) -> str:
    """One rule in the canonical spelling, without the mark that joins it to the rule before."""
    if rule.is_always:
        return "24/7"
    dates = ",".join(_date_text(part) for part in rule.dates)
    # Months stand alone where they mean the whole week; a rule without months always names its days, so that no text begins with a time.
    weekdays = _weekdays_text(rule.weekdays) if rule.weekdays else ("" if dates else "Mo-Su")
    return " ".join(part for part in (dates, weekdays, spans_text(rule.spans) or "off") if part)


def rules_text(rules: Sequence[Rule]) -> str:
    """All rules in the canonical spelling: `; ` before a rule that replaces, `, ` before one that adds."""
    joined = "".join(f"{', ' if rule.is_added else '; '}{rule_text(rule)}" for rule in rules)
    return joined[2:]


def _time_text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _end_text(span: Span) -> str:
    # A full turn (09:00-33:00) keeps its long form: 09:00-09:00 would read as no time at all.
    folds = DAY_MIN < span.ends_min < span.starts_min + DAY_MIN
    return _time_text(span.ends_min - DAY_MIN if folds else span.ends_min)


def _date_text(part: DatePart) -> str:
    (first_month, first_day), (last_month, last_day) = part.first, part.last
    first_name, last_name = MONTH_CODES[first_month - 1], MONTH_CODES[last_month - 1]
    if first_day == 1 and last_day == MONTH_LENGTHS[last_month]:
        return first_name if first_month == last_month and part.first < part.last else f"{first_name}-{last_name}"
    if part.first == part.last:
        return f"{first_name} {first_day}"
    last = f"{last_day}" if first_month == last_month and first_day < last_day else f"{last_name} {last_day}"
    return f"{first_name} {first_day}-{last}"


def _weekdays_text(parts: Sequence[WeekdayPart]) -> str:
    plain = [part.weekday for part in parts if not part.nth]
    pieces = [(run[0], _run_text(run)) for run in runs(plain)]
    pieces += [(part.weekday, f"{WEEKDAY_CODES[part.weekday]}[{','.join(map(str, part.nth))}]") for part in parts if part.nth]
    return ",".join(text for _, text in sorted(pieces))


def _run_text(run: Sequence[int]) -> str:
    first, last = WEEKDAY_CODES[run[0]], WEEKDAY_CODES[run[-1]]
    return first if len(run) == 1 else f"{first}-{last}"


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Sorted numbers cut into runs without a gap.

    >>> runs([0, 1, 2, 5])
    [[0, 1, 2], [5]]
    """
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found

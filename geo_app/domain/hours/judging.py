"""What one source says of each day's shift, once holidays, alerts, dated hours and closures have had their word.

The order, the later the stronger: the weekly rule (that of the alert in force, where the source has one), what holds on holidays, dated
hours, closures. Dated hours and closures are known of the place itself, so they hold for every source alike, even for one that says
nothing or is not understood. Where nobody said what holds on holidays, a public holiday is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from geo_app.domain.hours.canonical import find_canonical
from geo_app.domain.hours.holidays import HolidayRule, HolidayTreatment, parse_holiday_rule
from geo_app.domain.hours.marks import EVE, MarkedDays
from geo_app.domain.hours.refusal import BadHours
from geo_app.domain.hours.rules import DAY_MIN
from geo_app.domain.hours.sittings import parse_spans
from geo_app.domain.hours.voices import Said, Voice
from geo_app.domain.hours.weekly import Pieces, get_weekly_rule

_WHOLE_DAY: Pieces = ((0, DAY_MIN),)


@dataclass(frozen=True, slots=True)
class Shift:
    """The shift of one day in minutes after its midnight, 0 … 2880: open in `opens`, else unknown in `unknowns`, else closed.

    `is_silent`: its source says nothing of that day.
    """

    opens: Pieces = ()
    unknowns: Pieces = ()
    is_silent: bool = False


_SHUT = Shift()
_SILENT = Shift(is_silent=True)
_UNKNOWN = Shift(unknowns=_WHOLE_DAY)


def judge_shifts(voice: Voice, days: MarkedDays) -> list[Shift]:
    """The shifts of the eve and of each of the days, by the day each starts on."""
    readings = {said: _read(said, days) for said in voice.list_said()}
    holidays, alerts, dated = dict(days.holidays), dict(days.alerts), dict(days.dated)
    found = []
    for offset in days.offsets:
        if offset in days.shut:
            found.append(_SHUT)
        elif offset in dated:
            found.append(_dated_shift(dated[offset]))
        else:
            said = voice.say(alerts.get(offset, ()))
            found.append(_SILENT if said is None else readings[said].judge(offset, days, holidays=holidays))
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A weekly rule over some days: its canonical text (None: not understood), what it says of holidays, its usual shifts from the eve."""

    opening_hours: str | None
    rule: HolidayRule | None = None
    usual: tuple[Pieces, ...] = ()

    def judge(self, offset: int, days: MarkedDays, *, holidays: Mapping[int, bool]) -> Shift:
        """The shift of a day; `holidays`: offset → is the very day of 설날 or 추석."""
        if self.opening_hours is None:
            return _UNKNOWN
        usual = self.usual[offset - EVE]
        if offset not in holidays:
            return Shift(usual)
        if self.rule is None:
            # Unknown the whole day long, and after its midnight for as long as the usual shift might last.
            return Shift(unknowns=(*_WHOLE_DAY, *usual))
        return Shift(_holiday_pieces(self.rule, usual, self.opening_hours, days.day(offset), is_very_day=holidays[offset]))


def _holiday_pieces(rule: HolidayRule, usual: Pieces, opening_hours: str, day: date, *, is_very_day: bool) -> Pieces:
    match rule.treatment:
        case HolidayTreatment.CLOSED:
            return ()
        case HolidayTreatment.SUNDAY:
            return get_weekly_rule(opening_hours).list_sunday_shift(day)
        case HolidayTreatment.CLOSED_SEOLLAL_CHUSEOK:
            return () if is_very_day else usual
        case HolidayTreatment.HOURS:
            return tuple((span.starts_min, span.ends_min) for span in rule.spans)
        case HolidayTreatment.USUAL:
            return usual


def _read(said: Said, days: MarkedDays) -> _Reading:
    opening_hours, on_holidays = said
    parsed = find_canonical(opening_hours)
    if parsed is None:
        return _Reading(None)
    usual = get_weekly_rule(parsed.opening_hours).list_shifts(days.day(EVE), day_count=len(days.offsets))
    return _Reading(parsed.opening_hours, _find_holiday_rule(on_holidays or parsed.on_holidays), usual)


@lru_cache(maxsize=1024)
def _dated_shift(times: str) -> Shift:
    # Stored times that cannot be read say only that the day is not as usual.
    try:
        return Shift(tuple((span.starts_min, span.ends_min) for span in parse_spans(times)))
    except BadHours:
        return _UNKNOWN


@lru_cache(maxsize=1024)
def _find_holiday_rule(text: str | None) -> HolidayRule | None:
    # A stored value that is none of ours says nothing; holidays then stay unknown.
    try:
        return None if text is None else parse_holiday_rule(text)
    except BadHours:
        return None

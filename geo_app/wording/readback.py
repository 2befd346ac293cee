"""Hours told back in plain words, so that whoever wrote them sees what was understood.

The sentences about times and doors stand here too, for those who need only one room to ask: `clock_time`, `moment`, `state_sentence`.
"""

from geo_app.domain.calendar import AlertKind
from geo_app.domain.hours import BadHours, HolidayTreatment, Refusal, parse_holiday_rule, parse_opening_hours
from geo_app.wording.catalogue import Words
from geo_app.wording.clock import clock_time, duration, moment
from geo_app.wording.door_state import state_sentence
from geo_app.wording.timetable import list_nth_texts, sittings_text, year_text

__all__ = ["REFUSAL_WORDS", "clock_time", "duration", "moment", "read_back", "read_exceptions", "refusal_sentence", "state_sentence"]

_HOLIDAY_WORDS = {
    HolidayTreatment.CLOSED: "closed on public holidays",
    HolidayTreatment.SUNDAY: "public holidays as on Sundays",
    HolidayTreatment.USUAL: "public holidays as usual",
    HolidayTreatment.CLOSED_SEOLLAL_CHUSEOK: "closed on the day of Seollal and Chuseok",
}
# {position} counts characters from 1; {value} is the piece at fault.
REFUSAL_WORDS = {
    Refusal.EMPTY: "There are no hours in the text.",
    Refusal.TOO_LONG: "The hours are longer than {position} characters. Write them more shortly.",
    Refusal.UNEXPECTED: "“{value}” at character {position} is not part of the notation.",
    Refusal.FALLBACK: "“||” (otherwise) is not accepted. Write only hours that are certain.",
    Refusal.COMMENT: "A comment in quotation marks is not accepted. Put it into the note.",
    Refusal.MODIFIER: "“{value}” is not accepted. Write times, or “off” for closed.",
    Refusal.SCHOOL_HOLIDAY: "School holidays (SH) are not accepted. Write months or dates.",
    Refusal.SUN_TIME: "“{value}” is not accepted. Write the time as HH:MM.",
    Refusal.OPEN_END: "A time without an end (“+”) is not accepted. Write when the place closes.",
    Refusal.WEEK_NUMBER: "Week numbers are not accepted. Write weekdays such as Su[2,4].",
    Refusal.EASTER: "Easter is not accepted. Write dates.",
    Refusal.YEAR: "A year ({value}) is not accepted in a weekly rule. Enter it as a dated closure.",
    Refusal.BAD_DATE: "There is no such date at character {position}: “{value}”.",
    Refusal.BAD_NTH: "“{value}” at character {position} is not a week of the month. Write for example Su[2,4] or Su[-1].",
    Refusal.BAD_TIME: "“{value}” at character {position} is not a time. Start between 00:00 and 23:59, end at 48:00 at the latest.",
    Refusal.EMPTY_SPAN: "Start and end are the same time ({value}). For all day write 00:00-24:00.",
    Refusal.LONG_SPAN: "One opening lasts longer than 24 hours (from {value}).",
    Refusal.OVERLAP: "Two times of one day overlap (from {value}).",
    Refusal.WITHOUT_TIME: "Days without times. Write for example Mo-Fr 09:00-18:00, or “off” for closed.",
    Refusal.TIMED_OFF: "A break written with “off” is not accepted. Write two times, for example 10:00-14:00,15:00-20:00.",
    Refusal.HOLIDAY_SELECTOR: "Public holidays (PH) cannot stand with months or dates: “{value}”.",
    Refusal.HOLIDAY_ORDER: "The rule for public holidays must stand last: “{value}”.",
    Refusal.HOLIDAY_TWICE: "There are two rules for public holidays; the second is “{value}”.",
    Refusal.HOLIDAY_ADDED: "Write “;” before the rule for public holidays: “{value}”.",
    Refusal.HOLIDAY_ONLY: "Only public holidays are named. Write the hours of the week too.",
    Refusal.HOLIDAY_RULE: "“{value}” is not a rule for public holidays.",
}


def read_back(opening_hours: str | None, on_holidays: str | None, words: Words, *, alert: str | None = None) -> str | None:
    """One plain sentence for canonical hours; None where they are not understood. `alert`: the kind of alert they hold under.

    >>> from geo_app.wording.catalogue import get_words
    >>> read_back("Mo-Fr 09:00-18:00; Sa 10:00-14:00", "closed", get_words("ko"))
    '평일 오전 9시~오후 6시, 토요일 오전 10시~오후 2시, 일요일 쉼 · 공휴일 쉼'
    """
    if opening_hours is None:
        return None
    try:
        parsed = parse_opening_hours(opening_hours)
    except BadHours:
        return None
    said = on_holidays or parsed.on_holidays
    is_always = parsed.opening_hours == "24/7" and said == HolidayTreatment.USUAL
    hours = words("24 hours") if is_always else f"{year_text(parsed.rules, words)} · {_holiday_text(said, words)}"
    if alert == AlertKind.HEAT_WAVE:
        return words("on days under a heat-wave alert: {hours}", hours=hours)
    if alert == AlertKind.COLD_WAVE:
        return words("on days under a cold-wave alert: {hours}", hours=hours)
    return hours


def read_exceptions(opening_hours: str, on_holidays: str | None, words: Words) -> str:
    """What a grid of the plain week leaves untold: nth weekdays and holidays; of a rule for some months all. Raises `BadHours`."""
    parsed = parse_opening_hours(opening_hours)
    said = on_holidays or parsed.on_holidays
    seasons = [year_text(parsed.rules, words)] if any(rule.dates for rule in parsed.rules) else list_nth_texts(parsed.rules, words)
    return " · ".join([*seasons, _holiday_text(said, words)])


def refusal_sentence(refusal: BadHours, words: Words) -> str:
    """What is wrong with an hours text, where, and what to write instead."""
    return words(REFUSAL_WORDS[refusal.reason], value=refusal.value, position=refusal.position)


def _holiday_text(on_holidays: str | None, words: Words) -> str:
    try:
        rule = None if on_holidays is None else parse_holiday_rule(on_holidays)
    except BadHours:
        rule = None
    if rule is None:
        return words("public holidays not known")
    if rule.treatment is HolidayTreatment.HOURS:
        return words("public holidays {times}", times=sittings_text(rule.spans, words))
    return words(_HOLIDAY_WORDS[rule.treatment])

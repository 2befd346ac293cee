"""The sentences of a shelter's card: the way, the door when one gets there, how to get in, what riders reported, when it was checked.

The phone's script says the same sentences from the same messages; whoever changes one here changes it there (`static/js/finder`).
"""

import math
from datetime import datetime, timedelta

from geo_app.domain.hours import Answer, State
from geo_app.domain.report import CLOSED_COUNTS_FOR, ReportSummary
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.clock import dated_figures, duration, moment
from geo_app.wording.door_state import CLOSING_SOON_MIN, LONGEST_REST_TOLD_MIN, state_sentence
from geo_app.wording.figures import format_distance, format_number
from geo_app.wording.labels import ENTRY_WORDS

# By the codes of `travel.speeds.Mode`. Every figure is an estimate and says so.
WAY_WORDS = {
    "walk": "{duration} on foot · {distance} (estimate)",
    "bicycle": "{duration} by bicycle · {distance} (estimate)",
    "motorbike": "{duration} by motorbike · {distance} (estimate)",
}
LONGEST_WAY_WORDS = {
    "walk": "up to {duration} on foot (estimate)",
    "bicycle": "up to {duration} by bicycle (estimate)",
    "motorbike": "up to {duration} by motorbike (estimate)",
}
# What to do beforehand where the place itself has not said.
BEFOREHAND_WORDS = {"registration": "Register before you go.", "card": "Bring the card."}
_DAYS_TOLD_AS_DAYS = 60
_DAYS_TOLD_AS_MONTHS = 730
_MONTH_DAYS, _YEAR_DAYS = 30, 365
_METRES_PER_KM, _RANGE_STEP_M = 1000, 100


def way_sentence(mode: str, travel_min: float, distance_m: float, words: Words) -> str:
    """The way to an exact place: "걸어서 6분 · 420 m (추정)"; minutes are rounded up, as an arrival is.

    >>> from geo_app.wording.catalogue import get_words
    >>> way_sentence("walk", 5.2, 418, get_words("ko"))
    '걸어서 6분 · 420 m (추정)'
    """
    return words(WAY_WORDS[mode], duration=_minutes(travel_min, words), distance=format_distance(distance_m, words))


def range_sentence(area_name: str | None, near_m: float, far_m: float, words: Words) -> str:
    """How far a place may be that is known only to its dong or complex: "하남동 안 · 약 0–2 km", outwards to whole steps.

    >>> from geo_app.wording.catalogue import get_words
    >>> range_sentence("하남동", 0, 1730, get_words("ko"))
    '하남동 안 · 약 0–2 km'
    """
    is_far = far_m > _METRES_PER_KM
    step = _METRES_PER_KM if is_far else _RANGE_STEP_M
    low, high = math.floor(near_m / step) * step, math.ceil(far_m / step) * step
    sentence = "{low}–{high} km" if is_far else "{low}–{high} m"
    unit = _METRES_PER_KM if is_far else 1
    span = words(sentence, low=format_number(low // unit, words), high=format_number(high // unit, words))
    if area_name is None:
        return words("Exact place not known · about {range}", range=span)
    return words("Somewhere in {area} · about {range}", area=area_name, range=span)


def rough_way_sentence(mode: str, travel_min: float, area_name: str | None, near_m: float, far_m: float, words: Words) -> str:
    """The range with the minutes to its far end: nobody should set out for less."""
    longest = words(LONGEST_WAY_WORDS[mode], duration=_minutes(travel_min, words))
    return f"{range_sentence(area_name, near_m, far_m, words)} · {longest}"


def door_sentence(  # noqa: PLR0911 each state of a door has its own sentence
    now: Answer, arrival: Answer, at: datetime, arrives_at: datetime, words: Words, *, is_doubtful: bool, checked_days: int | None
) -> str:
    """What somebody who sets out at `at` finds at `arrives_at`: the state on arrival, told from now.

    A doubtful open door (old hours, reports, nobody said how to get in) is never a plain "열려 있어요".
    """
    if arrival.state is State.UNKNOWN:
        return words("Opening hours not known") if now.state is State.UNKNOWN else words("Not known whether it is open when you get there")
    if arrival.state is State.CLOSED:
        if now.state is State.OPEN and now.until:
            return words("Closes before you get there · {moment}", moment=moment(now.until, at, words))
        return state_sentence(State.CLOSED, arrival.until, at, words, arrival.then)
    if is_doubtful:
        return _doubtful_sentence(arrival, at, words, checked_days)
    if now.state is State.CLOSED and now.until:
        return words("Opens at {moment} · open when you get there", moment=moment(now.until, at, words))
    if arrival.until is None or arrival.then is State.UNKNOWN or arrives_at <= at:
        return state_sentence(State.OPEN, arrival.until, at, words, arrival.then)
    return _open_sentence(arrival.until, at, arrives_at, words)


def checked_sentence(days: int | None, words: Words) -> str:
    """When somebody last confirmed the hours: "영업시간 확인 12일 전"; None: nobody ever did."""
    return words("Nobody has checked the hours yet") if days is None else words("Hours checked {ago}", ago=days_ago(days, words))


def days_ago(days: int, words: Words) -> str:
    """Whole days back, as days, months or years: "오늘", "12일 전", "7달 전"."""
    if days <= 0:
        return words("today")
    if days < _DAYS_TOLD_AS_DAYS:
        return words.plural("{count} day ago", "{count} days ago", days)
    if days < _DAYS_TOLD_AS_MONTHS:
        return words.plural("{count} month ago", "{count} months ago", days // _MONTH_DAYS)
    return words.plural("{count} year ago", "{count} years ago", days // _YEAR_DAYS)


def report_sentence(summary: ReportSummary | None, at: datetime, now: datetime, words: Words) -> str | None:
    """The flag that riders' reports raise: "오늘 02:12 닫힘 제보 1건", from two on "확인 필요 · 닫힘 제보 2건"; None without any.

    It is told where it still counts at `at`, by days as they are `now` (both on a clock in Seoul). Whoever found it open is named beside.
    """
    if summary is None or summary.closed_count == 0 or not _counts(summary.last_closed_at, at):
        return None
    told = _closed_sentence(summary, at, now, words)
    if summary.last_open_at is None or not _counts(summary.last_open_at, at):
        return told
    seen = summary.last_open_at.astimezone(now.tzinfo)
    is_today = seen.date() == at.date() == now.date()
    time = seen.strftime("%H:%M") if is_today else dated_figures(seen, now, words)
    return f"{told} · {words('{time} report of an open door', time=time)}"


def entry_sentence(entry: str | None, note: str | None, words: Words) -> str:
    """How to get in and what to do beforehand: what the rule asks for, and the place's own note, which is Korean.

    On a Korean page the note alone says it; a reader of another language is told in hers first.
    """
    if entry is None:
        return words("How to get in is not known yet")
    beforehand = words(BEFOREHAND_WORDS[entry]) if entry in BEFOREHAND_WORDS else None
    is_told_by_note = note and words.lang == DEFAULT_LANGUAGE
    told = (words(ENTRY_WORDS.get(entry, entry)), None if is_told_by_note else beforehand, note)
    return " · ".join(part for part in told if part)


def _counts(reported_at: datetime | None, at: datetime) -> bool:
    """A report counts for a day, in whole minutes; one whose time is not known does."""
    return reported_at is None or at.replace(second=0, microsecond=0) - reported_at.replace(second=0, microsecond=0) < CLOSED_COUNTS_FOR


def _closed_sentence(summary: ReportSummary, at: datetime, now: datetime, words: Words) -> str:
    if summary.needs_check or summary.last_closed_at is None:
        count = summary.closed_count
        return words.plural("To be checked · {count} report of a closed door", "To be checked · {count} reports of a closed door", count)
    told = summary.last_closed_at.astimezone(now.tzinfo)
    if at.date() != now.date():
        # Seen from another day, "today" would be taken for that one.
        return words("{moment} · 1 report of a closed door", moment=dated_figures(told, now, words))
    sentence = "Today {time} · 1 report of a closed door" if told.date() == at.date() else "Yesterday {time} · 1 report of a closed door"
    return words(sentence, time=told.strftime("%H:%M"))


def _doubtful_sentence(arrival: Answer, at: datetime, words: Words, checked_days: int | None) -> str:
    told = words("never checked") if checked_days is None else words("checked {ago}", ago=days_ago(checked_days, words))
    if arrival.until is None:
        return words("May be open · {checked}", checked=told)
    return words("May be open · until {moment} · {checked}", moment=moment(arrival.until, at, words), checked=told)


def _open_sentence(until: datetime, at: datetime, arrives_at: datetime, words: Words) -> str:
    left_min = max(0, (until - arrives_at) // timedelta(minutes=1))
    told = moment(until, at, words)
    if left_min <= CLOSING_SOON_MIN:
        return words("Closing soon · {duration} left when you get there", duration=duration(left_min, words))
    if left_min > LONGEST_REST_TOLD_MIN:
        return words("Open · until {moment}", moment=told)
    return words("Open · until {moment} ({duration} to rest when you get there)", moment=told, duration=duration(left_min, words))


def _minutes(travel_min: float, words: Words) -> str:
    return duration(max(1, math.ceil(travel_min)), words)

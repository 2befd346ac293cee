"""Sentences about hours texts as people write them: why one is not understood, and what one was read as."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.hours import BadHours, parse_opening_hours
from geo_app.domain.problem import Problem
from geo_app.wording.catalogue import Words
from geo_app.wording.readback import REFUSAL_WORDS, read_back
from geo_app.wording.timetable import year_text

_REFUSALS = {reason.value: sentence for reason, sentence in REFUSAL_WORDS.items()}
_WRITE_PLAINLY = "Write days and times plainly, each day once; until then the hours count as not known."
_WRITE_24_HOURS = "Write the hours from 0 to 24, such as 09:00-18:00; until then they count as not known."
_ENTER_DATES = (
    "Enter such days as dated closures (in the column closures: 2026-12-01~2026-12-03 repairs) and leave them out here; "
    "until then the hours count as not known."
)
_ASK = "Ask the place and write times that can be relied on; until then the hours count as not known."
# Code → (what is wrong, what to do), as in `problems.PROBLEM_WORDS`. {position} counts characters from 1; {piece} is the piece at fault.
HOURS_TEXT_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "bad-hours-text": ("The hours text is not understood.", _WRITE_PLAINLY),
    "hours-text-empty": ("There is nothing in the hours text.", _WRITE_PLAINLY),
    "hours-text-too-long": ("The hours text is too long (character {position}).", "Write only the hours."),
    "hours-text-unknown-word": ("Not understood, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-half-day": (
        "It is open whether morning or evening is meant, at character {position}: “{piece}”{readings}.",
        _WRITE_24_HOURS,
    ),
    "hours-text-bad-time": ("There is no such time, at character {position}: “{piece}”.", _WRITE_24_HOURS),
    "hours-text-unfinished": ("At character {position} the start or the end is missing, or they do not fit: “{piece}”.", _WRITE_24_HOURS),
    "hours-text-without-times": ("No opening times are said, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-days-unclear": ("It is open which days are meant, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-conflict": ("Another part of the text says otherwise, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-not-weekly": ("This does not come back by the week, at character {position}: “{piece}”.", _ENTER_DATES),
    "hours-text-not-certain": ("This leaves the hours open, at character {position}: “{piece}”.", _ASK),
    "hours-text-season-unclear": ("It is open which months are meant, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-holidays-unclear": ("It is open what holds on public holidays, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-break-unclear": ("It is open which opening the break belongs to, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-text-alert-unclear": ("It is open what holds under the weather alert, at character {position}: “{piece}”.", _WRITE_PLAINLY),
    "hours-read": ("“{value}” was read as: {readback}.", "If that is wrong, write the hours in the column opening_hours."),
    "hours-note-last-order": (
        "The time of the last order is not part of the hours: {value}.",
        "If the door closes then, write that time as the end.",
    ),
    "hours-note-holidays-left-open": (
        "What the text says of feasts or holidays is more than the hours can hold, so holidays stay unknown: {value}.",
        "Write what holds on holidays in the column on_holidays, and other days off as dated closures.",
    ),
})  # fmt: skip


def hours_text_places(problem: Problem, words: Words) -> dict[str, str]:
    """Places of those sentences that are sentences themselves: what hours were read as, and the two readings of a time."""
    details = problem.details
    places: dict[str, str] = {}
    if "opening_hours" in details:
        on_holidays = details.get("on_holidays")
        alert = None if details.get("alert") is None else str(details["alert"])
        places["readback"] = (
            read_back(str(details["opening_hours"]), None if on_holidays is None else str(on_holidays), words, alert=alert) or ""
        )
    if problem.code == "hours-text-half-day":
        told = [_reading(str(details[name]), words) for name in ("reading_1", "reading_2") if name in details]
        if told or "readings" not in details:
            places["readings"] = f" ({' / '.join(told)})" if told else ""
    return places


def reason_sentence(problem: Problem, words: Words) -> str:
    """Why hours were kept as text only, with the piece at fault; empty for other problems."""
    code = str(problem.details.get("reason"))
    if problem.code != "hours-not-understood":
        return ""
    if code in HOURS_TEXT_WORDS:
        sentence = HOURS_TEXT_WORDS[code][0]
    elif code in _REFUSALS:
        sentence = _REFUSALS[code]
    else:
        return ""
    told = {name: str(value) for name, value in problem.details.items()}
    places = {**told, **hours_text_places(Problem(code, details=problem.details), words)}
    return words(sentence).format_map({"value": told.get("piece", ""), **places})


def _reading(opening_hours: str, words: Words) -> str:
    try:
        return year_text(parse_opening_hours(opening_hours).rules, words)
    except BadHours:
        return opening_hours

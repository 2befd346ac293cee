"""An hours text cut into tokens that tile it: what belongs to no token refuses the text."""

import re
from itertools import pairwise
from typing import Any, NamedTuple

from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.words import NTH_WORDS, WORDS, Kind


class Clock(NamedTuple):
    """A written time of day. `is_padded`: with the leading zero of a 24-hour clock; `has_colon`: as digits, 9:00."""

    hour: int
    minute: int
    is_padded: bool = False
    has_colon: bool = False


class Nth(NamedTuple):
    """The 1st … 5th, or the last (-1) … of a month; `names_week` where the word 주 stands beside it."""

    number: int
    names_week: bool


class Token(NamedTuple):
    """`text` in plain letters; `position` in characters from 1, as an editor shows it; `follows_space` at the start of a word."""

    kind: Kind
    value: Any
    text: str
    position: int
    follows_space: bool = False


_DIGITS = re.compile(r"[0-9]+")
_COLON_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?(?![0-9:])")
_DOT_TIME = re.compile(r"([0-9]{1,2})\.([0-9]{2})(?![0-9.])")
_DOT_SPAN = re.compile(r"([0-9]{1,2})\.([0-9]{2}) ?[~-] ?([0-9]{1,2})\.([0-9]{2})(?![0-9.])")
_HOUR_TIME = re.compile(r"([0-9]{1,2}) ?시(?!간)(?: ?([0-9]{1,2}) ?분| ?(반))?")
_MONTH = re.compile(r"([0-9]{1,2})월(?!요일)")
_DAY = re.compile(r"([0-9]{1,2})일(?!요일)")
_DIGIT_NTH = re.compile(r"([1-5]) ?(?:째|번째)")
_WEEK_NTH = re.compile(r"([1-5]) ?주(?:차|째)?(?![말중일간0-9])|([1-5]) ?주(?:차|째)?(?=일요일)")
_WEEK = re.compile(r" ?주차?(?:(?![말중일])|(?=일요일))")
# Bare letters end a word, or one of ours follows: "수영장" is no Wednesday.
_WEEKDAYS = re.compile(
    r"([월화수목금토일]+)(?:(요일|욜)|(?![가-힣])"
    r"|(?=휴|쉬|쉼|쉽|은|는|만|부터|에서|까지|및|제외|포함|정기|정상|영업|운영|오전|오후|새벽|아침|낮|저녁|밤))"
)
_WEEKDAY_LETTERS = "월화수목금토일"
# Runs of weekday letters that are words of their own: today, January, several days, month and day.
_OTHER_WORDS = frozenset({"금일", "일월", "수일", "월일"})
_BEFORE_LETTERS = frozenset({Kind.WEEKLY, Kind.NTH, Kind.MONTHLY})
_HANGUL = re.compile(r"[가-힣]")
_SPACES = re.compile(r" +")
_STROKES = frozenset({"/", "|", "·"})
_LONG_RUN = 3
_MONTHS = 12


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a text in plain letters, `END` last. Raises `NotUnderstood` at the first piece that is no word of ours."""
    tokens: list[Token] = []
    place = 0
    follows_space = True
    while place < len(text):
        spaces = _SPACES.match(text, place)
        if spaces:
            place, follows_space = spaces.end(), True
            continue
        token = _token_at(text, place, tokens)
        tokens.append(token._replace(follows_space=follows_space))
        place += len(token.text)
        follows_space = False
    return (*tokens, Token(Kind.END, None, "", len(text) + 1, follows_space=True))


def _token_at(text: str, place: int, before: list[Token]) -> Token:
    found = [item for item in (_digits_at(text, place, before), _nth_at(text, place), _weekdays_at(text, place, before)) if item]
    found += [
        Token(kind, value, match[0], place + 1) for kind, value, pattern in WORDS if (match := pattern.match(text, place)) and match[0]
    ]
    if not found:
        raise NotUnderstood(TextFault.UNKNOWN_WORD, position=place + 1, piece=_word_at(text, place))
    longest = max(len(item.text) for item in found)
    token = next(item for item in found if len(item.text) == longest)
    if token.text == "-" and (not before or before[-1].kind is Kind.SEPARATOR):
        return token._replace(kind=Kind.SEPARATOR, value=3)  # a dash at the beginning of a line is a bullet
    return token._replace(value=_strength(text, place)) if token.text in _STROKES else token


def _strength(text: str, place: int) -> int:
    """A stroke or dot with spaces on both sides stands between parts; without, it joins a list."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    has_spaces = before.isspace() and after.isspace()
    return 2 if has_spaces or (text[place] != "·" and (before.isspace() or after.isspace())) else 1


def _digits_at(text: str, place: int, before: list[Token]) -> Token | None:
    if not text[place].isdecimal() or not text[place].isascii():
        return None
    for pattern, read in ((_COLON_TIME, _colon_clock), (_HOUR_TIME, _hour_clock)):
        match = pattern.match(text, place)
        if match:
            return Token(Kind.CLOCK, read(match), match[0], place + 1)
    match = _DOT_TIME.match(text, place)
    if match and _is_dot_time(text, place, before):
        return Token(Kind.CLOCK, _colon_clock(match), match[0], place + 1)
    for pattern, kind in ((_MONTH, Kind.MONTH), (_DAY, Kind.DAY)):
        match = pattern.match(text, place)
        if match:
            return Token(kind, int(match[1]), match[0], place + 1)
    match = _DIGITS.match(text, place)
    return Token(Kind.NUMBER, match[0], match[0], place + 1) if match and match[0].isascii() else None


def _is_dot_time(text: str, place: int, before: list[Token]) -> bool:
    """09.00~18.00: times, where an end of the span is no day of the year; 3.10~10.31 is a season."""
    if len(before) > 1 and before[-1].kind is Kind.RANGE and before[-2].kind is Kind.CLOCK and "." in before[-2].text:
        return True
    span = _DOT_SPAN.match(text, place)
    return span is not None and any(int(span[part]) > _MONTHS or int(span[part + 1]) == 0 for part in (1, 3))


def _colon_clock(match: re.Match[str]) -> Clock:
    return Clock(int(match[1]), int(match[2]), match[1].startswith("0"), has_colon=True)


def _hour_clock(match: re.Match[str]) -> Clock:
    return Clock(int(match[1]), 30 if match[3] else int(match[2] or 0), match[1].startswith("0"))


def _nth_at(text: str, place: int) -> Token | None:
    week = _WEEK_NTH.match(text, place)
    if week and not (place and text[place - 1].isdecimal()):
        return Token(Kind.NTH, Nth(int(week[1] or week[2]), names_week=True), week[0], place + 1)
    digit = _DIGIT_NTH.match(text, place)
    numbers = [(int(digit[1]), digit)] if digit else []
    numbers += [(number, match) for number, pattern in NTH_WORDS if (match := pattern.match(text, place))]
    if not numbers:
        return None
    number, match = numbers[0]
    after = _WEEK.match(text, match.end())
    return Token(Kind.NTH, Nth(number, names_week=bool(after)), text[place : after.end() if after else match.end()], place + 1)


def _weekdays_at(text: str, place: int, before: list[Token]) -> Token | None:
    match = _WEEKDAYS.match(text, place)
    if not match:
        return None
    letters, has_suffix = match[1], bool(match[2])
    # "영업일" is a day of opening, not "영업" and a Sunday: bare letters begin a word.
    is_inside = bool(place and _HANGUL.match(text[place - 1])) and not (before and before[-1].kind in _BEFORE_LETTERS)
    if not has_suffix and (is_inside or letters in _OTHER_WORDS):
        return None
    days = tuple(_WEEKDAY_LETTERS.index(letter) for letter in letters)
    return Token(Kind.WEEKDAYS, days, match[0], place + 1) if _is_run(days) else None


def _is_run(days: tuple[int, ...]) -> bool:
    """True for weekdays in their order, from Monday on or, where they are three or more in a row, from any day on."""
    if all(first < second for first, second in pairwise(days)):
        return True
    return _LONG_RUN <= len(days) <= len(_WEEKDAY_LETTERS) and all((second - first) % 7 == 1 for first, second in pairwise(days))


def _word_at(text: str, place: int) -> str:
    return re.split(r"[\s,/()]", text[place:], maxsplit=1)[0][:20] or text[place]

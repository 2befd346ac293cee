"""What a cell says of public holidays: a rule of our own, the words that people write, or yes and no under a column that asks."""

import re

from geo_app.domain.hours import HOLIDAY_RULES, BadHours, parse_holiday_rule
from geo_app.ingest.cell_values import BadCell
from geo_app.ingest.choice_words import find_boolean, find_choice, fold_word

_SITTINGS = re.compile(r"[\d:,~∼〜～\s-]+", re.ASCII)
_TILDES = re.compile(r"[~∼〜～]")
_NOTHING_SAID = frozenset({"", "-"})
_PLAIN_RULES = tuple(rule for rule in HOLIDAY_RULES if rule != "hours")
# How a yes-or-no column asks: 공휴일휴무(여부) asks whether it shuts, 공휴일영업(여부) whether it opens.
_ASKS_SHUT, _ASKS_OPEN = "휴무", ("영업", "운영", "개방")


def check_holiday_rule(text: str) -> str:
    """A rule of `hours.HOLIDAY_RULES` in its canonical form. Raises `BadCell`."""
    try:
        return str(parse_holiday_rule(text))
    except BadHours:
        raise BadCell("bad-holiday-rule", text) from None


def read_holiday_rule(text: str, header: str = "") -> str:
    """The rule that a cell under `header` tells; empty where it says nothing. Raises `BadCell`.

    >>> read_holiday_rule("정상영업"), read_holiday_rule("10:00~16:00"), read_holiday_rule("예", "공휴일휴무")
    ('usual', 'hours:10:00-16:00', 'closed')
    """
    if text.strip() in _NOTHING_SAID:
        return ""
    found = find_choice(text, "on_holidays", _PLAIN_RULES) or _answer(text, header)
    if found:
        return found
    sittings = re.sub(r"\s", "", _TILDES.sub("-", text))
    return check_holiday_rule(f"hours:{sittings}" if _SITTINGS.fullmatch(text) else text)


def _answer(text: str, header: str) -> str | None:
    """Yes or no, which means one thing or the other by what the column asks."""
    answer, asked = find_boolean(text), fold_word(header).removesuffix("여부")
    if answer is None or not asked.endswith((_ASKS_SHUT, *_ASKS_OPEN)):
        return None
    return "closed" if answer is asked.endswith(_ASKS_SHUT) else "usual"

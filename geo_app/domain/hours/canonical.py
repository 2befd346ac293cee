"""An hours text in its canonical form: the weekly rule without holidays, and what holds on holidays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from geo_app.domain.hours.grammar import WrittenRule, read_rules
from geo_app.domain.hours.holidays import derive_holiday_rule
from geo_app.domain.hours.refusal import BadHours, Refusal
from geo_app.domain.hours.rules import WEEKDAY_CODES, Rule, WeekdayPart, rules_text

# More distinct texts than a district has places with hours, so that asking all of them in turn never reads one twice.
KEPT_TEXTS = 16_384
_WHOLE_WEEK = tuple(WeekdayPart(day) for day in range(len(WEEKDAY_CODES)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """`opening_hours` is the canonical text of `rules`, without `PH`; `on_holidays` is None where the text does not say.

    Parsing `opening_hours` again gives the same text and the same rules.
    """

    rules: tuple[Rule, ...]
    opening_hours: str
    on_holidays: str | None


@lru_cache(maxsize=KEPT_TEXTS)
def parse_opening_hours(text: str) -> Parsed:
    """The canonical form of an OpenStreetMap `opening_hours` text. Raises `BadHours`.

    >>> parsed = parse_opening_hours("mo-fr 9:00-18:00; Sa 22:00-26:00; Su,PH off")
    >>> parsed.opening_hours, parsed.on_holidays
    ('Mo-Fr 09:00-18:00; Sa 22:00-02:00; Su off', 'closed')
    """
    written = read_rules(text)
    on_holidays = derive_holiday_rule(written)
    rules = tuple(_weekly(written))
    if not rules:
        raise BadHours(Refusal.HOLIDAY_ONLY, position=1, value=written[0].text)
    return Parsed(rules, rules_text(rules), None if on_holidays is None else str(on_holidays))


def find_canonical(text: str | None) -> Parsed | None:
    """The canonical form, or None where there is no text or it is not understood."""
    if text is None:
        return None
    try:
        return parse_opening_hours(text)
    except BadHours:
        return None


def _weekly(written: Sequence[WrittenRule]) -> list[Rule]:
    rules = [
        replace(item.rule, weekdays=()) if item.rule.weekdays == _WHOLE_WEEK else item.rule
        for item in written
        if item.rule.weekdays or not item.names_holidays
    ]
    # The first rule has nothing to add to, and a mark would not survive being written down.
    if rules and rules[0].is_added:
        rules[0] = replace(rules[0], is_added=False)
    return rules

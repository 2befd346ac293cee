"""What a place does on public holidays, as its hours text or its source says."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.hours.grammar import WrittenRule
from geo_app.domain.hours.refusal import BadHours, Refusal
from geo_app.domain.hours.rules import SUNDAY, WEEKDAY_CODES, Span, WeekdayPart, spans_text
from geo_app.domain.hours.sittings import parse_spans


class HolidayTreatment(StrEnum):
    """How the shift that starts on a public holiday is judged.

    `SUNDAY`: as the shift of a Sunday of that time of year; rules for an nth Sunday count only where the holiday is that Sunday.
    `USUAL`: as if it were no holiday. `CLOSED_SEOLLAL_CHUSEOK`: shut on the very day of 설날 and 추석, as usual on all others.
    `HOURS`: sittings of its own.
    """

    CLOSED = "closed"
    SUNDAY = "sunday"
    USUAL = "usual"
    CLOSED_SEOLLAL_CHUSEOK = "closed-seollal-chuseok"
    HOURS = "hours"


# What `HoursStatement.on_holidays` may be; the last takes its sittings after a colon: `hours:10:00-16:00`.
HOLIDAY_RULES = tuple(treatment.value for treatment in HolidayTreatment)


@dataclass(frozen=True, slots=True)
class HolidayRule:
    """A treatment, with `spans` where it is `HOURS`."""

    treatment: HolidayTreatment
    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return f"{self.treatment}:{spans_text(self.spans)}" if self.spans else self.treatment.value


def parse_holiday_rule(text: str) -> HolidayRule:
    """The rule that an `on_holidays` value tells. Raises `BadHours`.

    >>> str(parse_holiday_rule("hours:10:00-26:00"))
    'hours:10:00-02:00'
    """
    name, colon, sittings = text.partition(":")
    is_known = name in HOLIDAY_RULES
    if not is_known or bool(colon) is not (name == HolidayTreatment.HOURS.value):
        raise BadHours(Refusal.HOLIDAY_RULE, position=1, value=text)
    return HolidayRule(HolidayTreatment(name), parse_spans(sittings) if colon else ())


def derive_holiday_rule(written: Sequence[WrittenRule]) -> HolidayRule | None:
    """What the `PH` parts of a text say, or None where nobody said. Raises `BadHours` where two readers would understand two things."""
    named = [rule for rule in written if rule.names_holidays]
    always = any(rule.rule.is_always for rule in written)
    if len(named) > 1:
        raise _refused(Refusal.HOLIDAY_TWICE, named[1])
    if not named:
        return HolidayRule(HolidayTreatment.USUAL) if always else None
    derived = _treatment(named[0])
    # A later rule would take its weekday back from the holiday (`PH off; Mo-Fr 09:00-18:00`): the grammar says so, few writers mean it.
    if derived.treatment is not HolidayTreatment.USUAL and named[0] is not written[-1]:
        raise _refused(Refusal.HOLIDAY_ORDER, named[0])
    return derived


def _treatment(written: WrittenRule) -> HolidayRule:
    rule = written.rule
    if rule.dates:
        raise _refused(Refusal.HOLIDAY_SELECTOR, written)
    if not rule.spans:
        return HolidayRule(HolidayTreatment.CLOSED)
    # `Mo-Fr 09:00-18:00, PH 10:00-16:00` would add to the hours of a holiday's weekday instead of replacing them.
    if rule.is_added:
        raise _refused(Refusal.HOLIDAY_ADDED, written)
    if set(rule.weekdays) == {WeekdayPart(day) for day in range(len(WEEKDAY_CODES))}:
        return HolidayRule(HolidayTreatment.USUAL)
    if WeekdayPart(SUNDAY) in rule.weekdays:
        return HolidayRule(HolidayTreatment.SUNDAY)
    return HolidayRule(HolidayTreatment.HOURS, rule.spans)


def _refused(reason: Refusal, written: WrittenRule) -> BadHours:
    return BadHours(reason, position=written.position, value=written.text)

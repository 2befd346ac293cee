"""Hours under a weather alert, told beside the others: 폭염특보 시 21시까지 연장."""

from geo_app.domain.hours import HolidayRule, HolidayTreatment, parse_opening_hours
from geo_app.domain.hours.rules import DAY_MIN, Rule, Span, WeekdayPart, rules_text
from geo_app.ingest.hours_text.converted import AlertHours, NotUnderstood, TextFault
from geo_app.ingest.hours_text.facts import AlertFact, Said, Spans
from geo_app.ingest.hours_text.weeks import Weeks

_WEEK = range(7)


def build_alerts(said: Said, weeks: Weeks, rule: HolidayRule | None) -> tuple[AlertHours, ...]:
    """A statement for each alert: on its days its own hours, on all others the usual ones. Raises `NotUnderstood` where that is open."""
    kinds = [item.kind for item in said.alerts]
    for place, item in enumerate(said.alerts):
        is_plain = not weeks.seasons and not weeks.nths and not any(fact.days and fact.days.dates for fact in said.facts)
        if not is_plain or item.kind in kinds[:place]:
            raise _refused(item)
    # Holidays with times of their own: whether the alert lengthens them too, nobody said.
    is_shared = rule is not None and rule.treatment is not HolidayTreatment.HOURS
    return tuple(AlertHours(item.kind, _opening_hours(item, weeks), str(rule) if is_shared else None) for item in said.alerts)


def _opening_hours(item: AlertFact, weeks: Weeks) -> str:
    days = _list_days(item, weeks)
    week = [_alert_spans(item, spans) if day in days else spans for day, spans in enumerate(weeks.usual)]
    groups: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        if spans:
            groups.setdefault(spans, []).append(day)
    rules = [Rule((), tuple(map(WeekdayPart, held)) if len(held) < len(_WEEK) else (), spans) for spans, held in groups.items()]
    return parse_opening_hours(rules_text(rules)).opening_hours


def _list_days(item: AlertFact, weeks: Weeks) -> list[int]:
    """The days it speaks of; without a word all, where all are open anyway or their openings are only made longer."""
    usual = [day for day in _WEEK if weeks.usual[day]]
    if item.days is None:
        if not item.until_min and len(usual) < len(_WEEK):
            raise _refused(item)
        return usual
    if not (item.days.is_every or item.days.is_plain_week):
        raise _refused(item)
    days = list(_WEEK) if item.days.is_every else sorted(item.days.weekdays)
    return [day for day in days if day in usual] if item.until_min else days


def _alert_spans(item: AlertFact, usual: Spans) -> Spans:
    if item.until_min is None:
        return item.spans
    *earlier, last = usual
    if not last.ends_min < item.until_min <= last.starts_min + DAY_MIN:
        raise _refused(item)
    return (*earlier, Span(last.starts_min, item.until_min))


def _refused(item: AlertFact) -> NotUnderstood:
    return NotUnderstood(TextFault.ALERT_UNCLEAR, position=item.token.position, piece=item.token.text)

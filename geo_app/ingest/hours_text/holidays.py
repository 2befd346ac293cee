"""What a text says of public holidays, as one of `HOLIDAY_RULES`; what those rules cannot tell leaves holidays open, with a note."""

from collections.abc import Sequence

from geo_app.domain.hours import HolidayRule, HolidayTreatment
from geo_app.domain.hours.rules import SUNDAY
from geo_app.ingest.hours_text.converted import Note, NotUnderstood, TextFault
from geo_app.ingest.hours_text.facts import Fact, Said, Spans
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.weeks import Weeks

_BOTH_VERY_DAYS = frozenset({("seollal", True), ("chuseok", True)})
_CLOSED = HolidayRule(HolidayTreatment.CLOSED)
_USUAL = HolidayRule(HolidayTreatment.USUAL)
_SUNDAY = HolidayRule(HolidayTreatment.SUNDAY)
_FEASTS_CLOSED = HolidayRule(HolidayTreatment.CLOSED_SEOLLAL_CHUSEOK)


def settle_holidays(said: Said, weeks: Weeks) -> HolidayRule | None:
    """The rule, or None where the text does not say; a note is added to `said` where it says more than a rule can.

    Raises `NotUnderstood` where it says two things.
    """
    told = _list_told(said, weeks)
    rules = list(dict.fromkeys(rule for _, rule in told))
    if said.unknown_holidays and (rules or said.never_closed):
        raise _refused(TextFault.CONFLICT, said.unknown_holidays)
    if len(rules) > 1:
        raise _refused(TextFault.CONFLICT, told[-1][0])
    if said.never_closed and _CLOSED in rules:
        raise _refused(TextFault.CONFLICT, said.never_closed)
    rule = rules[0] if rules else (_USUAL if said.never_closed or said.always else None)
    return _with_feasts(said, _with_dates(said, rule))


def _list_told(said: Said, weeks: Weeks) -> list[tuple[Token, HolidayRule]]:
    _check_exceptions(said)
    told = [(item.token, _USUAL) for item in said.opened if item.has_holidays]
    told += [(token, _like(token, said, weeks, model.weekdays)) for token, model in said.likened]
    shut = [fact for fact in said.facts if fact.days and not fact.spans and (fact.days.has_holidays or fact.days.has_red_days)]
    for fact in shut:
        if fact.days and fact.days.has_red_days and any(week[SUNDAY] for week in weeks.list_weeks(has_usual=_has_usual(said))):
            raise _refused(TextFault.CONFLICT, fact.token)
        told.append((fact.token, _CLOSED))
    held = [fact for fact in said.facts if fact.days and fact.spans and (fact.days.has_holidays or fact.days.has_red_days)]
    return told + _list_openings(said, weeks, held)


def _check_exceptions(said: Said) -> None:
    """Refuses 평일 09~18시, 토 10~15시(공휴일 제외): the exception may be of all openings, or of the last."""
    openings = [fact for fact in said.facts if fact.spans]
    for fact in said.facts:
        if fact.is_exception and fact.days and fact.days.has_holidays and len(openings) > 1:
            raise _refused(TextFault.HOLIDAYS_UNCLEAR, fact.token)


def _list_openings(said: Said, weeks: Weeks, held: Sequence[Fact]) -> list[tuple[Token, HolidayRule]]:
    """Times for holidays: as on Sundays or as usual where they stand together with those days, else times of their own."""
    rules = [(fact.token, _opening_rule(fact, weeks)) for fact in held]
    seasons = {fact.season for fact in held}
    told = {rule for _, rule in rules}
    open_seasons = {place for place, week in weeks.seasons.items() if any(week)}
    if None not in seasons and held:
        # In every season told alike, or not told for the year.
        is_clear = seasons == open_seasons and not _has_usual(said) and told <= {_SUNDAY, _USUAL}
    else:
        is_clear = seasons <= {None} and (not open_seasons or told <= {_USUAL} or _is_holidays_only(held))
    if not is_clear or any(fact.days and fact.days.has_red_days for fact in held):
        raise _refused(TextFault.HOLIDAYS_UNCLEAR, held[0].token)
    return rules


def _is_holidays_only(held: Sequence[Fact]) -> bool:
    return all(fact.days is not None and fact.days.is_of_holidays for fact in held)


def _opening_rule(fact: Fact, weeks: Weeks) -> HolidayRule:
    week = weeks.usual if fact.season is None else weeks.seasons.get(fact.season, weeks.usual)
    names_whole_week = fact.is_general or fact.weekdays == frozenset(range(7))
    if names_whole_week and all(spans == fact.spans for spans in week):
        return _USUAL
    if SUNDAY in fact.weekdays and week[SUNDAY] == fact.spans:
        return _SUNDAY
    return HolidayRule(HolidayTreatment.HOURS, fact.spans)


def _like(token: Token, said: Said, weeks: Weeks, model: frozenset[int]) -> HolidayRule:
    if model == {SUNDAY}:
        return _SUNDAY
    told: set[Spans] = {weeks.usual[day] for day in model}
    has_nths = any(day in model for _, day, _ in weeks.nths)
    if weeks.seasons or has_nths or len(told) > 1 or any(fact.days and fact.days.dates for fact in said.facts):
        raise _refused(TextFault.HOLIDAYS_UNCLEAR, token)
    spans = told.pop()
    return HolidayRule(HolidayTreatment.HOURS, spans) if spans else _CLOSED


def _with_dates(said: Said, rule: HolidayRule | None) -> HolidayRule | None:
    """Holiday times would open 1월 1일 again where it is said to be shut."""
    has_dates = any(not fact.spans and (_shuts_season(fact) or (fact.days and fact.days.dates)) for fact in said.facts)
    if has_dates and rule is not None and rule.treatment is HolidayTreatment.HOURS:
        said.notes.add(Note.HOLIDAYS_LEFT_OPEN)
        return None
    return rule


def _shuts_season(fact: Fact) -> bool:
    return fact.season is not None and (fact.days is None or fact.days.is_every)


def _with_feasts(said: Said, rule: HolidayRule | None) -> HolidayRule | None:
    told = [fact for fact in said.facts if fact.days and fact.days.feasts]
    shut = {feast for fact in told if fact.days and not fact.spans for feast in fact.days.feasts}
    opened = any(item.feasts for item in said.opened)
    if not told and not opened:
        return rule
    if opened and (shut or rule == _CLOSED):
        raise _refused(TextFault.HOLIDAYS_UNCLEAR, next(item.token for item in said.opened if item.feasts))
    has_times = any(fact.spans for fact in told)
    if not has_times and (rule == _CLOSED or (opened and rule == _USUAL)):
        return rule
    if not has_times and shut == _BOTH_VERY_DAYS and rule in {None, _USUAL}:
        return _FEASTS_CLOSED
    said.notes.add(Note.HOLIDAYS_LEFT_OPEN)
    return None


def _has_usual(said: Said) -> bool:
    return any(fact.season is None and fact.spans and fact.tells_week for fact in said.facts)


def _refused(reason: TextFault, token: Token) -> NotUnderstood:
    return NotUnderstood(reason, position=token.position, piece=token.text)

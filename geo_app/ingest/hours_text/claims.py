"""What a text claims of itself must be true of its hours: 연중무휴, 휴무일 없음, 상시, 주말 정상영업."""

from geo_app.domain.hours.rules import DatePart
from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.facts import Said
from geo_app.ingest.hours_text.rules_of_text import is_always_open
from geo_app.ingest.hours_text.seasons import rest_of_year
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.weeks import Weeks

_WEEK = frozenset(range(7))
_SHORTEST_SEASON_DAYS = 28  # a February; hours of fewer days are an event, not what comes back every year


def check_claims(said: Said, weeks: Weeks) -> None:
    """Raises `NotUnderstood` for a claim that the hours of the same text do not keep, and for times of single days of the year."""
    for claim in (said.never_closed, said.no_closing):
        if claim is not None and not _opens_every_day(said, weeks):
            raise _refused(TextFault.CONFLICT, claim)
    if said.always is not None and not is_always_open(said, weeks):
        raise _refused(TextFault.NOT_CERTAIN, said.always)
    for item in said.opened:
        days = _WEEK if item.is_every else item.weekdays
        is_plain = not (item.nths or item.dates or item.is_rest or item.has_red_days)
        if not is_plain or not all(week[day] for week in _list_weeks(weeks) for day in days):
            raise _refused(TextFault.WITHOUT_TIMES, item.token)
    for fact in said.facts:
        is_of_dates = bool(fact.days and fact.days.dates)
        is_short = fact.season is not None and len(said.seasons[fact.season].list_days()) < _SHORTEST_SEASON_DAYS
        if fact.spans and (is_of_dates or is_short):
            raise _refused(TextFault.NOT_WEEKLY, fact.token)


def _opens_every_day(said: Said, weeks: Weeks) -> bool:
    shut_dates: tuple[DatePart, ...] = tuple(date for fact in said.facts if fact.days and not fact.spans for date in fact.days.dates)
    uncovered = () if any(weeks.usual) else rest_of_year(said.seasons)
    shut_nths = any(not spans for spans in weeks.nths.values())
    return all(week[day] for week in _list_weeks(weeks) for day in _WEEK) and not (shut_dates or uncovered or shut_nths)


def _list_weeks(weeks: Weeks) -> list[tuple[tuple[object, ...], ...]]:
    return [*([weeks.usual] if any(weeks.usual) or not weeks.seasons else []), *weeks.seasons.values()]


def _refused(reason: TextFault, token: Token) -> NotUnderstood:
    return NotUnderstood(reason, position=token.position, piece=token.text)

"""What holds on each weekday of each season, once the clauses are held against each other: the nearer word counts, rivals refuse."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.facts import Fact, Said, Spans
from geo_app.ingest.hours_text.words import Kind

_SATURDAY, _SUNDAY = 5, 6
_WEEK = range(7)
_WORKDAYS = frozenset(range(5))
_WEEK_ENDS = frozenset({frozenset({4, 5}), frozenset({4, 5, 6})})  # of an evening trade
_LAST_WEEKS_FROM = 4  # the fourth Sunday may be the last one


@dataclass(frozen=True, slots=True)
class Weeks:
    """`usual`: spans by weekday where no season holds; `seasons`: the same by the place of a season; `nths`: by (season, weekday, nth)."""

    usual: tuple[Spans, ...]
    seasons: dict[int, tuple[Spans, ...]] = field(default_factory=dict)
    nths: dict[tuple[int | None, int, int], Spans] = field(default_factory=dict)

    def list_weeks(self, *, has_usual: bool) -> list[tuple[Spans, ...]]:
        """The weeks of the year: of every season, and the usual one where it is told at all or there is no season."""
        return [*([self.usual] if has_usual or not self.seasons else []), *self.seasons.values()]


def settle_weeks(said: Said) -> Weeks:
    """The weeks that the facts tell. Raises `NotUnderstood` where two of them rival."""
    by_week = [fact for fact in said.facts if fact.tells_week]
    usual = [fact for fact in by_week if fact.season is None]
    _check_unused(usual)
    places = sorted({fact.season for fact in by_week if fact.season is not None})
    weeks = Weeks(
        _week(usual),
        {place: _week([*usual, *(fact for fact in by_week if fact.season == place)]) for place in places},
        _settle_nths(said.facts),
    )
    _check_nths(said.facts, weeks)
    return weeks


def _check_unused(usual: Sequence[Fact]) -> None:
    """Refuses 09~18시 평일 / 토·일 10~15시: times that no day is left for were meant for some of those named."""
    named = frozenset(day for fact in usual for day in fact.weekdays)
    for fact in usual:
        if fact.days is None and fact.spans and len(named) == len(_WEEK):
            raise _refused(TextFault.CONFLICT, fact)


def _week(facts: Sequence[Fact]) -> tuple[Spans, ...]:
    return tuple(_pick(facts, day) for day in _WEEK)


def _pick(facts: Sequence[Fact], day: int) -> Spans:
    closings = [fact for fact in facts if fact.season is not None and not fact.spans and _is_of_every_day(fact)]
    if closings:
        if any(fact.season is not None and fact.spans for fact in facts):
            raise _refused(TextFault.CONFLICT, closings[0])
        return ()
    named = [fact for fact in facts if day in fact.weekdays and not (fact.days and fact.days.is_every)]
    general = [fact for fact in facts if fact.is_general]
    if not named:
        return _pick_general(general, facts, day)
    nearest = [fact for fact in named if not any(_is_nearer(other, fact, facts) for other in named)]
    chosen = _only([fact for fact in nearest if fact.season is not None] or nearest)
    for fact in (*named, *general):
        if fact.spans != chosen.spans and not _gives_way(fact, chosen):
            raise _refused(TextFault.CONFLICT, chosen)
    return chosen.spans


def _is_nearer(one: Fact, other: Fact, facts: Sequence[Fact]) -> bool:
    """Of fewer of the same days; or 금·토 behind 평일, which then were the days before them."""
    if one.weekdays < other.weekdays:
        return True
    is_group = other.days is not None and other.days.token.kind is Kind.GROUP and other.weekdays == _WORKDAYS and one.season is other.season
    is_later = facts.index(one) > facts.index(other)
    return is_group and is_later and one.weekdays in _WEEK_ENDS


def _is_of_every_day(fact: Fact) -> bool:
    return fact.days is None or fact.days.is_every


def _gives_way(fact: Fact, chosen: Fact) -> bool:
    """The wider word must be able to give way: a season's hours do not give way to the year's, nor a closing to an opening within it."""
    if fact.season is not None and chosen.season is None and fact.spans:
        return not chosen.spans and not (fact.days is not None and fact.days.is_every)
    if fact.is_general:
        return True
    if fact.season is None and chosen.season is not None:
        return chosen.weekdays <= fact.weekdays
    return bool(fact.spans) or not chosen.spans


def _pick_general(general: Sequence[Fact], facts: Sequence[Fact], day: int) -> Spans:
    if not general:
        return ()
    chosen = _only([fact for fact in general if fact.season is not None] or list(general))
    if day == _SUNDAY and chosen.days is None and any(fact.spans and _names_saturday_alone(fact) for fact in facts):
        # "09:00~18:00, 토요일 10:00~15:00": on Sundays at nine, or not at all?
        raise _refused(TextFault.DAYS_UNCLEAR, chosen)
    return chosen.spans


def _names_saturday_alone(fact: Fact) -> bool:
    return _SATURDAY in fact.weekdays and _SUNDAY not in fact.weekdays


def _only(facts: Sequence[Fact]) -> Fact:
    if any(fact.spans != facts[0].spans for fact in facts):
        raise _refused(TextFault.CONFLICT, facts[-1])
    return facts[0]


def _settle_nths(facts: Sequence[Fact]) -> dict[tuple[int | None, int, int], Spans]:
    told: dict[tuple[int | None, int, int], Spans] = {}
    for fact in facts:
        for day, nth in sorted(fact.days.nths) if fact.days else ():
            for (_, other_day, other_nth), spans in told.items():
                may_meet = nth == other_nth or (min(nth, other_nth) < 0 and max(nth, other_nth) >= _LAST_WEEKS_FROM)
                if day == other_day and may_meet and spans != fact.spans:
                    raise _refused(TextFault.CONFLICT, fact)
            told[fact.season, day, nth] = fact.spans
    return told


def _check_nths(facts: Sequence[Fact], weeks: Weeks) -> None:
    """Refuses 평일 9~18시, 둘째 일요일 휴무: then on the other Sundays it opens, and nobody said when."""
    for fact in facts:
        for day, _ in fact.days.nths if fact.days and not fact.spans else ():
            if not any(week[day] for week in (weeks.usual, *weeks.seasons.values())):
                raise _refused(TextFault.WITHOUT_TIMES, fact)


def _refused(reason: TextFault, fact: Fact) -> NotUnderstood:
    return NotUnderstood(reason, position=fact.token.position, piece=fact.token.text)

"""Which season each clause belongs to: a heading stands over what follows it, but a closing at the end may be meant for the whole year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.facts import Fact, Said
from geo_app.ingest.hours_text.seasons import rest_of_year
from geo_app.ingest.hours_text.tokens import Token

_LEAP_YEAR_DAYS = 366
Keys = Counter[tuple[object, ...] | None]


def settle_seasons(said: Said) -> None:
    """Gives each fact its season and each season its days. Raises `NotUnderstood` where that is open, or where two seasons overlap."""
    _settle_rest(said)
    _check_overlaps(said)
    _settle_holiday_times(said)
    segments = {place: [fact for fact in said.facts if fact.season == place] for place in said.headings}
    for place, segment in segments.items():
        if not segment:
            raise _refused(TextFault.WITHOUT_TIMES, said.seasons[place].token)
    unheaded = [fact for fact in said.facts if fact.season is None and fact.spans and fact.tells_week]
    if len(segments) > 1 or (segments and unheaded):
        _check_openings(segments, unheaded)
        _settle_closings(said, segments)
    said.facts = [replace(fact, season=None) if _shuts_holidays(fact) else fact for fact in said.facts]


def _settle_rest(said: Said) -> None:
    named = [season for season in said.seasons if not season.is_rest]
    for place, season in enumerate(said.seasons):
        if season.is_rest:
            parts = rest_of_year(named)
            if not named or not parts or sum(item.is_rest for item in said.seasons) > 1:
                raise _refused(TextFault.SEASON_UNCLEAR, season.token)
            said.seasons[place] = replace(season, parts=parts)
        elif season.names_rest:
            others = {day for other in said.seasons if other is not season for day in other.list_days()}
            if not others or len(others) + len(season.list_days()) != _LEAP_YEAR_DAYS:
                raise _refused(TextFault.SEASON_UNCLEAR, season.token)


def _check_overlaps(said: Said) -> None:
    taken: set[int] = set()
    for season in said.seasons:
        days = set(season.list_days())
        if days & taken:
            raise _refused(TextFault.SEASON_UNCLEAR, season.token)
        taken |= days


def _settle_holiday_times(said: Said) -> None:
    """공휴일 10~16시 behind the last heading, standing apart from it, is meant for the year where no other season tells of holidays."""
    places = {fact.season for fact in said.facts if _is_of_holidays(fact) and fact.spans}
    last = max(said.headings, default=None)
    if last is None or len(said.headings) == 1 or places != {last}:
        return
    if all(fact.strength >= said.headings[last] > 0 for fact in said.facts if _is_of_holidays(fact) and fact.spans):
        said.facts = [replace(fact, season=None) if _is_of_holidays(fact) else fact for fact in said.facts]


def _check_openings(segments: dict[int, list[Fact]], unheaded: list[Fact]) -> None:
    """Several openings after the last heading: its own where the other seasons tell of the same days, else nobody knows."""
    *others, last = (_keys(fact for fact in segment if fact.spans) for _, segment in sorted(segments.items()))
    if last.total() > 1 and any(told != last for told in others or [_keys(unheaded)]):
        raise _refused(TextFault.SEASON_UNCLEAR, segments[max(segments)][-1].token)


def _settle_closings(said: Said, segments: dict[int, list[Fact]]) -> None:
    """Closings behind the first clause of a heading: each season's own where each has some, the whole year's where they stand apart."""
    further = {place: [fact for fact in segment[1:] if not fact.spans] for place, segment in segments.items()}
    last = max(segments)
    is_same = len({frozenset(_keys(facts).items()) for facts in further.values()}) == 1
    ordinary = {place: [fact for fact in facts if not _shuts_holidays(fact)] for place, facts in further.items()}
    if not any(further.values()) or (len(segments) > 1 and (is_same or _is_each_its_own(further, ordinary, last))):
        return
    early = [fact for place in segments if place != last for fact in further[place]]
    apart = [fact for fact in further[last] if _shuts_holidays(fact) or fact.strength >= said.headings[last] > 0]
    if early or len(apart) < len(further[last]):
        raise _refused(TextFault.SEASON_UNCLEAR, (early or further[last])[0].token)
    said.facts = [replace(fact, season=None) if any(fact is item for item in apart) else fact for fact in said.facts]


def _is_each_its_own(further: dict[int, list[Fact]], ordinary: dict[int, list[Fact]], last: int) -> bool:
    """Every season tells its own closings; only the last may tell of holidays, which are meant for all."""
    return all(ordinary.values()) and all(len(ordinary[place]) == len(further[place]) for place in further if place != last)


def _keys(facts: Iterable[Fact]) -> Keys:
    return Counter(None if fact.days is None else fact.days.said for fact in facts)


def _shuts_holidays(fact: Fact) -> bool:
    return not fact.spans and _is_of_holidays(fact)


def _is_of_holidays(fact: Fact) -> bool:
    return fact.days is not None and fact.days.is_of_holidays


def _refused(reason: TextFault, token: Token) -> NotUnderstood:
    return NotUnderstood(reason, position=token.position, piece=token.text)

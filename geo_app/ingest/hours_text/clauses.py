"""Where a text has been read up to: the days that wait for times, the season that holds, what was told so far."""

from geo_app.domain.hours.rules import Span
from geo_app.ingest.hours_text.converted import NotUnderstood, TextFault
from geo_app.ingest.hours_text.days import WHOLE_WEEK, Days, is_day_start, merge_days, read_days
from geo_app.ingest.hours_text.facts import Fact, Said
from geo_app.ingest.hours_text.seasons import is_season_start, read_season
from geo_app.ingest.hours_text.sittings import SpanReader
from geo_app.ingest.hours_text.times import is_time_start
from geo_app.ingest.hours_text.token_cursor import TokenCursor
from geo_app.ingest.hours_text.tokens import Token
from geo_app.ingest.hours_text.words import Kind

PART_STRENGTH = 2
SENTENCE_STRENGTH = 3
_WORKDAYS = frozenset(range(5))


class Clauses:
    """The state between two clauses.

    `pending`: days named that wait for what is said of them; `outer`: those that waited before a bracket; `latest`: the place of the fact
    that a further sitting would continue; `season`: the place of the season in force; `depth`: how many brackets are open;
    `has_bracketed_seasons`: the season in force stands in a bracket of its own; `has_days_last`: each opening has its days behind it.
    """

    def __init__(self, cursor: TokenCursor, spans: SpanReader, *, has_days_last: bool = False) -> None:
        self.cursor = cursor
        self.spans = spans
        self.said = Said()
        self.pending: Days | None = None
        self.outer: Days | None = None
        self.latest: int | None = None
        self.season: int | None = None
        self.strength = 0
        self.depth = 0
        self.has_bracketed_seasons = False
        self.has_days_last = has_days_last
        self.has_label = False

    @property
    def latest_fact(self) -> Fact | None:
        """The fact that was told last and may still be continued, or None."""
        return None if self.latest is None else self.said.facts[self.latest]

    def refused(self, reason: TextFault, token: Token | None = None) -> NotUnderstood:
        """The refusal of a token, to be raised."""
        return self.cursor.refused(reason, token)

    def await_days(self, days: Days) -> None:
        """Adds days to those that wait."""
        self.pending = days if self.pending is None else self.pending.union(days)

    def begin_clause(self) -> None:
        """What follows continues no opening before it."""
        self.latest = None
        self.strength = 0

    def tell(
        self, token: Token, days: Days | None, spans: tuple[Span, ...], *, season: int | None = None, is_exception: bool = False
    ) -> None:
        """One more fact; the days that waited have what they waited for. Raises `NotUnderstood`."""
        if days is not None and days.has_substitute and not days.has_holidays:
            raise self.refused(TextFault.HOLIDAYS_UNCLEAR, days.token)
        if days is not None and (days.is_every or days.is_rest) and days.weekdays not in {frozenset(), WHOLE_WEEK}:
            raise self.refused(TextFault.DAYS_UNCLEAR, days.token)  # "매일 월~금"
        held = self.season if season is None else season
        self.said.facts.append(Fact(token, days, spans, held, self.strength, is_exception=is_exception))
        self.latest = len(self.said.facts) - 1
        self.pending = None
        self.strength = 0

    def tell_open(self, token: Token, spans: tuple[Span, ...], *, is_from_midnight: bool = False) -> None:
        """Times for the days that wait, for those in a bracket behind, for the opening before, or for no days in particular."""
        season = self._bracketed_season()
        days = self.pending if self.pending is not None else self._bracketed_days()
        season = self._bracketed_season() if season is None else season
        days = self._days_behind(token, days)
        if is_from_midnight and days is not None and not days.is_every:
            raise self.refused(TextFault.DAYS_UNCLEAR, token)  # "토요일 자정부터": its first minute, or its last?
        if days is None and any(item.covers_week for item in self.said.opened):
            raise self.refused(TextFault.DAYS_UNCLEAR, token)  # "평일 정상영업, 09~18시"
        if days is None and season is None and self._has_times():
            self._continue(token, spans)
        else:
            self.tell(token, days, spans, season=season)
        self.pending = None
        self.cursor.skip(Kind.OPEN)

    def _days_behind(self, token: Token, days: Days | None) -> Days | None:
        """09:00~18:00 월~금 / 10:00~15:00 토: days behind their times, in the whole text or not at all."""
        cursor, mark = self.cursor, self.cursor.place
        if self.has_days_last:
            if days is not None or not is_day_start(cursor):
                raise self.refused(TextFault.DAYS_UNCLEAR, token)
            found = merge_days(read_days(cursor, strength=1))
            if not (cursor.is_at(Kind.END, Kind.SEPARATOR) or is_time_start(cursor)):
                raise self.refused(TextFault.DAYS_UNCLEAR, found.token)
            return found
        if days is None and is_day_start(cursor):
            found = merge_days(read_days(cursor, strength=1))
            is_likely = bool(cursor.take_if(Kind.SEPARATOR)) or found.weekdays >= _WORKDAYS
            if is_likely and is_time_start(cursor):
                raise self.refused(TextFault.DAYS_UNCLEAR, found.token)
        cursor.place = mark
        return days

    def _has_times(self) -> bool:
        return any(fact.spans and fact.season == self.season and fact.tells_week for fact in self.said.facts)

    def _continue(self, token: Token, spans: tuple[Span, ...]) -> None:
        latest = self.latest_fact
        is_apart = self.strength > PART_STRENGTH or self.depth > 0
        if latest is None or is_apart or not latest.spans or spans[0].starts_min < latest.spans[-1].ends_min:
            raise self.refused(TextFault.DAYS_UNCLEAR, token)
        self.said.facts[-1] = Fact(
            latest.token, latest.days, (*latest.spans, *spans), latest.season, latest.strength, is_exception=latest.is_exception
        )
        self.strength = 0

    def _bracketed_days(self) -> Days | None:
        """09:00~18:00(월~금): the days behind their times."""
        cursor, mark = self.cursor, self.cursor.place
        if cursor.take_if(Kind.OPENING) and is_day_start(cursor):
            days = merge_days(read_days(cursor))
            if cursor.take_if(Kind.CLOSING) and not cursor.is_at(Kind.CLOSED, Kind.EXCEPT, Kind.COLON):
                return days
        cursor.place = mark
        return None

    def _bracketed_season(self) -> int | None:
        """09:00~18:00(3~10월): the season behind its times, unless such brackets are headings here."""
        if self.has_bracketed_seasons:
            return None
        cursor, mark = self.cursor, self.cursor.place
        if cursor.take_if(Kind.OPENING) and is_season_start(cursor):
            season = read_season(cursor)
            if cursor.take_if(Kind.CLOSING) and not cursor.is_at(Kind.CLOSED, Kind.EXCEPT, Kind.COLON):
                self.said.seasons.append(season)
                return len(self.said.seasons) - 1
        cursor.place = mark
        return None

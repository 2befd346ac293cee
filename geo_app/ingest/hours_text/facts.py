"""What a text says, clause by clause, before the clauses are held against each other."""

from dataclasses import dataclass, field

from geo_app.domain.calendar import AlertKind
from geo_app.domain.hours.rules import Span
from geo_app.ingest.hours_text.converted import Note
from geo_app.ingest.hours_text.days import Days
from geo_app.ingest.hours_text.seasons import Season
from geo_app.ingest.hours_text.times import WrittenTime
from geo_app.ingest.hours_text.tokens import Token

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Open in `spans` (none: shut) on `days` (None: on no days in particular) of a season (its place in `Said.seasons`, None: all year).

    `strength` is that of the strongest separator between it and the clause before. `is_exception`: told as 제외 in brackets.
    """

    token: Token
    days: Days | None
    spans: Spans
    season: int | None = None
    strength: int = 0
    is_exception: bool = False

    @property
    def is_general(self) -> bool:
        """True where it holds for whatever days nothing nearer is said of."""
        return self.days is None or self.days.is_every or self.days.is_rest

    @property
    def tells_week(self) -> bool:
        """True where it speaks of weekdays and not of holidays, dates or nth weekdays alone."""
        return self.days is None or self.days.covers_week

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays that it names."""
        return frozenset() if self.days is None else self.days.weekdays


@dataclass(frozen=True, slots=True)
class Break:
    """Shut from `start` to `end` within the openings of `days`, or of the fact at `fact` (a place in `Said.facts`), or of all (both None).

    `strength` is that of the strongest separator between it and the clause before; `stands_apart` where that clause tells no opening;
    `told_count`: the facts told before it.
    """

    token: Token
    start: WrittenTime
    end: WrittenTime
    days: Days | None = None
    fact: int | None = None
    strength: int = 0
    stands_apart: bool = False
    told_count: int = 0


@dataclass(frozen=True, slots=True)
class AlertFact:
    """Under an alert: open in `spans` on `days`, or each opening goes on until `until_min`."""

    token: Token
    kind: AlertKind
    days: Days | None = None
    spans: Spans = ()
    until_min: int | None = None


@dataclass(slots=True)
class Said:
    """All that a text says.

    `opened`: days said to be open as usual; `likened`: (holidays, the days they are like); `unbroken`: days said to have no break.
    """

    facts: list[Fact] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    seasons: list[Season] = field(default_factory=list)
    # The places of seasons whose heading stands over clauses, with the strength of the separator before it.
    headings: dict[int, int] = field(default_factory=dict)
    alerts: list[AlertFact] = field(default_factory=list)
    opened: list[Days] = field(default_factory=list)
    likened: list[tuple[Token, Days]] = field(default_factory=list)
    unbroken: list[Days] = field(default_factory=list)
    never_closed: Token | None = None
    no_closing: Token | None = None
    always: Token | None = None
    unknown_holidays: Token | None = None
    notes: set[Note] = field(default_factory=set)

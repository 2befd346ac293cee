"""What a planner asks: who is served, by which places, on which way, in which hour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from geo_app.domain.errors import BadArgument
from geo_app.domain.hours import minute_of, seoul_time
from geo_app.domain.layers import get_layer
from geo_app.planning.day_kind import DayKind
from geo_app.travel.speeds import Mode

MINUTES_LIMIT: Final = 120.0
STAY_LIMIT_MIN: Final = 24 * 60
NTH_LIMIT: Final = 10
HOUR_MIN: Final = 60
# A week has eves and tails on both sides; years outside are no calendar of ours.
_FIRST_YEAR, _LAST_YEAR = 1900, 9998


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """One slice, `at` an instant with a zone (kept in Seoul's, whole minutes), and everything that says what counts as served.

    `minutes` is the longest way that still serves (above 0, at most 120). `sites`: only these ids of the layer, all where empty;
    `without`: not these; `neighbours`: places outside the district count too. `registered`: the reader may enter where one must be on a
    list; `checked`: a place with old hours, or a shelter of which nobody said how one gets in, does not count. A door must stay open
    `stay_min` after arrival; a cell is served where at least `nth` places are. Raises `BadArgument`, `UnknownLayer`.
    """

    at: datetime
    layer: str = "shelters"
    mode: Mode = Mode.WALK
    minutes: float = 10.0
    demand: str = "residents"
    day: DayKind = DayKind.CALENDAR
    sites: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    neighbours: bool = True
    registered: bool = False
    checked: bool = False
    stay_min: int = 0
    nth: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", seoul_time(self.at).replace(second=0, microsecond=0))
        _check("at", self.at.isoformat(), f"a time of the years {_FIRST_YEAR} to {_LAST_YEAR}", _FIRST_YEAR <= self.at.year <= _LAST_YEAR)
        _check("layer", self.layer, "a layer with hours", get_layer(self.layer).has_hours)
        _check("minutes", self.minutes, f"above 0, at most {MINUTES_LIMIT:g}", 0 < self.minutes <= MINUTES_LIMIT)
        _check("stay_min", self.stay_min, f"0 to {STAY_LIMIT_MIN}", 0 <= self.stay_min <= STAY_LIMIT_MIN)
        _check("nth", self.nth, f"1 to {NTH_LIMIT}", 1 <= self.nth <= NTH_LIMIT)

    @property
    def monday(self) -> date:
        """The Monday of the week, in Seoul, that holds `at`."""
        return self.at.date() - timedelta(days=self.at.weekday())

    @property
    def week_min(self) -> int:
        """Whole minutes from that Monday 00:00 to `at`, 0 … 10,079."""
        return minute_of(self.at, first_day=self.monday)

    @property
    def hour_of_week(self) -> int:
        """0 = Monday 00:00 … 167 = Sunday 23:00."""
        return self.week_min // HOUR_MIN


def _check(name: str, value: str | float, expected: str, is_right: bool) -> None:  # noqa: FBT001 (a check is asked for its outcome)
    if not is_right:
        raise BadArgument(name=name, value=value, expected=expected)

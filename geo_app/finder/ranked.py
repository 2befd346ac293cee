"""The question of a reader, and a place as it is for her: facts and what follows from them."""

from dataclasses import dataclass
from datetime import date, datetime

from geo_app.domain.hours import Answer, Glance, State, minute_time, seoul_time
from geo_app.domain.report import ReportSummary
from geo_app.finder.judging import DEFAULT_STAY_MIN, REACH_MIN, Standing
from geo_app.finder.lineup import Candidate
from geo_app.spatial.checks import check_point
from geo_app.travel.speeds import Mode


@dataclass(frozen=True, slots=True)
class FinderQuestion:
    """Where somebody is (EPSG:4326), when (any zone; kept in Seoul's), how she travels, how long she would rest, what she needs there."""

    lon: float
    lat: float
    at: datetime
    mode: Mode = Mode.WALK
    stay_min: int = DEFAULT_STAY_MIN
    amenities: tuple[str, ...] = ()
    is_registered: bool = False

    def __post_init__(self) -> None:
        check_point(self.lon, self.lat)
        object.__setattr__(self, "at", seoul_time(self.at))


@dataclass(frozen=True, slots=True)
class Window:
    """The days for which timelines are known: `day_count` days from `first_day` 00:00 in Seoul."""

    first_day: date
    day_count: int

    @property
    def end_min(self) -> int:
        """Minutes after the first midnight at which knowledge ends."""
        return self.day_count * 24 * 60


@dataclass(frozen=True, slots=True)
class Ranked:
    """One place as it is for this reader. Minutes count from `first_day` 00:00 in Seoul, metres are geodesic, travel is an estimate.

    Of a rough place only a range is known, `near_m` to `far_m`; the way and the door are those of the far end. `opens_min` is when it
    next opens after she gets there, `checked_on` the last day anybody vouched for its hours.
    """

    candidate: Candidate
    standing: Standing
    distance_m: float
    travel_min: float
    first_day: date
    arrival_min: int
    now: Glance
    arrival: Glance
    opens_min: int | None
    checked_on: date | None
    is_stale: bool
    report: ReportSummary | None

    @property
    def id(self) -> str:
        """The place's id."""
        return self.candidate.id

    @property
    def position(self) -> int:
        """Where its record stands in its layer."""
        return self.candidate.position

    @property
    def is_exact(self) -> bool:
        """True where the point is the place itself."""
        return self.candidate.extent.radius_m == 0

    @property
    def near_m(self) -> float:
        """The least it may be away."""
        return max(0.0, self.distance_m - self.candidate.extent.radius_m)

    @property
    def far_m(self) -> float:
        """The most it may be away."""
        return self.distance_m + self.candidate.extent.radius_m

    @property
    def is_in_reach(self) -> bool:
        """True where she may be there within `REACH_MIN` minutes."""
        return self.travel_min <= REACH_MIN

    @property
    def arrives_at(self) -> datetime:
        """The whole minute by which she is there."""
        return minute_time(self.arrival_min, first_day=self.first_day)

    @property
    def opens_at(self) -> datetime | None:
        """When it next opens after that."""
        return None if self.opens_min is None else minute_time(self.opens_min, first_day=self.first_day)

    @property
    def open_left_min(self) -> int | None:
        """Minutes the door stays open after that; None where it is not known to be open, or no end is known."""
        return open_left_min(self.arrival, self.arrival_min)

    @property
    def now_answer(self) -> Answer:
        """What is known of the door now."""
        return self._answer(self.now)

    @property
    def arrival_answer(self) -> Answer:
        """What is known of the door on arrival."""
        return self._answer(self.arrival)

    @property
    def sort_key(self) -> tuple[bool, int, float, str]:
        """Rough places never stand before exact ones; then the better, the nearer, the first by id."""
        return not self.is_exact, self.standing, self.distance_m, self.id

    def _answer(self, glance: Glance) -> Answer:
        if glance.change_min is None:
            return Answer(glance.state)
        return Answer(glance.state, minute_time(glance.change_min, first_day=self.first_day), glance.then)


def open_left_min(arrival: Glance, arrival_min: int) -> int | None:
    """Minutes from `arrival_min` until a door that is open then closes; None where it is not, or no end is known."""
    return arrival.change_min - arrival_min if arrival.state is State.OPEN and arrival.change_min is not None else None

"""What an hours text is refused for: one stable code for each thing that is not accepted."""

from enum import StrEnum

from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem


class Refusal(StrEnum):
    """Why a text is not one of ours; the words for each are in `wording.readback`."""

    EMPTY = "hours-empty"
    TOO_LONG = "hours-too-long"
    UNEXPECTED = "hours-unexpected"
    FALLBACK = "hours-fallback"
    COMMENT = "hours-comment"
    MODIFIER = "hours-modifier"
    SCHOOL_HOLIDAY = "hours-school-holiday"
    SUN_TIME = "hours-sun-time"
    OPEN_END = "hours-open-end"
    WEEK_NUMBER = "hours-week-number"
    EASTER = "hours-easter"
    YEAR = "hours-year"
    BAD_DATE = "hours-bad-date"
    BAD_NTH = "hours-bad-nth"
    BAD_TIME = "hours-bad-time"
    EMPTY_SPAN = "hours-empty-span"
    LONG_SPAN = "hours-long-span"
    OVERLAP = "hours-overlap"
    WITHOUT_TIME = "hours-without-time"
    TIMED_OFF = "hours-timed-off"
    HOLIDAY_SELECTOR = "hours-holiday-selector"
    HOLIDAY_ORDER = "hours-holiday-order"
    HOLIDAY_TWICE = "hours-holiday-twice"
    HOLIDAY_ADDED = "hours-holiday-added"
    HOLIDAY_ONLY = "hours-holiday-only"
    HOLIDAY_RULE = "hours-holiday-rule"


class BadHours(GeoAppError):
    """An hours text that is not accepted. Values: `reason` (a `Refusal`), `position` (characters, from 1), `value` (the piece at fault)."""

    code = "bad-hours"

    def __init__(self, reason: Refusal, *, position: int, value: str) -> None:
        super().__init__(reason=reason.value, position=position, value=value)
        self.reason = reason
        self.position = position
        self.value = value

    def as_problem(self, *, line: int | None = None, column: str | None = None) -> Problem:
        """The same fault as a problem of a file or a form; `details` holds `position`."""
        return Problem(self.reason.value, line=line, column=column, value=self.value, details={"position": self.position})

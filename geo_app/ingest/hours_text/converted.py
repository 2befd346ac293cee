"""What becomes of an hours text: the hours it tells, or the piece it is refused for."""

from dataclasses import dataclass
from enum import StrEnum

from geo_app.domain.calendar import AlertKind
from geo_app.domain.errors import GeoAppError


class TextFault(StrEnum):
    """Why a text is not understood; the words for each are in `wording.hours_text`."""

    EMPTY = "hours-text-empty"
    TOO_LONG = "hours-text-too-long"
    UNKNOWN_WORD = "hours-text-unknown-word"
    HALF_DAY = "hours-text-half-day"
    BAD_TIME = "hours-text-bad-time"
    UNFINISHED = "hours-text-unfinished"
    WITHOUT_TIMES = "hours-text-without-times"
    DAYS_UNCLEAR = "hours-text-days-unclear"
    CONFLICT = "hours-text-conflict"
    NOT_WEEKLY = "hours-text-not-weekly"
    NOT_CERTAIN = "hours-text-not-certain"
    SEASON_UNCLEAR = "hours-text-season-unclear"
    HOLIDAYS_UNCLEAR = "hours-text-holidays-unclear"
    BREAK_UNCLEAR = "hours-text-break-unclear"
    ALERT_UNCLEAR = "hours-text-alert-unclear"


class Note(StrEnum):
    """What a text says beyond the hours it is converted to.

    `LAST_ORDER`: an order is taken, or people are let in, until then; the door closes later. `HOLIDAYS_LEFT_OPEN`: it shuts on days of a
    feast, or keeps hours beside that, which `HOLIDAY_RULES` cannot tell; so holidays stay unknown.
    """

    LAST_ORDER = "hours-note-last-order"
    HOLIDAYS_LEFT_OPEN = "hours-note-holidays-left-open"


@dataclass(frozen=True, slots=True)
class TextRefusal:
    """The reason (a `TextFault`, or a `Refusal` of the canonical grammar), and the piece with its place in characters from 1."""

    code: str
    piece: str
    position: int


@dataclass(frozen=True, slots=True)
class AlertHours:
    """Hours that hold under a weather alert in the place of the others; both texts as in `HoursStatement`."""

    alert: AlertKind
    opening_hours: str
    on_holidays: str | None


@dataclass(frozen=True, slots=True)
class Converted:
    """What a text tells. Either `opening_hours` (canonical, without `PH`) or `refusal` is there, never both.

    `on_holidays`: one of `HOLIDAY_RULES`, None where the text does not say. `alternatives`: where a time may be of the morning or the
    evening, the `opening_hours` of each reading, to choose from. `alerts`: further statements.
    """

    text: str
    opening_hours: str | None = None
    on_holidays: str | None = None
    notes: tuple[Note, ...] = ()
    alerts: tuple[AlertHours, ...] = ()
    alternatives: tuple[str, ...] = ()
    refusal: TextRefusal | None = None


class NotUnderstood(GeoAppError):
    """A piece of a text that is not certain; it never leaves this room. Values: `reason`, `position`, `value`."""

    code = "bad-hours-text"

    def __init__(self, reason: TextFault, *, position: int, piece: str) -> None:
        super().__init__(reason=reason.value, position=position, value=piece)
        self.reason = reason
        self.refusal = TextRefusal(reason.value, piece, position)

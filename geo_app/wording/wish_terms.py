"""What is told of wishes and saved scenarios: their hours, what is kept of them, and what they are not."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.report import Limit
from geo_app.domain.wish import LEAST_TOLD, WISHES_AN_HOUR, WISHES_KEPT, DayBand, WishTime
from geo_app.wording.catalogue import Words

DAY_BAND_WORDS: Mapping[DayBand, str] = MappingProxyType({
    DayBand.WEEKDAY: "Weekdays",
    DayBand.SATURDAY: "Saturday",
    DayBand.SUNDAY: "Sunday",
})  # fmt: skip


def wish_time_words(time: WishTime, words: Words) -> str:
    """The hour as people read it.

    >>> from geo_app.wording.catalogue import get_words
    >>> wish_time_words(WishTime(DayBand.SATURDAY, 23), get_words("en"))
    'Saturday 23:00–24:00'
    """
    return f"{words(DAY_BAND_WORDS[time.days])} {time.hour:02}:00–{time.hour + 1:02}:00"


def wish_terms(words: Words) -> tuple[str, ...]:
    """What is kept of a wish, a paragraph each."""
    return (
        words(
            "When you press “We need one here”, we keep the dong or place you chose from the list, the kind of day and the hour, and the "
            "date: {days} days, then it is deleted. Your position is not sent.",
            days=WISHES_KEPT.days,
        ),
        words(
            "As with reports, a mark that lives for one day keeps one connection from counting twice for a place and hour on one day, and "
            "at most {reporter} wishes an hour are taken from one connection. Then the mark is erased; backups never hold it.",
            reporter=WISHES_AN_HOUR[Limit.REPORTER],
        ),
        words(
            "Only counts are shown, as an opinion beside the plans; fewer than {least} are shown as “<{least}”. They are never added to "
            "any figure of demand.",
            least=LEAST_TOLD,
        ),
    )


def scenario_terms(words: Words, *, kept_days: int) -> tuple[str, ...]:
    """What is kept of a saved scenario, a paragraph each."""
    return (
        words(
            "A scenario that a planner saves holds its name, its note, its changes and the question. Please write no personal data into "
            "it. It is deleted {days} days after it was last opened, or at once by whoever has the link.",
            days=kept_days,
        ),
        words(
            "Whoever has the link can see, change and delete the scenario: keep it like a key. The server keeps only a fingerprint of the "
            "link (SHA-256) and the day of the last use, and not who saved it; a lost link cannot be found again."
        ),
    )

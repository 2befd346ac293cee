"""What riders are told of their reports: what a report does, what is kept of who made it, and what the limits cannot do."""

from geo_app.domain.report import CHANGES_A_DAY, CLOSED_COUNTS_FOR, OPEN_COUNTS_FOR, PAIRED_WITHIN, REPORTS_AN_HOUR, Limit
from geo_app.wording.catalogue import Words

_HOUR_SECONDS = 3600


def report_terms(words: Words) -> tuple[str, ...]:
    """The terms in full, a paragraph each, in the order to be read."""
    return (
        words("One tap is enough: no account, no cookie, and your position is never asked for."),
        words(
            "A closed door shows at once and fades after {hours} hours; two within that time show as to be checked. No report hides a "
            "place or changes its published hours.",
            hours=int(CLOSED_COUNTS_FOR.total_seconds()) // _HOUR_SECONDS,
        ),
        words(
            "An open door counts as a check of the hours, for {days} days at most, where the published hours said open too and nobody "
            "finds it closed later. Hours that nobody has checked for {days} days take two such reports within {pair} days.",
            days=OPEN_COUNTS_FOR.days,
            pair=PAIRED_WITHIN.days,
        ),
        words(
            "Your network address is not stored. A key that lives for one day turns it into a short mark, which only tells that the same "
            "connection reported before. When the day ends in Seoul the key is destroyed, the marks are erased and the times are cut to "
            "the minute; from then on nobody can tell who reported. Backups never hold the marks."
        ),
        report_limits(words),
        words(
            "What this cannot do: people behind one connection, such as a company's network or some mobile networks, count as one. Two "
            "of them who find a door closed make one report, and one may replace the other's. Who changes the network, or comes again "
            "after midnight, may be counted twice: so one person alone may have a place shown as to be checked, or old hours as checked. "
            "While a day lasts, whoever runs this server could test whether an address they already know has reported."
        ),
    )


def report_limits(words: Words) -> str:
    """What stands and how much is taken in an hour, as people read it."""
    return words(
        "Of one connection one report stands for each place and day; the next replaces it, and it may be turned round {changes} times a "
        "day. At most {reporter} reports an hour are taken from one connection. Of first reports, {place} an hour are taken for one "
        "place and {everyone} in all.",
        changes=CHANGES_A_DAY,
        reporter=REPORTS_AN_HOUR[Limit.REPORTER],
        place=REPORTS_AN_HOUR[Limit.PLACE],
        everyone=f"{REPORTS_AN_HOUR[Limit.EVERYONE]:,}",
    )

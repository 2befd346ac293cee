"""What holds for all open doors, what they limit, and what is promised to who builds on them."""

from collections.abc import Mapping

from geo_app.domain.report import Limit
from geo_app.domain.wish import WISHES_AN_HOUR
from geo_app.wording.catalogue import Words
from geo_app.wording.report_terms import report_limits

Terms = list[tuple[str, str]]  # (heading, sentence)


def list_rules(words: Words) -> Terms:
    """Time, place, numbers, keeping, origins, errors, licence."""
    return [
        (words("Time zone"), words("Times are Seoul's (UTC+09:00): a time without a zone is, in questions and in answers.")),
        (
            words("Coordinates"),
            words(
                "Coordinates are EPSG:4326 in degrees, the longitude first (RFC 7946). Distances are geodesic metres. Other coordinate "
                "systems are had through OGC API – Features."
            ),
        ),
        (
            words("Unknown is unknown"),
            words("null means: not known. Hours that nobody stated are never told as open, and made-up samples say so in their name."),
        ),
        (
            words("Keeping answers"),
            words(
                "Doors with ETag answer 304 to If-None-Match, which costs almost nothing: ask again rather than keep for long. X-Revision "
                "is the revision of the data; /api/revision tells cheaply whether anything changed."
            ),
        ),
        (
            words("Pages of other sites"),
            words(
                "Every answer to GET may be read by any page (Access-Control-Allow-Origin: *). No cookie, no key, no sign-up. What is "
                "sent by POST to be kept is taken from our own pages and from programs, not from pages of other sites."
            ),
        ),
        (
            words("Errors"),
            words(
                "Errors are problem documents (RFC 9457): code is for programs and stays, detail is for people. A parameter that is not "
                "known, stands twice or cannot be read is 400, and all such are named at once. Doors that also serve people answer with "
                "a page unless Accept prefers application/json."
            ),
        ),
        (
            words("Licence"),
            words("Each data set says its own licence, in its file and on the page of open data. Name the source and its date."),
        ),
    ]


def list_limits(words: Words, *, request_kib: int, scenarios: Mapping[Limit, int]) -> Terms:
    """How much and how often; `scenarios`: how many may be saved in an hour."""
    return [
        (
            words("Asking (GET)"),
            words("This program sets no limit on asking; a server in front of it may. Please ask in turn, not all at once."),
        ),
        (
            words("Size"),
            words("A request line holds 8,190 bytes, a form {size} KiB. What is longer is 400 or 413.", size=request_kib),
        ),
        (words("Reports"), report_limits(words)),
        (
            words("Wishes"),
            words(
                "In an hour {reporter} from one connection, {place} for one place, {everyone} in all.",
                reporter=WISHES_AN_HOUR[Limit.REPORTER],
                place=WISHES_AN_HOUR[Limit.PLACE],
                everyone=WISHES_AN_HOUR[Limit.EVERYONE],
            ),
        ),
        (
            words("Scenarios"),
            words(
                "In an hour {reporter} from one connection, {everyone} in all. Above any of these limits the answer is 429, and "
                "Retry-After says after how many seconds to come again.",
                reporter=scenarios[Limit.REPORTER],
                everyone=scenarios[Limit.EVERYONE],
            ),
        ),
    ]


def list_promises(words: Words, *, notice_days: int) -> list[str]:
    """What will not change without notice, and how notice is given."""
    return [
        words("Paths, names of parameters and fields, units, codes and their meanings do not change without notice."),
        words("New doors, parameters and fields may appear at any time: pass over what you do not know. Their order means nothing."),
        words(
            "What will be removed is listed here at least {days} days before, with the day it was announced and its last day; from the "
            "announcement on its answers carry the headers Deprecation (RFC 9745) and Sunset (RFC 8594), and the OpenAPI document says "
            "deprecated.",
            days=notice_days,
        ),
        words("Texts for people (detail, names, the pages) may be reworded at any time; do not read them by program."),
    ]

"""Differences as people read them: with their sign always, and a true minus; shares to a tenth of a per cent throughout."""

from babel.numbers import format_decimal

from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_number

NO_FIGURE = "–"
_TENTHS_BELOW = 10
_TENTH_FORMAT = "#,##0.0"
_LEAST, _MOST = 0.1, 99.9


def share_tenths(share: float | None) -> float | None:
    """A share 0–1 in per cent to a tenth. Only nothing is 0 and only everything is 100.

    >>> [share_tenths(share) for share in (0, 0.0001, 0.1246, 0.9999, 1, None)]
    [0.0, 0.1, 12.5, 99.9, 100.0, None]
    """
    if share is None or share != share:  # noqa: PLR0124 NaN is what differs from itself
        return None
    tenths = round(share * 100.0, 1)
    return min(max(tenths, _LEAST), _MOST) if 0 < share < 1 else tenths


def exact_percent(share: float | None, words: Words) -> str:
    """The same with its sign.

    >>> from geo_app.wording.catalogue import get_words
    >>> exact_percent(0.08, get_words("ko")), exact_percent(None, get_words("ko"))
    ('8.0%', '–')
    """
    tenths = share_tenths(share)
    return NO_FIGURE if tenths is None else words("{percent}%", percent=_tenth(tenths, words))


def points(before: float | None, after: float | None, words: Words) -> str:
    """After less before, both shares 0–1, in percentage points: the difference of the two figures that are shown.

    >>> from geo_app.wording.catalogue import get_words
    >>> [points(before, 0.152, get_words("en")) for before in (0.149, 0.1524, 0.202, None)]
    ['+0.3 points', '0.0 points', '−5.0 points', '–']
    """
    figure = point_figure(before, after, words)
    return figure if figure == NO_FIGURE else words("{figure} points", figure=figure)


def point_figure(before: float | None, after: float | None, words: Words) -> str:
    """The same without its unit."""
    one, two = share_tenths(before), share_tenths(after)
    if one is None or two is None:
        return NO_FIGURE
    change = round(two - one, 1)
    return _sign(change) + _tenth(abs(change), words)


def more_or_less(change: float | None, words: Words) -> str:
    """A difference of amounts: whole, below ten with a tenth where it has one; nothing before zero."""
    if change is None:
        return NO_FIGURE
    rounded = round(change, 1) if abs(change) < _TENTHS_BELOW else round(change)
    return _sign(rounded) + format_number(abs(rounded), words)


def _sign(change: float) -> str:
    return "+" if change > 0 else "−" if change < 0 else ""


def _tenth(value: float, words: Words) -> str:
    return str(format_decimal(value, format=_TENTH_FORMAT, locale=words.lang))

"""Differences as people read them: with their sign always, and a true minus."""

from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_number

NO_FIGURE = "–"
_TENTHS_BELOW = 10


def points(change: float | None, words: Words) -> str:
    """A difference of shares (−1 … 1) in percentage points; less than half a point still shows which way.

    >>> from geo_app.wording.catalogue import get_words
    >>> [points(change, get_words("en")) for change in (0.124, -0.05, 0.001, 0.0, None)]
    ['+12 points', '−5 points', '+0.1 points', '0', '–']
    """
    if change is None or change != change:  # noqa: PLR0124 NaN is what differs from itself
        return NO_FIGURE
    figure = signed_figure(round(change * 100) if abs(change) >= 0.01 else round(change * 100, 1), words)  # noqa: PLR2004 a point
    return figure if figure == "0" else words("{figure} points", figure=figure)


def more_or_less(change: float | None, words: Words) -> str:
    """A difference of amounts: whole, below ten with a tenth where it has one."""
    if change is None:
        return NO_FIGURE
    return signed_figure(round(change, 1) if abs(change) < _TENTHS_BELOW else round(change), words)


def signed_figure(change: float, words: Words) -> str:
    """The number with its sign, nothing before zero."""
    if change == 0:
        return "0"
    return ("+" if change > 0 else "−") + format_number(abs(change), words)

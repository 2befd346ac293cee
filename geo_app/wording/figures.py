"""Figures as people read them: separators of the language (CLDR), distances that do not pretend, counts with their unit."""

from babel.numbers import format_decimal

from geo_app.wording.catalogue import Words

_METRES_PER_KM = 1000
_ROUGH_STEP_M = 10  # a straight line says nothing of the last few metres to a door
UNIT_WORDS = {
    "jobs": "{figure} jobs",
    "facilities": "{figure} facilities",
    "places": "{figure} places",
    "people": "{figure} people",
    "firms": "{figure} firms",
    "postings": "{figure} postings",
    "questions": "{figure} questions",
    "models": "{figure} models",
}


def format_number(value: float, words: Words) -> str:
    """A number with the separators of the language.

    >>> from geo_app.wording.catalogue import get_words
    >>> format_number(21193, get_words("ko"))
    '21,193'
    """
    return str(format_decimal(value, locale=words.lang))


def format_figure(value: float | str, unit: str | None, words: Words) -> str:
    """A figure with its unit; a share as per cent, to a tenth; a text as it stands."""
    if isinstance(value, str):
        return value
    if unit == "share":
        return f"{format_decimal(round(value * 100, 1), locale=words.lang)} %"
    number = format_number(value, words)
    return words(UNIT_WORDS[unit], figure=number) if unit in UNIT_WORDS else number


def format_distance(metres: float, words: Words) -> str:
    """A straight-line distance: tens of metres, then tenths of a kilometre.

    >>> from geo_app.wording.catalogue import get_words
    >>> format_distance(418.2, get_words("ko")), format_distance(3579, get_words("ko"))
    ('420 m', '3.6 km')
    """
    if metres < _METRES_PER_KM - _ROUGH_STEP_M / 2:
        return words("{count} m", count=round(metres / _ROUGH_STEP_M) * _ROUGH_STEP_M)
    return words("{count} km", count=format_decimal(round(metres / _METRES_PER_KM, 1), locale=words.lang))

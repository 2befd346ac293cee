"""Numbers as the reader's language writes them (CLDR)."""

from babel.numbers import format_decimal


def format_number(value: float | str, *, lang: str) -> str:
    """A figure with the language's separators; a text as it stands.

    >>> format_number(21193, lang="ko")
    '21,193'
    """
    return value if isinstance(value, str) else str(format_decimal(value, locale=lang))

"""Korean names on pages in other languages: Latin letters to read aloud, and the Hangul that stands on the door."""

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words


def told_name(name: str, latin: str, words: Words) -> str:
    """The name for the reader: "하남동" on a Korean page, "Hanam-dong (하남동)" on others, once where the two are the same.

    >>> from geo_app.wording.catalogue import get_words
    >>> told_name("하남동", "Hanam-dong", get_words("ru")), told_name("GS25", "GS25", get_words("ru"))
    ('Hanam-dong (하남동)', 'GS25')
    """
    return name if words.lang == DEFAULT_LANGUAGE or latin == name else f"{latin} ({name})"

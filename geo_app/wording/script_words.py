"""The words that a page's script speaks, as plain JSON values: its sentences, and how their language counts, dates and writes figures."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date

from geo_app.wording.catalogue import PLURAL_TAGS, Words

# Every CLDR plural rule of ours repeats with the last two digits (Russian is the longest); the script folds what is beyond.
COUNTS_TOLD = 200
DAY_PATTERNS = ("EEE d MMM", "EEE d MMM y")
_A_SUNDAY = date(2026, 1, 4)
_FIELDS = re.compile(r"'[^']*'|([EMLdy])\1*")


def script_words(sentences: Iterable[str], plurals: Iterable[tuple[str, str]], words: Words) -> dict[str, Any]:
    """{msgid: sentence, or its plural forms}, and under the id "" the manner of the language.

    English sentences are their own ids; only a translation has to travel. `plurals` are (msgid, msgid_plural).
    """
    found = {msgid: words.messages.get(msgid, msgid) for msgid in (*sentences, *(one for one, _ in plurals))}
    told = {msgid: list(text) if isinstance(text, tuple) else text for msgid, text in found.items() if text != msgid}
    return {"": manner(words), **told}


def manner(words: Words) -> dict[str, Any]:
    """How the language counts and writes: `plural` is the place of the form for 0, 1, 2 … in a row, "0" where there is one form."""
    symbols = Locale.parse(words.lang).number_symbols["latn"]
    forms = tuple(str(place) for place in range(len(PLURAL_TAGS)))
    counting = Words(words.lang, {"n": forms}, words.plural_rule)
    place_of = counting.plural
    places = "".join(place_of("n", "n", count) for count in range(COUNTS_TOLD))
    return {
        "plural": places if set(places) != {"0"} else "0",
        "decimal": symbols["decimal"],
        "group": symbols["group"],
        **_names(words),
    }


def _names(words: Words) -> dict[str, list[str]]:
    """Names of days (Sunday first) and months by the CLDR fields that the language's day patterns use."""
    fields = {found[0] for pattern in DAY_PATTERNS for found in _FIELDS.finditer(words(pattern)) if found[1]}
    names: dict[str, list[str]] = {}
    for field in sorted(fields):
        if field[0] == "E":
            names[field] = [format_date(_A_SUNDAY + timedelta(days=n), field, locale=words.lang) for n in range(7)]
        elif field[0] in "ML" and len(field) > len("MM"):
            names[field] = [format_date(date(2026, month, 1), field, locale=words.lang) for month in range(1, 13)]
    return names

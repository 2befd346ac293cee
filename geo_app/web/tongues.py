"""Korean text on pages in other languages: marked as Korean for voices and fonts, or told in Latin letters where marks cannot stand."""

import re

from markupsafe import Markup, escape

from geo_app.wording.catalogue import DEFAULT_LANGUAGE
from geo_app.wording.romanise import romanise, romanise_address

# A run of Hangul with what stands between its words: one mark, not one a word.
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
_RUN = re.compile(rf"[{_HANGUL}](?:[^<>&\"'\n.!?;:|]*[{_HANGUL}])?")


def mark_korean(text: object, lang: str) -> Markup:
    """The text, escaped; on a page in another language its Hangul stands in `<span lang="ko">`.

    >>> str(mark_korean("Name: 하남 산업단지 (<b>)", "ru"))
    'Name: <span lang="ko">하남 산업단지</span> (&lt;b&gt;)'
    """
    if lang == DEFAULT_LANGUAGE:
        return escape(text)
    told = Markup("")
    end = 0
    plain = str(text)
    for found in _RUN.finditer(plain):
        told += escape(plain[end : found.start()]) + Markup('<span lang="ko">{}</span>').format(found[0])
        end = found.end()
    return told + escape(plain[end:])


def name_in_latin(name: str, lang: str, *, is_area: bool = False) -> str:
    """The name as a reader of that language can say it: as written for Korean, else romanised. Names of areas keep their units apart."""
    if lang == DEFAULT_LANGUAGE:
        return name
    return romanise_address(name) if is_area else romanise(name)

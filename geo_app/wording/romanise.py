"""Hangul names in Latin letters, by the Revised Romanization of Korean (Ministry of Culture and Tourism notice 2000-8).

Written here because the packages at hand are under the GPL or leave out the sound changes between syllables that the notice asks for
(종로 Jongno, 신라 Silla). It reads letters, not words: an inserted ㄴ (학여울) or a seam between two words (신문로) needs a
dictionary and is not told.
"""

import re

_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"
_VOWEL_COUNT, _FINAL_COUNT = 21, 28
_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i",
)  # fmt: skip
# A final as it sounds alone, and as it is carried over to a vowel: ㄳ is "k" at the end of a word and "ks" before one.
_FINALS = (
    ("", ""), ("k", "g"), ("k", "kk"), ("k", "ks"), ("n", "n"), ("n", "nj"), ("n", "n"), ("t", "d"), ("l", "r"), ("k", "lg"),
    ("m", "lm"), ("l", "lb"), ("l", "ls"), ("l", "lt"), ("p", "lp"), ("l", "r"), ("m", "m"), ("p", "b"), ("p", "ps"), ("t", "s"),
    ("t", "ss"), ("ng", "ng"), ("t", "j"), ("t", "ch"), ("k", "k"), ("t", "t"), ("p", "p"), ("t", ""),
)  # fmt: skip
# (final as it sounds, next initial) → both as they sound together.
_MEETINGS = {
    ("k", "n"): "ngn", ("k", "m"): "ngm", ("k", "r"): "ngn",
    ("n", "r"): "ll", ("l", "n"): "ll", ("l", "r"): "ll",
    ("t", "n"): "nn", ("t", "m"): "nm", ("t", "r"): "nn",
    ("m", "r"): "mn", ("ng", "r"): "ngn",
    ("p", "n"): "mn", ("p", "m"): "mm", ("p", "r"): "mn",
}  # fmt: skip
_D, _T, _H_FINALS = 7, 25, {6: "n", 15: "l", 27: ""}  # places in the table of finals; those that end in ㅎ, and what is left of them
_BREATHED = {"g": "k", "d": "t", "j": "ch"}  # what ㅎ makes of the consonant after it
_I_VOWEL = len(_VOWELS) - 1
_WORD = re.compile(r"(?P<before>[0-9A-Za-z])?(?P<word>[가-힣]+)")
_UNITS = {"동": "dong", "구": "gu", "시": "si", "군": "gun", "읍": "eup", "면": "myeon", "리": "ri", "가": "ga"}
_ROADS = {"대로": "daero", "로": "ro", "길": "gil"}
_AREA = re.compile(rf"(?P<name>[가-힣]+)(?P<number>\d*)(?P<unit>[{''.join(_UNITS)}])")
_ROAD = re.compile(rf"(?P<name>[가-힣]+?)(?P<unit>{'|'.join(_ROADS)})(?P<number>\d*)(?P<side>번길|길)?")
_SIDES = {"번길": "beon-gil", "길": "-gil"}


def romanise(text: str) -> str:
    """The text with its Hangul words in Latin letters, each with a capital; what is not Hangul stays.

    >>> romanise("종로 별내 신라"), romanise("GS25 광산구청점")
    ('Jongno Byeollae Silla', 'GS25 Gwangsangucheongjeom')
    """
    return _WORD.sub(_told, text)


def _told(found: re.Match[str]) -> str:
    # What follows a figure counts it (1호) and is no word of its own.
    word = _word(found["word"])
    return f"{found['before']}{word}" if found["before"] else word.capitalize()


def romanise_address(text: str) -> str:
    """The same for addresses and names of districts, whose units stand behind a hyphen and keep their sound.

    >>> romanise_address("광산구 하남대로 100"), romanise_address("첨단2동")
    ('Gwangsan-gu Hanam-daero 100', 'Cheomdan 2-dong')
    """
    return " ".join(_address_word(word) for word in text.split())


def _address_word(word: str) -> str:
    road = _ROAD.fullmatch(word)
    if road is not None:
        branch = f" {road['number']}{_SIDES.get(road['side'], '')}" if road["number"] else ""
        return f"{_word(road['name']).capitalize()}-{_ROADS[road['unit']]}{branch}"
    area = _AREA.fullmatch(word)
    if area is None:
        return romanise(word)
    number = f" {area['number']}" if area["number"] else ""
    return f"{_word(area['name']).capitalize()}{number}-{_UNITS[area['unit']]}"


def _word(word: str) -> str:
    letters = [divmod(ord(syllable) - ord(_FIRST_SYLLABLE), _VOWEL_COUNT * _FINAL_COUNT) for syllable in word]
    parts = [(initial, *divmod(rest, _FINAL_COUNT)) for initial, rest in letters]
    told = _INITIALS[parts[0][0]]
    for place, (_, vowel, final) in enumerate(parts):
        told += _VOWELS[vowel]
        following = parts[place + 1] if place + 1 < len(parts) else None
        told += _FINALS[final][0] if following is None else _joint(final, _INITIALS[following[0]], following[1])
    return told


def _joint(final: int, initial: str, vowel: int) -> str:
    """A final and the initial after it, as they sound together."""
    sound, carried = _FINALS[final]
    if final in _H_FINALS and initial in _BREATHED:
        return _H_FINALS[final] + _BREATHED[initial]
    if initial == "" and vowel == _I_VOWEL and final in (_D, _T):
        return "j" if final == _D else "ch"
    if initial == "h" and vowel == _I_VOWEL and final == _D:
        return "ch"
    if initial == "":
        return carried
    return _MEETINGS.get((sound, initial), sound + initial)

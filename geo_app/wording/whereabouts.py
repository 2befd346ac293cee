"""Where a place is, in words for somebody without a map."""

from geo_app.wording.catalogue import Words
from geo_app.wording.figures import format_distance

# By the codes of the eight winds; a whole sentence each, because languages bend the word for the wind.
WIND_WORDS = {
    "n": "{distance} north of {landmark}",
    "ne": "{distance} north-east of {landmark}",
    "e": "{distance} east of {landmark}",
    "se": "{distance} south-east of {landmark}",
    "s": "{distance} south of {landmark}",
    "sw": "{distance} south-west of {landmark}",
    "w": "{distance} west of {landmark}",
    "nw": "{distance} north-west of {landmark}",
}
_HERE_M = 5.0  # half the step in which distances are told: "0 m north of it" would be nonsense


def whereabouts_sentence(landmark: str, wind: str | None, distance_m: float | None, words: Words) -> str:
    """How far and which way from something known; without a wind and metres the place simply lies in the landmark.

    >>> from geo_app.wording.catalogue import get_words
    >>> whereabouts_sentence("하남동행정복지센터", "n", 352, get_words("ko"))
    '하남동행정복지센터에서 북쪽 350 m'
    """
    if wind is None or distance_m is None:
        return words("In {landmark}", landmark=landmark)
    if distance_m < _HERE_M:
        return words("At {landmark}", landmark=landmark)
    return words(WIND_WORDS[wind], distance=format_distance(distance_m, words), landmark=landmark)

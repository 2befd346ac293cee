"""What a rider holds out to the staff: one large Korean sentence that fits the place's rule, and the same in her own language."""

from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words, get_words

GREETING_WORDS = {
    "open-door": "Hello. I came to use the rest shelter for mobile workers. May I rest here for a while?",
    "ask-staff": "Hello. I came to use the rest shelter for mobile workers. May I rest here for a while without buying anything?",
    "purchase-expected": "Hello. I came to use the rest shelter for mobile workers. May I order something and rest here for a while?",
    "registration": "Hello. I am a mobile worker and came to use the rest shelter. If I have to register, please show me how.",
    "card": "Hello. I am a mobile worker and have come with my card. May I rest here for a while?",
}
_UNKNOWN_RULE = "Hello. Is this a rest shelter for mobile workers? May I rest here for a while?"


def greeting(entry: str | None, words: Words) -> str:
    """The sentence for a place's entry rule in that language; a place of which no rule is known is asked whether it is one.

    >>> greeting(None, get_words("ko"))
    '안녕하세요. 여기가 이동노동자 쉼터인가요? 잠시 쉬어도 될까요?'
    """
    return words(GREETING_WORDS.get(entry, _UNKNOWN_RULE) if entry else _UNKNOWN_RULE)


def greeting_to_staff(entry: str | None) -> str:
    """The sentence as the staff read it: in Korean, whatever language the rider reads."""
    return greeting(entry, get_words(DEFAULT_LANGUAGE))

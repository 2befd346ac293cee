"""Names of Korean public holidays in the reader's language."""

from geo_app.wording.bilingual import told_name
from geo_app.wording.catalogue import DEFAULT_LANGUAGE, Words
from geo_app.wording.romanise import romanise

HOLIDAY_WORDS = {
    "신정": "New Year's Day",
    "신정연휴": "New Year's Day",
    "1월1일": "New Year's Day",
    "설날": "Seollal (Lunar New Year)",
    "삼일절": "Independence Movement Day",
    "3·1절": "Independence Movement Day",
    "노동절": "Labour Day",
    "근로자의 날": "Labour Day",
    "근로자의날": "Labour Day",
    "어린이날": "Children's Day",
    "부처님오신날": "Buddha's Birthday",
    "부처님 오신 날": "Buddha's Birthday",
    "석가탄신일": "Buddha's Birthday",
    "현충일": "Memorial Day",
    "제헌절": "Constitution Day",
    "광복절": "Liberation Day",
    "추석": "Chuseok (harvest festival)",
    "국군의 날": "Armed Forces Day",
    "개천절": "National Foundation Day",
    "한글날": "Hangul Day",
    "기독탄신일": "Christmas Day",
    "성탄절": "Christmas Day",
    "크리스마스": "Christmas Day",
    "임시공휴일": "Temporary public holiday",
    "대체공휴일": "Substitute holiday",
    "대통령 선거일": "Presidential election day",
    "국회의원 선거일": "Parliamentary election day",
    "지방선거일": "Local election day",
    "전국동시지방선거일": "Local election day",
    "선거일": "Election day",
}
# What the day is to the holiday before it in the name.
BESIDE_WORDS = {
    " 대체 휴일": "Substitute holiday for {holiday}",
    " 대체휴일": "Substitute holiday for {holiday}",
    " 대체공휴일": "Substitute holiday for {holiday}",
    " 전날": "The day before {holiday}",
    " 다음날": "The day after {holiday}",
}


def holiday_name(name: str, words: Words) -> str:
    """The holiday as the reader calls it; on a Korean page, and where nobody has words for it, by its own name.

    >>> from geo_app.wording.catalogue import get_words
    >>> holiday_name("추석 대체 휴일", get_words("en")), holiday_name("구민의 날", get_words("en"))
    ('Substitute holiday for Chuseok (harvest festival)', 'Guminui Nal (구민의 날)')
    """
    if words.lang == DEFAULT_LANGUAGE:
        return name
    if name in HOLIDAY_WORDS:
        return words(HOLIDAY_WORDS[name])
    for ending, sentence in BESIDE_WORDS.items():
        if name.endswith(ending):
            return words(sentence, holiday=holiday_name(name.removesuffix(ending), words))
    return told_name(name, romanise(name), words)

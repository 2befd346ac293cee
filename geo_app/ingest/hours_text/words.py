"""The words of Korean hours texts: what each token is, and how it is written. Whoever adds a word adds its meaning in `reading`."""

import re
from enum import Enum, auto
from typing import Final

from geo_app.domain.calendar import AlertKind


class Kind(Enum):
    """What a token is; `END` stands after the last one."""

    SEPARATOR = auto()  # its value is its strength: 1 in a list, 2 between parts, 3 between sentences
    COLON = auto()
    OPENING = auto()
    CLOSING = auto()
    RANGE = auto()
    UNTIL = auto()
    CLOCK = auto()
    NUMBER = auto()
    NOON = auto()
    MIDNIGHT = auto()
    PART = auto()
    NEXT_DAY = auto()
    SAME_DAY = auto()
    MONTH = auto()
    DAY = auto()
    WEEKDAYS = auto()
    GROUP = auto()
    EVERY = auto()
    HOLIDAY = auto()
    SUBSTITUTE = auto()
    RED_DAY = auto()
    FEAST = auto()
    FEAST_DAYS = auto()
    NEW_YEAR = auto()
    REST = auto()
    REST_SEASON = auto()
    WEEKLY = auto()
    MONTHLY = auto()
    NTH = auto()
    ORDINAL = auto()
    CLOSED = auto()
    CLOSE = auto()
    NO_CLOSING = auto()
    EXCEPT = auto()
    INCLUDED = auto()
    NORMAL = auto()
    OPEN = auto()
    SAME = auto()
    PARTICLE = auto()
    POLITE = auto()
    ALL_DAY = auto()
    ALWAYS = auto()
    NEVER_CLOSED = auto()
    LABEL = auto()  # its value is whose hours they are, None where it says only that they are hours
    PLACE = auto()
    SITTING = auto()
    BREAK = auto()
    NONE = auto()
    LAST_ORDER = auto()
    LAST_ENTRY = auto()
    ALERT = auto()
    EXTENDED = auto()
    SHORTENED = auto()
    SEASON = auto()
    NEXT_YEAR = auto()
    YEARLY = auto()
    HOLIDAYS_UNKNOWN = auto()
    NOT_CERTAIN = auto()
    NOT_WEEKLY = auto()
    END = auto()


class Part(Enum):
    """A part of the day that a time is said to lie in."""

    AM = auto()
    PM = auto()
    DAWN = auto()
    MORNING = auto()
    MIDDAY = auto()
    EVENING = auto()
    NIGHT = auto()


_POLITE = r"(?: ?(?:입니다|이에요|예요|임|합니다|해요|함|됩니다|이며|이고|하며|하고|한다))?"
_DOING = r"(?:영업|운영|개방|개관|이용|오픈|진료|근무|업무|개장|개점)"
_DOOR = r"(?:영업|운영|이용|개방|개관|개장|관람|오픈)"
_CLOSING = r"(?:휴무|휴점|휴관|휴업|휴장|휴진)"
_REGULAR = r"(?:(?:정기|의무|전체) ?)?"
# Kinds of whole places, never rooms of one: "도서관 09~22시" is all of it, "자료실 09~18시" is not.
_PLACES = (
    r"우체국|pc ?방|편의점|도서관|약국|은행|병원|의원|한의원|치과|보건소|마트|슈퍼|슈퍼마켓|카페|커피숍|음식점|박물관|미술관"
    r"|주민센터|행정복지센터|미용실"
)
_ENTRY = r"(?:입장|매표|발권|관람|주문|접수|입실)"
_ENDS = r"(?:(?:관람|영업|운영|이용|진료)? ?(?:종료|마감)|폐관|폐장|폐점)(?: ?시간)?"
_AHEAD = r"[0-9]{1,2} ?(?:분|시간) ?전"

# (kind, value, pattern). The longest match at a place is taken, of equal ones the first.
WORDS: Final = tuple((kind, value, re.compile(pattern)) for kind, value, pattern in (
    (Kind.SEPARATOR, 3, r"[\n;※*■□○●◆▶▷☞]|\.(?=\s|$)|\(br ?/?\)"),
    (Kind.SEPARATOR, 2, r"/|\|"),
    (Kind.SEPARATOR, 1, r"[,·&+]|(?<=[월화수목금토일])\.(?=[월화수목금토일공])|및|그리고|(?<=[일말중])[과와](?= |[가-힣])|단(?=[ ,])"),
    (Kind.COLON, None, r":"),
    (Kind.OPENING, None, r"\("),
    (Kind.CLOSING, None, r"\)"),
    (Kind.RANGE, None, r"[~-]|부터|에서"),
    (Kind.UNTIL, None, r"까지"),
    (Kind.NOON, None, r"정오"),
    (Kind.MIDNIGHT, None, r"자정"),
    (Kind.PART, Part.AM, r"오전|am|a\.m\.?"),
    (Kind.PART, Part.PM, r"오후|pm|p\.m\.?"),
    (Kind.PART, Part.DAWN, r"새벽"),
    (Kind.PART, Part.MORNING, r"아침"),
    (Kind.PART, Part.MIDDAY, r"낮"),
    (Kind.PART, Part.EVENING, r"저녁"),
    (Kind.PART, Part.NIGHT, r"밤"),
    (Kind.NEXT_DAY, None, r"익일|다음 ?날|담 ?날|이튿날"),
    (Kind.SAME_DAY, None, r"당일"),
    (Kind.GROUP, (0, 1, 2, 3, 4), r"평일|주중|weekdays?(?![a-z])"),
    (Kind.GROUP, (5, 6), r"주말|weekends?(?![a-z])"),
    (Kind.WEEKDAYS, (0,), r"mon(?:day)?s?(?![a-z])\.?"),
    (Kind.WEEKDAYS, (1,), r"tue(?:s|sdays?)?(?![a-z])\.?"),
    (Kind.WEEKDAYS, (2,), r"wed(?:nesdays?)?(?![a-z])\.?"),
    (Kind.WEEKDAYS, (3,), r"thu(?:rs?|rsdays?)?(?![a-z])\.?"),
    (Kind.WEEKDAYS, (4,), r"fri(?:days?)?(?![a-z])\.?"),
    (Kind.WEEKDAYS, (5,), r"sat(?:urdays?)?(?![a-z])\.?"),
    (Kind.WEEKDAYS, (6,), r"sun(?:days?)?(?![a-z])\.?"),
    (Kind.EVERY, None, r"매일|모든 ?요일|전 ?요일|every ?day(?![a-z])|daily(?![a-z])"),
    (Kind.HOLIDAY, None, r"(?:법정 ?|국·?)?공휴일"),
    (Kind.SUBSTITUTE, None, r"(?:대체|임시) ?공휴일"),
    (Kind.RED_DAY, None, r"빨간 ?날"),
    (Kind.FEAST, ("seollal",), r"설날|설|구정"),
    (Kind.FEAST, ("chuseok",), r"추석|한가위"),
    (Kind.FEAST, ("seollal", "chuseok"), r"명절"),
    (Kind.FEAST_DAYS, None, r"연휴(?: ?기간)?"),
    (Kind.NEW_YEAR, None, r"신정"),
    (Kind.REST, None, r"(?:그 ?외|그 ?밖의?|나머지|이외)(?:의?(?: ?(?:날|요일))?)"),
    (Kind.REST_SEASON, None, r"(?:그 ?외|그 ?밖의?|나머지|이외)(?:의?(?: ?(?:기간|달|계절)))"),
    (Kind.WEEKLY, None, r"매주"),
    (Kind.MONTHLY, None, r"매월|매달"),
    (Kind.ORDINAL, None, r"제(?= ?[0-9])"),
    (Kind.CLOSED, None, rf"{_REGULAR}{_CLOSING}일?{_POLITE}|쉽니다|쉬어요|쉼|쉬는 ?날|문을? ?닫(?:음|습니다|아요)|닫음|닫습니다"),
    (Kind.CLOSED, None, rf"미(?:운영|영업|개방){_POLITE}|{_DOING} ?안 ?(?:함|합니다|해요)|{_DOING}(?:을|은)? ?하지 ?않(?:음|습니다|아요)"),
    (Kind.CLOSED, None, rf"{_DOING} ?없음|(?:closed|off)(?![a-z])"),
    (Kind.CLOSE, None, r"close(?![a-z])|마감|폐점|폐장|폐관|종료"),
    (Kind.NO_CLOSING, None, rf"{_REGULAR}{_CLOSING}일? ?:? ?없(?:음|이|습니다)"),
    (Kind.EXCEPT, None, r"제외(?:한|하고|함|합니다|됨)?"),
    (Kind.INCLUDED, None, r"포함(?:함|합니다|됨)?"),
    (Kind.NORMAL, None, rf"정상 ?{_DOING}{_POLITE}|평소(?:와|처럼)? ?(?:같음|같습니다|같아요|동일(?:함|합니다)?|{_DOING}{_POLITE})"),
    (Kind.OPEN, None, rf"(?:무인 ?)?{_DOING}{_POLITE}|무인|(?:문을? ?)?(?:열어요|엽니다|열고|열며|열림|열립니다)|{_DOING} ?가능"),
    (Kind.OPEN, None, rf"(?:야간|주간) ?{_DOING}{_POLITE}|open(?![a-z])"),
    (Kind.SAME, None, rf"같음|같습니다|같아요|동일(?:하게)?{_POLITE}"),
    (Kind.PARTICLE, None, r"(?<=[일말중날절석설외휴기월화수목금토철지욜)])(?:에는|에도|에만|에|엔|은|는|도|만|마다|을|를)|모두|전부"),
    (Kind.POLITE, None, r"입니다|이에요|예요|이며|이고"),
    (Kind.ALL_DAY, None, r"24 ?시간(?:제)?|24 ?h(?:ours?|rs?)?(?![a-z])"),
    (Kind.ALWAYS, None, r"상시|항시"),
    (Kind.NEVER_CLOSED, None, rf"[연년]중 ?무휴{_POLITE}|무휴{_POLITE}|365 ?일|쉬는 ?날 ?:? ?없(?:이|음|습니다)"),
    (Kind.LABEL, None, rf"{_DOOR} ?시간(?: ?안내)?|{_DOOR}일(?= ?:)|{_DOOR} ?요일(?= ?:)|시간(?= ?:)"),
    (Kind.LABEL, "업무", r"(?:업무|근무)(?: ?시간|(?= ?:))"),
    (Kind.LABEL, "진료", r"진료(?: ?시간(?: ?안내)?|(?= ?:))"),
    (Kind.LABEL, "민원", r"민원(?: ?업무| ?처리| ?접수)?(?: ?시간)?"),
    (Kind.PLACE, None, rf"(?:{_PLACES})(?![가-힣a-z])"),
    (Kind.SITTING, 0, r"조식"),
    (Kind.SITTING, 1, r"런치|lunch(?![a-z])|주간"),
    (Kind.SITTING, 2, r"디너|dinner(?![a-z])|석식|야간"),
    (Kind.BREAK, None, r"휴게(?![가-힣])|b\.?t\.?(?![a-z])|(?:점심|중식)(?= ?:? ?[0-9)])"),
    (Kind.BREAK, None, r"브레이크(?: ?타임)?|break(?: ?time)?(?![a-z])|(?:쉬는|휴식|휴게|점심|중식|준비) ?시간"),
    (Kind.NONE, None, r"없음|없습니다|없이"),
    (Kind.LAST_ORDER, None, r"라스트 ?오더|last ?order|l\.?o\.?(?![a-z])|마지막 ?주문|주문 ?마감"),
    (Kind.LAST_ORDER, None, r"(?:입장|관람|매표|발권|접수|입실)(?: ?시간)? ?(?:마감|종료)(?: ?시간)?"),
    (Kind.LAST_ORDER, None, r"마지막 ?(?:입장|접수)|입장(?: ?가능|은)?|매표(?= ?:? ?[0-9])"),
    (Kind.LAST_ENTRY, None, rf"{_ENTRY} ?마감 ?(?:은|:)? ?(?:{_ENDS} ?)?{_AHEAD}"),
    (Kind.LAST_ENTRY, None, rf"{_ENDS} ?{_AHEAD}(?:까지)? ?{_ENTRY}(?: ?(?:마감|가능|종료))?"),
    (Kind.ALERT, AlertKind.HEAT_WAVE, r"폭염 ?특보 ?(?:발효|발령)? ?(?:시(?!간)|기간|중)(?:에는|에)?"),
    (Kind.ALERT, AlertKind.COLD_WAVE, r"한파 ?특보 ?(?:발효|발령)? ?(?:시(?!간)|기간|중)(?:에는|에)?"),
    (Kind.EXTENDED, None, rf"연장(?: ?{_DOING})?{_POLITE}"),
    (Kind.SHORTENED, None, rf"단축(?: ?{_DOING})?{_POLITE}"),
    (Kind.YEARLY, None, r"매년|해마다"),
    (Kind.SEASON, None, r"하절기|동절기|여름철|겨울철|여름|겨울|하계|동계"),
    (Kind.NEXT_YEAR, None, r"익년|다음 ?해|이듬해"),
    (Kind.HOLIDAYS_UNKNOWN, None, r"공휴일 미확인"),
    (Kind.NOT_CERTAIN, None, r"유동적|변동|(?:전화 ?)?문의|예약제|부정기|비정기|임시|수시|협의|별도"),
    (Kind.NOT_WEEKLY, None, r"격주|격일|격월"),
))  # fmt: skip

NTH_WORDS: Final = tuple((number, re.compile(pattern)) for number, pattern in (
    (1, r"첫(?:째|번째| 번째)"), (2, r"둘째|두 ?번째"), (3, r"셋째|세 ?번째"), (4, r"넷째|네 ?번째"), (5, r"다섯째|다섯 ?번째"),
    (-1, r"마지막"), (-2, r"끝에서 둘째"), (-3, r"끝에서 셋째"), (-4, r"끝에서 넷째"), (-5, r"끝에서 다섯째"),
))  # fmt: skip

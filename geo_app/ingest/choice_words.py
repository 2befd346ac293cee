"""Korean words of closed choices, by layer field: what people write for the codes that we store."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_DROPPED = re.compile(r"[\s_\-.·/()]+")

KIND_WORDS: dict[str, dict[str, str]] = {
    "shelters": {
        "카페": "cafe", "커피숍": "cafe", "커피전문점": "cafe", "커피": "cafe", "휴게음식점": "cafe", "coffee shop": "cafe",
        "편의점": "convenience_store", "convenience store": "convenience_store",
        "공공": "public", "공공쉼터": "public", "이동노동자쉼터": "public", "공공시설": "public", "거점쉼터": "public",
        "간이쉼터": "public",
    },
    "public-facilities": {
        "화장실": "toilet", "공중화장실": "toilet", "개방화장실": "toilet", "간이화장실": "toilet", "이동화장실": "toilet",
        "행정복지센터": "dong-office", "주민센터": "dong-office", "동주민센터": "dong-office", "동행정복지센터": "dong-office",
        "세탁소": "laundry", "작업복세탁소": "laundry", "지원센터": "support-centre", "센터": "support-centre", "기타": "other",
    },
    "village-jobs": {
        "지역아동센터": "child-centre", "아동센터": "child-centre", "작은도서관": "small-library", "도서관": "small-library",
        "복지관": "welfare-centre", "복지센터": "welfare-centre", "사회복지관": "welfare-centre", "주민공동체": "community-centre",
        "커뮤니티센터": "community-centre", "마을회관": "community-centre", "경로당": "senior-centre", "노인복지관": "senior-centre",
        "문화공간": "cultural-space", "문화시설": "cultural-space", "구독오피스": "subscribed-office", "기타": "other",
    },
    "improved-companies": {
        "일터혁신": "workplace-innovation", "시설개선": "facility", "시설": "facility", "작업환경개선": "working-environment",
        "작업환경": "working-environment", "근로환경개선": "working-environment", "근무환경개선": "working-environment",
    },
    "industrial-complexes": {
        "일반": "general", "일반산업단지": "general", "지방": "general", "농공": "agro-industrial", "농공단지": "agro-industrial",
        "국가": "national", "국가산업단지": "national",
    },
}  # fmt: skip

FIELD_CHOICES: dict[str, dict[str, str]] = {
    "status": {
        "확인": "confirmed", "확정": "confirmed", "운영": "confirmed", "운영중": "confirmed", "영업/정상": "confirmed",
        "영업중": "confirmed",
        "제보": "reported", "보도": "reported", "신고": "reported", "예정": "planned", "계획": "planned", "준비중": "planned",
        "폐쇄": "closed", "폐업": "closed", "종료": "closed", "폐점": "closed", "운영종료": "closed", "예시": "sample", "표본": "sample",
    },
    "precision": {
        "주소": "address", "건물": "address", "도로": "street", "도로명": "street", "동": "dong", "행정동": "dong", "단지": "complex",
        "없음": "none",
    },
    "visibility": {"공개": "public", "집계": "counted", "집계만": "counted", "비공개": "internal", "내부": "internal"},
    "on_holidays": {
        "휴무": "closed", "쉼": "closed", "쉽니다": "closed", "휴점": "closed", "휴관": "closed", "휴업": "closed", "미운영": "closed",
        "공휴일 휴무": "closed", "공휴일은 쉼": "closed", "운영안함": "closed",
        "정상영업": "usual", "정상운영": "usual", "정상 개방": "usual", "평소대로": "usual", "평소와 같음": "usual", "평소와 동일": "usual",
        "무휴": "usual", "연중무휴": "usual", "영업": "usual", "운영": "usual", "공휴일 정상영업": "usual",
        "일요일과 같음": "sunday", "일요일과 동일": "sunday", "일요일처럼": "sunday", "일요일 시간": "sunday",
        "명절 당일 휴무": "closed-seollal-chuseok", "명절 당일만 휴무": "closed-seollal-chuseok", "명절 당일 쉼": "closed-seollal-chuseok",
        "설·추석 당일 휴무": "closed-seollal-chuseok", "설·추석 당일만 휴무": "closed-seollal-chuseok",
        "설날·추석 당일 휴무": "closed-seollal-chuseok", "설날, 추석 당일 휴무": "closed-seollal-chuseok",
        "설, 추석 당일 휴무": "closed-seollal-chuseok",
    },
    "programme": {"달고나": "dalgona", "시": "city-shelter", "시쉼터": "city-shelter", "시운영": "city-shelter", "기타": "other"},
    "entry": {
        "열린 문": "open-door", "열린문": "open-door", "개방": "open-door", "자유출입": "open-door", "자유": "open-door",
        "자유롭게 출입": "open-door",
        "직원에게 말씀": "ask-staff", "직원에게 말하기": "ask-staff", "직원 문의": "ask-staff", "직원에게 문의": "ask-staff",
        "직원안내": "ask-staff",
        "구매": "purchase-expected", "구매 필요": "purchase-expected", "음료 구매": "purchase-expected",
        "이용 시 구매": "purchase-expected",
        "등록": "registration", "등록 필요": "registration", "회원 등록": "registration", "사전등록": "registration",
        "카드": "card", "카드 출입": "card", "출입카드": "card", "신용카드": "card",
    },
    "amenities": {
        "화장실": "toilet", "충전": "charging", "충전기": "charging", "휴대폰 충전": "charging", "휴대폰충전기": "charging",
        "핸드폰 충전": "charging",
        "물": "water", "식수": "water", "정수기": "water", "생수": "water", "난방": "heating", "난로": "heating", "온풍기": "heating",
        "냉방": "cooling", "에어컨": "cooling", "의자": "seats", "좌석": "seats", "테이블": "seats", "소파": "seats",
        "여성전용": "women-only-room", "여성 전용 공간": "women-only-room", "여성휴게실": "women-only-room",
        "오토바이 주차": "motorbike-parking", "이륜차 주차": "motorbike-parking", "이륜차주차장": "motorbike-parking",
        "오토바이주차장": "motorbike-parking",
        "구매 불필요": "no-purchase", "무료 이용": "no-purchase", "구매없이 이용": "no-purchase",
        "경사로": "step-free", "턱 없음": "step-free", "무단차": "step-free", "휠체어": "step-free",
        "장애인화장실": "accessible-toilet", "장애인 화장실": "accessible-toilet",
    },
    "part_of_district": {"전부": "whole", "전체": "whole", "일부": "part", "경계": "edge"},
}  # fmt: skip

TRUE_WORDS = frozenset({"y", "yes", "true", "t", "1", "o", "예", "네", "유", "있음", "가능", "설치", "동의", "여", "참"})
FALSE_WORDS = frozenset(
    {"n", "no", "false", "f", "0", "x", "아니오", "아니요", "무", "없음", "불가", "불가능", "미설치", "미동의", "부", "거짓"}
)


@lru_cache(maxsize=4096)
def fold_word(text: str) -> str:
    """A word without case, spaces and joining marks."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", text).casefold())


def find_choice(text: str, name: str, codes: tuple[str, ...]) -> str | None:
    """The code that a word stands for in a field: the code itself, or one of the field's words; None where it is neither.

    `name` is the field, or the layer for its kinds.

    >>> find_choice("Convenience Store", "shelters", ("cafe", "convenience_store")), find_choice("편의점", "shelters", ("cafe",))
    ('convenience_store', None)
    """
    return _folded_choices(name, codes).get(fold_word(text))


@lru_cache(maxsize=64)
def _folded_choices(name: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    words = KIND_WORDS.get(name) or FIELD_CHOICES.get(name, {})
    return {fold_word(word): code for word, code in (*words.items(), *((code, code) for code in codes)) if code in codes}


def find_boolean(text: str) -> bool | None:
    """Yes or no as people write it, or None."""
    folded = fold_word(text)
    if folded in TRUE_WORDS:
        return True
    return False if folded in FALSE_WORDS else None

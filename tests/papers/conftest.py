"""Sheets of made-up places in all six languages; a language whose catalogue is not there yet speaks through the sentences below."""

from datetime import UTC, datetime
from typing import Any

import pytest
from babel import Locale

from geo_app.domain.district import District
from geo_app.papers import sheet as sheet_module
from geo_app.papers.printer import Printer
from geo_app.papers.sheet import SheetOrder, Size, build_sheet
from geo_app.wording.catalogue import LANGUAGES, Words, get_words

SIX = ("ko", "en", "vi", "zh", "ru", "uz")
PAGE_URL = "https://www.gwangsan.go.kr/shelter/sites/shelters/sh-000001"
MADE_AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
_MESSAGES = (
    "Come in and rest", "Rest shelter for mobile workers", "Opening hours", "Day", "Time", "How to get in", "What is here",
    "Scan to see whether it is open now", "As of {date}, revision {revision}", "Hours checked on {date}", "Ask: {contact}",
    "Tell the staff; you need not buy anything", "Toilet", "Charging", "Women-only room", "24 hours", "closed all day",
    "Sample: this place does not exist", "closed on public holidays", "Cafe", "Accessible toilet",
)  # fmt: skip
_OTHERS = {
    "vi": (
        "Mời vào nghỉ ngơi", "Trạm nghỉ cho người lao động di động", "Giờ mở cửa", "Thứ", "Giờ", "Cách vào", "Ở đây có",
        "Quét mã để xem bây giờ có mở cửa không", "Dữ liệu ngày {date}, bản {revision}",
        "Giờ mở cửa đã kiểm tra {date}", "Liên hệ: {contact}",
        "Hãy nói với nhân viên; bạn không cần mua gì", "Nhà vệ sinh", "Sạc điện", "Phòng riêng cho nữ", "24 giờ", "nghỉ cả ngày",
        "Ví dụ: địa điểm này không có thật", "nghỉ ngày lễ", "Quán cà phê", "Nhà vệ sinh cho người khuyết tật",
    ),
    "zh": (
        "请进来休息", "移动劳动者休息站", "营业时间", "星期", "时间", "如何进入", "这里有",
        "扫码查看现在是否营业", "数据日期 {date}，修订 {revision}", "营业时间核实于 {date}", "咨询：{contact}",
        "请告诉店员，无需消费", "卫生间", "充电", "女性专用室", "24小时", "全天休息",
        "示例：此地点并不存在", "公休日休息", "咖啡馆", "无障碍卫生间",
    ),
    "ru": (
        "Заходите отдохнуть", "Место отдыха для курьеров и мобильных работников", "Часы работы", "День", "Время", "Как войти", "Здесь есть",
        "Отсканируйте, чтобы узнать, открыто ли сейчас", "Данные на {date}, редакция {revision}",
        "Часы проверены {date}", "Справки: {contact}",
        "Обратитесь к персоналу; покупать ничего не нужно", "Туалет", "Зарядка", "Женская комната", "круглосуточно", "закрыто весь день",
        "Образец: такого места не существует", "закрыто в праздники", "Кафе", "Туалет для инвалидов",
    ),
    "uz": (
        "Kiring, dam oling", "Koʻchma ishchilar uchun dam olish joyi", "Ish vaqti", "Kun", "Vaqt", "Qanday kiriladi", "Bu yerda bor",
        "Hozir ochiqligini bilish uchun skanerlang", "{date} holatiga koʻra, {revision}-tahrir", "Ish vaqti {date} kuni tekshirilgan",
        "Maʼlumot: {contact}", "Xodimga ayting; hech narsa sotib olish shart emas", "Hojatxona", "Zaryadlash", "Ayollar xonasi", "24 soat",
        "kun boʻyi yopiq", "Namuna: bunday joy yoʻq", "bayram kunlari yopiq", "Qahvaxona", "Nogironlar hojatxonasi",
    ),
}  # fmt: skip


def words_of(lang: str) -> Words:
    if lang in LANGUAGES:
        return get_words(lang)
    return Words(lang, dict(zip(_MESSAGES, _OTHERS[lang], strict=True)), Locale.parse(lang).plural_form)


@pytest.fixture
def six_languages(monkeypatch):
    """The sheet speaks all six, whatever catalogues there are."""
    monkeypatch.setattr(sheet_module, "LANGUAGES", SIX)
    monkeypatch.setattr(sheet_module, "get_words", words_of)


@pytest.fixture(scope="session")
def printer() -> Printer:
    return Printer()


@pytest.fixture(scope="session")
def district() -> District:
    return District(
        code="29200", names={"ko": "광산구", "en": "Gwangsan-gu", "zh": "光山区", "ru": "Квансан-гу"}, province_names=("광주광역시",),
        bounds_lonlat=(126.6, 35.0, 126.9, 35.3), focus_lonlat=(126.8, 35.1), focus_names={"ko": "광산구청"},
        contacts={"shelters": "이동노동자 쉼터 062-951-1981"},
    )  # fmt: skip


@pytest.fixture
def order(district):
    """Makes an order, A4 in Korean unless said otherwise."""

    def make(size: str = "a4", lang: str = "ko", page_url: str = PAGE_URL) -> SheetOrder:
        return SheetOrder(Size(size), lang, page_url, MADE_AT, 7, district)

    return make


def make_feature(**properties: Any) -> dict[str, Any]:
    """A published cafe, open weekdays; a property of None is left out."""
    told = {
        "name": "하남 별빛카페", "kind": "cafe", "status": "confirmed", "precision": "address", "address": "광주광역시 광산구 하남대로 100",
        "hours": [{"text": "평일", "opening_hours": "Mo-Fr 09:00-18:00; Sa 18:00-02:00", "on_holidays": "closed", "as_of": "2026-11-01"}],
        "entry": "ask-staff", "entry_note": "2층 계단으로 올라오세요", "amenities": ["charging", "toilet", "women-only-room"],
        "source": "partners.csv", "checked_on": "2026-11-10", **properties,
    }  # fmt: skip
    kept = {name: value for name, value in told.items() if value is not None}
    return {"type": "Feature", "id": "sh-000001", "geometry": {"type": "Point", "coordinates": [126.8, 35.15]}, "properties": kept}


@pytest.fixture
def feature() -> Any:
    return make_feature


@pytest.fixture
def sheet_of(order):
    """A sheet with the properties given."""

    def make(size: str = "a4", lang: str = "ko", page_url: str = PAGE_URL, **properties: Any) -> dict[str, Any]:
        return build_sheet(make_feature(**properties), order(size, lang, page_url))

    return make

"""Published features of several layers, and what one of them is made from."""

import datetime as dt

import pytest
import shapely

from geo_app.domain.layers import get_layer
from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.record import draft_record
from geo_app.domain.site import Closure, DatedHours, HoursStatement, SiteDraft
from geo_app.exports.exporting import ExportMetadata
from geo_app.ingest.reading import Frame
from geo_app.snapshot.published import published_feature

MADE_AT = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
SHELTERS = [
    SiteDraft(
        "shelters",
        '=HYPERLINK("http://x","y")',
        Provenance("asiae-2026-01-18", "K-1", "https://www.asiae.co.kr/x?a=1&b=2", dt.date(2026, 1, 18), dt.date(2026, 11, 20), "KOGL 1"),
        "cafe",
        Status.CONFIRMED,
        Precision.ADDRESS,
        address="광산구 수완로 1 (수완동)",
        geometry=shapely.Point(126.7931234, 35.1395),
        hours=(
            HoursStatement("평일 9시부터", "Mo-Fr 09:00-18:00", "closed", "asiae-2026-01-18", "https://a.kr/", dt.date(2026, 1, 18)),
            HoursStatement("Mo-Su 10:00-02:00", "Mo-Su 10:00-02:00", None, "partners"),
        ),
        closures=(Closure(dt.date(2026, 2, 16), dt.date(2026, 2, 18), "설 연휴, '쉼'"),),
        dated_hours=(DatedHours(dt.date(2026, 12, 24), dt.date(2026, 12, 25), "10:00-14:00,22:00-26:00", "성탄 행사"),),
        attributes={
            "programme": "dalgona",
            "seats": 12,
            "entry": "ask-staff",
            "amenities": ["toilet", "charging"],
            "phone": "+82-62-123-4567",
            "note": '- 첫 줄\n둘째 줄; "인용"',
            "entry_note": "@문",
        },
    ),
    SiteDraft("shelters", "이름만 아는 곳", Provenance("asiae-2026-01-18"), status=Status.REPORTED),
    SiteDraft(
        "shelters",
        "'=따옴표",
        Provenance("partners", "K-2"),
        "convenience_store",
        Status.SAMPLE,
        Precision.DONG,
        address="+길 1",
        geometry=shapely.Point(126.8, 35.14),
        hours=(HoursStatement("사장님 마음"),),
    ),
    SiteDraft(
        "shelters",
        "24시간 편의점 _x000D_ 😀",
        Provenance("partners", "K-3"),
        "convenience_store",
        Status.CLOSED,
        Precision.STREET,
        geometry=shapely.Point(126.81, 35.141),
        hours=(HoursStatement("24/7", "24/7", "usual"),),
    ),
]
COMPLEXES = [
    SiteDraft(
        "industrial-complexes",
        "하남",
        Provenance("facts", as_of=dt.date(2026, 3, 1)),
        "general",
        Status.CONFIRMED,
        Precision.COMPLEX,
        geometry=shapely.Point(126.77, 35.18),
        attributes={
            "area_m2": 5_944_000,
            "tenants": 1045,
            "completed_year": 1991,
            "part_of_district": "whole",
            "legal_dongs": ["하남동", "장덕동"],
            "projects": [{"name": "스마트그린", "years": "2020~2024", "budget": None}],
        },
    ),
    SiteDraft(
        "industrial-complexes",
        "면으로 된 단지",
        Provenance("facts"),
        "national",
        Status.PLANNED,
        Precision.COMPLEX,
        geometry=shapely.Polygon(
            [(126.70, 35.10), (126.7112345, 35.10), (126.71, 35.11), (126.70, 35.10)],
            [[(126.702, 35.101), (126.703, 35.101), (126.703, 35.102), (126.702, 35.101)]],
        ),
    ),
    SiteDraft("industrial-complexes", "자리를 모르는 단지", Provenance("facts"), "agro-industrial"),
]
JOBS = [
    SiteDraft(
        "village-jobs",
        "작은도서관 하나",
        Provenance("programme", "V1"),
        "small-library",
        Status.REPORTED,
        Precision.ADDRESS,
        geometry=shapely.Point(126.82, 35.15),
        attributes={
            "people_placed": 12,
            "recruiting_from": "2026-11-01",
            "apply_url": "https://www.gwangsan.go.kr/a",
            "eligibility": "광산구민\n만 18세",
        },
    ),
    SiteDraft("village-jobs", "구독오피스", Provenance("programme", "V2"), "subscribed-office"),
]
COMPANIES = [
    SiteDraft(
        "improved-companies",
        "기업 가",
        Provenance("programme", "C1"),
        "facility",
        Status.REPORTED,
        Precision.ADDRESS,
        geometry=shapely.Point(126.77, 35.18),
        attributes={"year": 2025, "effect": "소음 감소", "consent": True},
    ),
]
DRAFTS = {"shelters": SHELTERS, "industrial-complexes": COMPLEXES, "village-jobs": JOBS, "improved-companies": COMPANIES}


def _feature(draft, number):
    prefix = get_layer(draft.layer).id_prefix
    record = {"id": f"{prefix}-{number:06}", **draft_record(draft)}
    return published_feature(record, dong="수완동" if draft.geometry is not None else None, as_of_year=2026, aged_after_years=30)


@pytest.fixture
def features():
    """`features("shelters")` → its published features."""
    return lambda layer: [_feature(draft, number) for number, draft in enumerate(DRAFTS[layer], start=1)]


@pytest.fixture
def drafts():
    """The drafts by layer."""
    return DRAFTS


@pytest.fixture
def metadata():
    """`metadata("shelters")` → what its file says of itself."""
    return lambda layer: ExportMetadata(layer, 7, MADE_AT, "KOGL 1", "광산구")


@pytest.fixture(scope="session")
def frame():
    return Frame((126.64, 35.06, 126.90, 35.27))

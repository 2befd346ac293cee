"""Made-up places for a first look and for tests: each named "예시 …", of status sample, and inside the district.

They have the counts that the district announced of places whose list is not published, and nothing else: no real name, address or firm.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from geo_app.domain.layers import AMENITIES
from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.site import Closure, SiteDraft
from geo_app.ingest.district_sample_ground import SampleGround, Spot, build_ground
from geo_app.ingest.district_sample_hours import (
    ALWAYS_OPEN_HOURS,
    CAFE_HOURS,
    FACILITY_HOURS,
    STORE_HOURS,
    Written,
    hours_statement,
)

SAMPLE_SOURCE: Final = "samples"
SAMPLE_MARK: Final = "예시"
NOTE: Final = "예시 위치와 예시 내용입니다. 실제 장소가 아닙니다."
CAFE_COUNT, STORE_COUNT = 38, 8
_IN_COMPLEX_COUNT = {"cafe": 8, "convenience_store": 3}
# Public places that are open all night and no shelters: (kind, noun, who says that one may come in).
_NIGHT_PLACES: Final = (
    ("support-centre", "노동상담실", "ask-staff"),
    ("other", "야간대합실", "open-door"),
    ("other", "야간민원실", "open-door"),
)
# Most were looked at lately, one in seven so long ago that its hours are in doubt: real lists are like that.
_CHECKED_DAYS_AGO: Final = (3, 12, 30, 75, 110, 150, 215)
_SEATS = {"cafe": (6, 41), "convenience_store": (2, 7)}
_NOUNS = {"cafe": "카페", "convenience_store": "편의점"}
# Kind → (noun, count); 37 in all.
_FACILITIES: Final = {
    "child-centre": ("지역아동센터", 10),
    "small-library": ("작은도서관", 7),
    "welfare-centre": ("복지관", 6),
    "community-centre": ("마을커뮤니티센터", 5),
    "senior-centre": ("경로당", 5),
    "cultural-space": ("문화공간", 3),
    "other": ("마을시설", 1),
}
_ENTRIES: Final = (
    ("purchase-expected", "음료를 주문하면 쉴 수 있어요."),
    ("ask-staff", "직원에게 말하면 자리를 안내해요."),
    ("open-door", None),
    ("purchase-expected", None),
    ("registration", "처음 한 번 명단에 등록해요."),
    ("card", "이동노동자 카드를 보여 주세요."),
)
_EFFECTS: Final = ("생산성 향상", "작업 동선 단축", "휴게실 개선", "환기 설비 교체", "소음 저감", "안전 통로 확보")
_COMPANY_KINDS: Final = ("workplace-innovation", "facility", "working-environment")


def sample_drafts(places: Sequence[SiteDraft], *, seed: int, today: date) -> list[SiteDraft]:
    """Samples of every programme: 46 shelters, 37 village-job facilities, 6 improved companies; and 3 public places open all night.

    The same for the same arguments. `places`: the district's own places (dongs with polygons; dong offices and complexes where it has
    them). Recruiting days and closures are set around `today`. Raises `BadArgument` without a dong.
    """
    stage = _Stage(build_ground(places), np.random.default_rng(seed), today)
    return [
        *_shelters(stage, "cafe", CAFE_COUNT, CAFE_HOURS),
        *_shelters(stage, "convenience_store", STORE_COUNT, STORE_HOURS),
        *_facilities(stage),
        *_companies(stage),
        *_night_places(stage),
    ]


@dataclass(frozen=True, slots=True)
class _Stage:
    """What every sample of one run shares: the ground, the chance, the day, and how often a name was taken."""

    ground: SampleGround
    chance: np.random.Generator
    today: date
    taken: Counter[str] = field(default_factory=Counter)

    def draft(self, layer: str, kind: str, noun: str, spot: Spot, attributes: dict[str, Any], **more: Any) -> SiteDraft:
        """A sample at a spot, named by what it is: 예시 카페 수완동 2호."""
        name = self._next_name(f"{noun} {spot.label}")
        return SiteDraft(
            layer=layer,
            name=f"{SAMPLE_MARK} {name}",
            kind=kind,
            status=Status.SAMPLE,
            # Not the precision of an address: nothing stands there.
            precision=Precision.STREET,
            geometry=spot.place(self.chance),
            attributes={**{member: value for member, value in attributes.items() if value is not None}, "note": NOTE},
            provenance=Provenance(
                SAMPLE_SOURCE, f"sample-{layer}-{name.replace(' ', '-')}", as_of=self.today, checked_on=self._checked_on(), licence="MIT"
            ),
            **more,
        )

    def complex_of(self, spot: Spot) -> str | None:
        """The complex's name where the spot is one."""
        return spot.label if spot in self.ground.complexes else None

    def _checked_on(self) -> date:
        return self.today - timedelta(days=_CHECKED_DAYS_AGO[self.taken.total() % len(_CHECKED_DAYS_AGO)])

    def _next_name(self, stem: str) -> str:
        self.taken[stem] += 1
        return f"{stem} {self.taken[stem]}호"


def _shelters(stage: _Stage, kind: str, count: int, written: Sequence[Written]) -> Iterator[SiteDraft]:
    in_complex, chance = _IN_COMPLEX_COUNT[kind], stage.chance
    spots = [*stage.ground.draw_dongs(count - in_complex, chance), *stage.ground.draw_complexes(in_complex, chance)]
    for index, spot in enumerate(spots):
        entry = _entry(index)
        attributes = {
            "programme": "dalgona",
            "seats": int(chance.integers(*_SEATS[kind])),
            "complex": stage.complex_of(spot),
            **entry,
            "amenities": _amenities_beside(entry["entry"], chance),
        }
        hours = (hours_statement(written[index % len(written)]),)
        yield stage.draft("shelters", kind, _NOUNS[kind], spot, attributes, hours=hours, closures=_closures(index, stage.today))


def _facilities(stage: _Stage) -> Iterator[SiteDraft]:
    kinds = [kind for kind, (_, count) in _FACILITIES.items() for _ in range(count)]
    for index, (kind, spot) in enumerate(zip(kinds, stage.ground.draw_dongs(len(kinds), stage.chance), strict=True)):
        attributes = {
            "people_placed": int(stage.chance.integers(2, 10)),
            "period": f"{stage.today.year}년(예시)",
            **_recruiting(index, stage.chance, stage.today),
            "work_hours": "주 3일, 하루 4시간(예시)",
            "allowance": "시민수당(예시)",
            "eligibility": "지역 주민(예시)",
            "amenities": _amenities(stage.chance),
        }
        hours = (hours_statement(FACILITY_HOURS[index % len(FACILITY_HOURS)]),)
        yield stage.draft("village-jobs", kind, _FACILITIES[kind][0], spot, attributes, hours=hours)


def _companies(stage: _Stage) -> Iterator[SiteDraft]:
    for index, spot in enumerate(stage.ground.draw_complexes(len(_EFFECTS), stage.chance)):
        attributes = {
            "year": stage.today.year - 1 - index % 3,
            "effect": f"{_EFFECTS[index]}(예시)",
            "sector": "제조업",
            "complex": stage.complex_of(spot),
            "consent": True,
        }
        yield stage.draft("improved-companies", _COMPANY_KINDS[index % len(_COMPANY_KINDS)], "기업", spot, attributes)


def _night_places(stage: _Stage) -> Iterator[SiteDraft]:
    for (kind, noun, entry), spot in zip(_NIGHT_PLACES, stage.ground.draw_dongs(len(_NIGHT_PLACES), stage.chance), strict=True):
        hours = (hours_statement(ALWAYS_OPEN_HOURS),)
        yield stage.draft("public-facilities", kind, noun, spot, {"entry": entry, "amenities": ["toilet", "heating", "seats"]}, hours=hours)


def _closures(index: int, today: date) -> tuple[Closure, ...]:
    is_shut = index % 19 == 5  # noqa: PLR2004 - two of 38 cafes, one of 8 stores
    return (Closure(today - timedelta(days=1), today + timedelta(days=3), "예시 임시 휴무"),) if is_shut else ()


def _amenities(chance: np.random.Generator) -> list[str]:
    picked = chance.random(len(AMENITIES)) < 0.4  # noqa: PLR2004 - four or five of eleven: enough to filter by
    return [amenity for amenity, is_picked in zip(AMENITIES, picked, strict=True) if is_picked]


def _amenities_beside(entry: str | None, chance: np.random.Generator) -> list[str]:
    # Drawn alike for every rule, so that one place's rule does not move the others; a place that waits for an order is no free seat.
    return [code for code in _amenities(chance) if entry != "purchase-expected" or code != "no-purchase"]


def _entry(index: int) -> dict[str, str | None]:
    entry, note = _ENTRIES[index % len(_ENTRIES)]
    return {"entry": entry, "entry_note": note}


def _recruiting(index: int, chance: np.random.Generator, today: date) -> dict[str, str]:
    """In turn: recruiting now, from a later day, until a past day, not at all."""
    offset = {0: -7, 1: 10, 2: -60}.get(index % 4)
    if offset is None:
        return {}
    first = today + timedelta(days=offset - int(chance.integers(0, 5)))
    last = first + timedelta(days=21)
    return {"recruiting_from": first.isoformat(), "recruiting_until": last.isoformat()}

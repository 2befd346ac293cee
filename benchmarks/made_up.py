"""Made-up places for benchmarks: as many as asked for, spread over the district, never published anywhere."""

import numpy as np
from shapely.geometry import Point

from geo_app.domain.provenance import Precision, Provenance, Status
from geo_app.domain.site import HoursStatement, SiteDraft

BOUNDS = (126.65, 35.07, 126.86, 35.25)
HOURS = ("24/7", "Mo-Su 18:00-04:00", "Mo-Fr 09:00-18:00; Sa 10:00-15:00", "Mo-Su 08:00-23:00", "Tu-Su 11:00-14:30,17:00-22:00")
STREETS = ("하남산단", "수완로", "장덕로", "임방울대로", "사암로", "평동산단로", "왕버들로", "첨단중앙로")


def made_up_shelters(count: int, seed: int = 1) -> list[SiteDraft]:
    """Drafts of `count` shelters, the same for the same seed."""
    chance = np.random.default_rng(seed)
    lons, lats = chance.uniform(BOUNDS[0], BOUNDS[2], count), chance.uniform(BOUNDS[1], BOUNDS[3], count)
    picks = chance.integers(0, 1000, count)
    return [
        _draft(number, lon, lat, pick)
        for number, (lon, lat, pick) in enumerate(zip(lons.tolist(), lats.tolist(), picks.tolist(), strict=True))
    ]


def _draft(number: int, lon: float, lat: float, pick: int) -> SiteDraft:
    hours = HOURS[pick % len(HOURS)]
    return SiteDraft(
        layer="shelters",
        name=f"예시 가게 {number}",
        provenance=Provenance("benchmark", f"b-{number}"),
        kind="cafe" if pick % 4 else "convenience_store",
        status=Status.SAMPLE,
        precision=Precision.ADDRESS,
        address=f"광주광역시 광산구 {STREETS[pick % len(STREETS)]} {pick + 1}",
        geometry=Point(round(lon, 6), round(lat, 6)),
        hours=(HoursStatement(hours, hours, "usual"),),
        attributes={"programme": "dalgona", "entry": "ask-staff", "seats": pick % 12},
    )

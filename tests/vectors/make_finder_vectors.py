"""Test vectors of the finder: small bundles, questions, and what Python answers. The phone's script must answer the same.

`python tests/vectors/make_finder_vectors.py` writes `finder_vectors.json` beside this file: a list of
{"name", "bundle", "question": {lon, lat, minute, mode, stay_min, amenities, is_registered}, "expected"}. `minute` counts from 00:00 (Seoul)
of the bundle's first day. In "expected", near, far and rough hold rows
[id, standing, distance_m, near_m, far_m, travel_min, arrival_min, open_left_min, now_state, arrival_state];
"empty" is null or ids {maybe, usable, next, warm}; then is_outside, and the ids of the nearest dongs where it is true.
No question stands so that a tenth of a metre would change the order, a minute or a group, but where two points are one on purpose.
"""

import json
import math
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geo_app.domain.hours import minute_time
from geo_app.finder.bundle_scene import read_bundle
from geo_app.finder.ranking import rank
from geo_app.finder.standing import EmptyAnswer, FinderQuestion, Ranked, Scene, answer
from geo_app.spatial.geodesy import distance_m
from geo_app.travel.speeds import Mode

FILE = Path(__file__).with_name("finder_vectors.json")
SEED = 20261121
RANDOM_COUNT = 36
LON, LAT = 126.79, 35.14
ENTRIES = ("open-door", "ask-staff", "purchase-expected", "registration", "card", None)
AMENITIES = ("toilet", "charging", "water", "heating", "no-purchase")
SQUARE = [[[126.75, 35.1], [126.85, 35.1], [126.85, 35.2], [126.75, 35.2], [126.75, 35.1]]]
ISLAND = [[[126.7, 35.0], [126.71, 35.0], [126.71, 35.01], [126.7, 35.0]]]
DAY = 1440
FIRST_DAY = date(2026, 11, 21)


def build_vectors() -> list[dict[str, Any]]:
    chance = np.random.default_rng(SEED)
    drawn: list[dict[str, Any]] = []
    while len(drawn) < RANDOM_COUNT:
        bundle, question = random_bundle(chance), random_question(chance)
        if is_clear(read_bundle(bundle), question):
            drawn.append(vector(f"random {len(drawn) + 1}", bundle, question))
    return [*(vector(name, bundle, question) for name, bundle, question in hand_written()), *drawn]


def vector(name: str, bundle: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "bundle": bundle, "question": question, "expected": expected(bundle, question)}


def expected(bundle: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    scene = read_bundle(bundle)
    told = answer(scene, finder_question(scene, question))
    empty = told.empty
    return {
        "near": [row(item) for item in told.near],
        "far": [row(item) for item in told.far],
        "rough": [row(item) for item in told.rough],
        "empty": None if empty is None else offered(empty),
        "is_outside": told.is_outside,
        "dongs": [place.id for place in told.nearest_dongs],
    }


def finder_question(scene: Scene, question: dict[str, Any]) -> FinderQuestion:
    return FinderQuestion(
        question["lon"],
        question["lat"],
        minute_time(question["minute"], first_day=scene.window.first_day),
        Mode(question["mode"]),
        question["stay_min"],
        tuple(question["amenities"]),
        question["is_registered"],
    )


def row(item: Ranked) -> list[Any]:
    metres = [round(value, 3) for value in (item.distance_m, item.near_m, item.far_m)]
    door = [item.open_left_min, item.now.state.value, item.arrival.state.value]
    return [item.id, int(item.standing), *metres, round(item.travel_min, 4), item.arrival_min, *door]


def offered(empty: EmptyAnswer) -> dict[str, list[str]]:
    return {"maybe": ids(empty.maybe), "usable": ids(empty.usable), "next": ids(empty.next_open), "warm": ids(empty.warm)}


def ids(items: tuple[Ranked, ...]) -> list[str]:
    return [item.id for item in items]


def is_clear(scene: Scene, question: dict[str, Any]) -> bool:
    """Whether another formula, good to 0.1 m and a hundred-thousandth, must come to the same order, minutes and groups.

    Points that are one are a tie on purpose: by any formula they are equally far.
    """
    asked = finder_question(scene, {**question, "amenities": []})
    ranked = [
        *rank(scene.shelters, scene.shelter_timelines, asked, window=scene.window, reports={}),
        *rank(scene.warm, scene.warm_timelines, asked, window=scene.window, reports={}),
    ]
    to_dongs = [distance_m(asked.lon, asked.lat, dong.lon, dong.lat) for dong in scene.dongs]
    are_whole = all(item.travel_min == 0 or is_apart(item.travel_min, round(item.travel_min), 0.01) for item in ranked)
    return are_whole and all(
        after == before or is_apart(after, before, 0.5)
        for metres in ([item.distance_m for item in ranked], to_dongs)
        for before, after in pairwise(sorted(metres))
    )


def is_apart(one: float, other: float, least: float) -> bool:
    return abs(one - other) > least + one * 5e-5


# --- bundles -----------------------------------------------------------------------------------------------------------------------


def bundle_of(schedules: list[Any], sites: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    places = [place(f"dg-{number}", LON + step, LAT + 0.01) for number, step in enumerate((0, 0.01, -0.012, 0.021, -0.024, 0.033, -0.036))]
    head = {"format": 1, "revision": 7, "made_at": "2026-11-21T00:00:00+09:00", "first_day": FIRST_DAY.isoformat(), "day_count": 3}
    constants = {
        "speeds_kmh": {"walk": 4.0, "bicycle": 14.0, "motorbike": 25.0},
        "detour": 1.3,
        "reach_min": 20,
        "stale_days": 180,
        "far_limit": 10,
    }
    body = {
        "schedules": schedules,
        "sites": sites,
        "unplaced": 0,
        "warm": [],
        "places": places,
        "outline": SQUARE,
        "holidays": [],
        "emergency": [],
    }
    return {**head, **constants, **body, "samples": len(sites), **more}


def place(place_id: str, lon: float, lat: float) -> dict[str, Any]:
    return {
        "id": place_id,
        "kind": "dong",
        "name": f"예시동 {place_id}",
        "latin": f"Yesi-dong {place_id}",
        "lon": round(lon, 6),
        "lat": round(lat, 6),
    }


def site(number: int, metres_east: float, schedule: int | None = 0, *, north: float = 0.0, **more: Any) -> dict[str, Any]:
    known = {"entry": "open-door", "checked_on": "2026-11-20", **({} if schedule is None else {"schedule": schedule}), **more}
    lon, lat = LON + metres_east / 91_000, LAT + north / 111_000
    row = {
        "id": f"sh-{number:06}",
        "name": f"예시 {number}",
        "latin": f"Yesi {number}",
        "lon": round(lon, 6),
        "lat": round(lat, 6),
        **known,
    }
    return {name: value for name, value in row.items() if value is not None}


def ask(minute: int, **more: Any) -> dict[str, Any]:
    plain = {"lon": LON, "lat": LAT, "minute": minute, "mode": "walk", "stay_min": 20, "amenities": [], "is_registered": False}
    return {**plain, **more}


ALWAYS: list[Any] = ["o", [0]]
NEVER: list[Any] = ["c", [0]]
UNKNOWN: list[Any] = ["u", [0]]
# 18:00 to 24:00 on each of three days, closed else.
EVENING: list[Any] = ["cococo", [0, 1080, 1440, 2520, 2880, 3960]]
# 18:00 to 02:00 of the next day.
NIGHT: list[Any] = ["cococo", [0, 1080, 1560, 2520, 3000, 3960]]
# The door of a shop whose holiday nobody explained: open, unknown the second day, closed the third.
HOLIDAY: list[Any] = ["couc", [0, 540, 1440, 2880]]


def hand_written() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    return [*doors(), *people(), *grounds(), *empties()]


def doors() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    evening = bundle_of([EVENING], [site(1, 300)])  # 5.85 minutes on foot: one arrives in the sixth
    night = bundle_of([NIGHT, HOLIDAY], [site(1, 300), site(2, 400, 1)])
    return [
        ("at the door itself, at the minute it opens", bundle_of([EVENING], [site(1, 0)]), ask(1080)),
        ("at the door itself, a minute before", bundle_of([EVENING], [site(1, 0)]), ask(1079)),
        ("closes at 24:00, arrival with one minute left", evening, ask(1433)),
        ("closes at 24:00, arrival at midnight", evening, ask(1434)),
        ("exactly long enough to rest", evening, ask(1414)),
        ("one minute too short to rest", evening, ask(1415)),
        ("no rest wanted, one minute left", evening, ask(1433, stay_min=0)),
        ("open now, closed on arrival", evening, ask(1437)),
        ("closed now, open on arrival", evening, ask(1075)),
        ("over midnight, 01:30 of the second day", night, ask(DAY + 90)),
        ("over midnight, 23:58 to 00:04", night, ask(DAY - 2)),
        ("an open door that turns unknown", night, ask(DAY - 15)),
        ("unknown at midnight of the holiday", night, ask(DAY)),
        ("arrival past the bundle's days", bundle_of([ALWAYS], [site(1, 300), site(2, 0)]), ask(3 * DAY - 3)),
        ("asked past the bundle's days", bundle_of([ALWAYS], [site(1, 300)]), ask(3 * DAY + 600)),
        ("asked before the bundle's days", bundle_of([ALWAYS, EVENING], [site(1, 300), site(2, 330, 1)]), ask(-30)),
        ("open to the end of what is known", bundle_of([["co", [0, 4000]]], [site(1, 300)]), ask(4200)),
        ("open half a day and a minute before the end of what is known", bundle_of([ALWAYS], [site(1, 0)]), ask(3 * DAY - 721)),
        ("open half a day before the end of what is known", bundle_of([ALWAYS], [site(1, 0)]), ask(3 * DAY - 720)),
        ("open less than half a day before that", bundle_of([ALWAYS], [site(1, 0)]), ask(3 * DAY - 719)),
        ("no time left to rest that anybody knows of", bundle_of([ALWAYS], [site(1, 0)]), ask(3 * DAY - 19)),
        ("a change two weeks ahead, and one minute more", *two_weeks_ahead()),
        ("hours that nobody knows", bundle_of([UNKNOWN, ALWAYS], [site(1, 100), site(2, 200, None), site(3, 900, 1)]), ask(600)),
    ]


def two_weeks_ahead() -> tuple[dict[str, Any], dict[str, Any]]:
    far_ends = [["oc", [0, 14 * DAY + 600]], ["oc", [0, 14 * DAY + 601]]]
    return bundle_of(far_ends, [site(1, 0), site(2, 0, 1)], day_count=16), ask(600)


def people() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    rules = [site(number, 100 + 50 * number, entry=entry) for number, entry in enumerate(ENTRIES)]
    closed_at = "2026-11-21T01:00+09:00"
    reported = [
        site(1, 100, reports={"closed": 1, "closed_at": closed_at}),
        site(2, 150, reports={"closed": 2, "closed_at": closed_at}),
        site(3, 200, reports={"closed": 3, "closed_at": closed_at, "checked_at": closed_at}),
        site(4, 250, reports={"closed": 2}),
    ]
    stale = [
        site(1, 100, checked_on="2026-05-25"), site(2, 150, checked_on="2026-05-24"), site(3, 200, checked_on=None),
        site(4, 250, checked_on="2026-01-01", reports={"checked_at": "2026-05-25T00:00+09:00"}),
        site(5, 300, checked_on=None, reports={"checked_at": "2026-05-24T23:59+09:00"}), site(6, 350, checked_on="2026-11-30"),
    ]  # fmt: skip
    closed_card = [site(1, 100, entry="card"), site(2, 150, 1, entry="registration"), site(3, 200, 1), site(4, 250, None)]
    return [
        ("each rule of entry", bundle_of([ALWAYS], rules), ask(600)),
        ("each rule of entry, registered", bundle_of([ALWAYS], rules), ask(600, is_registered=True)),
        ("registered only stands behind closed and unknown", bundle_of([ALWAYS, NEVER], closed_card), ask(600)),
        ("registered only, closed, for the registered", bundle_of([ALWAYS, NEVER], closed_card), ask(600, is_registered=True)),
        ("closed reports, 23 hours and 59 minutes later", bundle_of([ALWAYS], reported), ask(60 + DAY - 1)),
        ("closed reports, a day later", bundle_of([ALWAYS], reported), ask(60 + DAY)),
        ("180 and 181 days since the last check", bundle_of([ALWAYS], stale), ask(600)),
        ("the same a day on: 181 and 182", bundle_of([ALWAYS], stale), ask(DAY)),
        ("two amenities wanted", bundle_of([ALWAYS], amenity_sites()), ask(600, amenities=["toilet", "charging"])),
        ("buying nothing is no promise where they expect it", bundle_of([ALWAYS], unbought_sites()), ask(600, amenities=["no-purchase"])),
        ("an amenity that no place has", bundle_of([ALWAYS], amenity_sites()), ask(600, amenities=["heating"])),
    ]


def amenity_sites() -> list[dict[str, Any]]:
    offered = (["toilet"], ["charging", "toilet", "water"], [], ["toilet", "charging"])
    rough = site(9, 300, amenities=["toilet", "charging"], radius_m=400, area="예시동")
    return [*(site(number, 100 + 70 * number, amenities=list(some)) for number, some in enumerate(offered)), site(8, 500), rough]


def unbought_sites() -> list[dict[str, Any]]:
    return [site(number, 100 + 50 * number, entry=entry, amenities=["no-purchase"]) for number, entry in enumerate(ENTRIES)]


def grounds() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    rough = [site(1, 100, 1), site(2, 100, radius_m=700, area="예시동"), site(3, 500, radius_m=3000), site(4, 900, 2)]
    twins = [site(3, 200), site(1, 200), site(2, 200), site(5, 200, radius_m=300), site(4, 200, radius_m=300)]
    beyond = [site(number, 1500 + 133 * number) for number in range(13)]
    hole = [SQUARE[0], [[126.78, 35.13], [126.8, 35.13], [126.8, 35.15], [126.78, 35.15], [126.78, 35.13]]]
    two = [SQUARE[0], [[126.9, 35.1], [126.95, 35.12], [126.92, 35.16], [126.9, 35.1]]]
    one = [site(1, 300)]
    return [
        ("rough places never stand before exact ones", bundle_of([ALWAYS, NEVER, UNKNOWN], rough), ask(600)),
        ("the door of a rough place is that of its far end", bundle_of([EVENING], [site(1, 100, radius_m=700), site(2, 105)]), ask(1425)),
        ("places at one point stand by id", bundle_of([ALWAYS], twins), ask(600)),
        ("only ten beyond reach", bundle_of([ALWAYS], beyond), ask(600)),
        ("by bicycle", bundle_of([EVENING], beyond), ask(1080, mode="bicycle")),
        ("by motorbike", bundle_of([EVENING], beyond), ask(1078, mode="motorbike")),
        ("outside the district", bundle_of([ALWAYS], one), ask(600, lon=126.9, lat=35.2)),
        ("outside the district, an hour on foot", bundle_of([ALWAYS], [site(1, 5700)], outline=ISLAND), ask(600, lon=LON + 0.0302)),
        (
            "outside the district, more than an hour on foot",
            bundle_of([ALWAYS, NEVER], beyond_an_hour(), warm=one, outline=ISLAND),
            ask(600),
        ),
        ("the same by bicycle", bundle_of([ALWAYS, NEVER], beyond_an_hour(), warm=one, outline=ISLAND), ask(600, mode="bicycle")),
        ("west of the district, on the height of a corner", bundle_of([ALWAYS], one), ask(600, lon=126.7, lat=35.2)),
        ("in a hole of the district", bundle_of([ALWAYS], one, outline=hole), ask(600)),
        ("in the second part of the district", bundle_of([ALWAYS], one, outline=two), ask(600, lon=126.92, lat=35.13)),
        ("a district without an outline", bundle_of([ALWAYS], one, outline=[]), ask(600, lon=129.0, lat=37.0)),
        ("outside a district of two dongs", bundle_of([ALWAYS], one, places=bundle_of([], [])["places"][:2]), ask(600, lon=127.0)),
    ]


def beyond_an_hour() -> list[dict[str, Any]]:
    return [site(1, 3100), site(2, -3200, 1), site(3, 3000, radius_m=100, area="예시동"), site(4, 3300, checked_on=None)]


def empties() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    later = [
        site(1, 900, 0), site(2, 100, 1), site(3, 200, 1, entry="card"), site(4, 300, 1, entry=None), site(5, 2500, 1), site(6, 400, 2),
        site(7, 500, 2, radius_m=200), site(8, 1500, 2), site(9, 1000, None),
    ]  # fmt: skip
    warm = [
        site(21, 800, 0), site(22, 700, 1), site(23, 600, 2), site(24, 500, 1, radius_m=900), site(25, 400, None), site(26, 3000, 1),
        site(27, 5000, 1, checked_on=None),
    ]  # fmt: skip
    far = [site(1, 4000, 1), site(2, 3000, 1), site(3, 2500, 0), site(4, 2000, 1, entry="registration"), site(5, 1800, 1, checked_on=None)]
    rough = [site(6, 500, 1, radius_m=800), site(7, 400, 1, radius_m=300)]
    return [
        ("no places at all", bundle_of([], []), ask(600)),
        ("no places, but a warm one", bundle_of([NEVER, ALWAYS, EVENING], [], warm=warm), ask(600, amenities=["toilet"])),
        ("all closed, for ever", bundle_of([NEVER], [site(1, 100), site(2, 3000)]), ask(600)),
        ("the next to open", bundle_of([NEVER, EVENING, NIGHT], later, warm=warm), ask(900)),
        ("the next to open, registered", bundle_of([NEVER, EVENING, NIGHT], later), ask(900, is_registered=True)),
        ("the next to open, by bicycle", bundle_of([NEVER, EVENING, NIGHT], later), ask(900, mode="bicycle")),
        ("usable only far away", bundle_of([EVENING, ALWAYS], far), ask(1300)),
        ("usable far away and in rough places", bundle_of([EVENING, ALWAYS], [*rough, *far[:2]]), ask(1300)),
        ("short is not enough", bundle_of([EVENING, ALWAYS], [site(1, 100), site(2, 2900, 1)]), ask(1430)),
        ("short stands behind a rough place that stays open", bundle_of([EVENING, ALWAYS], [site(1, 100), *rough]), ask(1430)),
        ("usable is not farther than an hour", bundle_of([ALWAYS], [site(1, 3000), site(2, 3090), site(3, 1900)]), ask(600)),
        ("doubtful is not enough", bundle_of([ALWAYS], [site(1, 100, checked_on=None), site(2, 2900)]), ask(1430)),
        ("doubtful within reach stand first, the nearest three", bundle_of([ALWAYS], doubtful()), ask(600)),
    ]


def doubtful() -> list[dict[str, Any]]:
    old = [site(number, 300 * number, checked_on=None) for number in (1, 2, 3, 5)]
    return [*old, site(8, 100, radius_m=300, area="예시동", entry=None), site(9, 50, entry="card", checked_on=None)]


# --- chance ------------------------------------------------------------------------------------------------------------------------


def random_bundle(chance: np.random.Generator) -> dict[str, Any]:
    day_count = int(chance.integers(1, 6))
    schedules = [random_schedule(chance, day_count) for _ in range(int(chance.integers(2, 6)))]
    sites = [random_site(chance, number + 1, len(schedules)) for number in range(int(chance.integers(3, 15)))]
    warm = [random_site(chance, number + 101, len(schedules)) for number in range(int(chance.integers(0, 5)))]
    return bundle_of(schedules, sites, day_count=day_count, warm=warm, outline=[random_ring(chance)])


def random_schedule(chance: np.random.Generator, day_count: int) -> list[Any]:
    end = day_count * DAY
    starts = sorted({0, *(int(minute) for minute in chance.integers(1, end, size=int(chance.integers(0, 4 * day_count))))})
    letters = [str(chance.choice(["o", "c", "u"], p=[0.5, 0.4, 0.1]))]
    while len(letters) < len(starts):
        letters.append(str(chance.choice([letter for letter in "ocu" if letter != letters[-1]])))
    return ["".join(letters), starts]


def random_site(chance: np.random.Generator, number: int, schedule_count: int) -> dict[str, Any]:
    reach = float(chance.choice([500, 2000, 6000]))
    offered = [amenity for amenity in AMENITIES if chance.random() < 0.5]
    more: dict[str, Any] = {"entry": ENTRIES[int(chance.integers(len(ENTRIES)))], "checked_on": random_day(chance)}
    if offered:
        more["amenities"] = offered
    if chance.random() < 0.2:
        more |= {"radius_m": int(chance.integers(50, 3001)), "area": "예시동"}
    if chance.random() < 0.2:
        more["reports"] = random_reports(chance)
    schedule = None if chance.random() < 0.1 else int(chance.integers(schedule_count))
    return site(number, float(chance.uniform(-reach, reach)), schedule, north=float(chance.uniform(-reach, reach)), **more)


def random_day(chance: np.random.Generator) -> str | None:
    if chance.random() < 0.1:
        return None
    days_ago = int(chance.choice([0, 3, 100, 178, 179, 180, 181, 182, 400]))
    return (FIRST_DAY - timedelta(days=days_ago)).isoformat()


def random_reports(chance: np.random.Generator) -> dict[str, Any]:
    def told() -> str:
        return minute_time(int(chance.integers(-2 * DAY, DAY)), first_day=FIRST_DAY).isoformat(timespec="minutes")

    reports: dict[str, Any] = {}
    if chance.random() < 0.8:
        reports |= {"closed": int(chance.integers(1, 4)), "closed_at": told()}
    if chance.random() < 0.4:
        reports["checked_at"] = told()
    return reports


def random_ring(chance: np.random.Generator) -> list[list[float]]:
    corners = sorted(float(angle) for angle in chance.uniform(0, 2 * math.pi, size=9))
    reaches = chance.uniform(0.01, 0.06, size=9)
    ring = [
        [round(LON + reach * math.cos(angle), 5), round(LAT + reach * math.sin(angle), 5)]
        for angle, reach in zip(corners, reaches.tolist(), strict=True)
    ]
    return [*ring, ring[0]]


def random_question(chance: np.random.Generator) -> dict[str, Any]:
    return ask(
        int(chance.integers(0, 3 * DAY)),
        lon=round(float(LON + chance.normal(0, 0.015)), 6),
        lat=round(float(LAT + chance.normal(0, 0.012)), 6),
        mode=str(chance.choice([mode.value for mode in Mode])),
        stay_min=int(chance.choice([0, 10, 20, 60, 120])),
        amenities=[amenity for amenity in AMENITIES if chance.random() < 0.15],
        is_registered=bool(chance.random() < 0.3),
    )


def file_text(vectors: list[dict[str, Any]]) -> str:
    lines = (json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in vectors)
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(file_text(build_vectors()), encoding="utf-8")

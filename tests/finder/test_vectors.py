"""The vectors that Python and the phone's script both answer: made by the generator, answered by the core, and by an oracle that knows
neither bisection nor the core's classes: it steps through schedules minute by minute."""

import json
import math
from datetime import date, datetime, timedelta

import pytest
from pyproj import Geod
from shapely.geometry import Point, Polygon
from vectors.make_finder_vectors import FILE, build_vectors, expected, file_text, hand_written, is_clear

from geo_app.finder.bundle_scene import read_bundle

VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
MAX_BYTES = 300_000
GEOD = Geod(ellps="WGS84")
ALL = ("open-door", "ask-staff", "purchase-expected")
LISTED = ("registration", "card")
HOUR = 60
each_vector = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])


def test_the_file_is_what_the_generator_makes():
    assert FILE.read_text(encoding="utf-8") == file_text(build_vectors())
    assert FILE.stat().st_size <= MAX_BYTES


def test_no_vector_hangs_on_a_tenth_of_a_metre():
    assert [name for name, bundle, question in hand_written() if not is_clear(read_bundle(bundle), question)] == []


def test_the_vectors_know_every_standing_and_every_part_of_an_answer():
    rows = [row for vector in VECTORS for group in ("near", "far", "rough") for row in vector["expected"][group]]
    assert {row[1] for row in rows} == {0, 1, 2, 3, 4, 5}
    assert {row[8] for row in rows} == {row[9] for row in rows} == {"open", "closed", "unknown"}
    empties = [vector["expected"]["empty"] for vector in VECTORS]
    assert any(empty is None for empty in empties)
    for part in ("maybe", "usable", "next", "warm"):
        assert any(empty and empty[part] for empty in empties)
    assert any(vector["expected"]["is_outside"] for vector in VECTORS)


@each_vector
def test_python_answers_the_vectors(vector):
    assert expected(vector["bundle"], vector["question"]) == vector["expected"]


@each_vector
def test_an_oracle_that_steps_through_minutes_agrees(vector):
    assert rounded(oracle(vector["bundle"], vector["question"])) == rounded(vector["expected"])


def rounded(answer):
    """GRS 80 and WGS 84 differ by far less than this."""
    groups = {
        name: [[*row[:2], *(round(value, 2) for value in row[2:6]), *row[6:]] for row in answer[name]] for name in ("near", "far", "rough")
    }
    return {**answer, **groups}


def oracle(bundle, asked):
    rows = [judged(site, bundle, asked) for site in bundle["sites"] if not set(asked["amenities"]) - offered(site)]
    rows.sort(key=lambda row: (row["radius"] > 0, row["standing"], row["d"], row["site"]["id"]))
    near = [row for row in rows if not row["radius"] and row["travel"] <= bundle["reach_min"]]
    outside = is_outside(bundle["outline"], asked)
    if outside and not [row for row in rows if row["travel"] <= HOUR]:
        nothing = {"maybe": [], "usable": [], "next": [], "warm": []}
        return {"near": [], "far": [], "rough": [], "empty": nothing, "is_outside": True, "dongs": nearest_dongs(bundle, asked)}
    return {
        "near": [told(row) for row in near],
        "far": [told(row) for row in rows if not row["radius"] and row["travel"] > bundle["reach_min"]][: bundle["far_limit"]],
        "rough": [told(row) for row in rows if row["radius"]],
        "empty": None if any(row["standing"] == 0 for row in near) else empty(bundle, asked, rows),
        "is_outside": outside,
        "dongs": nearest_dongs(bundle, asked) if outside else [],
    }


def offered(site):
    amenities = set(site.get("amenities", []))
    return amenities - {"no-purchase"} if site.get("entry") == "purchase-expected" else amenities


def judged(site, bundle, asked):
    end = bundle["day_count"] * 1440
    metres = GEOD.inv(asked["lon"], asked["lat"], site["lon"], site["lat"])[2]
    radius = site.get("radius_m", 0)
    travel = (metres + radius) / 1000 * bundle["detour"] / bundle["speeds_kmh"][asked["mode"]] * 60
    arrival = asked["minute"] + math.ceil(travel)
    states = stepped(bundle["schedules"][site["schedule"]], end) if "schedule" in site else "u" * end
    there = states[arrival] if 0 <= arrival < end else "u"
    left = None
    if there == "o":
        rest = states[arrival:]
        left = len(rest) - len(rest.lstrip("o"))
        # To the end of what is known, or past two weeks, no end is told; but half a day before that end there is no more than this.
        if left > 14 * 1440 or (left == len(rest) and left >= 720):
            left = None
    opens = next((minute for minute in range(max(arrival + 1, 0), end) if begins(states, minute)), None)
    now = states[asked["minute"]] if 0 <= asked["minute"] < end else "u"
    row = {"site": site, "d": metres, "radius": radius, "travel": travel, "arrival": arrival, "there": there, "now": now, "left": left}
    return {**row, "opens": opens, "standing": standing(site, bundle, asked, there, left)}


def stepped(schedule, end):
    letters, starts = schedule
    states, letter = [], ""
    for minute in range(end):
        if minute in starts:
            letter = letters[starts.index(minute)]
        states.append(letter)
    return "".join(states)


def begins(states, minute):
    return states[minute] == "o" and (minute == 0 or states[minute - 1] != "o")


def standing(site, bundle, asked, there, left):
    entry = site.get("entry")
    if entry in LISTED and not asked["is_registered"]:
        return 5
    if there != "o":
        return {"c": 4, "u": 3}[there]
    if is_old(site, bundle, asked) or is_reported(site, bundle, asked) or entry not in ALL + LISTED:
        return 2
    return 1 if left is not None and left < asked["stay_min"] else 0


def midnight(bundle):
    return datetime.fromisoformat(bundle["first_day"] + "T00:00:00+09:00")


def is_old(site, bundle, asked):
    days = [date.fromisoformat(site["checked_on"])] if "checked_on" in site else []
    if "checked_at" in site.get("reports", {}):
        days.append(date.fromisoformat(site["reports"]["checked_at"][:10]))
    today = (midnight(bundle) + timedelta(minutes=asked["minute"])).date()
    return not days or today - max(days) > timedelta(days=bundle["stale_days"])


def is_reported(site, bundle, asked):
    reports = site.get("reports", {})
    if reports.get("closed", 0) < 2:
        return False
    if "closed_at" not in reports:
        return True
    return midnight(bundle) + timedelta(minutes=asked["minute"]) - datetime.fromisoformat(reports["closed_at"]) < timedelta(days=1)


def told(row):
    states = {"o": "open", "c": "closed", "u": "unknown"}
    metres = [round(value, 3) for value in (row["d"], max(0.0, row["d"] - row["radius"]), row["d"] + row["radius"])]
    door = [row["left"], states[row["now"]], states[row["there"]]]
    return [row["site"]["id"], row["standing"], *metres, round(row["travel"], 4), row["arrival"], *door]


def empty(bundle, asked, rows):
    enterable = ALL + LISTED if asked["is_registered"] else ALL
    waiting = [row for row in rows if row["there"] != "o" and row["opens"] is not None and row["site"].get("entry") in enterable]
    waiting = [row for row in waiting if row["travel"] <= 2 * bundle["reach_min"]]
    waiting.sort(key=lambda row: (row["opens"], row["radius"] > 0, row["d"], row["site"]["id"]))
    warm = [row for row in (judged(site, bundle, asked) for site in bundle["warm"]) if row["there"] == "o"]
    warm.sort(key=lambda row: (row["radius"] > 0, row["d"], row["site"]["id"]))
    usable = [row for want in (0, 1) for row in rows if row["standing"] == want and row["travel"] <= HOUR]
    maybe = [row for row in rows if row["standing"] == 2 and row["travel"] <= bundle["reach_min"]]
    parts = {"maybe": maybe, "usable": usable, "next": waiting, "warm": warm}
    return {name: [row["site"]["id"] for row in found[:3]] for name, found in parts.items()}


def is_outside(outline, asked):
    inside = [ring for ring in outline if Polygon(ring).covers(Point(asked["lon"], asked["lat"]))]
    return bool(outline) and len(inside) % 2 == 0


def nearest_dongs(bundle, asked):
    dongs = [place for place in bundle["places"] if place["kind"] == "dong"]
    dongs.sort(key=lambda place: GEOD.inv(asked["lon"], asked["lat"], place["lon"], place["lat"])[2])
    return [place["id"] for place in dongs[:5]]

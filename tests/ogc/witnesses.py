"""Filters in CQL2 text, each beside the plain Python that finds the same features in a layer's own file.

A value that is absent makes an expression unknown, and unknown is not true (table 9 of the standard): the witnesses say so too.
"""

from datetime import date

from shapely import from_wkt
from shapely.geometry import shape

SQUARE = "POLYGON((126.76 35.13, 126.83 35.13, 126.83 35.20, 126.76 35.20, 126.76 35.13))"
LINE = "LINESTRING(126.70 35.10, 126.85 35.23)"
DAY = date(2026, 11, 21)


def has(name, test):
    """True where the property is there and the test holds."""
    return lambda item: item["properties"].get(name) is not None and bool(test(item["properties"][name]))


def near(test):
    return lambda item: item["geometry"] is not None and bool(test(shape(item["geometry"])))


def checked(test):
    return has("checked_on", lambda text: test(date.fromisoformat(text)))


def amenities(test):
    return has("amenities", lambda codes: test(set(codes)))


WITNESSES = {
    # Basic CQL2.
    "kind = 'cafe'": has("kind", lambda kind: kind == "cafe"),
    "kind <> 'cafe'": has("kind", lambda kind: kind != "cafe"),
    "seats > 6": has("seats", lambda seats: seats > 6),
    "seats >= 6": has("seats", lambda seats: seats >= 6),
    "seats < 6": has("seats", lambda seats: seats < 6),
    "seats <= 6": has("seats", lambda seats: seats <= 6),
    "6 < seats": has("seats", lambda seats: seats > 6),
    "name >= '바'": has("name", lambda name: name >= "바"),
    "seats IS NULL": lambda item: item["properties"].get("seats") is None,
    "seats IS NOT NULL": lambda item: item["properties"].get("seats") is not None,
    "kind = 'cafe' AND seats > 6": lambda item: item["properties"].get("kind") == "cafe" and (item["properties"].get("seats") or 0) > 6,
    "kind = 'public' OR seats > 6": lambda item: item["properties"].get("kind") == "public" or (item["properties"].get("seats") or 0) > 6,
    "NOT kind = 'cafe'": has("kind", lambda kind: kind != "cafe"),
    "NOT (kind = 'cafe' OR kind = 'public')": has("kind", lambda kind: kind not in {"cafe", "public"}),
    "kind = 'cafe' OR kind = 'public' AND seats > 6": lambda item: (
        item["properties"].get("kind") == "cafe"
        or (item["properties"].get("kind") == "public" and (item["properties"].get("seats") or 0) > 6)
    ),
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "checked_on = DATE('2026-11-21')": checked(lambda day: day == DAY),
    "checked_on < DATE('2026-11-21')": checked(lambda day: day < DAY),
    "\"kind\" = 'cafe'": has("kind", lambda kind: kind == "cafe"),
    # Advanced comparison.
    "name LIKE '예시%'": has("name", lambda name: name.startswith("예시")),
    "name LIKE '%점'": has("name", lambda name: name.endswith("점")),
    "name LIKE '__ %'": has("name", lambda name: len(name) > 2 and name[2] == " "),
    "name NOT LIKE '예시%'": has("name", lambda name: not name.startswith("예시")),
    "name LIKE '예시'": has("name", lambda name: name == "예시"),
    "name LIKE '%(%'": has("name", lambda name: "(" in name),
    "seats BETWEEN 4 AND 8": has("seats", lambda seats: 4 <= seats <= 8),
    "seats NOT BETWEEN 4 AND 8": has("seats", lambda seats: not 4 <= seats <= 8),
    "seats BETWEEN 8 AND 4": lambda _: False,
    "kind IN ('cafe', 'public')": has("kind", lambda kind: kind in {"cafe", "public"}),
    "kind NOT IN ('cafe', 'public')": has("kind", lambda kind: kind not in {"cafe", "public"}),
    "seats IN (2, 4, 6)": has("seats", lambda seats: seats in {2, 4, 6}),
    # Case-insensitive comparison.
    "CASEI(kind) = CASEI('CAFE')": has("kind", lambda kind: kind == "cafe"),
    "CASEI(kind) LIKE CASEI('C%')": has("kind", lambda kind: kind.startswith("c")),
    "CASEI(kind) IN (CASEI('Cafe'), CASEI('PUBLIC'))": has("kind", lambda kind: kind in {"cafe", "public"}),
    # Basic spatial functions, plus.
    f"S_INTERSECTS(geometry, {SQUARE})": near(from_wkt(SQUARE).intersects),
    f"S_INTERSECTS({SQUARE}, geometry)": near(from_wkt(SQUARE).intersects),
    "S_INTERSECTS(geometry, BBOX(126.76, 35.13, 126.83, 35.20))": near(from_wkt(SQUARE).intersects),
    "S_INTERSECTS(geometry, POINT(126.7937 35.1396))": near(from_wkt("POINT(126.7937 35.1396)").intersects),
    f"S_INTERSECTS(geometry, {LINE})": near(from_wkt(LINE).intersects),
    "S_INTERSECTS(geometry, MULTIPOINT((126.79 35.14), (126.80 35.19)))": near(
        from_wkt("MULTIPOINT(126.79 35.14, 126.80 35.19)").intersects
    ),
    f"S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(126.7 35.1), {LINE}))": near(
        from_wkt(f"GEOMETRYCOLLECTION(POINT(126.7 35.1), {LINE})").intersects
    ),
    f"NOT S_INTERSECTS(geometry, {SQUARE})": near(lambda own: not own.intersects(from_wkt(SQUARE))),
    # Spatial functions.
    f"S_WITHIN(geometry, {SQUARE})": near(lambda own: own.within(from_wkt(SQUARE))),
    f"S_DISJOINT(geometry, {SQUARE})": near(lambda own: own.disjoint(from_wkt(SQUARE))),
    "S_CONTAINS(geometry, POINT(126.7937 35.1396))": near(lambda own: own.contains(from_wkt("POINT(126.7937 35.1396)"))),
    f"S_CROSSES(geometry, {LINE})": near(lambda own: own.crosses(from_wkt(LINE))),
    f"S_TOUCHES(geometry, {SQUARE})": near(lambda own: own.touches(from_wkt(SQUARE))),
    f"S_OVERLAPS(geometry, {SQUARE})": near(lambda own: own.overlaps(from_wkt(SQUARE))),
    f"S_EQUALS(geometry, {SQUARE})": near(lambda own: own.equals(from_wkt(SQUARE))),
    # Temporal functions.
    "T_AFTER(checked_on, DATE('2026-11-20'))": checked(lambda day: day > date(2026, 11, 20)),
    "T_BEFORE(checked_on, DATE('2026-11-21'))": checked(lambda day: day < DAY),
    "T_EQUALS(checked_on, DATE('2026-11-21'))": checked(lambda day: day == DAY),
    "T_DISJOINT(checked_on, DATE('2026-11-21'))": checked(lambda day: day != DAY),
    "T_INTERSECTS(checked_on, INTERVAL('2026-11-01', '2026-11-20'))": checked(lambda day: date(2026, 11, 1) <= day <= date(2026, 11, 20)),
    "T_INTERSECTS(checked_on, INTERVAL('..', '2026-11-20'))": checked(lambda day: day <= date(2026, 11, 20)),
    "as_of < checked_on AND T_DURING(INTERVAL(as_of, checked_on), INTERVAL('2026-01-01', '2026-12-31'))": (
        lambda item: "2026-01-01" < item["properties"].get("as_of", "") < item["properties"].get("checked_on", "") < "2026-12-31"
    ),
    # Array functions.
    "A_CONTAINS(amenities, ('water', 'toilet'))": amenities(lambda codes: codes >= {"water", "toilet"}),
    "A_CONTAINEDBY(amenities, ('water', 'toilet', 'charging', 'seats'))": amenities(
        lambda codes: codes <= {"water", "toilet", "charging", "seats"}
    ),
    "A_OVERLAPS(amenities, ('heating', 'cooling'))": amenities(lambda codes: bool(codes & {"heating", "cooling"})),
    "NOT A_OVERLAPS(amenities, ('heating', 'cooling'))": amenities(lambda codes: not codes & {"heating", "cooling"}),
    # Property–property, arithmetic.
    "as_of < checked_on": lambda item: (
        "as_of" in item["properties"]
        and "checked_on" in item["properties"]
        and item["properties"]["as_of"] < item["properties"]["checked_on"]
    ),
    "name = address": lambda item: item["properties"].get("name") == item["properties"].get("address") is not None,
    "seats * 2 > 10": has("seats", lambda seats: seats * 2 > 10),
    "seats + 1 = 7": has("seats", lambda seats: seats == 6),
    "seats - 1 < 10 / 2": has("seats", lambda seats: seats - 1 < 5),
    "2 * (seats + 1) >= 14": has("seats", lambda seats: 2 * (seats + 1) >= 14),
    "seats % 2 = 0": has("seats", lambda seats: seats % 2 == 0),
    "seats div 4 = 1": has("seats", lambda seats: seats // 4 == 1),
    "-seats < -6": has("seats", lambda seats: seats > 6),
    "seats ^ 2 > 36": has("seats", lambda seats: seats**2 > 36),
}

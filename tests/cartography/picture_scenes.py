"""Made-up pictures: two dongs side by side, places in them, words without a catalogue."""

import shapely

from geo_app.cartography.marks import MARKS
from geo_app.cartography.picture_scene import CLOSED, OPEN, ROUGH, SAMPLE, UNKNOWN, DrawnArea, DrawnComplex, Picture, PictureWords, Theme

WEST, EAST = shapely.box(126.78, 35.13, 126.80, 35.15), shapely.box(126.80, 35.13, 126.83, 35.15)
LEGEND = {OPEN: "Open", CLOSED: "Closed", UNKNOWN: "Not certain", SAMPLE: "Sample", ROUGH: "Rough place", **{name: name for name in MARKS}}


def words(**given):
    told = {"lang": "en", "title": "A district", "time": "as of 2026-11-22 02:10", "attribution": "Boundaries: Somebody", "legend": LEGEND}
    return PictureWords(**{**told, "note": "Not on this map: {count}", **given})


def picture(*places, theme=Theme.LIGHT, chosen=None, size=(640, 480), complexes=(), **given):
    areas = [DrawnArea("Westdong", WEST, is_chosen=chosen == "west"), DrawnArea("Eastdong", EAST, is_chosen=chosen == "east")]
    return Picture(*size, theme, words(**given), (126.7, 35.1, 126.9, 35.2), areas, complexes, places)


def a_complex(name="Hanam"):
    return DrawnComplex(name, shapely.Point(126.81, 35.14), 400_000.0)

import re

import numpy as np
import pytest
import shapely
from cartography.picture_scenes import EAST, WEST, a_complex, picture
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from geo_app.cartography.colour import contrast_ratio
from geo_app.cartography.marks import MARKS
from geo_app.cartography.picture import draw_picture
from geo_app.cartography.picture_colours import AUTO_STYLE, COLOURS
from geo_app.cartography.picture_scene import CLOSED, OPEN, STATES, UNKNOWN, DrawnArea, DrawnPlace, Picture, Theme
from geo_app.cartography.picture_view import build_view, draw_borders, find_extent
from geo_app.spatial.crs import LonLat, to_metric

SVG = "{http://www.w3.org/2000/svg}"
READABLE = [
    ("ink", "surface", 7), ("ink-2", "surface", 4.5), ("dong-ink", "surface", 4.5), ("accent", "surface", 4.5),
    ("warn-ink", "warn-ground", 7), ("ink-2", "land", 4.5), ("mark-shelters", "land", 3),
]  # fmt: skip
SHELTER = DrawnPlace("shelters", (126.79, 35.14), OPEN)


def texts(svg):
    return [element.text for element in fromstring(svg).iter(f"{SVG}text")]


def marks_used(svg):
    return [element.get("href").removeprefix("#") for element in fromstring(svg).iter(f"{SVG}use")]


def test_title_time_credit_and_the_legend_are_in_the_picture():
    told = texts(draw_picture(picture(SHELTER)))
    assert {"A district", "as of 2026-11-22 02:10", "Boundaries: Somebody", "Open 1"} <= set(told)


def test_the_alternative_text_tells_the_time_and_every_count():
    places = [SHELTER, DrawnPlace("shelters", None, CLOSED), DrawnPlace("village-jobs", (126.81, 35.14), UNKNOWN, is_sample=True)]
    root = fromstring(draw_picture(picture(*places, size=(320, 240))))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == ["title", "desc"]
    assert root.find(f"{SVG}title").text == "A district"
    told = root.find(f"{SVG}desc").text
    for count in (
        "shelters 2",
        "village-jobs 1",
        "Open 1",
        "Closed 1",
        "Not certain 1",
        "Sample 1",
        "Not on this map: 1",
        "2026-11-22 02:10",
    ):
        assert count in told


def test_equal_pictures_have_equal_bytes():
    assert draw_picture(picture(SHELTER, theme=Theme.AUTO)) == draw_picture(picture(SHELTER, theme=Theme.AUTO))


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_every_layer_has_a_shape_of_its_own(state):
    drawn = {}
    for layer in MARKS:
        svg = draw_picture(picture(DrawnPlace(layer, (126.79, 35.14), state)))
        mark = f"mark-{layer}-{state}"
        assert mark in marks_used(svg)
        drawn[layer] = re.search(rf'<g id="{mark}">.*?</g></g>', svg)[0]
    assert len(set(drawn.values())) == len(MARKS)


def test_a_state_is_told_by_shape_and_not_by_colour_alone():
    shapes = {
        re.sub(r'(fill|stroke)="#\w+"', "", re.search(r'<g id="mark-shelters-\w+"><g[^>]*>(.*?)</g></g>', draw_picture(picture(place)))[1])
        for place in (SHELTER, DrawnPlace("shelters", (126.79, 35.14), UNKNOWN), DrawnPlace("shelters", (126.79, 35.14), CLOSED))
    }
    assert len(shapes) >= 2  # the question mark
    filled, hollow = (_ground_of_mark(draw_picture(picture(DrawnPlace("shelters", (126.79, 35.14), state)))) for state in (OPEN, CLOSED))
    assert (filled, hollow) == ("#D55E00", "#FFFFFF")


def _ground_of_mark(svg):
    return re.search(rf'<path d="{MARKS["shelters"].outline}" stroke-width="2.5"[^>]* fill="(#\w+)" stroke="#D55E00"', svg)[1]


def test_samples_have_a_broken_edge_and_recruiting_and_registered_places_their_signs():
    plain = draw_picture(picture(DrawnPlace("village-jobs", (126.79, 35.14), OPEN)))
    told = draw_picture(
        picture(DrawnPlace("village-jobs", (126.79, 35.14), OPEN, is_sample=True, is_rough=True, is_registered=True, is_recruiting=True))
    )
    assert "mark-village-jobs-open-sample-rough-registered-recruiting" in marks_used(told)
    assert 'stroke-dasharray="4.5 3.2"' not in plain
    for sign in ('stroke-dasharray="4.5 3.2"', 'stroke-dasharray="2.5 3"', 'cx="25"', 'r="4.5"'):
        assert sign in told


def test_places_without_a_point_or_outside_are_counted_and_never_drawn():
    far = DrawnPlace("shelters", (127.5, 36.0), OPEN)
    svg = draw_picture(picture(DrawnPlace("shelters", None, OPEN), far))
    assert "Not on this map: 2" in texts(svg)
    # The one use is the mark in the legend.
    assert marks_used(svg) == ["mark-shelters-open"]


def test_places_that_would_hide_one_another_become_a_number():
    near = [DrawnPlace("shelters", (126.79 + step * 1e-5, 35.14), OPEN) for step in range(3)]
    told = texts(draw_picture(picture(*near)))
    assert "3" in told


def test_the_chosen_dong_fills_the_picture_and_is_outlined():
    whole, west = draw_picture(picture(SHELTER)), draw_picture(picture(SHELTER, chosen="west"))
    assert COLOURS["accent"][0] not in whole
    assert f'stroke="{COLOURS["accent"][0]}"' in west
    assert "Westdong" in texts(whole)
    assert "Westdong" not in texts(west)  # the title names it


def test_a_complex_is_a_dashed_circle_of_its_area_with_its_name():
    svg = draw_picture(picture(complexes=[a_complex()]))
    assert 'stroke-dasharray="7 5"' in svg
    assert "Hanam" in texts(svg)


def test_text_of_the_district_is_escaped_and_steers_nothing():
    bad = '<script>alert("1")</script>&\u202e\x07'
    svg = draw_picture(picture(SHELTER, complexes=[a_complex(bad)], title=bad, time=bad, attribution=bad, band=bad))
    assert "<script" not in svg
    assert not {"\u202e", "\x07"} & set(svg)
    assert fromstring(svg).find(f"{SVG}title").text == '<script>alert("1")</script>&'


def test_dark_and_light_have_their_colours_and_auto_has_both():
    light, dark, auto = (draw_picture(picture(SHELTER, theme=theme)) for theme in (Theme.LIGHT, Theme.DARK, Theme.AUTO))
    assert "<style>" not in light + dark
    assert COLOURS["land"][0] in light
    assert COLOURS["land"][0] not in dark
    assert f"<style>{AUTO_STYLE}</style>" in auto
    assert re.sub(r' class="[^"]*"|<style>.*?</style>', "", auto) == light


def test_the_colours_are_those_of_the_style_sheets():
    from geo_app.assets import find_assets

    css = (find_assets("static") / "css" / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.partition("@media")[0], css.rpartition(':root[data-theme="dark"]')[2]
    for name, (on_light, on_dark) in COLOURS.items():
        assert f"--{name}: {on_light};" in light, name
        assert f"--{name}: {on_dark};" in dark, name


def test_text_and_marks_can_be_seen_on_their_grounds():
    for place in (0, 1):
        ground = {name: pair[place] for name, pair in COLOURS.items()}
        for ink, under, least in READABLE:
            assert contrast_ratio(ground[ink], ground[under]) >= least, (ink, under, place)


def test_a_picture_without_a_place_says_so_on_it_and_in_its_description():
    told = {"selection": "Only open places", "empty": "No place is open"}
    empty, full = draw_picture(picture(**told)), draw_picture(picture(SHELTER, **told))
    assert {"Only open places", "No place is open"} <= set(texts(empty))
    assert "Only open places" in texts(full)
    assert "No place is open" not in full
    assert "Only open places. No place is open" in fromstring(empty).find(f"{SVG}desc").text
    assert "No place" not in draw_picture(picture())


def test_a_title_and_a_warning_drop_whole_parts_and_keep_their_numbers():
    told = {"title": "A very long name of a district · The map", "short_titles": ["A district · The map", "The map"]}
    bands = {
        "band": "Sample data is mixed in, so mind what you see here: real 12, samples 5155",
        "short_bands": ["Real 12 · samples 5155", "Sample 5155"],
    }
    small = texts(draw_picture(picture(SHELTER, size=(320, 240), **told, **bands)))
    large = texts(draw_picture(picture(SHELTER, size=(900, 600), **told, **bands)))
    assert {"A district · The map", "Real 12 · samples 5155"} <= set(small)
    assert {told["title"], bands["band"]} <= set(large)


def test_without_dongs_and_places_the_bounds_are_drawn():
    svg = draw_picture(Picture(640, 480, Theme.LIGHT, picture().words, (126.7, 35.1, 126.9, 35.2)))
    assert "A district" in texts(svg)
    assert [text for text in texts(svg) if text.endswith("km")] == ["2 km"]


@settings(max_examples=40, deadline=None)
@given(
    st.integers(320, 1600),
    st.integers(240, 1200),
    st.text(max_size=120),
    st.lists(st.tuples(st.floats(126.78, 126.83), st.floats(35.13, 35.15)), max_size=30),
)
def test_a_picture_of_any_size_and_text_is_whole_and_within_its_edges(width, height, text, points):
    places = [DrawnPlace("shelters", point, OPEN) for point in points]
    root = fromstring(draw_picture(picture(*places, size=(width, height), title=text, band=text, attribution=text, time=text[:40])))
    assert (root.get("width"), root.get("height")) == (str(width), str(height))
    for element in root.iter(f"{SVG}text"):
        assert -1 <= float(element.get("y", 0)) <= height
    shown = sum(int(text) for text in re.findall(r"(?<=Open )\d+", root.find(f"{SVG}desc").text or ""))
    assert shown == len(points)


def test_a_place_falls_where_its_metres_say():
    view = build_view(find_extent(picture()), (0, 50, 640, 400))
    corners = view.pixels_of(shapely.get_coordinates(shapely.union(WEST, EAST)))
    assert corners[:, 0].min() >= 0
    assert corners[:, 0].max() <= 640
    assert corners[:, 1].min() >= 50
    assert corners[:, 1].max() <= 400
    metres = to_metric(LonLat(np.array([[126.79, 35.14], [126.82, 35.14]])))
    pixels = view.pixels_of([[126.79, 35.14], [126.82, 35.14]])
    assert np.hypot(*(pixels[1] - pixels[0])) == pytest.approx(np.hypot(*(metres[1] - metres[0])) * view.px_per_m)


def test_neighbours_share_their_border_after_it_is_simplified():
    wave = [(126.80 + (0.00004 if step % 2 else -0.00004), 35.13 + step * 0.0001) for step in range(201)]
    west = shapely.Polygon([(126.78, 35.13), *wave, (126.78, 35.15)])
    east = shapely.Polygon([(126.83, 35.13), *wave, (126.83, 35.15)])
    view = build_view(find_extent(picture()), (0, 0, 200, 200))
    (_, one), (_, other) = draw_borders(view, [DrawnArea("a", west), DrawnArea("b", east)])
    assert one.intersection(other).area == pytest.approx(0, abs=1e-6)
    assert shapely.union(one, other).area == pytest.approx(one.area + other.area)
    assert len(shapely.get_coordinates(one)) < 24

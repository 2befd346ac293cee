import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace

import pytest
from babel.plural import PluralRule
from jinja2 import Environment, FileSystemLoader, select_autoescape

from geo_app.assets import find_assets
from geo_app.cartography.drawing import mark_svg
from geo_app.cartography.marks import LEGEND, MARKS
from geo_app.maps.elements import PARTS, SCRIPTS, STYLES
from geo_app.maps.offers import TileOffer, openstreetmap
from geo_app.maps.sentences import SENTENCES
from geo_app.maps.shell import inline_json
from geo_app.wording.catalogue import Words, get_words

PAGE_LIMIT_BYTES = 10 * 1024
HOSTILE = "{{7*7}}${1}{% raw %}</script><img src=x onerror=alert(1)>\u2028"


def whole(shell):
    return f"{shell.head_html}\n{shell.body_html}\n{shell.script_html}"


def constants(shell):
    return json.loads(re.search(r'<script type="application/json" id="map-constants">(.*?)</script>', shell.script_html, re.DOTALL)[1])


def page(shell, lang="ko"):
    templates = Environment(
        loader=FileSystemLoader(find_assets("templates")), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
    )
    return templates.get_template("maps/map.html").render(
        shell=shell,
        marks=MARKS,
        legend=LEGEND,
        mark_svg=mark_svg,
        tiles=openstreetmap(),
        words=get_words(lang),
        lang=lang,
        page="map",
        band=None,
        languages=[("ko", "한국어", "/map"), ("en", "English", "/map?lang=en")],
        url=lambda name, **values: f"/{name}/{'/'.join(values.values())}",
        asset=lambda path: f"/static/0123/{path}",
        district_name="광산구",
        revision=7,
    )


def test_the_same_question_gives_the_same_bytes_every_time(build):
    assert build() == build()
    assert build().script_hashes == build(lang="en", words=get_words("en")).script_hashes


def test_the_hashes_are_those_of_the_inline_blocks(build):
    shell = build()
    blocks = re.findall(r"<script>(.*?)</script>", whole(shell), re.DOTALL)
    wanted = tuple(f"'sha256-{base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()}'" for block in blocks)
    assert shell.script_hashes == wanted
    assert len(wanted) == 1


def test_nothing_else_is_inline(build):
    text = page(build())
    assert "<style" not in text
    assert not re.search(r"\sstyle=|\son\w+=", text.replace(HOSTILE, ""))
    assert "javascript:" not in text


def test_the_only_other_host_is_the_street_layer_on_offer(build):
    found = set(re.findall(r"https?://[^\s\"'<>/{]+", page(build())))
    assert found == {"https://tile.openstreetmap.org", "https://www.openstreetmap.org"}
    assert not re.findall(r"https?://", page(build(tiles=None)))
    assert (build().image_hosts, build(tiles=None).image_hosts) == (("https://tile.openstreetmap.org",), ())


def test_every_script_and_style_sheet_is_a_file_of_ours_and_leaflet_comes_first(build):
    shell = build()
    names = re.findall(r'(?:src|href)="/shelter/static/0123/([^"]+)"', shell.head_html + shell.script_html)
    assert len(names) == len(set(names)) == len(re.findall(r"(?:src|href)=", shell.head_html + shell.script_html))
    scripts = [name for name in names if name.endswith(".js")]
    assert scripts == ["vendor/leaflet/leaflet.js", "vendor/markercluster/markercluster.js", "js/map.js"]


def test_every_file_is_there_or_made_of_files_that_are():
    static = find_assets("static")
    paths = [path for _, path in (*SCRIPTS, *STYLES) if not path.startswith("vendor/")]
    assert paths == ["js/map.js", "css/map.css"]
    assert (static / "css" / "map.css").is_file()
    order = (static / "js" / "map" / "order.txt").read_text(encoding="utf-8").split()
    assert sorted(name for name in order if "/" not in name) == sorted(path.name for path in (static / "js" / "map").glob("*.js"))
    assert all((static / "js" / "map" / name).is_file() for name in order)
    assert [name.removesuffix(".js") for name in order if name.removesuffix(".js") in PARTS] == list(PARTS)
    assert all(f"geoMap.start.{part} = " in (static / "js" / "map" / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def test_no_name_of_the_district_is_ever_executed(build, district):
    shell = build(district=replace(district, names={"ko": HOSTILE}, focus_names={"ko": HOSTILE}))
    assert constants(shell)["focus"]["name"] == HOSTILE
    assert shell.script_hashes == build().script_hashes
    assert whole(shell).count("</script>") == whole(build()).count("</script>")
    assert "<img" not in whole(shell)


def test_no_sentence_and_no_setting_is_ever_executed(build):
    words = Words("ko", dict.fromkeys(SENTENCES, HOSTILE), PluralRule({}))
    tiles = TileOffer(HOSTILE, "https://tiles.example", "https://tiles.example/{z}/{x}/{y}.png", HOSTILE)
    shell = build(words=words, tiles=tiles)
    told = constants(shell)
    assert {text for msgid, text in told["words"].items() if msgid} == {HOSTILE}
    assert (told["tiles"]["name"], told["tiles"]["attribution"]) == (HOSTILE, HOSTILE)
    assert shell.script_hashes == build().script_hashes
    assert whole(shell).count("<") == whole(build()).count("<")


@pytest.mark.parametrize("text", ["</script>", "<!--", "&amp;", "\u2028\u2029", "{{7*7}}", "${1}", "가"])
def test_json_between_script_tags_reads_back_and_holds_no_markup(text):
    block = inline_json({"text": text})
    assert json.loads(block) == {"text": text}
    assert not set(block) & set("<>&\u2028\u2029")


def test_the_inline_script_only_starts_parts_by_fixed_names(build):
    script = re.search(r"<script>(.*?)</script>", build().script_html, re.DOTALL)[1]
    lines = [line for line in script.splitlines() if "geoMap" in line]
    assert all(re.fullmatch(r"geoMap\.start\.[a-z]+\(map_main\);", line) for line in lines)
    assert len(lines) == 11
    assert "https" not in script


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_page_is_small(build, lang):
    text = page(build(lang=lang, words=get_words(lang)), lang)
    assert len(gzip.compress(text.encode(), 6)) <= PAGE_LIMIT_BYTES


def test_the_page_is_one_that_everybody_can_use(build):
    text = page(build())
    assert '<html lang="ko">' in text
    assert "<title>지도 – 광산구</title>" in text
    assert "user-scalable" not in text
    assert "maximum-scale" not in text
    assert text.count("<main") == 1
    noscript = re.search(r"<noscript>(.*?)</noscript>", text, re.DOTALL)[1]
    assert all(f"/list/{layer}" in noscript for layer in MARKS)


def test_the_map_may_zoom_only_where_pins_can_be_grouped(build):
    script = build().script_html
    assert '"maxZoom": 19' in script
    assert '"minZoom": 9' in script

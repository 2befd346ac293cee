"""The map as one file: nothing to fetch, nothing that a name could start, and sentences that its scripts really say."""

import json
import re
from datetime import datetime

import pytest

from geo_app.assets import find_assets
from geo_app.domain.calendar import SEOUL
from geo_app.maps.sentences import SENTENCES
from geo_app.maps.shell import csp_hash
from geo_app.maps.single_file import build_map_file
from geo_app.maps.single_sentences import SINGLE_SENTENCES
from geo_app.snapshot.credits import boundary_producers
from geo_app.wording.catalogue import LANGUAGES, get_words
from geo_app.workspace.founding import district_of

AT = datetime(2026, 11, 22, 2, 10, tzinfo=SEOUL)
JS = find_assets("static") / "js" / "single"


def build(snapshot, lang="ko", **changed):
    given = {"district": district_of(snapshot), "words": get_words(lang), "credit": boundary_producers(snapshot), **changed}
    return build_map_file(snapshot, AT, **given)


@pytest.fixture(scope="module")
def html(demo_workspace):
    return build(demo_workspace.load_snapshot())


def test_equal_arguments_give_equal_files(demo_workspace, html):
    assert build(demo_workspace.load_snapshot()) == html


def test_nothing_in_it_is_fetched(html):
    assert re.findall(r"<(?:link|img|iframe|object|embed|source)\b", html) == []
    assert re.findall(r"<script[^>]*\bsrc\b", html) == []
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert "@import" not in style
    assert re.findall(r"url\((?!#)[^)]*\)", style) == []


def test_its_policy_allows_exactly_what_stands_in_it(html):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    for block in re.findall(r"<script>(.*?)</script>", html, re.DOTALL):
        assert csp_hash(block) in policy
    assert csp_hash(re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]) in policy
    assert policy.startswith("default-src 'none'")
    assert "connect-src" not in policy
    assert "unsafe" not in policy


def test_the_data_stands_beside_the_map_and_reads_as_it_was_published(demo_workspace, html):
    held = json.loads(re.search(r'id="map-held">(.*?)</script>', html, re.DOTALL)[1])
    layer = demo_workspace.load_snapshot().get_layer("shelters")
    assert held["layers"]["shelters"] == [layer.feature(position) for position in range(len(layer))]
    assert held["revision"] == demo_workspace.load_snapshot().number


def test_every_place_stands_in_the_list_without_a_script(demo_workspace, html):
    for name in ("shelters", "village-jobs", "public-facilities"):
        for site_id in demo_workspace.load_snapshot().get_layer(name).ids:
            assert f'id="{site_id}"' in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_its_file(demo_workspace, lang):
    told = build(demo_workspace.load_snapshot(), lang)
    assert f'<html lang="{lang}">' in told


def test_the_scripts_say_what_travels_with_the_file():
    own = [(JS / name).read_text(encoding="utf-8") for name in (JS / "order.txt").read_text(encoding="utf-8").split() if "/" not in name]
    said = {sentence for text in own for sentence in re.findall(r'\bsay\("([^"]+)"', text)}
    assert set(SINGLE_SENTENCES) == said - set(SENTENCES)
    assert [text for text in own if "`" in re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)] == []

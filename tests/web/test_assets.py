"""Static files as they are prepared for the line."""

import pytest

from geo_app.assets import find_assets, trimmed_style, without_comments
from geo_app.web.assets import Assets


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("/* a\n b */\ncode();\n", "code();\n"),
        ("  // why\n  code(); // stays\n", "code(); // stays\n"),
        ("/** one */ code();\n/* two */\nmore();\n", "/** one */ code();\nmore();\n"),
        ('const text = "/* kept */";\n', 'const text = "/* kept */";\n'),
        ('const address = "https://example.org";\n', 'const address = "https://example.org";\n'),
        ("try { a(); } catch (fault) {\n  // nothing\n}\n", "try { a(); } catch (fault) {\n}\n"),
    ],
)
def test_only_comments_on_lines_of_their_own_are_left_out(script, left):
    assert without_comments(script) == left


def test_a_style_sheet_loses_its_comments_and_indentation_only():
    assert (
        trimmed_style("/* why\n so */\n.a { b: c; }\n\n@media print {\n  .d { e: f; }\n}\n")
        == ".a { b: c; }\n@media print {\n.d { e: f; }\n}\n"
    )


def test_the_script_of_a_place_is_small(tmp_path):
    assets = Assets(tmp_path / "static")
    assets.prepare()
    assert (assets.folder / "js" / "site.js.gz").stat().st_size <= 2 * 1024


def test_the_parts_of_the_map_become_one_compressed_script_in_their_order(tmp_path):
    assets = Assets(tmp_path / "static")
    assets.prepare()
    joined = (assets.folder / "js" / "map.js").read_text(encoding="utf-8")
    order = (find_assets("static") / "js" / "map" / "order.txt").read_text(encoding="utf-8").split()
    starts = [
        joined.index(f"geoMap.start.{name.removesuffix('.js')} =")
        for name in order
        if f"geoMap.start.{name.removesuffix('.js')} =" in joined
    ]
    assert starts == sorted(starts)
    assert len(starts) == 11
    assert joined.count('"use strict"') == len(order)
    assert (assets.folder / "js" / "map.js.br").is_file()
    assert (assets.folder / "js" / "map.js.gz").stat().st_size < 20 * 1024

"""The frame's shell and scripts: always the same bytes, every sentence known, no text read as markup."""

import re
from pathlib import Path

from geo_app.assets import find_assets
from geo_app.maps.embed_sentences import EMBED_PLURALS, EMBED_SENTENCES
from geo_app.maps.embed_shell import EMBED_PARTS, build_embed_shell
from geo_app.maps.offers import StreetOffer
from geo_app.wording.catalogue import get_words

JS = find_assets("static") / "js"
NAMES = [
    f"{folder}/{name}" for folder in ("embed", "embed_map") for name in (JS / folder / "order.txt").read_text(encoding="utf-8").split()
]
OWN = "\n".join((JS / name).read_text(encoding="utf-8") for name in NAMES if ".." not in name)
ALL = "\n".join((JS / name).read_text(encoding="utf-8") for name in NAMES)
HOST = (JS / "embed_host.js").read_text(encoding="utf-8")


def build(district, **offered):
    return build_embed_shell(asset=lambda path: f"/shelter/static/0/{path}", district=district, **offered)


def test_the_shell_is_the_same_every_time_and_asks_no_other_host(district):
    one, other = build(district), build(district)
    assert one == other
    assert re.findall(r"https?://", one.head_html + one.body_html + one.script_html) == []
    assert re.findall(r"geoMap\.start\.(\w+)\(", one.script_html) == list(EMBED_PARTS)


def test_streets_are_drawn_where_they_are_offered(district):
    shell = build(district, backdrop=StreetOffer("/shelter/streets/0/{level}.json", (("major", 9),)))
    assert "geoMap.start.backdrop(" in shell.script_html
    assert "backdrop.js" in shell.script_html


def test_every_part_has_its_start():
    assert set(re.findall(r"geoMap\.start\.(\w+) = ", OWN)) == set(EMBED_PARTS)


def test_the_scripts_and_the_list_of_their_sentences_say_the_same():
    # The shared measure speaks of metres only.
    assert set(re.findall(r'\bsay\("([^"]+)"', ALL)) == set(EMBED_SENTENCES)
    assert re.findall(r"\bsay\.plural\(", OWN) == [*EMBED_PLURALS]


def test_every_sentence_has_its_korean():
    assert [msgid for msgid in EMBED_SENTENCES if msgid not in get_words("ko").messages] == []


def test_no_script_reads_text_as_markup_but_the_servers_own_parts():
    assert not re.findall(r"\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.outerHTML", OWN + HOST)
    assert OWN.count("DOMParser") == 1
    assert "`" not in re.sub(r"/\*.*?\*/|//[^\n]*", "", OWN + HOST, flags=re.DOTALL)


def test_the_sandbox_that_a_check_asks_for_is_the_one_in_the_description():
    words = re.search(r"SANDBOX = '([^']+)'", OWN)[1]
    assert words == 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"'
    described = (Path(__file__).parents[2] / "docs" / "embed.md").read_text(encoding="utf-8")
    assert re.findall(r'sandbox="[^"]+"', described) == [words]


def test_a_position_is_only_used_to_measure_and_to_draw():
    assert len(re.findall(r"coords\.(?:longitude|latitude)", OWN)) == 2
    told = "\n".join(re.findall(r"(?:post|fetchJson|fetch|postMessage)\([^\n]*", OWN))
    assert "here" not in told


def test_the_hosts_page_keeps_its_window_and_its_styles():
    assert not re.findall(r"window\.\w+ = |globalThis|setAttribute\(\"style\"|<style|insertRule|cssText", HOST)
    assert HOST.count("event.source !== this._frame.contentWindow || event.origin !== root.origin") == 1

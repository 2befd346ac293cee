import json
import re

import pytest

from geo_app.assets import find_assets
from geo_app.cartography.classes import DARK_TO_LIGHT_5, DARK_TO_LIGHT_6
from geo_app.domain.errors import BadArgument
from geo_app.maps.offers import StreetOffer
from geo_app.maps.plan_shell import PLAN_PARTS, PLAN_SCRIPTS, PLAN_STYLES, PLAN_URL_NAMES, build_plan_shell
from geo_app.wording.catalogue import get_words

PREFIX = "/shelter"
URLS = {name: f"{PREFIX}/{name}" for name in PLAN_URL_NAMES}
STATIC = find_assets("static")
MAP_PARTS = ("labels", "points", "areas")


@pytest.fixture
def build_plan(district):
    def build(**changed):
        given = {
            "lang": "ko",
            "words": get_words("ko"),
            "asset": lambda path: f"{PREFIX}/static/0123/{path}",
            "urls": URLS,
            "district": district,
        }
        return build_plan_shell(**{**given, **changed})

    return build


def constants(shell):
    return json.loads(re.search(r'<script type="application/json" id="map-constants">(.*?)</script>', shell.script_html, re.DOTALL)[1])


def test_the_same_question_gives_the_same_bytes_every_time(build_plan):
    assert build_plan() == build_plan()


def test_every_file_is_there_or_made_of_files_that_are():
    order = (STATIC / "js" / "plan" / "order.txt").read_text(encoding="utf-8").split()
    assert all((STATIC / "js" / "plan" / name).is_file() for name in order)
    assert sorted(name for name in order if "/" not in name) == sorted(path.name for path in (STATIC / "js" / "plan").glob("*.js"))
    ours = [path for _, path in (*PLAN_SCRIPTS, *PLAN_STYLES) if not path.startswith("vendor/")]
    assert ours == ["js/plan.js", "css/map.css", "css/plan_map.css"]
    assert all((STATIC / path).is_file() for path in ours if path.endswith(".css"))


def test_the_parts_start_in_the_order_in_which_their_files_come():
    order = (STATIC / "js" / "plan" / "order.txt").read_text(encoding="utf-8").split()
    starting = [name.rpartition("/")[2].removesuffix(".js") for name in order]
    assert [name for name in starting if name in PLAN_PARTS] == list(PLAN_PARTS)
    for part in PLAN_PARTS:
        folder = "map" if part in MAP_PARTS else "plan"
        assert f"geoMap.start.{part} = " in (STATIC / "js" / folder / f"{part}.js").read_text(encoding="utf-8")


def test_no_other_host_and_nothing_inline_but_the_start(build_plan):
    shell = build_plan()
    text = shell.head_html + shell.body_html + shell.script_html
    assert not re.findall(r"https?://", text)
    assert "<style" not in text
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert len(re.findall(r"<script>(.*?)</script>", text, re.DOTALL)) == len(shell.script_hashes) == 1
    assert shell.image_hosts == ()


def test_the_inline_script_only_starts_parts_by_fixed_names(build_plan):
    script = re.search(r"<script>(.*?)</script>", build_plan().script_html, re.DOTALL)[1]
    assert re.findall(r"geoMap\.start\.([a-z]+)\(map_main\);", script) == list(PLAN_PARTS)


def test_an_address_that_is_missing_or_of_another_host_is_refused(build_plan):
    for urls in ({**URLS, "layer": "https://elsewhere.example/"}, {name: URLS[name] for name in PLAN_URL_NAMES[1:]}):
        with pytest.raises(BadArgument):
            build_plan(urls=urls)


def test_the_scripts_are_told_their_sentences_and_layers(build_plan):
    told = constants(build_plan())
    assert told["words"]["Play the week"] == "한 주 재생"
    assert "dongs" in told["first"]
    assert set(told["first"]) <= set(told["layers"])
    assert "shelters" in told["with_hours"]


def test_the_map_has_the_colours_of_the_classes():
    style = (STATIC / "css" / "plan_map.css").read_text(encoding="utf-8")
    near_to_far = tuple(re.search(rf"--cell-{place}: (#\w+)", style)[1] for place in range(6))
    least_to_most = tuple(re.search(rf"--share-{place}: (#\w+)", style)[1] for place in range(5))
    assert least_to_most == DARK_TO_LIGHT_5
    assert near_to_far == DARK_TO_LIGHT_6[::-1]


def test_streets_are_started_first_and_only_where_they_are_offered(build_plan):
    offer = StreetOffer("/streets/0123/{level}.json", (("all", 9),))
    told = build_plan(backdrop=offer)
    assert constants(told)["backdrop"]["url"] == offer.url_template
    assert "geoMap.start.backdrop(map_main);\ngeoMap.start.labels" in told.script_html
    assert "backdrop" not in build_plan().script_html

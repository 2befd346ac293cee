import gzip
from contextlib import closing

import orjson
import pytest

from geo_app.settings import load_settings
from geo_app.web.app import create_app
from geo_app.workspace.workspace import Workspace


@pytest.fixture(scope="module")
def town(town_template):
    with closing(Workspace(town_template)) as workspace:
        workspace.load_snapshot()
        yield create_app(load_settings({"GEO_APP_HOME": str(town_template)}), workspace).test_client()


def offered(client) -> dict:
    page = client.get("/map").text
    block = page.partition('id="map-constants">')[2].partition("</script>")[0]
    return orjson.loads(block)["backdrop"]


def test_a_map_with_streets_is_told_where_they_lie_and_who_made_them(town):
    offer = offered(town)
    assert offer["url"].startswith("/streets/")
    assert "© OpenStreetMap contributors &lt;b&gt;" in town.get("/map").text
    assert "© OpenStreetMap contributors &lt;b&gt;" in town.get("/about").text
    assert "js/backdrop.js" in town.get("/map").text
    assert [name for name, _ in offer["levels"]] == ["major", "middle", "fine"]


def test_a_map_without_streets_loads_nothing_for_them(client):
    page = client.get("/map").text
    assert "backdrop" not in page.partition('id="map-constants">')[2].partition("</script>")[0]
    assert "js/backdrop.js" not in page


def test_a_level_may_be_kept_for_ever_and_is_revalidated_by_its_bytes(town):
    address = offered(town)["url"].replace("{level}", "major")
    answer = town.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert orjson.loads(gzip.decompress(answer.data))["lines"]
    assert orjson.loads(town.get(address).data) == orjson.loads(gzip.decompress(answer.data))
    again = town.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("wrong", ["/streets/0000000000000000/major.json", "{digest}/all.json", "{digest}/major.json?x=1"])
def test_other_streets_levels_and_parameters_are_refused(town, wrong):
    digest = offered(town)["url"].rsplit("/", 1)[0]
    assert town.get(wrong.replace("{digest}", digest)).status_code in (400, 404)


def test_no_address_tells_what_is_looked_at(town):
    assert "{z}" not in offered(town)["url"]
    assert "{x}" not in offered(town)["url"]

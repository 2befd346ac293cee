import pytest

from geo_app.domain.district import District
from geo_app.maps.offers import openstreetmap
from geo_app.maps.shell import build_map_shell
from geo_app.wording.catalogue import get_words

PREFIX = "/shelter"
URLS = {
    "layer": f"{PREFIX}/layers/{{layer}}.geojson",
    "states": f"{PREFIX}/api/states",
    "latin": f"{PREFIX}/api/latin",
    "sites": f"{PREFIX}/api/sites",
    "revision": f"{PREFIX}/api/revision",
    "site": f"{PREFIX}/sites/{{layer}}/{{id}}",
    "list": f"{PREFIX}/list/{{layer}}",
}


@pytest.fixture(scope="session")
def district():
    return District(
        code="29200",
        names={"ko": "광산구", "en": "Gwangsan-gu"},
        province_names=(),
        bounds_lonlat=(126.64, 35.06, 126.88, 35.27),
        focus_lonlat=(126.81, 35.17),
        focus_names={"ko": "월곡2동", "en": "Wolgok 2-dong"},
    )


@pytest.fixture
def build(district):
    def build_shell(**changed):
        given = {
            "lang": "ko",
            "words": get_words("ko"),
            "asset": lambda path: f"{PREFIX}/static/0123/{path}",
            "urls": URLS,
            "district": district,
            "tiles": openstreetmap(),
        }
        return build_map_shell(**{**given, **changed})

    return build_shell

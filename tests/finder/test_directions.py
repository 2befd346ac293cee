"""Links into map applications: the right order of coordinates, and a name that cannot break the link."""

from urllib.parse import parse_qs, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from geo_app.finder.directions import directions

PAGE = "https://example.kr/map/sites/shelters/sh-000001?lang=vi"


def test_each_application_is_asked_in_its_own_order():
    links = directions("예시 카페", 126.7937, 35.1396, PAGE)
    assert unquote(links.kakao) == "https://map.kakao.com/link/to/예시 카페,35.139600,126.793700"
    naver, tmap = parse_qs(urlsplit(links.naver).query), parse_qs(urlsplit(links.tmap).query)
    assert links.naver.startswith("nmap://route/walk?")
    assert (naver["dlat"], naver["dlng"], naver["dname"], naver["appname"]) == (["35.139600"], ["126.793700"], ["예시 카페"], [PAGE])
    assert (tmap["goalx"], tmap["goaly"], tmap["goalname"]) == (["126.793700"], ["35.139600"], ["예시 카페"])
    assert unquote(links.geo) == "geo:35.139600,126.793700?q=35.139600,126.793700(예시 카페)"


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_no_name_breaks_a_link(name):
    links = directions(name, 126.7937, 35.1396, PAGE)
    assert links.kakao.count(",") == 2
    assert links.kakao.count("/") == 5
    assert links.geo.count("(") == links.geo.count(")") == 1
    for link in (links.kakao, links.naver, links.tmap, links.geo):
        assert link.isascii()
        assert not set(link) & set(" \"'<>\\\n\r\t")
    assert parse_qs(urlsplit(links.tmap).query)["goalx"] == ["126.793700"]

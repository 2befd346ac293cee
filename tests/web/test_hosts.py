"""Hosts, proxies and the path prefix."""

import json
import logging
import re

import pytest

from geo_app.web.hosts import asked_host


def test_another_host_is_refused(client):
    assert client.get("/about", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/about", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_hosts_may_be_named(make_client):
    client = make_client(GEO_APP_HOSTS="map.example")
    assert client.get("/about", headers={"Host": "map.example"}).status_code == 200


def test_forwarded_headers_are_ignored_without_a_trusted_proxy(client):
    answer = client.get(
        "/api/openapi.json", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/x"}
    )
    assert json.loads(answer.data)["servers"] == [{"url": "http://localhost"}]


def test_a_trusted_proxy_says_the_scheme(make_client):
    client = make_client(GEO_APP_TRUSTED_PROXIES="1")
    answer = client.get("/api/openapi.json", headers={"X-Forwarded-Proto": "https"})
    assert json.loads(answer.data)["servers"] == [{"url": "https://localhost"}]


def test_every_address_carries_the_prefix_whether_the_proxy_strips_it_or_not(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter/map")
    for path in ("/map", "/about", "/list/shelters", "/"):
        for asked in (path, "/shelter/map" + path):
            answer = client.get(asked, headers={"Host": "www.example.kr"})
            assert answer.status_code == 200
            links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.get_data(as_text=True))
            assert links
            assert all(link.startswith("/shelter/map/") for link in links)


@pytest.mark.parametrize(
    ("query", "behind"),
    [("", ""), ("?lang=en&at=now", "?lang=en&at=now"), ("?q=a%0D%0Ab", "?q=a%0D%0Ab"), ("?/evil.example", "?/evil.example")],
)
def test_the_prefix_alone_leads_to_the_prefix_with_a_slash(make_client, query, behind):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    for ask in (client.get, client.head):
        answer = ask("/shelter" + query, headers={"Host": "www.example.kr"})
        assert (answer.status_code, answer.headers["Location"], answer.data) == (308, f"/shelter/{behind}", b"")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/shelter/{behind}".partition("?")[0], headers={"Host": "www.example.kr"}).status_code == 200
    assert client.get("/shelters", headers={"Host": "www.example.kr"}).status_code == 404


def test_a_raw_query_of_the_prefix_can_end_no_header(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    answer = client.get("/shelter", environ_overrides={"QUERY_STRING": "a=b\r\nSet-Cookie: x\xe9"})
    assert answer.headers["Location"] == "/shelter/?a=b%0D%0ASet-Cookie:%20x%E9"
    assert "Set-Cookie" not in answer.headers


def test_static_files_are_served_under_the_prefix_for_a_year(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    page = client.get("/map", headers={"Host": "www.example.kr"}).get_data(as_text=True)
    for link in set(re.findall(r'(?:href|src)="(/shelter/static/[^"]*)"', page)):
        answer = client.get(link, headers={"Host": "www.example.kr"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        answer.close()


def test_absolute_links_name_the_public_address(make_client):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter")
    document = json.loads(client.get("/api/openapi.json", headers={"Host": "localhost"}).data)
    assert document["servers"] == [{"url": "https://www.example.kr/shelter"}]
    page = json.loads(client.get("/api/sites?limit=1", headers={"Host": "localhost"}).data)
    assert all(item["href"].startswith("https://www.example.kr/shelter/api/sites?") for item in page["links"])


def test_https_is_remembered_only_with_an_https_address(make_client):
    assert (
        "Strict-Transport-Security"
        in make_client(GEO_APP_PUBLIC_URL="https://www.example.kr").get("/healthz", headers={"Host": "localhost"}).headers
    )


def test_plain_http_is_not_pinned(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("Intra.Office", "intra.office"),
        ("intra.office", "INTRA.OFFICE:8000"),
        ("intra.office:8000", "intra.office"),
        ("", "LOCALHOST"),
        ("", "[::1]"),
        ("", "[::1]:8000"),
        ("", "[0:0::1]"),
        ("FD00:0::7", "[fd00::7]:8000"),
        ("[fd00::7]", "[fd00::7]"),
        ("광산.example", "광산.example".encode("idna").decode()),
        (".example.kr", "map.example.kr"),
    ],
)
def test_a_host_is_known_however_it_is_written(make_client, named, asked):
    assert make_client(GEO_APP_HOSTS=named).get("/about", headers={"Host": asked}).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "[::2]",
        "[::1",
        "::1]",
        "[::1]x",
        "localhost.evil.example",
        "evil.example:localhost",
        "localhost:99:1",
        "",
        "localhost/..",
        "a@localhost",
        "badexample.kr",
    ],
)
def test_what_only_looks_like_a_known_host_is_refused(make_client, asked):
    client = make_client(GEO_APP_HOSTS=".example.kr")
    answer = client.get("/about", headers={"Host": asked}, environ_overrides={"SERVER_NAME": "elsewhere"})
    assert answer.status_code == 400
    assert "X-Content-Type-Options" in answer.headers


def test_a_host_is_read_without_its_port():
    assert asked_host("A.kr:80") == "a.kr"
    assert asked_host("[::0:1]:80") == "[::1]"
    assert asked_host("::1") == "[::1]"
    assert asked_host("[1.2.3.4]") is None


@pytest.mark.parametrize("path", ["/api", "/api?x=1", "/list//shelters"])
def test_a_redirect_names_a_path_of_this_house_only(make_client, path):
    client = make_client(GEO_APP_PUBLIC_URL="https://www.example.kr/shelter", GEO_APP_TRUSTED_PROXIES="1")
    answer = client.get(path, headers={"Host": "localhost", "X-Forwarded-Proto": "javascript"})
    assert answer.status_code == 308
    assert re.fullmatch(r"/shelter/[^/].*", answer.headers["Location"])
    assert answer.headers["Location"].endswith(path.partition("?")[2])
    assert b"localhost" not in answer.data


@pytest.mark.parametrize("path", ["//evil.example//", "/\\evil.example//map", "///evil.example/api"])
def test_no_path_leads_out_of_the_house(client, path):
    answer = client.get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code in (308, 404)
    assert not re.match(r"/[/\\]|[a-z]+:", answer.headers.get("Location", "/x"))


def test_a_proxy_can_name_no_other_scheme_than_https(make_client):
    client = make_client(GEO_APP_TRUSTED_PROXIES="1")
    for scheme in ("javascript", "file", "http"):
        document = json.loads(client.get("/api/openapi.json", headers={"X-Forwarded-Proto": scheme}).data)
        assert document["servers"] == [{"url": "http://localhost"}]


def test_an_unforeseen_fault_is_logged_on_lines_of_the_house_and_without_what_it_says(make_client, caplog, monkeypatch):
    client = make_client()

    def break_down(layer: str, site_id: str) -> None:
        raise ValueError(site_id)

    monkeypatch.setitem(client.application.view_functions, "pages.site", break_down)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/sites/shelters/%0aforged%1b[2J%3Flon=126.8")
    assert answer.status_code == 500
    told = caplog.messages[-1]
    assert "ValueError" in told
    assert "break_down" in told
    assert "126.8" not in told
    assert "\x1b" not in told
    assert "\nforged" not in told
